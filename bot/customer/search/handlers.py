"""Whatever is typed outside a question gets an answer: an order, services, people, a time, or the way to support."""

import asyncio
from dataclasses import replace

from markupsafe import Markup

from bot.conversation import Talk
from bot.customer.booking.again_screens import with_last_time
from bot.customer.home.handlers import home_page
from bot.customer.orders.cash import answered
from bot.customer.orders.spoken import wished
from bot.customer.parts import lines
from bot.customer.search import screens, times
from bot.customer.search.coming import come_here, only_address, only_district
from bot.customer.search.free import list_free, waiting
from bot.customer.search.known import THANKS, bare, shortcut, typed_words
from bot.customer.search.reach import comes_there
from bot.customer.search.where import here, named
from bot.customer.traces import noted
from bot.screen import Screen
from bot.support.wondering import last_answer, ready_answer
from core.platform.facts import Kind
from core.search.query import mere_politeness
from core.search.timed import Window, window_of
from core.when.model import Said
from core.when.reading import read

# How much better the first service must fit than the second to be taken for the one that is meant.
CLEAR = 1.1
# So many people are shown where nothing else was found, and so many beside services.
PEOPLE, BESIDE = 6, 2


async def typed(talk: Talk) -> Screen | None:
    if talk.incoming.location:
        return await come_here(talk, *talk.incoming.location)
    text = typed_words(talk)
    if not text:
        return screens.unreadable(talk.words)
    for meant in (shortcut, answered, wished, thanked, ready, comes_there):
        if (screen := await meant(talk, text)) is not None:
            return screen
    return await answer(talk, text)


async def ready(talk: Talk, text: str) -> Screen | None:
    """Who asks for a service gets the service, whatever the question looks like."""
    return await ready_answer(talk, text, unless=_asks_for_service)


async def _asks_for_service(talk: Talk, text: str) -> bool:
    return await talk.core.finder.asks_for_service(text=text, now=talk.now)


async def thanked(talk: Talk, text: str) -> Screen | None:
    if bare(text) not in THANKS:
        return None
    screen = await home_page(talk, 0)
    return replace(screen, text=lines(talk.words("You're welcome! 😊"), Markup(""), screen.text))


async def found(talk: Talk) -> Screen | None:
    """The results again, found anew from the words that were typed."""
    text = str(talk.memory.get("asked", ""))
    return await answer(talk, text) if text else await home_page(talk, 0)


async def answer(talk: Talk, text: str) -> Screen | None:
    """Services and people by words; with a time in them who is free then. A booking that waits is a tap away."""
    screen = await _answer(talk, text)
    return screen and waiting(talk, screen)


async def _answer(talk: Talk, text: str) -> Screen | None:
    for meant in (only_address, only_district):
        if (place := await meant(talk, text)) is not None:
            return place
    said = read(text, now=talk.now, zone=talk.core.availability.zone)
    if said is not None and (screen := await _timed(talk, text, said)) is not None:
        return screen
    if said is None and (at := times.asked_at(talk)) is not None:
        return await _services_at(talk, text, text, at) or await _plain(talk, text)
    return await _plain(talk, text)


async def _timed(talk: Talk, text: str, said: Said) -> Screen | None:
    """A time and a service: who is free; a time alone: for the service shown, or for which one?"""
    at = window_of(said=said, now=talk.now)
    address = await talk.core.finder.is_address(text=said.rest, now=talk.now)
    if address:
        await named(talk, said.rest)
    if address or mere_politeness(said.rest):
        service = talk.memory.get("service")
        times.keep(talk, asked=text, at=times.packed(at), service=service)
        if service:
            return await list_free(talk, service, at, 0, said=said)
        return screens.which_service(talk.words, at, times.usual(talk.core.catalog), talk.now)
    at_all = await _services_at(talk, text, said.rest, at, said)
    return at_all or await _people_at(talk, text, said.rest, at)


async def _people_at(talk: Talk, text: str, wanted: str, at: Window) -> Screen | None:
    """Only somebody's name beside the time: for what, of all they do?"""
    core = talk.core
    people = await core.finder.providers_by_name(text=wanted, now=talk.now, limit=20)
    if not people:
        return None
    ids = [provider.id for provider in people]
    offered = [await core.providers.offers(provider_id=each, now=talk.now) for each in ids[:3]]
    services = list({one.service.id: one.service for priced in offered for one in priced}.values())
    times.keep(talk, asked=text, at=times.packed(at), who=ids)
    return screens.which_of_theirs(talk.words, people, at, services[:6], talk.now)


async def _services_at(
    talk: Talk, text: str, wanted: str, at: Window, said: Said | None = None
) -> Screen | None:
    ranked = await talk.core.finder.ranked(text=wanted, now=talk.now, limit=6)
    if not ranked:
        return None
    around = await named(talk, wanted)
    noted(talk, Kind.SOUGHT, ranked[0][0].id, around=around)
    services = [service for service, _ in ranked]
    if len(ranked) > 1 and ranked[0][1] < CLEAR * ranked[1][1]:
        times.keep(talk, asked=text, at=times.packed(at))
        return screens.which_of_these(talk.words, text, at, services, talk.now)
    others = [service.id for service in services[1:3]]
    who = await talk.core.finder.named(
        service_id=services[0].id, lat=around.lat, lon=around.lon, text=wanted, now=talk.now
    )
    before = talk.memory.get("who", []) if said is None else []
    times.keep(
        talk, asked=text, at=times.packed(at), service=services[0].id, others=others,
        who=[provider.id for provider in who] or before,
    )  # fmt: skip
    return await list_free(talk, services[0].id, at, 0, said=said, around=around)


async def _plain(talk: Talk, text: str) -> Screen | None:
    finder = talk.core.finder
    services, providers = await asyncio.gather(
        finder.services(text=text, now=talk.now, limit=5),
        finder.providers_by_name(text=text, now=talk.now, limit=PEOPLE),
    )
    providers = providers[:BESIDE] if services else providers
    place = None if services or providers else talk.core.places.mentioned(text=text)
    if place is not None:
        return await come_here(talk, place.lat, place.lon)
    times.keep(talk, asked=text)
    if not services and not providers:
        noted(talk, Kind.UNMET)
        if (ready := await last_answer(talk, text)) is not None:
            return ready
        return screens.nothing(talk.words, text, finder.nearest_categories(text=text))
    around = await (named(talk, text) if services else here(talk))
    if services:
        noted(talk, Kind.SOUGHT, services[0].id, around=around)
    lowest = await finder.lowest(
        service_ids=[service.id for service in services],
        lat=around.lat,
        lon=around.lon,
        now=talk.now,
    )
    priced = [(service, lowest.get(service.id)) for service in services]
    screen = screens.results(talk.words, text, priced, providers, around)
    return await with_last_time(talk, screen, services[0]) if services else screen
