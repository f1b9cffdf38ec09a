"""The ways of a withdrawal: approved (twice where it is large), paid, returned with a reason."""

from collections.abc import Sequence
from dataclasses import replace

from bot.admin.deciding.flow import Deciding
from bot.admin.deciding.ways import Chosen, Usual, Way
from bot.admin.parts import lines, me
from bot.admin.payouts import screens
from bot.conversation import Talk
from bot.i18n import Words, mark
from bot.screen import Button, Card, Screen, Style, press
from bot.words import RETURNS
from core.errors import AlreadyDone
from core.payouts.deciding import Whole
from core.payouts.model import PayoutState
from core.people.model import Staff
from core.taking.model import Matter, Taking


async def look(talk: Talk, payout_id: int) -> Whole:
    return await talk.core.deciding.look(payout_id=payout_id)


def card(words: Words, one: Whole, staff: Sequence[Staff], taking: Taking | None) -> Screen:
    """One card per withdrawal, edited as it goes along."""
    return Screen(
        screens.whole(words, one, staff, taking), _rows(words, one, taking),
        card=Card("payout", one.payout.id),
    )  # fmt: skip


def waits(words: Words, one: Whole, staff: Sequence[Staff], taking: Taking | None) -> Screen:
    shown = card(words, one, staff, taking)
    head = words("⏰ <b>Still waiting for you</b>")
    return replace(
        shown, text=lines(head, shown.text), card=Card("payout", one.payout.id, anew=True)
    )


def _rows(words: Words, one: Whole, taking: Taking | None) -> list[list[Button]]:
    payout = one.payout

    def button(label: str, code: str, style: Style = "") -> Button:
        return Button(label, PAYOUTS.begins(code, payout.id, one), style=style)

    return_, hand = button(words.plain("↩️ Return"), "r"), PAYOUTS.hand(words, payout.id, taking)
    account = Button(words.plain("👁 Account"), press("wn", payout.id))
    match payout.state:
        case PayoutState.ASKED:
            yes = button(words.plain("✅ Approve"), "a", "primary")
            return [[yes, return_], [account], hand]
        case PayoutState.CHECKED:
            yes = button(words.plain("✅ Second approval"), "a", "primary")
            return [[yes, return_], [account], hand]
        case PayoutState.APPROVED:
            return [[account, button(words.plain("💸 Paid"), "p", "primary")], [return_], hand]
        case PayoutState.SENDING | PayoutState.CONFIRMING:
            return [[account]]
        case PayoutState.PAID:
            return [[button(words.plain("↩️ It came back"), "r")]]
    return []


async def _card(talk: Talk, one: Whole, taking: Taking | None) -> Screen:
    return card(talk.words, one, await talk.core.staff.members(), taking)


async def _open(talk: Talk, one: Whole) -> None:
    if one.payout.state is PayoutState.RETURNED:
        raise AlreadyDone()


async def _approve(talk: Talk, one: Whole, chosen: Chosen) -> None:
    by = (await me(talk)).telegram_id
    await talk.core.deciding.approve(payout_id=one.payout.id, by=by, now=talk.now)


async def _paid(talk: Talk, one: Whole, chosen: Chosen) -> None:
    by = (await me(talk)).telegram_id
    await talk.core.deciding.paid(payout_id=one.payout.id, by=by, now=talk.now)


async def _returned(talk: Talk, one: Whole, chosen: Chosen) -> None:
    by = (await me(talk)).telegram_id
    await talk.core.deciding.returned(
        payout_id=one.payout.id, by=by, reason=chosen.reason, now=talk.now
    )


PAYOUTS: Deciding[Whole] = Deciding(
    matter=Matter.PAYOUT, prefix="w", action="payouts.decide", opens="wv",
    look=look, card=_card, check=_open,
    ended=screens.ended,
    subject=lambda one: one.payout.number, whom=lambda one: one.provider.person_id, grave=True,
    ways=(
        Way("a", _approve, "✅", screens.ask_approve, mark("Yes, approve"), passes=True),
        Way("p", _paid, "💸", screens.ask_paid, mark("✅ Yes, sent")),
        Way("r", _returned, "↩️", screens.ask_why, mark("Yes, return"), why=Usual(RETURNS),
            whether=screens.ask_return),
    ),
)  # fmt: skip
