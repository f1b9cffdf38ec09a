"""What differs between statement and book: in words, with both sides' amounts. Pure."""

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

from bot.admin.deciding.screens import in_hand
from bot.admin.parts import back, dotted, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, File, Page, Screen, press
from bot.words import begun, method
from core.payments.model import RefundState
from core.payments.stray import Stray
from core.reconciling.model import Compared, Difference, Kind, Why
from core.taking.model import Taking

SIZE, DAYS = 5, 10
SAYS = {
    (Kind.PAYMENT, Why.NOT_HERE): mark("Payment at the gateway that we don't have"),
    (Kind.PAYMENT, Why.NOT_THERE): mark("Payment of ours that the gateway doesn't have"),
    (Kind.PAYMENT, Why.AMOUNT): mark("Payment with another amount"),
    (Kind.PAYMENT, Why.CURRENCY): mark("Payment in another currency"),
    (Kind.PAYMENT, Why.TWICE): mark("Payment that stands there twice"),
    (Kind.PAYMENT, Why.FEE): mark("Payment with an odd fee"),
    (Kind.REFUND, Why.NOT_HERE): mark("Refund at the gateway that we don't have"),
    (Kind.REFUND, Why.NOT_THERE): mark("Refund of ours that the gateway doesn't have"),
    (Kind.REFUND, Why.AMOUNT): mark("Refund with another amount"),
    (Kind.REFUND, Why.CURRENCY): mark("Refund in another currency"),
    (Kind.REFUND, Why.TWICE): mark("Refund that stands there twice"),
    (Kind.REFUND, Why.FEE): mark("Refund with an odd fee"),
    (Kind.TRANSFER, Why.NOT_HERE): mark("Transfer to a provider that we don't have"),
    (Kind.TRANSFER, Why.NOT_THERE): mark("Transfer of ours that the gateway doesn't have"),
    (Kind.TRANSFER, Why.AMOUNT): mark("Transfer with another amount"),
    (Kind.TRANSFER, Why.CURRENCY): mark("Transfer in another currency"),
    (Kind.TRANSFER, Why.TWICE): mark("Transfer that stands there twice"),
    (Kind.TRANSFER, Why.FEE): mark("Transfer with an odd fee"),
    (Kind.CAME_BACK, Why.NOT_HERE): mark("Transfer that came back, and we don't know it"),
    (Kind.CAME_BACK, Why.NOT_THERE): mark("Transfer came back for us, not for the gateway"),
    (Kind.CAME_BACK, Why.AMOUNT): mark("Transfer that came back with another amount"),
    (Kind.CAME_BACK, Why.CURRENCY): mark("Transfer that came back in another currency"),
    (Kind.CAME_BACK, Why.TWICE): mark("Transfer that came back twice"),
    (Kind.CAME_BACK, Why.FEE): mark("Transfer that came back with an odd fee"),
}


def _company(words: Words, code: str) -> str:
    """As a line begins."""
    return begun(method(code, words))


def says(words: Words, one: Difference) -> str:
    return words.plain(SAYS[one.kind, one.why])


def _amount(words: Words, one: Difference) -> str:
    return words.money(one.stated or one.booked, one.currency)


def money(
    words: Words, days: Sequence[Compared], waiting: Sequence[Difference], number: int, *,
    decides: bool, by_file: bool,
) -> Screen:  # fmt: skip
    """The last day of each way of paying, and what is open of all of them."""
    page = Page.of(waiting, number, SIZE)
    latest = {one.method: one for one in reversed(days)}
    told = [_day(words, one) for one in latest.values()] or [words("Nothing was compared yet.")]
    open_ = [
        dotted(says(words, one), _amount(words, one), words.month_day(one.day))
        for one in page.items
    ]
    text = lines(
        words("⚖️ <b>Statements and our books</b>"), *told, Markup(""),
        words("<b>Open: {n}</b>", n=len(waiting)) if waiting else words("Nothing is open. 🎉"),
        *open_,
    )  # fmt: skip
    rows = [
        [Button(short(f"{_amount(words, one)} · {says(words, one)}", 44), press("mv", one.id))]
        for one in page.items
    ]
    past = [
        Button(words.plain("📅 Days"), press("md")),
        Button(words.plain("📊 Table"), press("mx")),
    ]
    now = [Button(words.plain("↻ Yesterday again"), press("mn"))] if decides else []
    file = [Button(words.plain("📥 Send a file"), press("mf"))] if decides and by_file else []
    last = [*now, *file]
    return Screen(text, [*rows, *page.turns("ml"), past, *([last] if last else [])])


def _day(words: Words, one: Compared) -> Markup:
    head = dotted(words.month_day(one.day), method(one.method, words))
    if not one.lines and not one.differing:
        return words("✅ {head}: no payments", head=head)
    if not one.differing:
        return words("✅ {head}: all {n} match", head=head, n=words.number(one.lines))
    return words(
        "⚠️ {head}: {n} lines, {bad} differ", head=head, n=words.number(one.lines),
        bad=words.number(one.differing),
    )  # fmt: skip


