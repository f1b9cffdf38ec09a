"""When they should come: a day and a start, tapped or typed; a start that is gone leads to its neighbours."""

from datetime import datetime
from typing import Any

from bot.conversation import Talk
from bot.customer.booking import flow, time_screens
from bot.customer.booking.steps import go, reasons, tap, visit
from bot.screen import Screen
from bot.when import day_of, instant
from core.availability.reasons import Shut
from core.errors import Invalid
from core.orders.booking import Booking


@tap
async def month(talk: Talk, booking: Booking, year: int, number: int) -> Screen:
    return await go(talk, booking, "date", month=[year, number])


@tap
async def no_day(talk: Talk, booking: Booking, year: int, number: int) -> Screen:
    talk.toast(talk.words.plain("Please tap a day that has a number."))
    return await go(talk, booking, "date", month=[year, number])


@tap
async def day(talk: Talk, booking: Booking, ordinal: int) -> Screen:
    return await go(talk, booking, "slot", day=day_of(ordinal).toordinal())


@tap
async def part(talk: Talk, booking: Booking, ordinal: int, number: int) -> Screen:
    return await go(talk, booking, "slot", day=day_of(ordinal).toordinal(), part=number)


@tap
async def start(talk: Talk, booking: Booking, minutes: int) -> Screen:
    return await choose_start(talk, booking, instant(minutes), then=lambda b: flow.after(b, "date"))


async def choose_start(talk: Talk, booking: Booking, start: datetime, *, then: Any) -> Screen:
    """Takes the start if it is still offered, else shows what is near."""
    try:
        booking = await talk.core.bookings.choose_start(
            customer_id=talk.person.id, start=start, now=talk.now
        )
    except Invalid:
        return await taken(talk, booking, start, shut=(await reasons(talk, booking)).at(start))
    return await go(talk, booking, then(booking))


async def taken(
    talk: Talk, booking: Booking, wanted: datetime, near: Any = None, *, shut: Shut | None = None
) -> Screen:
    """The start is gone, or never was one and it is known why: three alternatives."""
    if booking.draft.starts_at is not None:
        booking = await talk.core.bookings.fill(
            customer_id=talk.person.id, now=talk.now, starts_at=None
        )
    if near is None:
        calendar, minutes = await visit(talk, booking)
        near = talk.core.availability.alternatives(
            calendar=calendar, minutes=minutes, wanted=wanted, now=talk.now
        )
    talk.expect("book.taken")
    return time_screens.taken(booking, wanted, near, shut, talk.now, talk.words)
