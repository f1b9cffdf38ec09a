"""The screen with the link and its picture; the card of the order, so it turns by itself once paid."""

from bot.adapters.qr import qr_picture
from bot.conversation import Talk
from bot.customer.payment import screens
from bot.screen import Screen
from core.orders.model import Order


async def rest_screen(talk: Talk, order_id: int) -> Screen:
    """Raises PaymentUnavailable, NotAllowedNow when nothing is left to pay."""
    payment = await talk.core.payments.begin_rest(
        order_id=order_id, customer_id=talk.person.id, language=talk.words.language, now=talk.now
    )
    view = await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)
    return screens.pay(view.order, payment, qr_picture(payment.code or payment.url), talk.words)


async def pay_screen(talk: Talk, order: Order) -> Screen:
    """Raises PaymentUnavailable, NotAllowedNow when nothing is due any more."""
    payment = await talk.core.payments.begin(
        order_id=order.id, customer_id=talk.person.id, language=talk.words.language, now=talk.now
    )
    return screens.pay(order, payment, qr_picture(payment.code or payment.url), talk.words)
