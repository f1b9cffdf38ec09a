"""Takes a shared location, a typed place or a saved address, then goes on where the question came from."""

from dataclasses import replace

from bot.conversation import Talk
from bot.customer.place import screens
from bot.follow import follow
from bot.screen import Screen, press
from bot.words import place_name
from core.places import Place

HOME = press("home", 0)
LONGEST = 100


async def where(talk: Talk) -> Screen:
    return await ask_place(talk, back=HOME)


async def ask_place(talk: Talk, *, back: str, first: bool = False) -> Screen:
    """`back` is the button data of the screen that comes next, whatever is answered."""
    talk.expect("place", back=back)
    return await _asking(talk, 0, first=first)


async def more_saved(talk: Talk, page: int) -> Screen:
    """Further addresses of theirs; what comes next stays as it was."""
    if talk.step != "place":
        return await where(talk)
    return await _asking(talk, page, first=not talk.person.onboarded)


async def _asking(talk: Talk, page: int, *, first: bool) -> Screen:
    addresses = await talk.core.people.addresses(person_id=talk.person.id)
    return screens.ask(talk.words, addresses, page, first=first)


async def said(talk: Talk) -> Screen | None:
    if talk.incoming.location:
        lat, lon = talk.incoming.location
        return await settle(talk, lat, lon, await near(talk, lat, lon))
    text = talk.incoming.text.strip()[:LONGEST]
    found = await meant(talk, text)
    if len(found) == 1 or (found and _exact(text, found[0])):
        return await settle(talk, found[0].lat, found[0].lon, place_name(talk.words, found[0]))
    if not found:
        return await _not_a_place(talk, text)
    talk.expect("place", back=talk.memory.get("back", HOME), asked_place=text)
    return screens.choose(talk.words, found)


async def _not_a_place(talk: Talk, text: str) -> Screen | None:
    """Who types a service instead of a place gets the service."""
    finder = talk.core.finder
    address = await finder.is_address(text=text, now=talk.now)
    if text and not address and await finder.services(text=text, now=talk.now, limit=1):
        return await _go_on(talk, press("found"), asked=text)
    return screens.not_found(talk.words, text)


async def meant(talk: Talk, text: str, *, limit: int = 5) -> list[Place]:
    """The places that typed words may mean; a district is too wide to go by, so some of its places are."""
    places = talk.core.places
    if whole := places.district_alone(text=text):
        return places.within(district=whole, limit=limit)
    return await places.find(text=text, limit=limit) if text else []


async def near(talk: Talk, lat: float, lon: float) -> str:
    """What a point is called in the person's language."""
    name = await talk.core.places.name(lat=lat, lon=lon)
    found = await talk.core.places.find(text=name, limit=1) if name else []
    same = [place for place in found if place.name == name]
    return place_name(talk.words, same[0]) if same else name


async def pick(talk: Talk, number: int) -> Screen | None:
    """One of the places that the typed words may mean."""
    found = await meant(talk, talk.memory.get("asked_place", ""))
    if not 0 <= number < len(found):
        return await ask_place(talk, back=talk.memory.get("back", HOME))
    place = found[number]
    return await settle(talk, place.lat, place.lon, place_name(talk.words, place))


async def at_address(talk: Talk, address_id: int) -> Screen | None:
    address = await talk.core.people.address(person_id=talk.person.id, address_id=address_id)
    return await settle(talk, address.lat, address.lon, address.place)


async def stand_at(talk: Talk, lat: float, lon: float, place: str) -> None:
    """The person is here from now on, and so is the next booking."""
    talk.person = await talk.core.people.be_at(
        person_id=talk.person.id, lat=lat, lon=lon, place=place
    )
    await talk.core.bookings.leave_place(customer_id=talk.person.id, now=talk.now)


async def settle(talk: Talk, lat: float, lon: float, place: str) -> Screen | None:
    await stand_at(talk, lat, lon, place)
    known = place or talk.words.plain("Your location")
    talk.toast(talk.words.plain("Got it: around {place} from now on.", place=known))
    return await _go_on(talk, talk.memory.get("back", HOME))


async def leave(talk: Talk) -> Screen | None:
    """No answer is an answer too."""
    return await _go_on(talk, talk.memory.get("back", HOME))


async def _go_on(talk: Talk, back: str, **memory: str) -> Screen | None:
    """Whatever was answered, the first question is not asked again."""
    if not talk.person.onboarded:
        talk.person = await talk.core.people.finish_welcome(person_id=talk.person.id)
    talk.expect("", **memory)
    screen = await follow(talk, back)
    return screen and replace(screen, close_keyboard=True)


def _exact(text: str, place: Place) -> bool:
    return text.casefold() in (place.name.casefold(), place.name_en.casefold())
