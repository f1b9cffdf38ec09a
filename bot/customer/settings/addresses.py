"""Saved addresses: add, name, move, say the door, put first, remove."""

from dataclasses import replace
from typing import Any

from bot.conversation import Talk
from bot.customer.booking import typed
from bot.customer.parts import LABELS, lines
from bot.customer.place.handlers import meant, near
from bot.customer.settings import address_screens as screens
from bot.screen import Screen
from bot.words import place_name
from core.people.service import MOST_ADDRESSES


async def addresses(talk: Talk, page: int) -> Screen:
    asking = bool(talk.step)
    talk.rest()
    kept = await talk.core.people.addresses(person_id=talk.person.id)
    return replace(screens.addresses(talk.words, kept, page), close_keyboard=asking)


async def address(talk: Talk, address_id: int) -> Screen:
    asking = bool(talk.step)
    one = await talk.core.people.address(person_id=talk.person.id, address_id=address_id)
    talk.rest()
    return replace(screens.address(talk.words, one), close_keyboard=asking)


async def add(talk: Talk) -> Screen:
    kept = await talk.core.people.addresses(person_id=talk.person.id)
    if len(kept) >= MOST_ADDRESSES:
        talk.toast(talk.words.plain("That's all the room there is. Remove one first."), alert=True)
        return screens.addresses(talk.words, kept, 0)
    talk.expect("addr.place", address=0)
    return screens.ask_place(talk.words, 0)


async def ask_place(talk: Talk, address_id: int) -> Screen:
    await talk.core.people.address(person_id=talk.person.id, address_id=address_id)
    talk.expect("addr.place", address=address_id)
    return screens.ask_place(talk.words, address_id)


async def place_said(talk: Talk) -> Screen:
    """A location pin, or words that name a place."""
    address_id = int(talk.memory.get("address", 0))
    if talk.incoming.location:
        lat, lon = talk.incoming.location
        return await _at(talk, address_id, await near(talk, lat, lon), lat, lon)
    text = talk.incoming.text.strip()[:100]
    found = await meant(talk, text)
    if len(found) == 1:
        one = found[0]
        return await _at(talk, address_id, place_name(talk.words, one), one.lat, one.lon)
    talk.expect("addr.place", address=address_id, asked=text)
    if found:
        return screens.choose_place(talk.words, found, address_id)
    return screens.ask_place(talk.words, address_id, unknown=text)


async def pick(talk: Talk, address_id: int, number: int) -> Screen:
    """One of the places that the typed words may mean."""
    found = await meant(talk, str(talk.memory.get("asked", "")))
    if talk.step != "addr.place" or not 0 <= number < len(found):
        return await addresses(talk, 0)
    one = found[number]
    return await _at(talk, address_id, place_name(talk.words, one), one.lat, one.lon)


async def _at(talk: Talk, address_id: int, place: str, lat: float, lon: float) -> Screen:
    """Kept at once, so that nothing is lost; then the door."""
    where: dict[str, Any] = {"person_id": talk.person.id, "place": place, "lat": lat, "lon": lon}
    if address_id:
        await talk.core.people.move_address(address_id=address_id, **where)
    else:
        kept = await talk.core.people.keep_address(detail="", now=talk.now, **where)
        address_id = kept.id
    return replace(await ask_door(talk, address_id), close_keyboard=True)


async def ask_door(talk: Talk, address_id: int) -> Screen:
    one = await talk.core.people.address(person_id=talk.person.id, address_id=address_id)
    talk.expect("addr.door", address=address_id)
    return screens.ask_door(talk.words, one)


async def door_said(talk: Talk) -> Screen:
    """Street, building, flat; one that was just added is named next."""
    address_id = int(talk.memory.get("address", 0))
    text = talk.incoming.text.strip()
    one = await talk.core.people.address(person_id=talk.person.id, address_id=address_id)
    if not typed.is_door(text):
        hint = talk.words("Please type the door, for example: building 3, flat 502.")
        screen = screens.ask_door(talk.words, one)
        return replace(screen, text=lines(hint, "", screen.text))
    await talk.core.people.detail_address(
        person_id=talk.person.id, address_id=address_id, detail=text
    )
    return await (address(talk, address_id) if one.label else ask_label(talk, address_id))


async def ask_label(talk: Talk, address_id: int) -> Screen:
    one = await talk.core.people.address(person_id=talk.person.id, address_id=address_id)
    talk.expect("addr.label", address=address_id)
    return screens.ask_label(talk.words, one)


async def label(talk: Talk, address_id: int, code: str) -> Screen:
    """One of the usual names, or none."""
    kept = code if code in LABELS else ""
    await talk.core.people.label_address(
        person_id=talk.person.id, address_id=address_id, label=kept
    )
    return await address(talk, address_id)


async def label_said(talk: Talk) -> Screen:
    address_id, text = int(talk.memory.get("address", 0)), talk.incoming.text.strip()
    if not text:
        return await ask_label(talk, address_id)
    await talk.core.people.label_address(
        person_id=talk.person.id, address_id=address_id, label=text
    )
    return await address(talk, address_id)


async def prefer(talk: Talk, address_id: int) -> Screen:
    await talk.core.people.prefer_address(person_id=talk.person.id, address_id=address_id)
    talk.toast(talk.words.plain("This address comes first from now on."))
    return await address(talk, address_id)


async def forget(talk: Talk, address_id: int) -> Screen:
    await talk.core.people.forget_address(person_id=talk.person.id, address_id=address_id)
    talk.toast(talk.words.plain("Removed."))
    return await addresses(talk, 0)
