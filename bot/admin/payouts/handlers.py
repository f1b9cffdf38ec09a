"""Staff decide on withdrawals; each decision is logged with its number."""

from bot.admin.parts import logged, me
from bot.admin.payouts import screens
from bot.conversation import Talk
from bot.i18n import mark
from bot.screen import Screen
from bot.words import RETURNS
from core.payouts.deciding import Whole

APPROVED, SENT, OPENED = mark("approved"), mark("sent"), mark("looked at the account")


async def payouts(talk: Talk) -> Screen:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Screen:
    waiting = await talk.core.deciding.waiting()
    return screens.payouts(talk.words, waiting, number, now=talk.now)


async def _look(talk: Talk, payout_id: int) -> Whole:
    return await talk.core.deciding.look(payout_id=payout_id)


async def show(talk: Talk, payout_id: int) -> Screen:
    one = await _look(talk, payout_id)
    return screens.card(talk.words, one, await talk.core.staff.members())


async def approve(talk: Talk, payout_id: int) -> Screen:
    member = await me(talk)
    payout = await talk.core.deciding.approve(
        payout_id=payout_id, by=member.telegram_id, now=talk.now
    )
    await logged(talk, "payouts.decide", subject=payout.number, reason=APPROVED)
    talk.toast(talk.words.plain("Approved."))
    return await show(talk, payout_id)


async def account(talk: Talk, payout_id: int) -> Screen | None:
    """Only who taps reads it: over the chat in a group, as a message to copy from in private."""
    holder = await talk.core.deciding.holder(payout_id=payout_id)
    one = await _look(talk, payout_id)
    await logged(talk, "payouts.decide", subject=one.payout.number, reason=OPENED)
    if talk.incoming.chat_kind == "private":
        return screens.holder(talk.words, one, holder)
    talk.toast(screens.holder_plain(talk.words, holder), alert=True)
    return None


async def ask_paid(talk: Talk, payout_id: int) -> Screen:
    return screens.ask_paid(talk.words, await _look(talk, payout_id))


async def paid(talk: Talk, payout_id: int) -> Screen:
    member = await me(talk)
    payout = await talk.core.deciding.paid(payout_id=payout_id, by=member.telegram_id, now=talk.now)
    await logged(talk, "payouts.decide", subject=payout.number, reason=SENT)
    return screens.ended(talk.words, payout)


async def ask_why(talk: Talk, payout_id: int) -> Screen:
    talk.expect("payout_why", payout=payout_id)
    return screens.ask_why(talk.words, await _look(talk, payout_id))


async def returned(talk: Talk, payout_id: int, number: int) -> Screen:
    """One of the usual reasons, which the provider reads in their own language."""
    return await _end(talk, payout_id, RETURNS[number % len(RETURNS)])


async def why_said(talk: Talk) -> Screen:
    payout_id = int(talk.memory.get("payout", 0))
    if not talk.incoming.text.strip():
        return screens.ask_why(talk.words, await _look(talk, payout_id))
    return await _end(talk, payout_id, talk.incoming.text)


async def _end(talk: Talk, payout_id: int, reason: str) -> Screen:
    member = await me(talk)
    talk.rest()
    payout = await talk.core.deciding.returned(
        payout_id=payout_id, by=member.telegram_id, reason=reason, now=talk.now
    )
    await logged(talk, "payouts.decide", subject=payout.number, reason=f"↩️ {payout.reason}")
    return screens.ended(talk.words, payout)


async def nothing(talk: Talk, payout_id: int) -> Screen:
    talk.rest()
    return screens.kept(talk.words, await _look(talk, payout_id))
