"""Weekly hours. A button carries the whole new day, so nothing is remembered between two taps."""

from bot.conversation import Talk
from bot.provider.schedule import hours_screens as screens
from bot.provider.schedule.shape import Shape, weekdays
from bot.screen import Screen
from core.people.model import ProviderState
from core.people.schedule import Plan


async def _plan(talk: Talk) -> Plan:
    return await talk.core.schedule.plan(person_id=talk.person.id, now=talk.now)


async def week_hours(talk: Talk) -> Screen:
    talk.rest()
    plan = await _plan(talk)
    return screens.week(
        talk.words, plan, applying=plan.provider.state is not ProviderState.APPROVED
    )


async def weekday(talk: Talk, day: int) -> Screen:
    plan = await _plan(talk)
    return screens.weekday(talk.words, plan, day % 7)


async def edge(talk: Talk, day: int, end: int) -> Screen:
    """Asks for the first (0) or the last hour (1) of a weekday."""
    plan = await _plan(talk)
    return screens.edge(talk.words, plan, day % 7, bool(end))


async def pause(talk: Talk, day: int) -> Screen:
    return screens.pause(talk.words, await _plan(talk), day % 7)


async def copy(talk: Talk, day: int) -> Screen:
    return screens.copy(talk.words, await _plan(talk), day % 7)


async def set_hours(talk: Talk, days: int, shape: str, sure: int) -> Screen:
    """Saves a day's shape for all weekdays of the mask; visits that fall out of it are listed before."""
    spans, wanted = Shape.read(shape).spans(), weekdays(days)
    touched = await talk.core.touched.by_hours(
        person_id=talk.person.id, weekdays=wanted, spans=spans, now=talk.now
    )
    if touched and not sure:
        return screens.touched_by_hours(talk.words, touched, days, shape, now=talk.now)
    await talk.core.schedule.set_hours(
        person_id=talk.person.id, weekdays=wanted, spans=spans, now=talk.now
    )
    talk.toast(talk.words.plain("Saved."))
    return await weekday(talk, wanted[0]) if len(wanted) == 1 else await week_hours(talk)
