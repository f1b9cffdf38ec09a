"""Days off: tapped one by one in the month. Visits on them are listed before; whatever is typed here is time off."""

from datetime import date, timedelta

from bot.conversation import Talk
from bot.provider.schedule import amend
from bot.provider.schedule import hours_screens as screens
from bot.provider.schedule.handlers import as_day
from bot.screen import Screen
from core.people.amending import Amendment, Stretch

FURTHEST = timedelta(days=400)


async def days_off(talk: Talk, month: int) -> Screen:
    """A month of the calendar: 0 is this one."""
    talk.expect("", at="off")
    today = talk.core.availability.today(now=talk.now)
    shown = max(0, min(month, 11))
    return screens.days_off(talk.words, await amend.plan_of(talk), today, shown, now=talk.now)


async def _month_of(talk: Talk, day: date) -> Screen:
    today = talk.core.availability.today(now=talk.now)
    return await days_off(talk, (day.year - today.year) * 12 + day.month - today.month)


async def day_off(talk: Talk, ordinal: int, sure: int) -> Screen:
    """Takes a day off, or works on it after all."""
    today, day = talk.core.availability.today(now=talk.now), as_day(ordinal)
    if not today <= day <= today + FURTHEST:
        return await days_off(talk, 0)
    whole, plan = (Stretch(day, day),), await amend.plan_of(talk)
    new = Amendment(back=whole) if day in plan.days_off else Amendment(off=whole)
    return await amend.at_once(talk, new) or await _month_of(talk, day)
