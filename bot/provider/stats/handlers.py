"""Looks at spans and at the orders behind their figures."""

import asyncio
from datetime import date

from bot.conversation import Talk
from bot.provider.schedule.handlers import as_day
from bot.provider.stats import piles, screens
from bot.provider.stats.notes import PARTS
from bot.provider.stats.pictures import chart
from bot.screen import Screen
from core.figures.counting import Group
from core.figures.spans import SHOWN, Unit


async def command(talk: Talk) -> Screen:
    return await stats(talk, Unit.WEEK, 0)


async def stats(talk: Talk, unit: str, ordinal: int) -> Screen:
    """The picture with its numbers; a day to come is today."""
    talk.rest()
    shown = await talk.core.statistics.look(
        person_id=talk.person.id, unit=as_unit(unit), day=_day(talk, ordinal), now=talk.now
    )
    drawn = await asyncio.to_thread(chart, shown, talk.words)
    return screens.shown(shown, drawn, talk.words)


async def behind(talk: Talk, unit: str, ordinal: int) -> Screen:
    talk.rest()
    shown = await talk.core.statistics.look(
        person_id=talk.person.id, unit=as_unit(unit), day=_day(talk, ordinal), now=talk.now
    )
    return piles.piles(shown.now, talk.words)


async def parts(talk: Talk, unit: str, ordinal: int, group: str) -> Screen:
    """Which part of a pile: one that has none is shown whole."""
    which, _ = _pile(group)
    if which not in PARTS:
        return await pile(talk, unit, ordinal, group, 0)
    shown = await talk.core.statistics.look(
        person_id=talk.person.id, unit=as_unit(unit), day=_day(talk, ordinal), now=talk.now
    )
    return piles.parts(shown.now, which, talk.words)


async def pile(talk: Talk, unit: str, ordinal: int, group: str, page: int) -> Screen:
    """The orders one figure was counted from; a pile nobody knows is all that was done."""
    talk.rest()
    which, part = _pile(group)
    figures, orders = await talk.core.statistics.behind(
        person_id=talk.person.id, unit=as_unit(unit), day=_day(talk, ordinal), group=which,
        part=part, now=talk.now,
    )  # fmt: skip
    return piles.pile(figures, which, part, orders, page, talk.words)


def _pile(code: str) -> tuple[Group, str]:
    """A pile and the part of it that a button names."""
    group, _, part = code.partition("-")
    which = Group(group) if group in list(Group) else Group.DONE
    return which, part if part in PARTS.get(which, {}) else ""


def as_unit(unit: str) -> Unit:
    """A button that was altered asks for a week."""
    return Unit(unit) if unit in list(SHOWN) else Unit.WEEK


def _day(talk: Talk, ordinal: int) -> date:
    return as_day(ordinal) if ordinal else talk.core.availability.today(now=talk.now)
