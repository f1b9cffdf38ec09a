"""The latest news, what the button of one opens, and one tap to switch a kind off or on again."""

from dataclasses import replace

from bot.conversation import Talk
from bot.follow import follow
from bot.news import screens
from bot.screen import Screen
from core.people.choices import Manner


async def latest(talk: Talk) -> Screen:
    return await news(talk, 0)


async def news(talk: Talk, page: int) -> Screen:
    talk.rest()
    found = await talk.core.announcements.latest(
        bot=talk.incoming.bot, language=talk.words.language
    )
    return screens.news(talk.words, found, page, side=talk.incoming.bot)


async def opened(talk: Talk, announcement_id: int) -> Screen | None:
    """What it is about, below it: the announcement itself stays as it is."""
    one = await talk.core.announcements.tap(
        announcement_id=announcement_id, person_id=talk.person.id
    )
    screen = await follow(talk, screens.leads(one)) if talk.incoming.bot == "customer" else None
    return replace(screen, below=True) if screen else await latest(talk)


async def off(talk: Talk, announcement_id: int) -> Screen:
    """Below the announcement itself: no more of its kind."""
    return await _choose(talk, announcement_id, Manner.OFF)


async def on(talk: Talk, announcement_id: int) -> Screen:
    return await _choose(talk, announcement_id, Manner.ON)


async def _choose(talk: Talk, announcement_id: int, manner: Manner) -> Screen:
    one = await talk.core.announcements.told(announcement_id=announcement_id)
    side = talk.incoming.bot
    talk.person = await talk.core.people.choose(
        person_id=talk.person.id, kind=screens.kind(one, side), manner=manner
    )
    return screens.announcement(talk.words, one, side=side, off=manner is Manner.OFF)
