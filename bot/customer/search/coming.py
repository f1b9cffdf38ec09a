"""Nothing but a place or an address was typed: where one looks around from then on, asked first where it isn't sure."""

from bot.conversation import Talk
from bot.customer.booking.typed import names_door
from bot.customer.place.handlers import meant, near, settle, stand_at
from bot.customer.search import coming_screens as screens
from bot.customer.search import times
from bot.customer.search.free import list_free, waiting
from bot.follow import follow
from bot.screen import Screen, press
from bot.words import place_name
from core.places import Place
from core.search.addresses import beside_doors
from core.when.reading import read

CHOICES = 3


async def come_here(talk: Talk, lat: float, lon: float) -> Screen | None:
    """They look around from there from now on, and at what they were looking at before."""
    place, asked = await near(talk, lat, lon), str(talk.memory.get("asked", ""))
    if not asked or not await talk.core.finder.services(text=asked, now=talk.now, limit=1):
        return await settle(talk, lat, lon, place)
    await stand_at(talk, lat, lon, place)
    if not (talk.memory.get("service") and "at" in talk.memory):
        return await follow(talk, press("found"))
    at = times.unpacked(*talk.memory["at"])
    return waiting(talk, await list_free(talk, talk.memory["service"], at, 0))


async def only_address(talk: Talk, text: str) -> Screen | None:
    """An address with its number and no wish beside it; what was looked for before is kept."""
    if not await talk.core.finder.is_address(text=text, now=talk.now):
        return None
    if read(beside_doors(text) or "", now=talk.now, zone=talk.core.availability.zone):
        return None
    talk.memory = talk.memory | {"address": text}
    found = await _meant(talk, text)
    whole = len(found) == 1 and names_door(text, found[0].name)
    return screens.offered(talk.words, text, found, whole=whole)


async def only_district(talk: Talk, text: str) -> Screen | None:
    """A district alone is too wide to look around: one of its places is chosen."""
    if talk.core.places.district_alone(text=text) is None:
        return None
    talk.memory = talk.memory | {"address": text}
    return screens.offered(talk.words, text, await _meant(talk, text), whole=False)


async def look_there(talk: Talk, number: int, keep: int) -> Screen | None:
    """One of the places that the address may mean; kept among their own ones if they want that."""
    text = str(talk.memory.get("address", ""))
    found = await _meant(talk, text) if text else []
    if not 0 <= number < len(found):
        return await follow(talk, press("where"))
    place = found[number]
    if keep:
        await talk.core.people.keep_address(
            person_id=talk.person.id, place=place_name(talk.words, place), detail=text[:200],
            lat=place.lat, lon=place.lon, now=talk.now,
        )  # fmt: skip
    screen = await come_here(talk, place.lat, place.lon)
    if keep:
        talk.toast(talk.words.plain("Saved."))
    return screen


async def _meant(talk: Talk, text: str) -> list[Place]:
    """The one it names for certain, else the few it may mean."""
    sure = talk.core.places.mentioned(text=text)
    return [sure] if sure else await meant(talk, text, limit=CHOICES)
