"""A draft made from an order: the same once more, or the same with another way to pay."""

from typing import Any

from bot.conversation import Talk
from bot.customer.booking import flow
from bot.customer.booking.begin import begin, guess_pay
from bot.customer.booking.steps import go, visit
from bot.customer.orders.shown import order_screen
from bot.screen import Screen
from core.errors import DomainError
from core.orders.advance import By
from core.orders.booking import Booking
from core.orders.lifecycle import Actor
from core.orders.model import Order, State


async def book_again(talk: Talk, order: Order) -> Screen:
    """The same service, provider, place and wishes at the first free time: the second tap confirms."""
    booking = await _same(talk, order, photos=[])
    calendar, minutes = await visit(talk, booking)
    soon = talk.core.availability.earliest(
        calendar=calendar, minutes=minutes, now=talk.now, days=60
    )
    booking = await talk.core.bookings.fill(
        customer_id=talk.person.id, now=talk.now, starts_at=soon
    )
    return await go(talk, booking, "summary" if flow.complete(booking) else flow.first(booking))


async def _same(talk: Talk, order: Order, **values: Any) -> Booking:
    """The order's wishes in a fresh draft, as far as the service still knows them."""
    booking = await begin(talk, order.service_id, order.provider_id)
    known = {option["code"]: option for option in booking.service.options}
    names = {code: option["names"] for code, option in known.items()}
    counts = {
        code: min(line["count"], known[code].get("max", 1))
        for code in known
        for line in order.lines[1:]
        if "extra" not in line and line["names"] == names[code]
    }
    here = {"place": order.place, "detail": order.detail, "lat": order.lat, "lon": order.lon}
    values = {"options": counts, "notes": order.notes, "photos": order.photos,
              "answers": order.answers} | here | values  # fmt: skip
    return await talk.core.bookings.fill(customer_id=talk.person.id, now=talk.now, **values)


async def change_way(talk: Talk, order_id: int) -> Screen:
    """An unpaid order goes back to being a booking, at the question how to pay; its time is free meanwhile."""
    view = await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)
    order = view.order
    if order.state is not State.UNPAID:
        return order_screen(talk.core, view, talk.words, talk.now)
    by = By(Actor.CUSTOMER, talk.person.id)
    await talk.core.orders.cancel(order_id=order_id, by=by, now=talk.now, reason="change_way")
    booking = await _same(talk, order)
    try:
        booking = await talk.core.bookings.choose_start(
            customer_id=talk.person.id, start=order.starts_at, now=talk.now
        )
        if order.coupon:
            booking = await talk.core.bookings.use_coupon(
                customer_id=talk.person.id, code=order.coupon, now=talk.now
            )
    except DomainError:
        booking = await guess_pay(talk, booking)
    return await go(talk, booking, "pay" if flow.complete(booking) else flow.first(booking))
