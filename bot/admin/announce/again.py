"""What was sent already: its text is corrected where it arrived, or it is taken back."""

from bot.admin.announce import screens
from bot.admin.announce.parts import seen
from bot.admin.announce.running import steered
from bot.conversation import Talk
from bot.i18n import mark
from bot.screen import Screen
from core.announcements.composing import longest
from core.errors import Unknown


async def languages(talk: Talk, announcement_id: int) -> Screen:
    talk.rest()
    one = await talk.core.announcements.told(announcement_id=announcement_id)
    return screens.languages(talk.words, one)


async def ask(talk: Talk, announcement_id: int, language: str) -> Screen:
    one = await talk.core.announcements.told(announcement_id=announcement_id)
    if language not in one.texts:
        raise Unknown("language")
    talk.expect("announce.fix", announcement=one.id, language=language)
    return screens.ask_fix(talk.words, one, language, longest(photo=one.photo_id is not None))


async def said(talk: Talk) -> Screen:
    announcement_id, language = int(talk.memory["announcement"]), str(talk.memory["language"])
    one = await talk.core.announcements.told(announcement_id=announcement_id)
    text = talk.incoming.marked
    if not text.strip() or seen(text) > longest(photo=one.photo_id is not None):
        return await ask(talk, announcement_id, language)
    talk.expect("announce.fix", announcement=one.id, language=language, text=text)
    return screens.sure_fix(talk.words, one, language, text)


async def correct(talk: Talk, announcement_id: int) -> Screen:
    """The text that was typed for this very one."""
    text, mine = talk.memory.get("text"), talk.memory.get("announcement") == announcement_id
    if not text or not mine:
        return await languages(talk, announcement_id)
    step = talk.core.steering.correct(
        announcement_id=announcement_id, language=str(talk.memory["language"]), text=str(text),
        now=talk.now,
    )  # fmt: skip
    return await steered(talk, announcement_id, mark("corrected"), step)


async def sure(talk: Talk, announcement_id: int) -> Screen:
    one = await talk.core.announcements.told(announcement_id=announcement_id)
    return screens.sure_back(talk.words, one)


async def withdraw(talk: Talk, announcement_id: int) -> Screen:
    step = talk.core.steering.withdraw(announcement_id=announcement_id, now=talk.now)
    return await steered(talk, announcement_id, mark("taken back"), step)
