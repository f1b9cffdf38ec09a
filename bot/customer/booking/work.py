"""What is to be done: the options of each service, and further services in the same visit."""

from bot.conversation import Talk
from bot.customer.booking import flow
from bot.customer.booking.steps import go, tap
from bot.customer.booking.times import choose_start
from bot.screen import Screen
from core.orders.booking import Booking


@tap
async def one(talk: Talk, booking: Booking, place: int) -> Screen:
    """The options of one of the services."""
    return await go(talk, booking, "options", place=place)


@tap
async def option(talk: Talk, booking: Booking, place: int, index: int, count: int) -> Screen:
    """So many of an option; the chosen start stays and is looked at again when going on."""
    offered = booking.services[place].options if 0 <= place < len(booking.services) else []
    if not (0 <= index < len(offered) and 0 <= count <= offered[index].get("max", 1)):
        return await go(talk, booking, "options", place=place)
    booking = await talk.core.together.choose(
        customer_id=talk.person.id, place=place, options={offered[index]["code"]: count},
        now=talk.now,
    )  # fmt: skip
    return await go(talk, booking, "options", place=place)


@tap
async def more(talk: Talk, booking: Booking, page: int) -> Screen:
    return await go(talk, booking, "more", page=page)


@tap
async def add(talk: Talk, booking: Booking, service_id: int) -> Screen:
    """One service more: its options if it has some, else on with a time that fits the longer visit."""
    booking = await talk.core.together.add(
        customer_id=talk.person.id, service_id=service_id, now=talk.now
    )
    place = next(n for n, service in enumerate(booking.services) if service.id == service_id)
    if booking.services[place].options:
        return await go(talk, booking, "options", place=place)
    return await _on(talk, booking)


@tap
async def leave_out(talk: Talk, booking: Booking, service_id: int) -> Screen:
    booking = await talk.core.together.remove(
        customer_id=talk.person.id, service_id=service_id, now=talk.now
    )
    return await _on(talk, booking)


async def _on(talk: Talk, booking: Booking) -> Screen:
    """A start that no longer fits the longer visit is asked for anew."""
    start = booking.draft.starts_at
    if start is None:
        return await go(talk, booking, "work")
    return await choose_start(
        talk,
        booking,
        start,
        then=lambda b: "work" if flow.complete(b) else flow.after(b, "options"),
    )
