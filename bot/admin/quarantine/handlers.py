"""Staff look at what may differ, and let everything go on once they have compared it."""

from bot.admin.parts import acting, me
from bot.admin.quarantine import screens
from bot.conversation import Talk
from bot.i18n import mark
from bot.screen import Screen
from core.errors import Unknown

LIFTED = mark("money compared, lifted")


async def show(talk: Talk) -> Screen:
    try:
        found = await talk.core.quarantine.look()
    except Unknown:
        return screens.none(talk.words)
    return screens.card(talk.words, found)


async def ask(talk: Talk) -> Screen:
    try:
        return screens.ask(talk.words, await talk.core.quarantine.look())
    except Unknown:
        return screens.none(talk.words)


async def lift(talk: Talk) -> Screen:
    member = await me(talk)
    async with acting(talk, "quarantine.lift", reason=LIFTED):
        await talk.core.quarantine.lift(by=member.telegram_id, now=talk.now)
    return screens.lifted(talk.words)


async def stays(talk: Talk) -> Screen:
    return screens.stays(talk.words)
