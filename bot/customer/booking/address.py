"""Where to come: a saved address, a location, or typed words; then the door."""

from dataclasses import replace

from bot.conversation import Talk
from bot.customer.booking import flow, screens, typed
from bot.customer.booking.flow import saying
from bot.customer.booking.steps import go, tap
from bot.customer.booking.times import taken
from bot.customer.place.handlers import meant
from bot.follow import follow
from bot.screen import Screen, press
from bot.words import place_name
from core.errors import Invalid
from core.orders.booking import Booking
from core.places import Place


@tap
async def saved(talk: Talk, booking: Booking, address_id: int) -> Screen:
    address = await talk.core.people.address(person_id=talk.person.id, address_id=address_id)
    return await settle(talk, address.place, address.detail, address.lat, address.lon)


@tap
async def more_saved(talk: Talk, booking: Booking, page: int) -> Screen:
    return await go(talk, booking, "place", page=page)


@tap
async def here(talk: Talk, booking: Booking) -> Screen:
    """Where the person is looking around anyway."""
    person = talk.person
    if person.lat is None or person.lon is None:
        return await go(talk, booking, "place")
    return await settle(talk, person.place, "", person.lat, person.lon)


@tap
async def ask(talk: Talk, booking: Booking) -> Screen:
    talk.expect("book.map")
    return screens.share(booking, talk.words)


@tap
async def pick(talk: Talk, booking: Booking, index: int) -> Screen:
    """One of the places that the typed words may mean."""
    text = str(talk.memory.get("asked", ""))
    found = await meant(talk, text)
    if not 0 <= index < len(found):
        return await go(talk, booking, "place")
    return await _at(talk, found[index], text)


@tap
async def shared(talk: Talk, booking: Booking) -> Screen:
    """The same after our own location button: its keyboard goes away."""
    return replace(await _said(talk, booking), close_keyboard=True)


@tap
async def said(talk: Talk, booking: Booking) -> Screen:
    """A location pin, or words that name a place."""
    return await _said(talk, booking)


async def _said(talk: Talk, booking: Booking) -> Screen:
    if talk.incoming.location:
        lat, lon = talk.incoming.location
        place = await talk.core.places.name(lat=lat, lon=lon)
        return await settle(talk, place, "", lat, lon)
    text = talk.incoming.text.strip()[:200]
    found = await meant(talk, text)
    if len(found) == 1:
        return await _at(talk, found[0], text)
    if found:
        talk.expect("book.place", asked=text)
        return screens.candidates(booking, found, talk.words)
    if (elsewhere := await follow(talk, press("aside", flow.tag(booking), "place"))) is not None:
        return elsewhere
    words = talk.words(
        "I can't find that place. Try a landmark or a station nearby, or send a location."
    )
    return saying(await go(talk, booking, "place"), words)


async def _at(talk: Talk, place: Place, text: str) -> Screen:
    """A typed address that names the door, too, is taken whole."""
    name = place_name(talk.words, place)
    door = text if typed.names_door(text, place.name) and typed.names_door(text, name) else ""
    return await settle(talk, name, door, place.lat, place.lon)


async def settle(talk: Talk, place: str, detail: str, lat: float, lon: float) -> Screen:
    """Takes the point; the door is asked for unless it is known."""
    former = await talk.core.bookings.open(customer_id=talk.person.id)
    try:
        booking = await talk.core.bookings.choose_place(
            customer_id=talk.person.id, place=place, detail=detail, lat=lat, lon=lon, now=talk.now
        )
    except Invalid as error:
        if error.name != "lat":
            raise
        return await _too_far(talk, [place, detail, lat, lon])
    if detail:
        await _keep(talk, booking)
    wanted = former.draft.starts_at
    if detail and wanted and booking.draft.starts_at is None:
        return await taken(talk, booking, wanted)
    return await go(talk, booking, flow.after(booking, "detail") if detail else "detail")


async def _too_far(talk: Talk, wanted: list[str | float]) -> Screen:
    booking = await talk.core.bookings.open(customer_id=talk.person.id)
    talk.expect("book.far", far=wanted)
    return screens.too_far(booking, str(wanted[0]), talk.words)


@tap
async def door(talk: Talk, booking: Booking) -> Screen:
    """The typed door; a location sent instead moves the point."""
    if talk.incoming.location:
        return await _moved(talk)
    text = " ".join(talk.incoming.text.split())
    if booking.draft.lat is None:
        return await go(talk, booking, "place")
    if not typed.is_door(text):
        words = talk.words("Please type the door, for example: building 3, flat 502.")
        return saying(await go(talk, booking, "detail"), words)
    booking = await talk.core.bookings.fill(
        customer_id=talk.person.id, now=talk.now, detail=text[:200]
    )
    await _keep(talk, booking)
    return await go(talk, booking, flow.after(booking, "detail"))


async def _moved(talk: Talk) -> Screen:
    assert talk.incoming.location is not None
    lat, lon = talk.incoming.location
    return await settle(talk, await talk.core.places.name(lat=lat, lon=lon), "", lat, lon)


async def _keep(talk: Talk, booking: Booking) -> None:
    """Saved for the next visit."""
    draft = booking.draft
    await talk.core.people.keep_address(
        person_id=talk.person.id, place=draft.place, detail=draft.detail, lat=draft.lat or 0.0,
        lon=draft.lon or 0.0, now=talk.now,
    )  # fmt: skip
