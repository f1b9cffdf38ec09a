"""A place in line out of a sentence: nobody can come at the time that was said, and whoever frees it is told of."""

from bot.conversation import Talk
from bot.customer.parts import named
from bot.customer.search.where import Where
from bot.customer.waitlist import screens
from bot.errors import sentence
from bot.screen import Screen
from core.availability.slots import DAY_CLOSES, DAY_OPENS
from core.availability.zones import local_date
from core.errors import Invalid
from core.search.timed import Window


def span(talk: Talk, at: Window) -> tuple[int, int]:
    """The minutes of the day at which a visit may begin."""
    first, last = talk.words.local(at.start), talk.words.local(at.end)
    return first.hour * 60 + first.minute, last.hour * 60 + last.minute + 1


def may_wait(talk: Talk, at: Window, around: Where) -> bool:
    """One day that can be booked, hours in which people work, a place that is known for certain."""
    zone = talk.core.availability.zone
    day = local_date(zone=zone, moment=at.start)
    first, last = span(talk, at)
    ahead = (day - talk.core.availability.today(now=talk.now)).days
    return (
        around.lat is not None and not around.unsure and at.end > talk.now
        and day == local_date(zone=zone, moment=at.end)
        and last > DAY_OPENS and first < DAY_CLOSES
        and ahead < talk.core.rules.number("horizon_days")
    )  # fmt: skip


async def enter(talk: Talk, service_id: int, at: Window, around: Where) -> Screen | None:
    """Joins the line for that time with whoever can come; None where there is none to join."""
    if around.lat is None or around.lon is None or not may_wait(talk, at, around):
        return None
    saved = await talk.core.people.addresses(person_id=talk.person.id)
    at_home = next((one for one in saved if (one.lat, one.lon) == (around.lat, around.lon)), None)
    try:
        waiting = await talk.core.waitlist.wait(
            customer_id=talk.person.id, service_id=service_id,
            day=local_date(zone=talk.core.availability.zone, moment=at.start),
            span=span(talk, at), lat=around.lat, lon=around.lon, place=around.name,
            detail=at_home.detail if at_home else "", now=talk.now,
        )  # fmt: skip
    except Invalid as error:
        talk.toast(sentence(error, talk.words), alert=True)
        return None
    ahead = await talk.core.waitlist.ahead(waiting=waiting)
    talk.rest()
    service = talk.core.catalog.service(service_id=service_id)
    head = talk.words("<b>{name}</b>", name=named(service, talk.words))
    held = talk.core.rules.number("waitlist_minutes")
    return screens.joined(head, waiting, ahead, held, talk.now, talk.words)
