"""How withdrawals look in the staff chat: the account masked, whoever sends the money opens it by itself. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot import words as names
from bot.admin.parts import back, dotted, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, Card, Page, Screen, press
from core.payouts.accounts import Holder
from core.payouts.deciding import Whole
from core.payouts.model import Payout, PayoutState
from core.people.model import ProviderState, Staff

STATES = {
    PayoutState.ASKED: ("🟡", mark("to be checked")),
    PayoutState.CHECKED: ("🟠", mark("needs a second approval")),
    PayoutState.APPROVED: ("🔵", mark("to be sent")),
    PayoutState.PAID: ("🟢", mark("sent")),
    PayoutState.RETURNED: ("⚪", mark("returned")),
}


def _state(words: Words, payout: Payout) -> str:
    sign, name = STATES[payout.state]
    return f"{sign} {words.plain(name)}"


def _amount(words: Words, payout: Payout) -> str:
    return words.money(payout.amount, payout.currency)


def card(words: Words, one: Whole, staff: Sequence[Staff]) -> Screen:
    """One card per withdrawal, edited as it goes along."""
    payout, called = one.payout, {member.telegram_id: member.name for member in staff}

    def by(who: int | None) -> str | None:
        return None if who is None else called.get(who) or str(who)

    approved = [name for name in (by(payout.approved_by), by(payout.second_by)) if name]
    text = lines(
        dotted(Markup("💸 <b>{}</b>").format(_amount(words, payout)), payout.number,
               _state(words, payout)),
        words("Provider: <b>{name}</b>", name=one.provider.name),
        words("⛔ This provider is frozen.") if one.provider.state is ProviderState.FROZEN else None,
        words("To: {account}",
              account=f"{names.account(one.account.kind, words)} {one.account.masked}"),
        words("Asked for: {when}", when=words.lasting(payout.asked_at)),
        words("Left on the balance: {amount}", amount=words.money(one.balances.available)),
        words("Approved by {names}", names=", ".join(approved)) if approved else None,
        words("Ended by {name}", name=by(payout.ended_by)) if payout.ended_by else None,
        words("Reason: {reason}", reason=short(words.known(payout.reason), 200))
        if payout.reason else None,
    )  # fmt: skip
    return Screen(text, _rows(words, payout), card=Card("payout", payout.id))


def waits(words: Words, one: Whole, staff: Sequence[Staff]) -> Screen:
    shown = card(words, one, staff)
    head = words("⏰ <b>Still waiting for you</b>")
    return replace(
        shown, text=lines(head, shown.text), card=Card("payout", one.payout.id, anew=True)
    )


def _rows(words: Words, payout: Payout) -> list[list[Button]]:
    def button(label: str, verb: str, primary: bool = False) -> Button:
        return Button(label, press(verb, payout.id), style="primary" if primary else "")

    return_ = button(words.plain("↩️ Return"), "wr")
    match payout.state:
        case PayoutState.ASKED:
            return [[button(words.plain("✅ Approve"), "wa", True), return_]]
        case PayoutState.CHECKED:
            return [[button(words.plain("✅ Second approval"), "wa", True), return_]]
        case PayoutState.APPROVED:
            sent = button(words.plain("💸 Paid"), "wp", True)
            return [[button(words.plain("👁 Account"), "wn"), sent], [return_]]
        case PayoutState.PAID:
            return [[button(words.plain("↩️ It came back"), "wr")]]
    return []


def holder(words: Words, one: Whole, holder: Holder) -> Screen:
    text = lines(
        words("👁 <b>{amount}</b> to", amount=_amount(words, one.payout)),
        names.account(holder.kind, words),
        Markup("<code>{}</code>").format(holder.name),
        Markup("<code>{}</code>").format(holder.number),
        words("Number: <code>{number}</code>", number=one.payout.number),
    )
    return Screen(text, [back(words, press("wv", one.payout.id))])


def holder_plain(words: Words, holder: Holder) -> str:
    return f"{names.account(holder.kind, words)}\n{holder.name}\n{holder.number}"


def ask_paid(words: Words, one: Whole) -> Screen:
    text = words(
        "💸 Was <b>{amount}</b> sent to {account}?", amount=_amount(words, one.payout),
        account=one.account.masked,
    )  # fmt: skip
    yes = Button(words.plain("✅ Yes, sent"), press("wpy", one.payout.id), style="primary")
    return Screen(text, [[yes, Button(words.plain("Not yet"), press("wx", one.payout.id))]])


def ask_why(words: Words, one: Whole) -> Screen:
    text = lines(
        words("↩️ <b>Return {amount}: why?</b>", amount=_amount(words, one.payout)),
        words("Tap it, or type it in your own words. The provider will read it."),
    )
    rows = [
        [Button(words.plain(reason), press("wry", one.payout.id, number))]
        for number, reason in enumerate(names.RETURNS)
    ]
    return Screen(text, [*rows, [Button(words.plain("‹ Back"), press("wx", one.payout.id))]])


def ended(words: Words, payout: Payout) -> Screen:
    return Screen(dotted(_state(words, payout), _amount(words, payout), payout.number))


def kept(words: Words, one: Whole) -> Screen:
    return Screen(words("{number} stays as it is.", number=one.payout.number))


def payouts(words: Words, waiting: Sequence[Payout], number: int, *, now: datetime) -> Screen:
    page = Page.of(waiting, number, 6)
    told = [
        dotted(_state(words, one), Markup("<b>{}</b>").format(_amount(words, one)), one.number,
               words.moment(one.asked_at, now=now))
        for one in page.items
    ]  # fmt: skip
    rows = [
        [
            Button(
                f"{STATES[one.state][0]} {_amount(words, one)} · {one.number}", press("wv", one.id)
            )
        ]
        for one in page.items
    ]
    text = lines(
        words("💸 <b>Withdrawals under way: {n}</b>", n=len(waiting)), Markup(""),
        *(told or [words("Nothing to do. 🎉")]),
    )  # fmt: skip
    return Screen(text, [*rows, *page.turns("wl")])
