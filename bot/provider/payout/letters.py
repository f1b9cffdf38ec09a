"""What a provider hears of a payout: that it was sent, or that it is back; what lies between edits its card."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.letters import Posted, Renderer
from bot.provider.parts import GAP, lines
from bot.provider.payout import account_screens, screens
from bot.screen import Card, Screen
from core.payouts.model import Payout, PayoutState
from core.services import Core

NEWS = {
    PayoutState.PAID: mark("💸 <b>Your money was sent.</b> It may take the bank a little while."),
    PayoutState.RETURNED: mark(
        "↩️ <b>Your withdrawal didn't work.</b> The money is on your balance."
    ),
}

LATE = mark(
    "↩️ <b>The time to confirm in WeChat was over.</b> Nothing is lost: it's on your balance."
)
ASK = mark("👉 <b>One step left: your money waits for you in WeChat.</b>")
NUDGE = mark("⏰ <b>Your money still waits in WeChat, and not for much longer.</b>")


async def _shown(core: Core, letter: Posted, words: Words, now: datetime) -> tuple[Payout, Screen]:
    payout, account = await core.payouts.one(
        person_id=letter.person_id or 0, payout_id=letter.subject
    )
    address = core.bindings.to_confirm(number=payout.number)
    return payout, screens.one(words, payout, account, address)


async def payout_card(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """What the payee is to say yes to has a letter of its own."""
    payout, screen = await _shown(core, letter, words, now)
    if payout.state is PayoutState.CONFIRMING:
        return None
    return replace(screen, card=Card("payout", letter.subject, when_missing="skip"), quiet=True)


async def payout_news(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Pointless once it has another end than the one this is about: that one has its own letter."""
    payout, screen = await _shown(core, letter, words, now)
    if letter.facts.get("state") != payout.state:
        return None
    head = LATE if payout.reason == "wechat_late" else NEWS[payout.state]
    return _below(letter, screen, words(head))


def _below(letter: Posted, screen: Screen, head: Markup) -> Screen:
    """Its card once more at the bottom of the chat, under this line."""
    text: Markup = lines(head, GAP, screen.text)
    return replace(screen, text=text, card=Card("payout", letter.subject, anew=True))


async def payout_confirm(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    return await _asks(core, letter, words, now, ASK)


async def payout_nudge(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    return await _asks(core, letter, words, now, NUDGE)


async def _asks(
    core: Core, letter: Posted, words: Words, now: datetime, head: str
) -> Screen | None:
    """Pointless once it is confirmed, or over."""
    payout, screen = await _shown(core, letter, words, now)
    waits = payout.state is PayoutState.CONFIRMING
    return _below(letter, screen, words(head)) if waits else None


async def payout_bound(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Pointless where another code was asked for meanwhile."""
    if not await core.bindings.bound(person_id=letter.person_id or 0, now=now):
        return None
    card = Card("payout_binding", letter.subject, anew=True)
    return replace(account_screens.bound(words), card=card)


# That money came back can't be switched off, so it is a kind of letter of its own.
LETTERS: dict[str, Renderer] = {
    "payout_card": payout_card,
    "payout_news": payout_news,
    "payout_back": payout_news,
    "payout_confirm": payout_confirm,
    "payout_nudge": payout_nudge,
    "payout_bound": payout_bound,
}
