"""Lists who can come, in the order and with the filters carried by the button."""

import asyncio
from collections.abc import Sequence

from bot.conversation import Talk
from bot.customer.place.handlers import ask_place
from bot.customer.providers import screens
from bot.customer.providers.view import View
from bot.customer.traces import noted
from bot.screen import Screen, press
from core.platform.facts import Kind
from core.search.finder import Offers


async def offers(talk: Talk, service_id: int, view: str, page: int) -> Screen:
    service = talk.core.catalog.bookable(service_id=service_id)
    choices = View.read(view)
    hearts, chosen = await asyncio.gather(
        talk.core.people.favourites(person_id=talk.person.id),
        talk.core.bookings.chosen(
            customer_id=talk.person.id, service_id=service_id, now=talk.now
        ),
    )  # fmt: skip
    found = await _find(talk, service_id, choices, page, hearts)
    if found.items or not choices.filters:
        noted(talk, Kind.SEEN if found.items else Kind.UNMET, service_id)
    return screens.offers(
        talk.words, service, talk.person, choices, found, now=talk.now, hearts=hearts,
        chosen=chosen,
    )  # fmt: skip


async def _find(
    talk: Talk, service_id: int, choices: View, page: int, hearts: Sequence[int] = ()
) -> Offers:
    service = talk.core.catalog.bookable(service_id=service_id)
    return await talk.core.finder.offers(
        service_id=service_id, lat=talk.person.lat, lon=talk.person.lon,
        wish=choices.wish(service), page=page, now=talk.now, size=screens.SHOWN,
        favourites=hearts,
    )  # fmt: skip


async def relocate(talk: Talk, service_id: int, view: str) -> Screen:
    return await ask_place(talk, back=press("l", service_id, view, 0))


async def sorts(talk: Talk, service_id: int, view: str) -> Screen:
    service = talk.core.catalog.service(service_id=service_id)
    return screens.sorts(talk.words, service, talk.person, View.read(view))


async def filters(talk: Talk, service_id: int, view: str) -> Screen:
    service = talk.core.catalog.service(service_id=service_id)
    choices = View.read(view)
    found = await _find(talk, service_id, choices, 0)
    return screens.filters(talk.words, service, talk.person, choices, found)
