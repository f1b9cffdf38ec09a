"""Looks at levels as they are at this moment."""

from bot.conversation import Talk
from bot.provider.level import screens
from bot.screen import Screen


async def level(talk: Talk) -> Screen:
    talk.rest()
    standing = await talk.core.levels.standing(person_id=talk.person.id, now=talk.now)
    return screens.level(standing, talk.words)


async def every(talk: Talk) -> Screen:
    talk.rest()
    return screens.every(talk.core.levels.every(), talk.words)
