"""The list of withdrawals, and the account one is sent to: whoever looks at it has the withdrawal in hand."""

from contextlib import suppress

from bot.admin.parts import looked
from bot.admin.payouts import screens
from bot.admin.payouts.deciding import PAYOUTS, look
from bot.admin.payouts.files import batch_file
from bot.conversation import Talk
from bot.i18n import mark
from bot.screen import Screen
from core.errors import Taken
from core.payouts.model import AccountKind, PayoutState

OPENED = mark("looked at the account")


BATCH = mark("took the file for the bank")


async def payouts(talk: Talk) -> Screen:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Screen:
    talk.rest()
    waiting = await talk.core.deciding.waiting()
    private = talk.incoming.chat_kind == "private"
    due = any(one.state is PayoutState.APPROVED for one in waiting)
    return screens.payouts(talk.words, waiting, number, now=talk.now, batch=private and due)


async def batch(talk: Talk) -> Screen:
    """All that is to be sent to banks, for whoever sends it: from now on in his hands, what others hold left out.

    In a group everybody would have the accounts: there the list is shown as it is.
    """
    if talk.incoming.chat_kind != "private":
        return await page(talk, 0)
    mine = []
    for payout, holder in await talk.core.deciding.by_hand(kind=AccountKind.BANK):
        with suppress(Taken):
            await PAYOUTS.hold(talk, payout.id)
            mine.append((payout, holder))
    numbers = ", ".join(payout.number for payout, _ in mine)
    await looked(talk, "payouts.decide", subject=numbers, reason=BATCH)
    return screens.batch(talk.words, batch_file(mine, talk.words) if mine else None, len(mine))


async def account(talk: Talk, payout_id: int) -> Screen | None:
    """Only who taps reads it: over the chat in a group, as a message to copy from in private."""
    holder = await talk.core.deciding.holder(payout_id=payout_id)
    one = await look(talk, payout_id)
    try:
        await PAYOUTS.hold(talk, payout_id)
    except Taken as held:
        return await PAYOUTS.taken(talk, payout_id, held)
    await looked(talk, "payouts.decide", subject=one.payout.number, reason=OPENED)
    if talk.incoming.chat_kind == "private":
        return screens.holder(talk.words, one, holder)
    talk.toast(screens.holder_plain(talk.words, holder), alert=True)
    return None
