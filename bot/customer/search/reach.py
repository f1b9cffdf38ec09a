"""“Do you come to Pudong?” is answered at once, wherever it is asked; so is a place where help is looked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation import Talk
from bot.customer.orders.spoken import known
from bot.customer.place.handlers import meant, near, settle
from bot.customer.search import reach_screens as screens
from bot.customer.search import times
from bot.follow import follow
from bot.screen import Screen, press
from bot.words import place_name
from core.catalog.model import Service
from core.distance import Point
from core.places import Place, called
from core.when.reading import read

CHOICES, EXAMPLES = 4, 3
_COMES = re.compile(
    r"(?:能|可以|会|可否|是否|有没有).{0,8}(?:来|去|到|上门|服务)|(?:来|去|到|上门|服务).{0,12}[吗么嘛?？]"
    r"|服务范围|覆盖|哪[里些儿].{0,6}(?:来|去|到|上门|服务)"
    r"|\b(?:do|can|will|could|are|is|where)\b.*\b(?:come|cover|serve|reach|available|work|go)\b|\bcoverage\b",
    re.IGNORECASE,
)
# Words of such a question that say nothing of what is wanted there.
_ASKING = re.compile(
    r"能不能|可不可以|有没有|是不是|可以|可否|是否|你们|您们|师傅|上门|服务|范围|包括|覆盖|哪些地方|哪[里些儿]|[能会来去到在吗么嘛呢区]"
    r"|\b(?:do|does|can|could|will|are|is|where|you|your|people|anybody|somebody|come|cover|covered|coverage|serve|"
    r"reach|available|work|go|to|in|at|the|out|there|district)\b|[?？!！,，.。]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place somebody asked about: its name, a few points of it by their names, and how else it is called."""

    name: str
    points: tuple[tuple[str, Point], ...]
    called: tuple[str, ...] = ()


async def known_at_help(talk: Talk, text: str) -> Screen | None:
    """Where words lead for certain in the middle of help: to a screen, an order, or the answer whether we come."""
    for way in (known, _only_place, comes_there):
        if (screen := await way(talk, text)) is not None:
            return screen
    return None


async def comes_there(talk: Talk, text: str) -> Screen | None:
    """A question whether we come to a place; one about a service there, or a time, is a search."""
    if not _COMES.search(text) or (spot := _named(talk, text)) is None:
        return None
    if read(text, now=talk.now, zone=talk.core.availability.zone):
        return None
    wanted = beside(text, spot.called)
    if wanted and await talk.core.finder.services(text=wanted, now=talk.now, limit=1):
        return None
    return await _told(talk, text, spot)


def beside(text: str, called: Sequence[str]) -> str:
    """What the question says beside the place and the asking itself: 能来浦东修空调吗 → 修空调."""
    for name in sorted(called, key=len, reverse=True):
        text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    return " ".join(_ASKING.sub(" ", text).split())


async def pin_at_help(talk: Talk) -> Screen:
    """A shared point: the same, and it can go to the staff instead."""
    assert talk.incoming.location is not None
    lat, lon = talk.incoming.location
    name = await near(talk, lat, lon) or talk.words.plain("Your location")
    said = f"📍 {name} {lat:.5f}, {lon:.5f}"
    return await _told(talk, said, Spot(name, ((name, (lat, lon)),)))


async def look_around(talk: Talk, number: int) -> Screen | None:
    """One of the places that were told about is where they are from now on."""
    spots = talk.memory.get("spots", [])
    if not 0 <= number < len(spots):
        return await follow(talk, press("where"))
    lat, lon = spots[number]
    return await settle(talk, lat, lon, await near(talk, lat, lon))


async def _only_place(talk: Talk, text: str) -> Screen | None:
    """Nothing but a place, a district or an address."""
    found = await meant(talk, text, limit=CHOICES)
    alone = talk.core.places.district_alone(text=text) or (found and _called(found[0], text))
    if not alone and not await talk.core.finder.is_address(text=text, now=talk.now):
        return None
    return await _told(talk, text, _named(talk, text) or Spot(text[:80], _points(talk, found)))


def _called(place: Place, text: str) -> bool:
    names = (place.name, place.name_en, *place.aliases)
    return text.casefold() in [name.casefold() for name in names]


def _points(talk: Talk, found: Sequence[Place]) -> tuple[tuple[str, Point], ...]:
    return tuple((place_name(talk.words, one), (one.lat, one.lon)) for one in found)


def _named(talk: Talk, text: str) -> Spot | None:
    """The one place the words name, else their district with some of its places."""
    places, words = talk.core.places, talk.words
    if one := places.mentioned(text=text):
        return Spot(
            place_name(words, one), _points(talk, [one]), (one.name, one.name_en, *one.aliases)
        )
    if (district := places.district(text=text)) is None:
        return None
    found = places.within(district=district, limit=CHOICES)
    return Spot(words.area(district), _points(talk, found), called(district))


async def _told(talk: Talk, text: str, spot: Spot) -> Screen:
    """What is tapped next looks around there, or sends the very words to the staff."""
    talk.expect("help", asked=text, spots=[point for _, point in spot.points])
    names = [name for name, _ in spot.points]
    examples = await _examples(talk, spot.points[0][1]) if spot.points else []
    return screens.reached(talk.words, spot.name, names, examples)


async def _examples(talk: Talk, at: Point) -> list[tuple[Service, int]]:
    """Some of what people come for most, with the lowest price there."""
    usual = times.usual(talk.core.catalog)
    lowest = await talk.core.finder.lowest(
        service_ids=[service.id for service in usual], lat=at[0], lon=at[1], now=talk.now
    )
    return [(one, lowest[one.id]) for one in usual if one.id in lowest][:EXAMPLES]
