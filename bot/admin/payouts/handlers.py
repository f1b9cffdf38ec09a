"""The list of withdrawals, and the account one is sent to: whoever looks at it has the withdrawal in hand."""

from bot.admin.parts import logged
from bot.admin.payouts import screens
from bot.admin.payouts.deciding import PAYOUTS, look
from bot.conversation import Talk
from bot.i18n import mark
from bot.screen import Screen
from core.errors import Taken

OPENED = mark("looked at the account")


async def payouts(talk: Talk) -> Screen:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Screen:
    talk.rest()
    waiting = await talk.core.deciding.waiting()
    return screens.payouts(talk.words, waiting, number, now=talk.now)


async def account(talk: Talk, payout_id: int) -> Screen | None:
    """Only who taps reads it: over the chat in a group, as a message to copy from in private."""
    holder = await talk.core.deciding.holder(payout_id=payout_id)
    one = await look(talk, payout_id)
    try:
        await PAYOUTS.hold(talk, payout_id)
    except Taken as held:
        return await PAYOUTS.taken(talk, payout_id, held)
    await logged(talk, "payouts.decide", subject=one.payout.number, reason=OPENED)
    if talk.incoming.chat_kind == "private":
        return screens.holder(talk.words, one, holder)
    talk.toast(screens.holder_plain(talk.words, holder), alert=True)
    return None
