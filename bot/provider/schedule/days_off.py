"""Days off: tapped one by one in the month, or typed from first to last. Visits on them are listed before."""

from datetime import date, timedelta

from bot.conversation import Talk
from bot.errors import sentence
from bot.provider import reading
from bot.provider.parts import saying
from bot.provider.schedule import hours_screens as screens
from bot.provider.schedule.handlers import as_day
from bot.screen import Screen
from core.errors import Invalid
from core.orders.model import Order
from core.people.schedule import days_between

FURTHEST = timedelta(days=400)


async def days_off(talk: Talk, month: int) -> Screen:
    """A month of the calendar: 0 is this one. Whatever is typed here is a holiday."""
    talk.expect("schedule.holiday")
    plan = await talk.core.schedule.plan(person_id=talk.person.id, now=talk.now)
    today = talk.core.availability.today(now=talk.now)
    return screens.days_off(talk.words, plan, today, max(0, min(month, 11)))


async def _touched(talk: Talk, days: list[date]) -> list[Order]:
    return await talk.core.touched.by_days_off(person_id=talk.person.id, days=days, now=talk.now)


async def _month_of(talk: Talk, day: date) -> Screen:
    today = talk.core.availability.today(now=talk.now)
    return await days_off(talk, (day.year - today.year) * 12 + day.month - today.month)


async def day_off(talk: Talk, ordinal: int, sure: int) -> Screen:
    """Takes a day off, or works on it after all."""
    plan = await talk.core.schedule.plan(person_id=talk.person.id, now=talk.now)
    today, day = talk.core.availability.today(now=talk.now), as_day(ordinal)
    if not today <= day <= today + FURTHEST:
        return await days_off(talk, 0)
    off = day not in plan.days_off
    touched = await _touched(talk, [day]) if off else []
    if touched and not sure:
        return screens.touched_by_day_off(talk.words, touched, day, now=talk.now)
    await talk.core.schedule.set_day_off(person_id=talk.person.id, day=day, off=off, now=talk.now)
    return await _month_of(talk, day)


async def holiday_said(talk: Talk) -> Screen:
    """2026-10-01 to 2026-10-07, 10.1-10.7 or 10月1日到7日; one day alone is fine, too."""
    today = talk.core.availability.today(now=talk.now)
    found = reading.days(talk.incoming.text, today=today)
    if found is None:
        return saying(await days_off(talk, 0), screens.no_days(talk.words))
    try:
        return await _holiday(talk, *found, sure=False)
    except Invalid as error:
        return saying(await days_off(talk, 0), sentence(error, talk.words))


async def holiday(talk: Talk, first: int, last: int) -> Screen:
    """Taken in spite of the visits that were listed."""
    return await _holiday(talk, as_day(first), as_day(last), sure=True)


async def _holiday(talk: Talk, first: date, last: date, *, sure: bool) -> Screen:
    touched = await _touched(talk, days_between(first=first, last=last))
    if touched and not sure:
        return screens.touched_by_holiday(talk.words, touched, first, last, now=talk.now)
    await talk.core.schedule.take_off(
        person_id=talk.person.id, first=first, last=last, now=talk.now
    )
    said = screens.holiday_saved(talk.words, first, last)
    return saying(await _month_of(talk, first), said)
