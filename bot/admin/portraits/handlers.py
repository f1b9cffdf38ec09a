"""The list of new photos, and the photos themselves."""

from bot.admin.parts import files_of
from bot.admin.portraits import screens
from bot.conversation import Talk
from bot.i18n import Words
from bot.screen import Screen
from core.portraits.service import Sitter
from core.services import Core
from core.taking.model import Matter


async def portraits(talk: Talk) -> Screen:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Screen:
    talk.rest()
    waiting = await talk.core.portraits.waiting()
    taken = await talk.core.takings.among(
        matter=Matter.PORTRAIT, subjects=[one.portrait.id for one in waiting]
    )
    return screens.portraits(talk.words, waiting, taken, number, now=talk.now)


async def photos(talk: Talk, portrait_id: int) -> Screen:
    """Sent below; the card stays where it is."""
    one = await talk.core.portraits.look(portrait_id=portrait_id)
    return await photos_of(talk.core, talk.words, one)


async def photos_of(core: Core, words: Words, one: Sitter) -> Screen:
    found = await files_of(core, [one.portrait.file_id, one.provider.photo_id])
    return screens.photos(words, one, found)
