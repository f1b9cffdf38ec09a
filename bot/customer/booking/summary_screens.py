"""Screens of the wizard's end: requirements, coupon, ways to pay, the summary before the order exists."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot import words as names
from bot.customer.booking import wish_screens
from bot.customer.booking.flow import asked, tag
from bot.customer.booking.pay_screens import now_to_pay
from bot.customer.booking.screens import address, ends, page
from bot.customer.parts import home_row, short
from bot.i18n import Words
from bot.screen import Button, Screen, press
from core.orders.booking import Booking
from core.orders.model import Pay
from core.orders.terms import deadline, in_force
from core.pricing import taken_off
from core.promotions.model import Coupon
from core.rules import Rules


def price_lines(
    lines: Sequence[dict[str, Any]], discount: int, words: Words, *, coupon: bool = True
) -> list[Markup]:
    """The itemised price, line by line, and what a coupon, or else the platform by itself, takes off."""
    shown = []
    for line in lines:
        times = f" ×{line['count']}" if line["count"] > 1 else ""
        sign = "➕ " if "extra" in line else "· " if line.get("option") else ""
        name = sign + short(words.pick(line["names"]), 60)
        shown.append(Markup("{}{} — {}").format(name, times, words.money(line["amount"])))
    if discount:
        off = words.money(discount)
        shown.append(
            words("Coupon −{amount}", amount=off) if coupon
            else words("Reduction −{amount}", amount=off)
        )  # fmt: skip
    return shown


def coupons(booking: Booking, found: Sequence[Coupon], words: Words) -> Screen:
    mark = tag(booking)
    rows = [
        [Button(("• " if c.code == booking.draft.coupon else "") + _coupon(c, booking, words),
                press("bcoup", mark, c.id))]
        for c in found[:5]
    ]  # fmt: skip
    if booking.draft.coupon:
        rows.append([Button(words.plain("Use no coupon"), press("bcoup", mark, 0))])
    lines = [words("<b>Coupon</b>"), words("Choose one, or type its code.")]
    if not found:
        lines = [words("<b>Coupon</b>"), words("None fits this visit. Have a code? Just type it.")]
    return Screen(page(booking, words, *lines), [*rows, ends(booking, "coupon", words)])


def _coupon(coupon: Coupon, booking: Booking, words: Words) -> str:
    return f"🎟 {short(words.pick(coupon.names), 28)} −{_off(coupon, booking, words)}"


def _off(coupon: Coupon, booking: Booking, words: Words) -> str:
    """What it takes off this very visit: a share in percent would leave the sum to the reader."""
    lines = booking.quote.lines if booking.quote else ()
    return words.money(taken_off(coupon=coupon, lines=lines))


def payment_line(booking: Booking, words: Words) -> Markup:
    draft, quote = booking.draft, booking.quote
    if quote is None or draft.pay not in quote.ways or draft.method is None:
        return words("💳 Please choose how to pay")
    if draft.pay is Pay.ON_SITE:
        return words("💳 You pay {amount} on site", amount=words.money(quote.total))
    due = now_to_pay(booking, draft.pay)
    method = names.method(draft.method, words)
    now = words("💳 {amount} now by {method}", amount=words.money(due), method=method)
    if rest := quote.total - due:
        return Markup("{} · {}").format(now, words("{amount} on site", amount=words.money(rest)))
    return now


def cancel_line(
    starts_at: datetime, pay: Pay | None, rules: Rules, now: datetime, words: Words
) -> Markup:
    """Until when cancelling is free, and what it costs after that, from the first step to the last."""
    terms = in_force(rules=rules)
    free = deadline(start=starts_at, placed_at=now, terms=terms)
    if pay is Pay.ON_SITE:
        time = words.lasting(free)
        return words(
            "Cancelling is free; please do it by {time}, they keep the time for you.", time=time
        )
    shares = [terms[name] for name in ("late_cancel_bp", "last_cancel_bp", "way_cancel_bp")]
    return words(
        "Free to cancel until {time}, then {low} to {high} of the price.",
        time=words.lasting(free), low=words.percent(min(shares)),
        high=words.percent(max(shares)),
    )  # fmt: skip


def summary(
    booking: Booking, rules: Rules, now: datetime, words: Words, *, best: Coupon | None = None
) -> Screen:
    """Everything that will be, before it is: who, what, when, where, how much, and how to get out of it.

    `best` is the coupon that would take off most, where none is chosen yet.
    """
    draft, quote = booking.draft, booking.quote
    lines: list[str | Markup] = []
    if draft.starts_at is not None and quote is not None:
        span = words.span(draft.starts_at, quote.minutes, now=now)
        lines.append(Markup("🕒 <b>{}</b>").format(span))
    lines.append(address(words.place(draft.place), draft.detail))
    lines += _wishes(booking, words)
    lines.append(payment_line(booking, words))
    if quote is not None:
        lines += [Markup(""), *price_lines([line.as_dict() for line in quote.lines],
                                           quote.discount, words)]  # fmt: skip
        lines.append(words("<b>Total {amount}</b>", amount=words.money(quote.total)))
        if draft.coupon and not quote.coupon:
            lines.append(words("🎟 This visit costs too little for your coupon."))
        elif best is not None:
            lines.append(words("🎟 You have a coupon for this: {off} off. Tap “Payment, coupon”.",
                               off=_off(best, booking, words)))  # fmt: skip
    if draft.starts_at is not None:
        lines += [Markup(""), cancel_line(draft.starts_at, draft.pay, rules, now, words)]
    return Screen(page(booking, words, *lines), _changes(booking, words))


def _wishes(booking: Booking, words: Words) -> list[Markup]:
    draft = booking.draft
    lines = [Markup("📝 {}").format(short(draft.notes, 300))] if draft.notes else []
    if draft.photos:
        lines.append(words.plural("📷 {n} photo", "📷 {n} photos", len(draft.photos)))
    lines += wish_screens.answers(booking, words)
    if left := sum(one.answer is None for one in asked(booking)):
        lines.append(
            words.plural("❓ {n} question is open: your answer helps them prepare.",
                         "❓ {n} questions are open: your answers help them prepare.", left)
        )  # fmt: skip
    return lines


def _changes(booking: Booking, words: Words) -> list[list[Button]]:
    mark, due = tag(booking), now_to_pay(booking, booking.draft.pay)

    def go(label: str, step: str) -> Button:
        return Button(label, press("bgo", mark, step))

    label = words.plain("✅ Confirm and pay {amount}", amount=words.money(due))
    confirm = Button(
        label if due else words.plain("✅ Confirm"),
        press("bconfirm", mark, booking.draft.version, booking.quote.total if booking.quote else 0),
        style="success",
    )  # fmt: skip
    return [
        [confirm],
        [go(words.plain("✏️ Time"), "date"), go(words.plain("✏️ Address"), "place")],
        [go(words.plain("✏️ Services"), "work"), go(words.plain("✏️ Notes, photos"), "notes")],
        [go(words.plain("✏️ Payment, coupon"), "pay")],
        ends(booking, "summary", words),
    ]


def stopped(words: Words) -> Screen:
    text = words("Booking cancelled. Nothing was ordered.")
    return Screen(text, [home_row(words)])


def gone(words: Words) -> Screen:
    text = words("There is no open booking. Choose a service to begin one.")
    return Screen(text, [home_row(words)])
