"""The queue and the dossiers."""

from bot.admin.applications import screens
from bot.admin.parts import files_of
from bot.conversation import Talk
from bot.i18n import Words
from bot.screen import Screen
from core.people.dossier import Application
from core.services import Core
from core.taking.model import Matter


async def applications(talk: Talk) -> Screen:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Screen:
    talk.rest()
    waiting = await talk.core.judging.waiting()
    taken = await talk.core.takings.among(
        matter=Matter.APPLICATION, subjects=[one.id for one in waiting]
    )
    return screens.applications(talk.words, waiting, taken, number)


async def documents(talk: Talk, provider_id: int) -> None:
    """Sent below; the dossier stays where it is."""
    one = await talk.core.judging.look(provider_id=provider_id)
    screen = await documents_of(talk.core, talk.words, one)
    await talk.messenger.send(talk.incoming.chat_id, screen, thread_id=talk.incoming.thread_id)


async def documents_of(core: Core, words: Words, one: Application) -> Screen:
    answers = [file for asked in one.inquiries for file in asked.files]
    ids = [one.provider.photo_id, *[paper.file_id for paper in one.papers], *answers]
    return screens.documents(words, one, await files_of(core, ids))
