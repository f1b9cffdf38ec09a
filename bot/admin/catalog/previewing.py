"""The draft as a customer would see it: the very pages, marked as a preview, in either language."""

import asyncio

from bot.admin.catalog import preview_screens as screens
from bot.conversation import Talk
from bot.i18n import Words, languages
from bot.screen import Screen
from core.catalog.model import Category, Thing
from core.errors import Unknown
from core.search.finder import Number


def _theirs(talk: Talk, number: int) -> Words:
    """The words of the language with this number."""
    known = languages()
    if not 0 <= number < len(known):
        raise Unknown("language")
    return talk.words.in_language(known[number])


async def preview(talk: Talk, thing_id: int, language: int) -> Screen:
    """A category or a service."""
    talk.rest()
    theirs, tree = _theirs(talk, language), await talk.core.drafting.tree()
    one = tree.thing(thing_id=thing_id)
    if isinstance(one, Category):
        inside: list[Thing] = [
            *tree.children(parent_id=one.id),
            *tree.services_in(category_id=one.id),
        ]
        return screens.category(talk.words, theirs, one, inside, language)
    free, lowest = await _offered(talk, one.id)
    return screens.service(talk.words, theirs, one, lowest, free, language)


async def _offered(talk: Talk, service_id: int) -> tuple[Number, int | None]:
    """As it is in the whole city; nobody offers yet what is new."""
    finder = talk.core.finder
    if talk.core.catalog.find(thing_id=service_id) is None:
        return Number(0), None
    return await asyncio.gather(
        finder.free_today(service_id=service_id, lat=None, lon=None, now=talk.now),
        finder.price_from(service_id=service_id, lat=None, lon=None, now=talk.now),
    )


async def choices(talk: Talk, service_id: int, language: int) -> Screen:
    """What is asked while booking: options and questions."""
    one = (await talk.core.drafting.tree()).service(service_id=service_id)
    return screens.choices(talk.words, _theirs(talk, language), one, language)
