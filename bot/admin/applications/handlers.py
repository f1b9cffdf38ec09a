"""The queue and the dossiers."""

from bot.admin.applications import screens
from bot.admin.parts import files_of
from bot.conversation import Talk
from bot.i18n import Words
from bot.screen import Screen
from core.people.dossier import Application
from core.services import Core


async def applications(talk: Talk) -> Screen:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Screen:
    return screens.queue(talk.words, await talk.core.judging.waiting(), number)


async def show(talk: Talk, provider_id: int) -> Screen:
    talk.rest()
    one = await talk.core.judging.look(provider_id=provider_id)
    return screens.whole(talk.words, one, talk.core.catalog, now=talk.now)


async def documents(talk: Talk, provider_id: int) -> None:
    """Sent below; the dossier stays where it is."""
    one = await talk.core.judging.look(provider_id=provider_id)
    screen = await documents_of(talk.core, talk.words, one)
    await talk.messenger.send(talk.incoming.chat_id, screen, thread_id=talk.incoming.thread_id)


async def documents_of(core: Core, words: Words, one: Application) -> Screen:
    ids = [one.provider.photo_id, *[paper.file_id for paper in one.papers]]
    return screens.documents(words, one, await files_of(core, ids))
