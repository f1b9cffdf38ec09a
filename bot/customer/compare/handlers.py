"""Puts providers side by side; who stands there is kept with the talk, extras in the draft."""

from bot.conversation import Talk
from bot.customer.compare import screens
from bot.customer.providers.view import View
from bot.screen import Screen
from core.errors import Unknown
from core.search.comparing import SIDE_BY_SIDE, Comparison
from core.search.finder import CANDIDATES


async def compare(talk: Talk, service_id: int, view: str) -> Screen:
    found = await _compared(talk, service_id, view)
    return screens.side_by_side(
        talk.words, found, talk.person, view, await _hearts(talk), now=talk.now
    )


async def _hearts(talk: Talk) -> list[int]:
    return await talk.core.people.favourites(person_id=talk.person.id)


async def _compared(talk: Talk, service_id: int, view: str) -> Comparison:
    service, person = talk.core.catalog.bookable(service_id=service_id), talk.person
    listed = await talk.core.finder.offers(
        service_id=service_id, lat=person.lat, lon=person.lon,
        wish=View.read(view).wish(service), page=0, now=talk.now, size=CANDIDATES,
        favourites=await _hearts(talk),
    )  # fmt: skip
    return await talk.core.comparing.compare(
        customer_id=person.id, service_id=service_id, wanted=_kept(talk, service_id, view),
        listed=listed.items, lat=person.lat, lon=person.lon, now=talk.now,
    )  # fmt: skip


def _kept(talk: Talk, service_id: int, view: str) -> list[int]:
    """Who was put side by side in this list before."""
    kept = talk.memory.get("compare") or [0, ""]
    return list(kept[2:]) if kept[:2] == [service_id, view] else []


async def change(talk: Talk, service_id: int, view: str) -> Screen:
    return screens.change(talk.words, await _compared(talk, service_id, view), view)


async def others(talk: Talk, service_id: int, view: str, place: int, page: int) -> Screen:
    """Who could stand in this place instead."""
    found = await _compared(talk, service_id, view)
    if not 0 <= place < len(found.items):
        return await compare(talk, service_id, view)
    return screens.others(talk.words, found, view, place, page)


async def put(talk: Talk, service_id: int, view: str, place: int, provider_id: int) -> Screen:
    """Somebody else in this place; one who already stands there changes places."""
    found = await _compared(talk, service_id, view)
    known = [item.offer.provider.id for item in found.items]
    able = {*known, *(offer.provider.id for offer in found.others)}
    if provider_id not in able or not 0 <= place < len(known):
        raise Unknown("provider")
    if provider_id in known:
        known[known.index(provider_id)] = known[place]
    known[place] = provider_id
    talk.memory = talk.memory | {"compare": [service_id, view, *known[:SIDE_BY_SIDE]]}
    return await compare(talk, service_id, view)


async def extras(talk: Talk, service_id: int, view: str) -> Screen:
    chosen = await talk.core.bookings.chosen(
        customer_id=talk.person.id, service_id=service_id, now=talk.now
    )
    service = talk.core.catalog.service(service_id=service_id)
    return screens.extras(talk.words, service, chosen.options, view)


async def extra(talk: Talk, service_id: int, view: str, index: int, count: int) -> Screen:
    """So many of one extra; an old button that names none changes nothing."""
    service = talk.core.catalog.service(service_id=service_id)
    if 0 <= index < len(service.options):
        me, code = talk.person.id, service.options[index]["code"]
        chosen = await talk.core.bookings.chosen(
            customer_id=me, service_id=service_id, now=talk.now
        )
        await talk.core.bookings.choose_options(
            customer_id=me, service_id=service_id, now=talk.now,
            options=chosen.options | {code: count},
        )  # fmt: skip
    return await extras(talk, service_id, view)
