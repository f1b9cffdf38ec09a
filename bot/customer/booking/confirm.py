"""Confirm: the draft becomes an order, or the customer is told what stands in the way."""

from bot.conversation import Talk
from bot.customer.booking import flow
from bot.customer.booking.steps import go, tap
from bot.customer.booking.times import taken
from bot.customer.orders.shown import show_order
from bot.screen import Screen
from core.errors import SlotTaken
from core.orders.booking import Booking


@tap
async def confirm(talk: Talk, booking: Booking, version: int, total: int) -> Screen:
    """A repeated tap shows the order that the first one made; an old summary shows the present one.

    A price that the provider changed meanwhile is said before anything is ordered.
    """
    if (lacking := flow.missing(booking)) != "summary":
        return await go(talk, booking, lacking)
    if version != booking.draft.version:
        talk.toast(talk.words.plain("Something changed. Please check once more."), alert=True)
        return await go(talk, booking, "summary")
    if booking.quote is not None and booking.quote.total != total:
        price = talk.words.money(booking.quote.total)
        said = talk.words.plain("The price has changed: it is {price} now.", price=price)
        talk.toast(said, alert=True)
        return await go(talk, booking, "summary")
    return await place(talk, booking)


async def place(talk: Talk, booking: Booking) -> Screen:
    """The order, or other times where somebody was faster."""
    try:
        order = await talk.core.placing.place(customer_id=talk.person.id, now=talk.now)
    except SlotTaken as error:
        return await taken(talk, booking, error.starts_at, error.alternatives)
    talk.rest()
    return await show_order(talk, order.id)
