"""A change of the plan, however it was asked for: looked at with the visits it touches, then saved."""

from bot.conversation import Talk
from bot.provider.parts import saying
from bot.provider.schedule import amend_screens as screens
from bot.provider.schedule.coded import amendment_of
from bot.screen import Screen
from core.people.amending import Amendment
from core.people.schedule import Plan


async def plan_of(talk: Talk) -> Plan:
    return await talk.core.schedule.plan(person_id=talk.person.id, now=talk.now)


async def look(talk: Talk, amendment: Amendment, weekly: Amendment | None = None) -> Screen:
    """What would change and which visits lie there, and what else may be meant; nothing is saved yet."""
    talk.core.schedule.check(amendment=amendment, now=talk.now)
    plan = await plan_of(talk)
    touched = await talk.core.touched.by(
        person_id=talk.person.id, amendment=amendment, now=talk.now
    )
    return screens.review(talk.words, amendment, plan, touched, weekly, now=talk.now)


async def review(talk: Talk, code: str) -> Screen:
    return await look(talk, amendment_of(code))


async def at_once(talk: Talk, amendment: Amendment) -> Screen | None:
    """Saves what touches no visit; what does is looked at first."""
    talk.core.schedule.check(amendment=amendment, now=talk.now)
    if await talk.core.touched.by(person_id=talk.person.id, amendment=amendment, now=talk.now):
        return await look(talk, amendment)
    await talk.core.schedule.amend(person_id=talk.person.id, amendment=amendment, now=talk.now)
    return None


async def save(talk: Talk, code: str) -> Screen:
    """As it was shown; visits that came meanwhile are shown first."""
    amendment = amendment_of(code)
    if (first := await at_once(talk, amendment)) is not None:
        return first
    talk.toast(talk.words.plain("Saved."))
    return screens.saved(talk.words, amendment, now=talk.now)


async def parts(talk: Talk) -> Screen:
    """The hours that are off on single days, each with a button that gives it back."""
    talk.expect("", at="off")
    return screens.parts(talk.words, await plan_of(talk), now=talk.now)


async def part_back(talk: Talk, code: str) -> Screen:
    amendment = amendment_of(code)
    await talk.core.schedule.amend(person_id=talk.person.id, amendment=amendment, now=talk.now)
    shown = await parts(talk)
    return saying(shown, screens.told(talk.words, amendment, now=talk.now))
