"""The queue of appeals, and the files of one."""

from bot.admin.appeals import screens
from bot.admin.parts import files_of
from bot.conversation import Talk
from bot.screen import Screen


async def appeals(talk: Talk) -> Screen:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Screen:
    talk.rest()
    return screens.appeals(talk.words, await talk.core.appeals.waiting(), number, now=talk.now)


async def files(talk: Talk, appeal_id: int) -> None:
    """Sent below; the card stays where it is."""
    case = await talk.core.appeals.case(appeal_id=appeal_id)
    found = await files_of(talk.core, case.appeal.files)
    screen = screens.files(talk.words, case, found)
    await talk.messenger.send(talk.incoming.chat_id, screen, thread_id=talk.incoming.thread_id)
