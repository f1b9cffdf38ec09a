"""Weekly hours. A button carries the whole new day, so nothing is remembered between two taps."""

from bot.conversation import Talk
from bot.provider.schedule import amend
from bot.provider.schedule import hours_screens as screens
from bot.provider.schedule.amend import plan_of
from bot.provider.schedule.shape import Shape, weekdays
from bot.screen import Screen
from core.people.amending import Amendment
from core.people.model import ProviderState


async def week_hours(talk: Talk) -> Screen:
    talk.expect("", at="sched")
    plan = await plan_of(talk)
    return screens.week(
        talk.words, plan, applying=plan.provider.state is not ProviderState.APPROVED
    )


async def weekday(talk: Talk, day: int) -> Screen:
    plan = await plan_of(talk)
    return screens.weekday(talk.words, plan, day % 7)


async def edge(talk: Talk, day: int, end: int) -> Screen:
    """Asks for the first (0) or the last hour (1) of a weekday."""
    plan = await plan_of(talk)
    return screens.edge(talk.words, plan, day % 7, bool(end))


async def pause(talk: Talk, day: int) -> Screen:
    return screens.pause(talk.words, await plan_of(talk), day % 7)


async def copy(talk: Talk, day: int) -> Screen:
    return screens.copy(talk.words, await plan_of(talk), day % 7)


async def set_hours(talk: Talk, days: int, shape: str, sure: int) -> Screen:
    """A day's shape for all weekdays of the mask; visits that fall out of it are listed before."""
    spans, wanted = Shape.read(shape).spans(), weekdays(days)
    new = Amendment({weekday: tuple(spans) for weekday in wanted})
    if (first := await amend.at_once(talk, new)) is not None:
        return first
    talk.toast(talk.words.plain("Saved."))
    return await weekday(talk, wanted[0]) if len(wanted) == 1 else await week_hours(talk)
