"""Extra hours of a single date: the date is tapped, then the hours, or both are typed; looked at before saving."""

from datetime import date, timedelta

from bot.conversation import Talk
from bot.provider.schedule import amend, spoken
from bot.provider.schedule import extra_screens as screens
from bot.provider.schedule.coded import amendment_of
from bot.provider.schedule.handlers import as_day
from bot.screen import Screen
from core.availability.slots import DAY_CLOSES
from core.people.amending import Amendment
from core.people.beyond import worked
from core.people.schedule import Plan
from core.when.model import Days

AHEAD = 60


async def extras(talk: Talk) -> Screen:
    """Those to come, each with a button that takes it away again."""
    talk.expect("", at="sched")
    return screens.extras(talk.words, await amend.plan_of(talk), now=talk.now)


async def which_day(talk: Talk, page: int) -> Screen:
    """The dates that are free by the week; all that come where none is."""
    talk.expect("", at="sched")
    today = talk.core.availability.today(now=talk.now)
    # Late in the evening nothing is left of today.
    first = today + timedelta(days=_gone(talk, today) >= DAY_CLOSES)
    days = _free(await amend.plan_of(talk), first)
    return screens.which_day(talk.words, days, page, now=talk.now)


def _gone(talk: Talk, day: date) -> int:
    """The minutes of this day that are over."""
    at = talk.core.availability
    return at.minute(now=talk.now) if day == at.today(now=talk.now) else 0


def _free(plan: Plan, first: date) -> list[date]:
    coming = [first + timedelta(days=ahead) for ahead in range(AHEAD)]
    free = [day for day in coming if not plan.hours(weekday=day.weekday())]
    return free or coming


async def which_hours(talk: Talk, ordinal: int) -> Screen:
    """Usual hours, others tapped from … to …, or typed."""
    day = as_day(ordinal)
    talk.expect("schedule.extra", day=day.toordinal())
    plan = await amend.plan_of(talk)
    return screens.which_hours(talk.words, plan, day, _gone(talk, day), now=talk.now)


async def begin(talk: Talk, ordinal: int) -> Screen:
    day = as_day(ordinal)
    return screens.begin(talk.words, day, _gone(talk, day), now=talk.now)


async def end(talk: Talk, ordinal: int, opens: int) -> Screen:
    day = as_day(ordinal)
    return screens.end(talk.words, day, opens, _gone(talk, day), now=talk.now)


async def look(talk: Talk, ordinal: int, opens: int, closes: int) -> Screen:
    """What of these minutes of the day lies beyond the week's hours, shown before it is saved."""
    day, plan = as_day(ordinal), await amend.plan_of(talk)
    extra, again = worked(dates=[Days(day, day)], spans=[(opens, closes)], plan=plan)
    return await spoken.shown(talk, Amendment(extra=extra, back=again))


async def said(talk: Talk) -> Screen | None:
    """Hours alone are those of the date that was tapped; whatever else is said is about the plan as ever."""
    day, text = as_day(int(talk.memory.get("day", 0))), talk.incoming.text
    talk.expect("", at="sched")
    return (
        await spoken.meaning(talk, text, sure=True)
        or await spoken.meaning(talk, f"{day.isoformat()} extra hours {text}", timed=True)
        or await spoken.example(talk)
    )


async def remove(talk: Talk, code: str) -> Screen:
    """What touches no visit is gone at once; else the visits are listed first."""
    return await amend.at_once(talk, amendment_of(code)) or await extras(talk)
