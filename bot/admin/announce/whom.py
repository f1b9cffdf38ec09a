"""Whom an announcement is for: side, city or district, language, and whether they ordered lately."""

from bot.admin.announce import whom_screens as screens
from bot.conversation import Talk
from bot.i18n import languages
from bot.screen import Screen
from core.announcements.model import Announcement, Side
from core.errors import Unknown
from core.places import Area


async def show(talk: Talk, announcement_id: int) -> Screen:
    talk.rest()
    one = await talk.core.composing.draft(announcement_id=announcement_id)
    heads = await talk.core.composing.heads(announcement_id=announcement_id, now=talk.now)
    every, aimed = _areas(talk), Area(one.city, one.district)
    number = every.index(aimed) if aimed in every else 0
    several = bool(_cities(talk))
    return screens.whom(talk.words, one, heads, languages(), number, cities=several)


def _cities(talk: Talk) -> list[str]:
    """One city alone is no choice."""
    known = talk.core.places.cities()
    return known if len(known) > 1 else []


def _areas(talk: Talk) -> list[Area]:
    """Everywhere, the cities, their districts: a button carries the place in this list."""
    cities = _cities(talk)
    districts = [
        Area(city, name) for city in cities or [""] for name in talk.core.places.districts(city=city)
    ]  # fmt: skip
    return [Area(), *map(Area, cities), *districts]


async def choose(
    talk: Talk, announcement_id: int, side: str, area: int, language: str, ordered: int
) -> Screen:
    """The button carries the whole of it, so a second tap changes nothing."""
    known = _areas(talk)
    possible = 0 <= area < len(known) and language in ("all", *languages())
    if side not in set(Side) or not possible or ordered not in screens.ORDERED:
        raise Unknown("audience")
    await talk.core.composing.aim(
        announcement_id=announcement_id, side=Side(side), area=known[area],
        language="" if language == "all" else language, ordered=ordered,
    )  # fmt: skip
    return await show(talk, announcement_id)


async def areas(talk: Talk, announcement_id: int, page: int) -> Screen:
    """The districts of the city that is chosen or the only one, else the cities."""
    one = await talk.core.composing.draft(announcement_id=announcement_id)
    return _inside(talk, one, page)


async def cities(talk: Talk, announcement_id: int, page: int) -> Screen:
    one = await talk.core.composing.draft(announcement_id=announcement_id)
    return _of_all(talk, one, page)


def _inside(talk: Talk, one: Announcement, page: int, *, again: bool = False) -> Screen:
    known, every = _cities(talk), _areas(talk)
    if known and one.city not in known:
        return _of_all(talk, one, page, again=again)
    talk.expect("announce.area", draft=one.id)
    city = one.city if known else ""
    found = [(n, area) for n, area in enumerate(every) if area.district and area.city == city]
    return screens.districts(talk.words, one, found, page, every.index(Area(city)), again=again)


def _of_all(talk: Talk, one: Announcement, page: int, *, again: bool = False) -> Screen:
    talk.expect("announce.area", draft=one.id)
    found = [(n, area) for n, area in enumerate(_areas(talk)) if area.city and not area.district]
    return screens.cities(talk.words, one, found, page, again=again)


async def area_said(talk: Talk) -> Screen:
    one = await talk.core.composing.draft(announcement_id=int(talk.memory["draft"]))
    named = _named(talk, talk.incoming.text, one.city)
    if named is None:
        return _inside(talk, one, 0, again=True)
    await talk.core.composing.aim(
        announcement_id=one.id, side=one.side, area=named, language=one.language,
        ordered=one.ordered,
    )  # fmt: skip
    return await show(talk, one.id)


def _named(talk: Talk, text: str, city: str) -> Area | None:
    """A district, of the chosen city before others; else a city."""
    places = talk.core.places
    if district := places.district(text=f"{city} {text}") or places.district(text=text):
        return next(area for area in _areas(talk) if area.district == district)
    named = places.city(text=text)
    return Area(named) if named in _cities(talk) else None
