"""How paying looks."""

from markupsafe import Markup

from bot import words as names
from bot.customer.parts import lines, short
from bot.i18n import Words
from bot.screen import Button, Card, File, Screen, press
from core.ids import spell_order_number
from core.orders.model import Order
from core.payments.model import Payment
from core.payments.rest import is_rest


def pay(order: Order, payment: Payment, qr: File, words: Words) -> Screen:
    """Amount, what it covers, until when, link and QR code: for the booking, or for the rest of a bill."""
    amount = words.money(payment.amount, payment.currency)
    service = short(" + ".join(words.pick(task.names) for task in order.tasks), 60)
    rest = is_rest(payment=payment)
    text = lines(
        words("💳 <b>Pay {amount}</b> by {method}", amount=amount,
              method=names.method(order.method, words)),
        Markup("<code>{}</code> · {}").format(spell_order_number(order.number), service),
        *(_grown(payment, words) if rest else _booked(order, payment, words)),
        _how(payment, words),
    )  # fmt: skip
    rows = [
        [Button(_opens(payment, words), url=payment.url, style="success")],
        [Button(words.plain("✅ I have paid"), press("paycheck", order.id))],
        *([] if rest else [_otherwise(order, words)]),
        [Button(words.plain("‹ Order"), press("order", order.id))],
    ]
    return Screen(text, rows, photo=qr, card=Card("order", order.id))


def _opens(payment: Payment, words: Words) -> str:
    if payment.method == "invoice":
        return words.plain("💳 Enter card")
    return words.plain("💳 Open payment page")


def _how(payment: Payment, words: Words) -> Markup:
    if payment.method == "invoice":
        return words(
            "You pay right here in Telegram, or scan the code with another phone. This message updates by itself."
        )
    return words(
        "Open the link, or scan the code with another phone. This message updates by itself."
    )


def _booked(order: Order, payment: Payment, words: Words) -> list[Markup | None]:
    """When the visit is, what the deposit leaves, and how long the time is held."""
    left = order.total - order.paid - payment.amount
    return [
        Markup("🕒 {}").format(words.lasting_span(order.starts_at, order.minutes)),
        words("This is the deposit; {rest} is paid on site.",
              rest=words.money(left, order.currency)) if left > 0 else None,
        Markup(""),
        words("We hold your time until <b>{time}</b>. Then it is free for others again.",
              time=_until(order, payment, words)),
    ]  # fmt: skip


def _grown(payment: Payment, words: Words) -> list[Markup | None]:
    return [
        words("That is what is left after the extra work you approved."),
        Markup(""),
        words("The link works until <b>{time}</b>. You can also pay on site.",
              time=words.time(payment.expires_at)),
    ]  # fmt: skip


def _otherwise(order: Order, words: Words) -> list[Button]:
    """Visits of a series are paid as all of them are."""
    cancel = Button(words.plain("✖ Cancel order"), press("ocancel", order.id), style="danger")
    other = Button(words.plain("Other way to pay"), press("payway", order.id))
    return [cancel] if order.series_id else [other, cancel]


def _until(order: Order, payment: Payment, words: Words) -> str:
    """The hour; the day, too, for a visit of a series, which has days to be paid."""
    if order.series_id and order.asked_until:
        return words.lasting(order.asked_until)
    return words.time(payment.expires_at)
