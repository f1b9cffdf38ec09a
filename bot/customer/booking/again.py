"""A draft made from an order: the same once more at the next sensible time, or the same with another way to pay."""

from typing import Any

from markupsafe import Markup

from bot.conversation import Talk
from bot.customer.booking import again_screens, flow, screens
from bot.customer.booking.begin import guess_pay
from bot.customer.booking.flow import saying
from bot.customer.booking.steps import go, gone, visit
from bot.customer.orders.shown import order_screen
from bot.screen import Screen
from core.errors import DomainError, Unknown
from core.orders.advance import By
from core.orders.booking import Booking
from core.orders.lifecycle import Actor
from core.orders.model import Order, State
from core.orders.tasks import pick_of

FAR_DAYS = 60


async def book_again(talk: Talk, order: Order, *, coupon: str | None = None) -> Screen:
    """The same services, provider, place and wishes at the next sensible time: the second tap confirms.

    Says what has changed since; a provider who doesn't do it any more, or who failed, leaves everything else for
    another one. Photos show what is to be done now: they come along where it was never done.
    """
    undone = order.state is State.CANCELLED
    try:
        photos = order.photos if undone else []
        booking = await _taken_over(talk, order, photos=photos, coupon=coupon)
    except Unknown as error:
        return await gone(talk, error)
    if undone and order.provider_id in order.refused_by:
        booking = await talk.core.bookings.seek_provider(customer_id=talk.person.id, now=talk.now)
        return await go(talk, booking, "who")
    draft, provider = booking.draft, booking.provider
    lat, lon = draft.lat or 0.0, draft.lon or 0.0
    if provider and not talk.core.bookings.reaches(provider=provider, lat=lat, lon=lon):
        talk.expect("book.far", far=[draft.place, draft.detail, lat, lon])
        return screens.too_far(booking, talk.words.place(draft.place), talk.words)
    calendar, minutes = await visit(talk, booking)
    soon = talk.core.availability.like_then(
        calendar=calendar, minutes=minutes, then=order.starts_at, now=talk.now, days=FAR_DAYS
    )
    booking = await talk.core.bookings.fill(
        customer_id=talk.person.id, now=talk.now, starts_at=soon
    )
    return _told(talk, order, booking, await go(talk, booking, flow.missing(booking)))


def _told(talk: Talk, order: Order, booking: Booking, screen: Screen) -> Screen:
    """The screen with what is different from last time in front."""
    changed = again_screens.changes(order, booking, talk.words)
    return saying(screen, Markup("\n").join(changed)) if changed else screen


async def last_time(talk: Talk, service_id: int) -> Screen:
    """The same for a service: as it was booked last."""
    order = await talk.core.history.last(customer_id=talk.person.id, service_id=service_id)
    if order is None:
        raise Unknown("order")
    return await book_again(talk, order)


async def booked_before(talk: Talk) -> Screen:
    """What was booked before, each service as it was last."""
    talk.rest()
    orders = await talk.core.history.booked_before(customer_id=talk.person.id)
    return again_screens.before(orders, talk.words)


async def _taken_over(talk: Talk, order: Order, **values: Any) -> Booking:
    """The order's wishes, as far as its services still know them, with its provider if he still does it."""
    me, now = talk.person.id, talk.now
    main, *further = [
        pick_of(task=task, service=talk.core.catalog.service(service_id=task.service_id))
        for task in order.tasks
    ]
    await talk.core.bookings.begin(
        customer_id=me, service_id=order.service_id, provider_id=None, now=now
    )
    given: dict[str, Any] = {
        "options": main.options, "answers": main.answers,
        "further": [pick.as_dict() for pick in further], "notes": order.notes,
        "photos": order.photos, "place": order.place, "detail": order.detail, "lat": order.lat,
        "lon": order.lon, "asked": True, "pay": order.pay, "method": order.method, "coupon": None,
        "starts_at": None,
    }  # fmt: skip
    await talk.core.bookings.fill(customer_id=me, now=now, **(given | values))
    booking = await talk.core.bookings.begin(
        customer_id=me, service_id=order.service_id, provider_id=order.provider_id, now=now
    )
    return await guess_pay(talk, booking)


async def change_way(talk: Talk, order_id: int) -> Screen:
    """An unpaid order goes back to being a booking, at the question how to pay; its time is free meanwhile."""
    view = await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)
    order = view.order
    if order.state is not State.UNPAID:
        return order_screen(talk.core, view, talk.words, talk.now)
    by = By(Actor.CUSTOMER, talk.person.id)
    await talk.core.orders.cancel(order_id=order_id, by=by, now=talk.now, reason="change_way")
    booking = await _taken_over(talk, order)
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
    return await go(talk, booking, "pay" if flow.complete(booking) else flow.missing(booking))
