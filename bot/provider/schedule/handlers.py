"""Looking at days and weeks, and the two limits."""

import asyncio
from datetime import date, timedelta

from bot.conversation import Talk
from bot.provider.schedule import screens
from bot.provider.schedule.pictures import day_picture, week_picture
from bot.screen import Screen, press
from core.errors import Invalid


async def hub(talk: Talk) -> Screen:
    """Whatever is typed from here on is about the plan first of all."""
    talk.expect("", at="sched")
    today = talk.core.availability.today(now=talk.now)
    plan, days = await talk.core.days.look(
        person_id=talk.person.id, first=today, count=1, now=talk.now
    )
    return screens.hub(talk.words, plan, days[0], now=talk.now)


async def day(talk: Talk, ordinal: int) -> Screen:
    shown = as_day(ordinal)
    _, days = await talk.core.days.look(
        person_id=talk.person.id, first=shown, count=1, now=talk.now
    )
    return screens.day(talk.words, days[0], now=talk.now)


async def week(talk: Talk, ordinal: int) -> Screen:
    """The seven days from the Monday of this day; 0 is the present week."""
    shown = as_day(ordinal) if ordinal else talk.core.availability.today(now=talk.now)
    monday = shown - timedelta(days=shown.weekday())
    _, days = await talk.core.days.look(
        person_id=talk.person.id, first=monday, count=7, now=talk.now
    )
    return screens.week(talk.words, days, now=talk.now)


async def day_shot(talk: Talk, ordinal: int, again: int) -> Screen:
    """A picture below the card, or the one that is there drawn again."""
    shown = as_day(ordinal)
    _, days = await talk.core.days.look(
        person_id=talk.person.id, first=shown, count=1, now=talk.now
    )
    drawn = await asyncio.to_thread(day_picture, days[0], talk.words, now=talk.now)
    return screens.picture(
        talk.words, drawn, press("dayshot", ordinal, 1), below=not again, now=talk.now
    )


async def week_shot(talk: Talk, ordinal: int, again: int) -> Screen:
    """The seven days from this Monday on."""
    _, days = await talk.core.days.look(
        person_id=talk.person.id, first=as_day(ordinal), count=7, now=talk.now
    )
    drawn = await asyncio.to_thread(week_picture, days, talk.words, now=talk.now)
    return screens.picture(
        talk.words, drawn, press("weekshot", ordinal, 1), below=not again, now=talk.now
    )


def as_day(ordinal: int) -> date:
    """Raises Invalid for a number that is no day of our times."""
    try:
        found = date.fromordinal(ordinal)
    except (ValueError, OverflowError):
        raise Invalid("day", "over") from None
    if not 2000 < found.year < 2200:
        raise Invalid("day", "over")
    return found


async def limits(talk: Talk) -> Screen:
    plan = await talk.core.schedule.plan(person_id=talk.person.id, now=talk.now)
    return screens.limits(talk.words, plan.provider)


async def daily_max(talk: Talk, jobs: int) -> Screen:
    await talk.core.schedule.set_daily_max(person_id=talk.person.id, jobs=jobs, now=talk.now)
    talk.toast(talk.words.plain("Saved."))
    return await limits(talk)


async def buffer(talk: Talk, minutes: int) -> Screen:
    await talk.core.schedule.set_buffer(person_id=talk.person.id, minutes=minutes, now=talk.now)
    talk.toast(talk.words.plain("Saved."))
    return await limits(talk)