def days(words: Words, found: Sequence[Compared]) -> Screen:
    told = [_day(words, one) for one in found[:DAYS]] or [words("Nothing was compared yet.")]
    text = lines(words("📅 <b>Days that were compared</b>"), Markup(""), *told)
    return Screen(text, [back(words, press("ml", 0))])


def difference(words: Words, one: Difference, number: str, taking: Taking | None) -> Markup:
    """`number`: of the order it is about."""
    other = one.other or one.currency
    return lines(
        Markup("⚖️ <b>{}</b>").format(says(words, one)),
        dotted(_company(words, one.method), words.date(one.day)),
        words("Statement: <b>{amount}</b>", amount=words.money(one.stated, one.currency))
        if one.stated else words("Statement: <b>nothing</b>"),
        words("Book: <b>{amount}</b>", amount=words.money(one.booked, other))
        if one.booked else words("Book: <b>nothing</b>"),
        words("Reference: <code>{reference}</code>", reference=one.reference),
        words("Our number: <code>{number}</code>", number=one.number) if one.number else None,
        words("Order: {number}", number=number) if number else None,
        in_hand(words, taking),
        None if one.open else ended(words, one),
    )  # fmt: skip


def ended(words: Words, one: Difference) -> Markup:
    if one.ended_by is None:
        return words("✅ It has put itself right.")
    return words("✅ Settled: {reason}", reason=words.known(one.reason) or words.plain("booked"))


def ask_book(words: Words, one: Difference) -> Markup:
    amount = words.money(one.stated, one.currency)
    if one.kind is Kind.REFUND:
        return lines(
            words("💳 <b>Book {amount} as given back?</b>", amount=amount),
            words(
                "It was given back at the payment company. The customer is told that it is on its way."
            ),
        )
    return lines(
        words("💳 <b>Book {amount} as paid?</b>", amount=amount),
        words("The order goes on as if the notice had come; what isn't needed any more goes back."),
    )


def ask_give_back(words: Words, one: Difference) -> Markup:
    return words("↩️ <b>Give {amount} back: why?</b>", amount=words.money(one.stated, one.currency))


def give_back(words: Words, one: Difference) -> Markup:
    return lines(
        words("↩️ <b>Give {amount} back?</b>", amount=words.money(one.stated, one.currency)),
        words("All of it goes back by {method}, to whoever paid it.",
              method=method(one.method, words)),
    )  # fmt: skip


def gone_home(words: Words, stray: Stray) -> Screen:
    """What became of money that was for no order."""
    amount, by = words.money(stray.amount, stray.currency), method(stray.method, words)
    if stray.state is RefundState.DONE:
        text = lines(
            words("↩️ <b>{amount} went back by {method}</b>", amount=amount, method=by),
            words("It was for no order of ours."),
        )
    else:
        text = lines(
            words("⚠️ <b>{amount} did not go back</b>", amount=amount),
            words("{method} refused. Please send it back at its own desk.", method=begun(by)),
            words("Reference: <code>{reference}</code>", reference=stray.charge),
        )
    return Screen(text)


def ask_explain(words: Words, one: Difference) -> Markup:
    return words("✅ <b>{what}: why is it all right?</b>", what=says(words, one))


def ask_file(words: Words, codes: Sequence[str], *, wrong: str = "") -> Screen:
    text = lines(
        words("⚠️ {said}", said=wrong) if wrong else None,
        words("📥 <b>Send the statement as a CSV file</b>"),
        words("Its name begins with the way of paying: {codes}.", codes=", ".join(codes)),
        words(
            "Columns: {columns}",
            columns="type, reference, number, charge, amount, currency, fee, time",
        ),
        words(
            "“type” is payment or refund, “charge” the reference of the payment that a refund is of;"
            " “time” like 2026-11-27 14:30. Several days may be in it."
        ),
    )
    return Screen(text, [back(words, press("ml", 0))])


def taken(words: Words, compared: Sequence[Compared]) -> Screen:
    text = lines(words("📥 <b>Compared</b>"), *(_day(words, one) for one in compared))
    return Screen(text, [back(words, press("ml", 0))])


def table(words: Words, made: File) -> Screen:
    return Screen(
        words("📊 All differences, open and settled"), [back(words, press("ml", 0))], files=(made,)
    )


def morning(words: Words, shown: Screen, now: datetime) -> Screen:
    """The same, as the message of the day."""
    return Screen(lines(words("☀️ <b>Money of {day}</b>", day=words.month_day(words.local(now).date())),
                        shown.text), shown.rows)  # fmt: skip


def silent(words: Words, code: str, last: date) -> Screen:
    """`last`: the day that was compared last."""
    text = lines(
        words("🔇 <b>{method} gives no statements</b>", method=_company(words, code)),
        words(
            "The last one was of {day}. It is asked again every hour.", day=words.month_day(last)
        ),
        words("Please check the keys and the company's own notices; orders are paid as usual."),
    )
    return Screen(text, [[Button(words.plain("⚖️ Statements"), press("ml", 0))]])


def heard_again(words: Words, code: str) -> Screen:
    text = words(
        "🔊 <b>{method} gives statements again</b>. The missed days are compared, too.",
        method=_company(words, code),
    )
    return Screen(text, [[Button(words.plain("⚖️ Statements"), press("ml", 0))]])
