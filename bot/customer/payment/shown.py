"""The screen with the link and its picture; the card of the order, so it turns by itself once paid."""

import io

import segno

from bot.conversation import Talk
from bot.customer.payment import screens
from bot.screen import File, Screen
from core.orders.model import Order


def qr_picture(url: str) -> File:
    """The link as a QR code to be read with another phone."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="png", scale=8, border=4)
    return File(name="pay.png", mime="image/png", content=out.getvalue())


async def rest_screen(talk: Talk, order_id: int) -> Screen:
    """Raises PaymentUnavailable, NotAllowedNow when nothing is left to pay."""
    payment = await talk.core.payments.begin_rest(
        order_id=order_id, customer_id=talk.person.id, language=talk.words.language, now=talk.now
    )
    view = await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)
    return screens.pay(view.order, payment, qr_picture(payment.url), talk.words)


async def pay_screen(talk: Talk, order: Order) -> Screen:
    """Raises PaymentUnavailable, NotAllowedNow when nothing is due any more."""
    payment = await talk.core.payments.begin(
        order_id=order.id, customer_id=talk.person.id, language=talk.words.language, now=talk.now
    )
    return screens.pay(order, payment, qr_picture(payment.url), talk.words)
