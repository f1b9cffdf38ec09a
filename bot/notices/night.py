"""Quiet hours: the usual nights, other hours by steps, or typed."""

from bot.conversation import Talk
from bot.notices import night_screens as screens
from bot.notices.handlers import chosen, notices
from bot.screen import Screen
from core.people.choices import USUAL, Quiet, is_quiet
from core.when.nights import read_night

FIRST = (22 * 60, 7 * 60)


async def ask(talk: Talk) -> Screen:
    talk.expect("quiet")
    return screens.ask(talk.words, chosen(talk))


async def usual(talk: Talk, number: int) -> Screen:
    """0 is never, the others are the usual nights."""
    return await _keep(talk, USUAL[number - 1] if 1 <= number <= len(USUAL) else None)


async def _keep(talk: Talk, hours: Quiet | None) -> Screen:
    talk.person = await talk.core.people.be_quiet(
        person_id=talk.person.id, side=talk.incoming.bot, hours=hours
    )
    talk.toast(talk.words.plain("Done."))
    return await notices(talk)


async def turn(talk: Talk, start: int, end: int) -> Screen:
    """The hours as they are being turned by taps; nothing is kept yet. Without any, those that count are shown."""
    talk.expect("quiet")
    hours = (start, end) if is_quiet((start, end)) else chosen(talk).quiet or FIRST
    return screens.turn(talk.words, hours)


async def set_(talk: Talk, start: int, end: int) -> Screen:
    return await _keep(talk, (start, end)) if is_quiet((start, end)) else await ask(talk)


async def said(talk: Talk) -> Screen:
    """Hours as they are typed; what is none is asked again with an example."""
    hours = read_night(talk.incoming.text)
    if hours is None:
        return screens.ask(talk.words, chosen(talk), again=True)
    return await _keep(talk, hours)
