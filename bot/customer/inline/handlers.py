"""Finds what was asked for in another chat; each thing found opens here by a signed link."""

import asyncio
from collections.abc import Sequence

from bot.conversation import Talk
from bot.customer.inline import screens
from bot.screen import Tile
from core.catalog.model import Service
from core.errors import Unknown
from core.promotions.model import Coupon

LONGEST = 80
SERVICES, PEOPLE, DEALS = 6, 4, 3


async def offering(talk: Talk) -> Sequence[Tile]:
    """One thing for its link, what was typed, or, without a word, what is near at hand."""
    text = " ".join(talk.incoming.text.split())[:LONGEST]
    if not text:
        return await _at_hand(talk)
    if linked := talk.link.read(text):
        return await _linked(talk, *linked)
    return await _found(talk, text)


async def _linked(talk: Talk, kind: str, subject: int) -> list[Tile]:
    deals = await _running(talk) if kind == "d" else []
    services = [s for s in talk.core.catalog.services() if (kind, s.id) == ("s", subject)]
    return [
        *await _services(talk, services),
        *(await _people(talk, [subject]) if kind == "p" else []),
        *_deals(talk, [coupon for coupon in deals if coupon.id == subject]),
    ]


async def _found(talk: Talk, text: str) -> list[Tile]:
    finder = talk.core.finder
    services, providers, deals = await asyncio.gather(
        finder.services(text=text, now=talk.now, limit=SERVICES),
        finder.providers_by_name(text=text, now=talk.now, limit=PEOPLE),
        _running(talk),
    )
    named = [coupon for coupon in deals if _means(text, coupon)]
    return [
        *await _services(talk, services),
        *await _people(talk, [provider.id for provider in providers]),
        *_deals(talk, named),
    ]


def _means(text: str, coupon: Coupon) -> bool:
    """Whether the words are part of a promotion's name, or the other way round."""
    said = text.casefold()
    names = [name.casefold() for name in coupon.names.values()]
    return any(said in name or name in said for name in names)


async def _at_hand(talk: Talk) -> list[Tile]:
    """Own favourites and who is recommended first, then promotions, then one service of each category."""
    catalog = talk.core.catalog
    first = [
        next(iter(catalog.services_below(category_id=category.id)), None)
        for category in catalog.children(parent_id=None)
    ]
    return [
        *await _people(talk, await _own(talk)),
        *_deals(talk, (await _running(talk))[:DEALS]),
        *await _services(talk, [service for service in first if service][:SERVICES]),
    ]


async def _own(talk: Talk) -> list[int]:
    """Providers the customer keeps, or would be shown under "for you"; nobody for who never came to us."""
    if not talk.person.id:
        return []
    hearts = await talk.core.people.favourites(person_id=talk.person.id)
    found = await talk.core.recommending.suggestions(person=talk.person, now=talk.now)
    suggested = [one.offer.provider.id for one in found]
    return list(dict.fromkeys([*hearts[:PEOPLE], *suggested]))[: PEOPLE + 2]


async def _running(talk: Talk) -> list[Coupon]:
    return await talk.core.deals.running(now=talk.now)


async def _services(talk: Talk, services: Sequence[Service]) -> list[Tile]:
    """Prices of the whole city: where the one who asks lives is nobody's business."""
    lowest = await talk.core.finder.lowest(
        service_ids=[service.id for service in services], lat=None, lon=None, now=talk.now
    )
    return [
        screens.service(talk.words, s, lowest.get(s.id), talk.link("s", s.id)) for s in services
    ]


async def _people(talk: Talk, provider_ids: Sequence[int]) -> list[Tile]:
    found = []
    for provider_id in provider_ids:
        try:
            page = await talk.core.providers.page(
                provider_id=provider_id, person_id=0, now=talk.now
            )
        except Unknown:
            continue
        found.append(screens.provider(talk.words, page, talk.link("p", provider_id)))
    return found


def _deals(talk: Talk, coupons: Sequence[Coupon]) -> list[Tile]:
    return [
        screens.deal(
            talk.words, coupon, talk.core.catalog.covered(service_ids=coupon.service_ids),
            talk.link("d", coupon.id),
        )
        for coupon in coupons
    ]  # fmt: skip
