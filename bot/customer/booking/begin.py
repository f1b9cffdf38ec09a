"""The ways into the wizard: a fresh draft with good guesses for all that can be guessed."""

from typing import Any

from bot.conversation import Talk
from bot.customer.booking import flow, pay_screens
from bot.customer.booking.pay_screens import online_methods
from bot.customer.booking.steps import go
from bot.customer.booking.times import choose_start
from bot.customer.traces import noted
from bot.screen import Screen
from bot.when import instant
from core.catalog.model import Service
from core.distance import km_between
from core.errors import Invalid, Unknown
from core.orders.booking import Booking
from core.people.model import Address, Person
from core.platform.facts import Kind

SAME_PLACE_KM = 2.0


async def book(talk: Talk, service_id: int, provider_id: int) -> Screen:
    """A fresh draft with good guesses for all that can be guessed; one that was filled in before goes on."""
    booking = await begin(talk, service_id, provider_id)
    step = flow.missing(booking) if booking.draft.asked else flow.first(booking)
    return await go(talk, booking, step)


async def book_at(talk: Talk, service_id: int, provider_id: int, minutes: int) -> Screen:
    """The same with the start chosen already: extras wait in the summary. One that is gone leads to its neighbours."""
    await begin(talk, service_id, provider_id)
    booking = await talk.core.bookings.fill(customer_id=talk.person.id, now=talk.now, asked=True)
    return await choose_start(
        talk, booking, instant(minutes), then=lambda b: flow.after(b, "options")
    )


async def book_chosen(talk: Talk, service_id: int, provider_id: int) -> Screen:
    """Out of a comparison: the extras chosen there come along."""
    me = talk.person.id
    chosen = await talk.core.bookings.chosen(customer_id=me, service_id=service_id, now=talk.now)
    await begin(talk, service_id, provider_id)
    booking = await talk.core.bookings.fill(customer_id=me, now=talk.now, options=chosen.options)
    return await go(talk, booking, flow.after(booking, "options"))


async def begin(talk: Talk, service_id: int, provider_id: int) -> Booking:
    """Who is chosen for a booking that had everything but him takes over what he does of it."""
    me, former = talk.person.id, await _former(talk, service_id)
    noted(talk, Kind.BEGUN, service_id)
    booking = await talk.core.bookings.begin(
        customer_id=me, service_id=service_id, provider_id=provider_id, now=talk.now
    )
    there = [service.id for service in booking.services]
    if left := [service for service in former if service.id not in there]:
        names = talk.words.plain(", ").join(talk.words.pick(service.names) for service in left)
        words = talk.words.plain(
            "They don't do this, so it is left out: {services}", services=names
        )
        talk.toast(words, alert=True)
    if not _reached(talk, booking):
        booking = await _guess_place(talk)
    return await guess_pay(talk, booking)


async def _former(talk: Talk, service_id: int) -> tuple[Service, ...]:
    """The services of a booking that only lacks its provider."""
    try:
        booking = await talk.core.bookings.open(customer_id=talk.person.id)
    except (Unknown, Invalid):
        return ()
    waits = booking.provider is None and booking.draft.order_id is None
    return booking.services if waits and booking.service.id == service_id else ()


def _reached(talk: Talk, booking: Booking) -> bool:
    draft, provider = booking.draft, booking.provider
    if provider is None or draft.lat is None or draft.lon is None:
        return False
    return talk.core.bookings.reaches(provider=provider, lat=draft.lat, lon=draft.lon)


async def _guess_place(talk: Talk) -> Booking:
    """A saved address near where the person looked around, else that place (its door is asked for then)."""
    person: Person = talk.person
    saved = await talk.core.people.addresses(person_id=person.id)
    guesses: list[dict[str, Any]] = [
        {"place": a.place, "detail": a.detail, "lat": a.lat, "lon": a.lon}
        for a in saved
        if _near(person, a)
    ]
    if person.lat is not None and person.lon is not None:
        guesses.append({"place": person.place, "detail": "", "lat": person.lat, "lon": person.lon})
    for guess in guesses:
        try:
            return await talk.core.bookings.choose_place(
                customer_id=person.id, now=talk.now, **guess
            )
        except Invalid:
            continue
    return await talk.core.bookings.fill(
        customer_id=person.id, now=talk.now, lat=None, lon=None, place="", detail=""
    )


def _near(person: Person, address: Address) -> bool:
    """Whether the address can be what was meant; without a place any saved one can."""
    if person.lat is None or person.lon is None:
        return True
    here, there = (person.lat, person.lon), (address.lat, address.lon)
    return km_between(one=here, other=there) <= SAME_PLACE_KM


async def guess_pay(talk: Talk, booking: Booking) -> Booking:
    """The way that was chosen before, else the first that the services and the methods that are on allow."""
    usual = pay_screens.choices(booking, online_methods(talk))
    if not usual or (booking.draft.pay, booking.draft.method) in usual:
        return booking
    pay, method = usual[0]
    return await talk.core.bookings.choose_pay(
        customer_id=talk.person.id, pay=pay, method=method, now=talk.now
    )
