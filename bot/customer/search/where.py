"""Around which place typed words are answered: one that they name, else where the person is or has an address."""

from dataclasses import dataclass

from bot.conversation import Talk
from bot.customer.place.handlers import near, stand_at
from core.distance import km_between

SAME_PLACE_KM = 2.0


@dataclass(frozen=True, slots=True)
class Where:
    """A point with its name; without one the whole city is meant.

    `unsure` is a district that was named: too wide to go by.
    """

    lat: float | None = None
    lon: float | None = None
    name: str = ""
    unsure: str = ""


async def here(talk: Talk) -> Where:
    """Where the person looks around, else the saved address used last."""
    person = talk.person
    if person.lat is not None:
        return Where(
            person.lat,
            person.lon,
            talk.words.place(person.place) or talk.words.plain("Your location"),
        )
    saved = await talk.core.people.addresses(person_id=person.id)
    return Where(saved[0].lat, saved[0].lon, talk.words.place(saved[0].place)) if saved else Where()


async def named(talk: Talk, text: str) -> Where:
    """The same after a look at the words: a place in them is where the person is from now on."""
    place = talk.core.places.mentioned(text=text)
    around = await here(talk)
    if place is not None:
        if not _same(around, place.lat, place.lon):
            await stand_at(talk, place.lat, place.lon, await near(talk, place.lat, place.lon))
        return await here(talk)
    district = talk.core.places.district(text=text)
    if district is None or await _district_of(talk, around) == district:
        return around
    for address in await talk.core.people.addresses(person_id=talk.person.id):
        at = Where(address.lat, address.lon, talk.words.place(address.place))
        if await _district_of(talk, at) == district:
            await stand_at(talk, address.lat, address.lon, address.place)
            return at
    return Where(around.lat, around.lon, around.name, unsure=district)


def _same(around: Where, lat: float, lon: float) -> bool:
    if around.lat is None or around.lon is None:
        return False
    return km_between(one=(around.lat, around.lon), other=(lat, lon)) <= SAME_PLACE_KM


async def _district_of(talk: Talk, at: Where) -> str | None:
    if at.lat is None or at.lon is None:
        return None
    name = await talk.core.places.name(lat=at.lat, lon=at.lon)
    place = talk.core.places.mentioned(text=name) if name else None
    return place.district if place else None
