"""One provider: the page, the reviews, the heart."""

import asyncio

from bot.conversation import Talk
from bot.customer.parts import share
from bot.customer.providers import favourite_screens
from bot.customer.providers import page_screens as screens
from bot.customer.providers.page_screens import Way
from bot.customer.traces import noted
from bot.screen import Screen, press
from core.platform.facts import Kind


async def provider(talk: Talk, provider_id: int, service_id: int, view: str, page: int) -> Screen:
    return await _page(talk, provider_id, _way(talk, service_id, view, page))


def _way(talk: Talk, service_id: int, view: str, page: int) -> Way:
    """Without a list one came from what was typed, if anything was, else from outside."""
    if talk.memory.get("asked"):
        return Way(service_id, view, page, origin=press("found"))
    return Way(service_id, view, page)


async def _page(talk: Talk, provider_id: int, way: Way) -> Screen:
    shown = await talk.core.providers.page(
        provider_id=provider_id, person_id=talk.person.id, now=talk.now
    )
    chosen, _ = await asyncio.gather(
        talk.core.bookings.chosen(
            customer_id=talk.person.id, service_id=way.service_id, now=talk.now
        ),
        talk.core.recommending.looked(
            person=talk.person, provider_id=provider_id, service_id=way.service_id, now=talk.now
        ),
    )  # fmt: skip
    noted(talk, Kind.SEEN, way.service_id)
    start = None
    if shown.price(service_id=way.service_id) is not None:
        start = await talk.core.finder.earliest(
            provider=shown.provider, service_id=way.service_id, lat=talk.person.lat,
            lon=talk.person.lon, now=talk.now,
        )  # fmt: skip
    return screens.provider(
        talk.words, shown, start, way, share=share(talk.words, talk.link, "p", provider_id),
        now=talk.now, chosen=chosen,
    )  # fmt: skip


async def favourite(
    talk: Talk, provider_id: int, on: int, service_id: int, view: str, page: int
) -> Screen:
    await talk.core.providers.get(provider_id=provider_id)
    await talk.core.people.set_favourite(
        person_id=talk.person.id, provider_id=provider_id, on=bool(on)
    )
    words = talk.words
    talk.toast(words.plain("Saved to favourites") if on else words.plain("No longer a favourite"))
    return await _page(talk, provider_id, _way(talk, service_id, view, page))


async def reviews(
    talk: Talk, provider_id: int, number: int, service_id: int, view: str, page: int
) -> Screen:
    found = await talk.core.reviews.of_provider(provider_id=provider_id, page=number)
    return screens.reviews(talk.words, found, _way(talk, service_id, view, page))


async def pictures(
    talk: Talk, review_id: int, number: int, service_id: int, view: str, page: int
) -> Screen:
    """The pictures of one review, then the page of reviews below them."""
    review = await talk.core.reviews.shown(review_id=review_id)
    files = await talk.core.reviews.files(ids=review.files)
    found = await talk.core.reviews.of_provider(provider_id=review.provider_id, page=number)
    return screens.pictures(talk.words, found, files, _way(talk, service_id, view, page))


async def favourites(talk: Talk, page: int) -> Screen:
    talk.rest()
    found = await talk.core.favourites.page(person=talk.person, number=page, now=talk.now)
    return favourite_screens.favourites(talk.words, talk.person, found, now=talk.now)


async def my_favourites(talk: Talk) -> Screen:
    return await favourites(talk, 0)
