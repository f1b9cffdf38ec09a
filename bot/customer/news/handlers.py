"""The latest news, and one tap to switch a kind off or on again."""

from bot.conversation import Talk
from bot.customer.news import screens
from bot.screen import Screen
from core.people.choices import Manner


async def latest(talk: Talk) -> Screen:
    return await news(talk, 0)


async def news(talk: Talk, page: int) -> Screen:
    talk.rest()
    found = await talk.core.announcements.latest(language=talk.words.language)
    return screens.news(talk.words, found, page)


async def off(talk: Talk, announcement_id: int) -> Screen:
    """Below the announcement itself: no more of its kind."""
    return await _choose(talk, announcement_id, Manner.OFF)


async def on(talk: Talk, announcement_id: int) -> Screen:
    return await _choose(talk, announcement_id, Manner.ON)


async def _choose(talk: Talk, announcement_id: int, manner: Manner) -> Screen:
    one = await talk.core.announcements.get(announcement_id=announcement_id)
    talk.person = await talk.core.people.choose(
        person_id=talk.person.id, kind=one.kind, manner=manner
    )
    return screens.announcement(talk.words, one, off=manner is Manner.OFF)
