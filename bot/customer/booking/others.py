"""Another provider for the same booking: the list is opened, and whoever is chosen there takes over all that fits."""

from bot.conversation import Talk
from bot.customer.booking import flow
from bot.customer.booking.steps import show
from bot.follow import follow
from bot.screen import Screen, press
from core.errors import Unknown
from core.orders.model import Draft


async def others(talk: Talk, tag: str) -> Screen | None:
    """An address that the present one doesn't come to is the booking's from now on."""
    try:
        booking = await talk.core.bookings.open(customer_id=talk.person.id)
        if tag != flow.tag(booking) and booking.draft.order_id is None:
            talk.toast(talk.words.plain("This is your latest booking."))
            return await show(talk, booking, flow.step_of(talk) or flow.first(booking))
    except Unknown as error:
        if error.what != "provider":
            raise
    booking = await talk.core.bookings.seek_provider(customer_id=talk.person.id, now=talk.now)
    return await seek(talk, booking.draft)


async def seek(talk: Talk, draft: Draft) -> Screen | None:
    """Who can come to the booking's address."""
    me = talk.person.id
    far = talk.memory.get("far")
    place, detail, lat, lon = far or (draft.place, draft.detail, draft.lat, draft.lon)
    if far:
        await talk.core.bookings.fill(
            customer_id=me, now=talk.now, place=place, detail=detail, lat=lat, lon=lon
        )
    if lat is not None and lon is not None:
        talk.person = await talk.core.people.be_at(person_id=me, lat=lat, lon=lon, place=place)
    talk.rest()
    return await follow(talk, press("l", draft.service_id or 0, "r0000", 0))
