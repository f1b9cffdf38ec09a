"""Taps while paying."""

from bot.conversation import Talk
from bot.customer.booking.again import change_way
from bot.customer.orders.handlers import order
from bot.customer.orders.shown import refused, show_order
from bot.customer.payment.shown import rest_screen
from bot.screen import Screen
from core.errors import DomainError
from core.orders.model import State
from core.payments.rest import rest_by_link


async def pay(talk: Talk, order_id: int) -> Screen:
    """The link; where nothing is due any more, how things stand."""
    talk.rest()
    return await show_order(talk, order_id)


async def pay_rest(talk: Talk, order_id: int) -> Screen:
    """The link for what is left of a bill that grew; where nothing is, how things stand."""
    talk.rest()
    try:
        return await rest_screen(talk, order_id)
    except DomainError as error:
        return await refused(talk, order_id, error)


async def check(talk: Talk, order_id: int) -> Screen | None:
    """Asks the payment company at once."""
    try:
        found = await talk.core.payments.check(
            order_id=order_id, customer_id=talk.person.id, now=talk.now
        )
    except DomainError as error:
        return await refused(talk, order_id, error)
    if found.state is State.UNPAID or rest_by_link(order=found):
        text = talk.words.plain("Not there yet. It can take a minute; we'll let you know.")
        talk.toast(text, alert=True)
        return None
    return await order(talk, order_id)


async def way(talk: Talk, order_id: int) -> Screen:
    return await change_way(talk, order_id)
