"""Hours and time off in words: shown back as they are understood, saved only with a tap."""

from bot.conversation import Talk
from bot.errors import sentence
from bot.provider.parts import saying
from bot.provider.schedule import amend, handlers, spoken_screens
from bot.screen import Screen
from core.errors import Invalid
from core.people.amending import Amendment
from core.people.wishing import meant
from core.when.working import Working, read_working


async def understood(talk: Talk) -> Screen | None:
    """What was typed as a change of the plan; None where it is none, or hardly one far from the schedule."""
    at = str(talk.memory.get("at", ""))
    return await meaning(talk, talk.incoming.text, off=at == "off", sure=not at)


async def meaning(
    talk: Talk, text: str, *, off: bool = False, sure: bool = False, timed: bool = False
) -> Screen | None:
    """The change these words stand for, to be looked at; `sure`: only where they can hardly be about anything else,
    `timed`: only where hours are named.
    """
    said = read_working(text, now=talk.now, zone=talk.core.availability.zone, off=off)
    if said is None or (sure and not said.sure):
        return None
    if timed and not all(wish.spans for wish in said.wishes):
        return None
    provider = await talk.core.applications.provider_of(person_id=talk.person.id)
    if provider is None:
        return None
    try:
        return await _shown(talk, said)
    except Invalid as error:
        return saying(await handlers.hub(talk), sentence(error, talk.words))


async def _shown(talk: Talk, said: Working) -> Screen:
    plan = await amend.plan_of(talk)
    once = meant(wishes=said.wishes, plan=plan)
    weekly = meant(wishes=said.wishes, plan=plan, weekly=True)
    return await shown(talk, once, weekly=weekly if weekly != once else None)


async def shown(talk: Talk, once: Amendment, weekly: Amendment | None = None) -> Screen:
    """What is so already is said, all else looked at before it is saved."""
    plan = await amend.plan_of(talk)
    talk.core.schedule.check(amendment=once, now=talk.now)
    if once.of(week=plan.week).alike(plan.week):
        return saying(await handlers.hub(talk), spoken_screens.already(talk.words, once, talk.now))
    talk.expect("", at="sched")
    return await amend.look(talk, once, weekly=weekly)


async def example(talk: Talk) -> Screen | None:
    """In the schedule, words that mean nothing to us get a kind example."""
    at = str(talk.memory.get("at", ""))
    if not at:
        return None
    screen = await handlers.hub(talk)
    talk.expect("", at=at)
    return saying(screen, spoken_screens.example(talk.words))
