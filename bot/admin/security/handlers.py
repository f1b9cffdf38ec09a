"""Staff look at how safe the place is, and close what stands open."""

from bot.admin.parts import acting, me
from bot.admin.security import screens
from bot.conversation import Talk
from bot.i18n import mark
from bot.screen import Screen
from core.permissions import may

CLOSED = mark("files closed to others")


async def security(talk: Talk) -> Screen:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Screen:
    checked, member = await talk.core.checking.check(now=talk.now), await me(talk)
    week = await talk.core.refusals.tally(days=7, now=talk.now)
    reads_log = may(role=member.role, action="log.read")
    return screens.security(
        talk.words, checked, week, number, reads_log=reads_log, now=talk.now
    )  # fmt: skip


async def close_files(talk: Talk) -> Screen:
    async with acting(talk, "security", reason=CLOSED):
        talk.core.checking.close_files()
    talk.toast(talk.words.plain("Closed."))
    return await page(talk, 0)
