"""How withdrawals look in the staff chat: the account masked, whoever sends the money opens it by itself. Pure."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot import words as names
from bot.admin.deciding.screens import in_hand, queue
from bot.admin.parts import back, dotted, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, File, Page, Screen, press
from core.payouts.accounts import Holder
from core.payouts.deciding import Whole
from core.payouts.model import Payout, PayoutState
from core.people.model import ProviderState, Staff
from core.taking.model import Taking

STATES = {
    PayoutState.ASKED: ("🟡", mark("to be checked")),
    PayoutState.CHECKED: ("🟠", mark("needs a second approval")),
    PayoutState.APPROVED: ("🔵", mark("to be sent")),
    PayoutState.SENDING: ("📤", mark("being sent")),
    PayoutState.CONFIRMING: ("📲", mark("waits for the provider in WeChat")),
    PayoutState.PAID: ("🟢", mark("sent")),
    PayoutState.RETURNED: ("⚪", mark("returned")),
}

EMPTY = mark("Nothing to do. 🎉")


def _state(words: Words, payout: Payout) -> str:
    sign, name = STATES[payout.state]
    return f"{sign} {words.plain(name)}"


def _amount(words: Words, payout: Payout) -> str:
    return words.money(payout.amount, payout.currency)


def whole(words: Words, one: Whole, staff: Sequence[Staff], taking: Taking | None) -> Markup:
    """The text of its card."""
    payout, called = one.payout, {member.telegram_id: member.name for member in staff}

    def by(who: int | None) -> str | None:
        return None if who is None else called.get(who) or str(who)

    approved = [name for name in (by(payout.approved_by), by(payout.second_by)) if name]
    return lines(
        dotted(Markup("💸 <b>{}</b>").format(_amount(words, payout)), payout.number,
               _state(words, payout)),
        words("Provider: <b>{name}</b>", name=one.provider.name),
        words("⛔ This provider is frozen.") if one.provider.state is ProviderState.FROZEN else None,
        words("To: {account}",
              account=f"{names.account(one.account.kind, words)} {one.account.masked}"),
        words("Asked for: {when}", when=words.lasting(payout.asked_at)),
        words("Left on the balance: {amount}", amount=words.money(one.balances.available)),
        words("Approved by {names}", names=words.plain(", ").join(approved)) if approved else None,
        words(names.HINDRANCES[payout.hindrance]) if payout.hindrance else None,
        words("To be confirmed by: {when}", when=words.lasting(payout.confirm_until))
        if payout.confirm_until and payout.state is PayoutState.CONFIRMING else None,
        words("{company}'s number: <code>{number}</code>", number=payout.reference,
              company=words.plain(names.ACCOUNTS[one.account.kind][1]))
        if payout.reference else None,
        in_hand(words, taking),
        words("Ended by {name}", name=by(payout.ended_by)) if payout.ended_by else None,
        words("Reason: {reason}", reason=short(names.not_sent(payout.reason, words), 200))
        if payout.reason else None,
    )  # fmt: skip


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


def ask_paid(words: Words, one: Whole) -> Markup:
    return words(
        "💸 Was <b>{amount}</b> sent to {account}?", amount=_amount(words, one.payout),
        account=one.account.masked,
    )  # fmt: skip


def ask_approve(words: Words, one: Whole) -> Markup:
    return lines(
        words("✅ <b>Approve {amount} for {name}?</b>", amount=_amount(words, one.payout),
              name=one.provider.name),
        words("To: {account}",
              account=f"{names.account(one.account.kind, words)} {one.account.masked}"),
        words("⛔ This provider is frozen.") if one.provider.state is ProviderState.FROZEN else None,
    )  # fmt: skip


def ask_return(words: Words, one: Whole) -> Markup:
    return words(
        "↩️ <b>Return {amount} to the balance of {name}?</b>", amount=_amount(words, one.payout),
        name=one.provider.name,
    )  # fmt: skip


def ask_why(words: Words, one: Whole) -> Markup:
    return words("↩️ <b>Return {amount}: why?</b>", amount=_amount(words, one.payout))


def ended(words: Words, one: Whole) -> Markup:
    return dotted(_state(words, one.payout), _amount(words, one.payout), one.payout.number)


def batch(words: Words, file: File | None, count: int) -> Screen:
    """The file, or that there is nothing for one."""
    text = (
        lines(
            words("🏦 <b>For the bank: {n}</b>", n=count),
            words("These are in your hands now. Delete this message once the bank has the file."),
        )
        if file
        else words("Nothing to send to a bank, or somebody else has it in hand.")
    )
    return Screen(text, [back(words, press("wl", 0))], files=(file,) if file else ())


def payouts(
    words: Words, waiting: Sequence[Payout], number: int, *, now: datetime, batch: bool = False
) -> Screen:
    """`batch`: whether the file for the bank is offered."""
    page = Page.of(waiting, number, 6)
    told = [
        dotted(_state(words, one), Markup("<b>{}</b>").format(_amount(words, one)), one.number,
               words.moment(one.asked_at, now=now))
        for one in page.items
    ]  # fmt: skip
    buttons = [
        Button(f"{STATES[one.state][0]} {_amount(words, one)} · {one.number}", press("wv", one.id))
        for one in page.items
    ]
    if batch:
        buttons.append(Button(words.plain("🏦 File for the bank"), press("wb")))
    head = words("💸 <b>Withdrawals under way: {n}</b>", n=len(waiting))
    return queue(words, head, EMPTY, page, told, buttons, "wl")
