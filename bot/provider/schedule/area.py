"""Base and radius: where orders may come from. Visits that would lie outside are listed before anything is saved."""

from dataclasses import replace

from bot.conversation import Talk
from bot.provider.schedule import area_screens as screens
from bot.screen import Screen, press
from bot.words import place_name
from core.people.model import Provider


async def _provider(talk: Talk) -> Provider:
    plan = await talk.core.schedule.plan(person_id=talk.person.id, now=talk.now)
    return plan.provider


async def area(talk: Talk) -> Screen:
    talk.rest()
    return screens.area(talk.words, await _provider(talk))


async def radius(talk: Talk, metres: int, sure: int) -> Screen:
    provider = await _provider(talk)
    if provider.lat is not None and provider.lon is not None and not sure:
        lost = await talk.core.touched.by_area(
            person_id=talk.person.id, lat=provider.lat, lon=provider.lon, radius_m=metres,
            now=talk.now,
        )  # fmt: skip
        if lost:
            return screens.touched(talk.words, lost, press("rad", metres, 1), now=talk.now)
    await talk.core.schedule.set_radius(person_id=talk.person.id, radius_m=metres, now=talk.now)
    talk.toast(talk.words.plain("Saved."))
    return await area(talk)


async def ask_base(talk: Talk) -> Screen:
    talk.expect("schedule.base")
    return screens.ask_base(talk.words)


async def base_said(talk: Talk) -> Screen:
    """A location, or words that name a place."""
    point, name = talk.incoming.location, ""
    if point is None:
        found = await talk.core.places.find(text=talk.incoming.text[:100], limit=1)
        if not found:
            return screens.no_place(talk.words)
        point = (found[0].lat, found[0].lon)
        name = place_name(talk.words, found[0])
    lat, lon = point
    name = name or await talk.core.places.name(lat=lat, lon=lon)
    provider = await _provider(talk)
    lost = await talk.core.touched.by_area(
        person_id=talk.person.id, lat=lat, lon=lon, radius_m=provider.radius_m, now=talk.now
    )
    talk.expect("schedule.base", lat=lat, lon=lon, place=name)
    if lost:
        shown = screens.touched(talk.words, lost, press("basego"), now=talk.now)
        return replace(shown, close_keyboard=True)
    return replace(await base(talk), close_keyboard=True)


async def base(talk: Talk) -> Screen:
    """Saves the place that was sent last; without one (an old button) it only shows the area."""
    kept = talk.memory
    if "lat" in kept and "lon" in kept:
        await talk.core.schedule.set_base(
            person_id=talk.person.id, lat=kept["lat"], lon=kept["lon"],
            place=str(kept.get("place", "")), now=talk.now,
        )  # fmt: skip
        talk.toast(talk.words.plain("Saved."))
    return await area(talk)
