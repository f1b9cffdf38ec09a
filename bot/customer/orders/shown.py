"""One order as its customer may see it now; used wherever an order is opened."""

from datetime import datetime

from bot.conversation import Talk
from bot.customer.orders import screens
from bot.customer.orders.live import with_way
from bot.customer.payment.shown import pay_screen
from bot.errors import sentence
from bot.i18n import Words
from bot.screen import Screen
from core.errors import DomainError, PaymentUnavailable
from core.orders.model import State
from core.orders.service import OrderView
from core.orders.terms import cancel_terms
from core.services import Core


def order_screen(core: Core, view: OrderView, words: Words, now: datetime) -> Screen:
    """The live card."""
    return screens.card(view, cancel_terms(order=view.order, now=now), now, words)


async def show_order(talk: Talk, order_id: int) -> Screen:
    """The card, or while it is unpaid the way to pay. Raises Unknown for somebody else's order."""
    view = await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)
    order = view.order
    if order.state is State.UNPAID and order.asked_until and order.asked_until > talk.now:
        try:
            return await pay_screen(talk, order)
        except PaymentUnavailable:
            talk.toast(
                talk.words.plain(
                    "Payment isn't answering right now. Please try again in a minute."
                ),
                alert=True,
            )
    screen = order_screen(talk.core, view, talk.words, talk.now)
    return await with_way(talk.core, screen, order, talk.words, talk.now)


async def refused(talk: Talk, order_id: int, error: DomainError) -> Screen:
    """Says why not, and shows how things stand."""
    return await told(talk, order_id, sentence(error, talk.words))


async def told(talk: Talk, order_id: int, said: str) -> Screen:
    """The card, with these words about it."""
    view = await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)
    bare = order_screen(talk.core, view, talk.words, talk.now)
    screen = await with_way(talk.core, bare, view.order, talk.words, talk.now)
    talk.toast(said, alert=True)
    return screen
