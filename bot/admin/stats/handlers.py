"""Looks at the platform's figures of any days, as a whole and split up."""

from datetime import date

from bot.admin.stats import screens, splits
from bot.admin.stats.meanings import meanings
from bot.admin.stats.names import Keys
from bot.conversation import Talk
from bot.screen import Screen, press
from core.figures.spans import Span
from core.platform.measures import Dimension
from core.when.past import read_past


async def command(talk: Talk) -> Screen:
    """/stats, or /stats with the days that are meant."""
    talk.rest()
    today = talk.core.platform.today(now=talk.now)
    said, _ = read_past(talk.incoming.argument, today=today)
    return await _overview(talk, said.first if said else today, said.last if said else today)


async def overview(talk: Talk, first: int, last: int) -> Screen:
    talk.rest()
    return await _overview(talk, *days(talk, first, last))


async def _overview(talk: Talk, first: date, last: date) -> Screen:
    span = talk.core.platform.span(first=first, last=last, now=talk.now)
    look = await talk.core.platform.look(span=span, now=talk.now)
    return screens.overview(look, talk.words)


async def split_by(talk: Talk, dimension: str, first: int, last: int) -> Screen:
    """One row per part; a dimension nobody knows is the category."""
    by = Dimension(dimension) if dimension in splits.SHOWN else Dimension.CATEGORY
    facts = await talk.core.platform.of(span=_span(talk, first, last), now=talk.now)
    return splits.split_up(facts, by, Keys(talk.core.catalog, talk.words), talk.words)


async def meaning(talk: Talk, first: int, last: int) -> Screen:
    late = talk.core.rules.number("late_minutes")
    return meanings(talk.words, late_minutes=late, back_to=press("sto", first, last))


def _span(talk: Talk, first: int, last: int) -> Span:
    one, other = days(talk, first, last)
    return talk.core.platform.span(first=one, last=other, now=talk.now)


def days(talk: Talk, first: int, last: int) -> tuple[date, date]:
    """Ordinals that no calendar has are today."""
    today = talk.core.platform.today(now=talk.now)
    if not 0 < first <= last <= date.max.toordinal() - 400:
        return today, today
    return date.fromordinal(first), date.fromordinal(last)
