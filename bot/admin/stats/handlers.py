"""Looks at the platform's figures of any days, as a whole and split up."""

import asyncio
from dataclasses import replace
from datetime import date

from bot.admin.stats import screens, splits
from bot.admin.stats.asked import keys_of
from bot.admin.stats.heat import heat_map
from bot.admin.stats.meanings import meanings
from bot.admin.stats.names import Keys
from bot.admin.stats.pictures import chart
from bot.admin.stats.table import figures_file
from bot.admin.stats.usual import usual
from bot.admin.stats.ways import ways as funnel
from bot.conversation import Talk
from bot.screen import Screen, press
from core.figures.spans import Span
from core.platform.facts import Facts
from core.platform.measures import Dimension
from core.platform.service import BEGINNING, LONGEST
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
    drawn = await asyncio.to_thread(chart, look, talk.words)
    return screens.overview(look, talk.words, photo=drawn)


async def split_by(talk: Talk, dimension: str, first: int, last: int) -> Screen:
    """One row per part; a dimension nobody knows is the category."""
    by = Dimension(dimension) if dimension in splits.SHOWN else Dimension.CATEGORY
    facts = await _facts(talk, first, last)
    keys = Keys(talk.core.catalog, talk.words)
    drawn = await asyncio.to_thread(heat_map, facts, keys, talk.words)
    return splits.split_up(facts, by, keys, drawn, talk.words)


async def ways(talk: Talk, first: int, last: int) -> Screen:
    """From looking to paid, and what was wanted in vain."""
    facts = await _facts(talk, first, last)
    return await asyncio.to_thread(funnel, facts, Keys(talk.core.catalog, talk.words), talk.words)


async def habits(talk: Talk, first: int, last: int) -> Screen:
    return usual(await _facts(talk, first, last), Keys(talk.core.catalog, talk.words), talk.words)


async def more(talk: Talk, first: int, last: int) -> Screen:
    talk.rest()
    return screens.more(_span(talk, first, last), talk.words)


async def table(talk: Talk, first: int, last: int) -> Screen:
    """As a file; the way back stands below it."""
    span = _span(talk, first, last)
    look = await talk.core.platform.look(span=span, now=talk.now)
    keys = await keys_of(talk, look.now, Dimension.PROVIDER)
    late = talk.core.rules.number("late_minutes")
    made = await asyncio.to_thread(figures_file, look, keys, talk.words, late_minutes=late)
    return replace(screens.more(span, talk.words), files=(made,))


async def _facts(talk: Talk, first: int, last: int) -> Facts:
    return await talk.core.platform.of(span=_span(talk, first, last), now=talk.now)


async def meaning(talk: Talk, first: int, last: int) -> Screen:
    late = talk.core.rules.number("late_minutes")
    return meanings(talk.words, late_minutes=late, back_to=press("ste", first, last))


def _span(talk: Talk, first: int, last: int) -> Span:
    one, other = days(talk, first, last)
    return talk.core.platform.span(first=one, last=other, now=talk.now)


def days(talk: Talk, first: int, last: int) -> tuple[date, date]:
    """Ordinals that no calendar of ours has are today."""
    today = talk.core.platform.today(now=talk.now)
    if not BEGINNING.toordinal() <= first <= last <= date.max.toordinal() - LONGEST:
        return today, today
    return date.fromordinal(first), date.fromordinal(last)
