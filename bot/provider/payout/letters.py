"""What a provider hears of a payout: that it was sent, or that it is back; what lies between edits its card."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.letters import Posted, Renderer
from bot.provider.parts import GAP, lines
from bot.provider.payout import screens
from bot.screen import Card, Screen
from core.payouts.model import PayoutState
from core.services import Core

NEWS = {
    PayoutState.PAID: mark("💸 <b>Your money was sent.</b> It may take the bank a little while."),
    PayoutState.RETURNED: mark(
        "↩️ <b>Your withdrawal didn't work.</b> The money is on your balance."
    ),
}


async def _shown(
    core: Core, letter: Posted, words: Words, now: datetime
) -> tuple[PayoutState, Screen]:
    payout, account = await core.payouts.one(
        person_id=letter.person_id or 0, payout_id=letter.subject
    )
    return payout.state, screens.one(words, payout, account)


async def payout_card(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    _, screen = await _shown(core, letter, words, now)
    return replace(screen, card=Card("payout", letter.subject, when_missing="skip"), quiet=True)


async def payout_news(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Pointless once it has another end than the one this is about: that one has its own letter."""
    state, screen = await _shown(core, letter, words, now)
    if letter.facts.get("state") != state:
        return None
    text: Markup = lines(words(NEWS[state]), GAP, screen.text)
    return replace(screen, text=text, card=Card("payout", letter.subject, anew=True))


# That money came back can't be switched off, so it is a kind of letter of its own.
LETTERS: dict[str, Renderer] = {
    "payout_card": payout_card,
    "payout_news": payout_news,
    "payout_back": payout_news,
}
