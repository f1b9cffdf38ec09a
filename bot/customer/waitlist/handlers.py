"""Joins a line out of the wizard, leaves it, and books the time that is held."""

from datetime import timedelta

from bot.conversation import Talk
from bot.customer.booking import flow
from bot.customer.booking.confirm import place
from bot.customer.booking.screens import head
from bot.customer.booking.steps import go, tap, visit
from bot.customer.waitlist import screens
from bot.screen import Screen
from bot.when import day_of
from core.errors import NotAllowedNow
from core.orders.booking import Booking

AHEAD = 21
"""So many days ahead a full day is offered to wait for."""


@tap
async def full_days(talk: Talk, booking: Booking) -> Screen:
    """Days of which nothing is left only because of what is booked."""
    calendar, minutes = await visit(talk, booking)
    today, full = talk.words.local(talk.now).date(), talk.core.availability.full
    ahead = [today + timedelta(days=number) for number in range(AHEAD)]
    days = [
        one for one in ahead
        if full(calendar=calendar, minutes=minutes, day=one, now=talk.now)
    ]  # fmt: skip
    return screens.full_days(booking, days[:6], talk.now, talk.words)


@tap
async def day(talk: Talk, booking: Booking, ordinal: int) -> Screen:
    one, ends = day_of(ordinal), talk.core.waitlist.ends
    parts = [
        part for part, (_, last) in enumerate(screens.SPANS) if ends(day=one, last_min=last) > talk.now
    ]  # fmt: skip
    return screens.day(booking, one, parts, talk.now, talk.words)


@tap
async def join(talk: Talk, booking: Booking, ordinal: int, part: int, anybody: int) -> Screen:
    span = screens.SPANS[part % len(screens.SPANS)]
    waiting = await talk.core.waitlist.join(
        customer_id=talk.person.id, day=day_of(ordinal), anybody=bool(anybody), span=span,
        now=talk.now,
    )  # fmt: skip
    ahead = await talk.core.waitlist.ahead(waiting=waiting)
    talk.rest()
    held = talk.core.rules.number("waitlist_minutes")
    return screens.joined(head(booking, talk.words), waiting, ahead, held, talk.now, talk.words)


async def waits(talk: Talk) -> Screen:
    talk.rest()
    mine = await talk.core.waitlist.of_person(person_id=talk.person.id)
    services = {
        one.service_id: talk.core.catalog.service(service_id=one.service_id) for one in mine
    }
    return screens.listed(mine, services, talk.now, talk.words)


async def leave(talk: Talk, waiting_id: int) -> Screen:
    try:
        await talk.core.waitlist.leave(
            waiting_id=waiting_id, person_id=talk.person.id, now=talk.now
        )
        talk.toast(talk.words.plain("You're off this list."))
    except NotAllowedNow:
        talk.toast(talk.words.plain("That was over already."))
    return await waits(talk)


async def not_now(talk: Talk, waiting_id: int) -> Screen:
    return await leave(talk, waiting_id)


async def book(talk: Talk, waiting_id: int) -> Screen:
    """One tap takes the time that is held; whatever is still to be said is asked first."""
    try:
        booking = await talk.core.waitlist.prepare(
            waiting_id=waiting_id, person_id=talk.person.id, now=talk.now
        )
    except NotAllowedNow:
        talk.toast(
            talk.words.plain("This time went to somebody else meanwhile. We are sorry."), alert=True
        )
        return await waits(talk)
    if not flow.complete(booking) or booking.draft.pay is None:
        return await go(talk, booking, flow.first(booking))
    return await place(talk, booking)
