"""Help by role, the language, and the log of all acts and refused attempts."""

from bot import admin
from bot.admin.desk import screens
from bot.admin.parts import me
from bot.conversation import Talk
from bot.i18n import languages
from bot.screen import Screen

DAYS = 30


async def home(talk: Talk) -> Screen | None:
    """What the asker may do; a button nobody knows any more only says so."""
    if talk.incoming.callback_id:
        talk.toast(talk.words.plain("This is no longer available."))
        return None
    talk.rest()
    return screens.help_for(talk.words, (await me(talk)).role, admin.REGISTRY.commands)


async def cancel(talk: Talk) -> Screen:
    was = talk.step
    talk.rest()
    return screens.cancelled(talk.words, bool(was))


async def language(talk: Talk) -> Screen:
    return screens.language(talk.words, languages())


async def set_language(talk: Talk, code: str) -> Screen:
    """Takes effect with the very next word; the topics keep the language of the house."""
    if code in languages():
        await talk.core.people.choose_language(person_id=talk.person.id, language=code)
        talk.words = talk.words.in_language(code)
        talk.toast(talk.words.plain("Done."))
    return screens.language(talk.words, languages())


async def log(talk: Talk) -> Screen:
    return await log_page(talk, 0)


async def log_page(talk: Talk, page: int) -> Screen:
    return screens.log(talk.words, await talk.core.staff.acts(limit=200), page, now=talk.now)


async def refused(talk: Talk, page: int) -> Screen:
    found = await talk.core.refusals.lately(days=DAYS, now=talk.now)
    return screens.refused(talk.words, found, DAYS, page, now=talk.now)
