"""The desk with what waits, help by role, the language, and the log of all acts and refused attempts."""

from collections.abc import Sequence

from bot import admin
from bot.admin.desk import screens
from bot.admin.desk.places import DRAWERS, WORK, Place
from bot.admin.parts import me
from bot.conversation import Talk
from bot.i18n import languages
from bot.screen import Screen
from core.people.model import Role
from core.permissions import may

DAYS = 30


async def home(talk: Talk) -> Screen | None:
    """The desk for a command nobody knows; a button nobody knows any more only says so."""
    if talk.incoming.callback_id:
        talk.toast(talk.words.plain("This is no longer available."))
        return None
    return await desk(talk)


async def desk(talk: Talk) -> Screen:
    """What waits, as far as the asker's role goes."""
    talk.rest()
    role = (await me(talk)).role
    drawers = [
        (number, one.label, sum(count for _, count in places))
        for number, one in enumerate(DRAWERS)
        if (places := await _counted(talk, role, one.places))
    ]
    return screens.desk(talk.words, role, await _counted(talk, role, WORK), drawers)


async def drawer(talk: Talk, number: int) -> Screen:
    """The commands of one drawer that the asker's role includes."""
    if not 0 <= number < len(DRAWERS):
        return await desk(talk)
    one, role = DRAWERS[number], (await me(talk)).role
    return screens.drawer(talk.words, one.label, await _counted(talk, role, one.places))


async def _counted(talk: Talk, role: Role, places: Sequence[Place]) -> list[tuple[Place, int]]:
    """Those the role may open, with how many wait in each."""
    actions = {command.name: command.action for command in admin.REGISTRY.commands}
    return [
        (one, len(await one.queue(talk.core)) if one.queue else 0)
        for one in places
        if may(role=role, action=actions[one.command])
    ]


async def help_(talk: Talk) -> Screen:
    """All commands of the asker's role."""
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
