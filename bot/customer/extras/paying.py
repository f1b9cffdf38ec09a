"""The rest of a bill that grew, paid by link instead of at the door."""

from bot.conversation import Talk
from bot.customer.extras import screens
from bot.customer.orders.handlers import order
from bot.customer.orders.shown import refused
from bot.customer.payment.shown import qr_picture
from bot.screen import Screen
from core.errors import DomainError
from core.payments.rest import rest_by_link


async def pay(talk: Talk, order_id: int) -> Screen:
    """The link; where nothing is left to pay, how things stand."""
    talk.rest()
    try:
        payment = await talk.core.payments.begin_rest(
            order_id=order_id, customer_id=talk.person.id, language=talk.words.language,
            now=talk.now,
        )  # fmt: skip
    except DomainError as error:
        return await refused(talk, order_id, error)
    view = await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)
    return screens.pay(view.order, payment, qr_picture(payment.url), talk.words)


async def check(talk: Talk, order_id: int) -> Screen | None:
    """Asks the payment company at once."""
    try:
        found = await talk.core.payments.check(
            order_id=order_id, customer_id=talk.person.id, now=talk.now
        )
    except DomainError as error:
        return await refused(talk, order_id, error)
    if rest_by_link(order=found):
        text = talk.words.plain("Not there yet. It can take a minute; we'll let you know.")
        talk.toast(text, alert=True)
        return None
    return await order(talk, order_id)
