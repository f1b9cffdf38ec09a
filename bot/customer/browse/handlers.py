"""Opens categories and services; Back leads to the page one came from."""

import asyncio

from bot.conversation import Talk
from bot.customer.booking.again_screens import with_last_time
from bot.customer.browse import screens
from bot.customer.browse.screens import PAGE
from bot.customer.home.screens import ALWAYS
from bot.customer.parts import share
from bot.customer.traces import noted
from bot.screen import Screen, press
from core.catalog.model import Category, Service
from core.catalog.service import Catalog
from core.platform.facts import Kind


async def category(talk: Talk, category_id: int, page: int) -> Screen:
    talk.rest()
    catalog = talk.core.catalog
    shown = catalog.category(category_id=category_id)
    children = catalog.children(parent_id=category_id)
    services = catalog.services_in(category_id=category_id)
    return screens.category(
        talk.words, shown, [*children, *services], page, back=_above(catalog, shown)
    )


def _above(catalog: Catalog, shown: Category) -> str:
    """The page of the parent on which this category stands."""
    siblings = [c.id for c in catalog.children(parent_id=shown.parent_id)]
    place = siblings.index(shown.id) if shown.id in siblings else 0
    if shown.parent_id is None:
        return press("home", 0) if place < ALWAYS else press("homeof", shown.id)
    return press("c", shown.parent_id, place // PAGE)


async def service(talk: Talk, service_id: int) -> Screen:
    shown = talk.core.catalog.bookable(service_id=service_id)
    noted(talk, Kind.SOUGHT, service_id)
    finder, lat, lon = talk.core.finder, talk.person.lat, talk.person.lon
    free, lowest, _ = await asyncio.gather(
        finder.free_today(service_id=service_id, lat=lat, lon=lon, now=talk.now),
        finder.price_from(service_id=service_id, lat=lat, lon=lon, now=talk.now),
        talk.core.recommending.looked(person=talk.person, service_id=service_id, now=talk.now),
    )
    screen = screens.service(
        talk.words,
        shown,
        lowest,
        free,
        share=share(talk.words, talk.link, "s", service_id),
        back=_before(talk, shown),
    )
    return await with_last_time(talk, screen, shown)


def _before(talk: Talk, shown: Service) -> str:
    """Back to what was typed, else to the page of the category on which this service stands."""
    if talk.memory.get("asked"):
        return press("found")
    catalog, category_id = talk.core.catalog, shown.category_id
    things = [
        *catalog.children(parent_id=category_id),
        *catalog.services_in(category_id=category_id),
    ]
    place = [thing.id for thing in things]
    return press("c", category_id, place.index(shown.id) // PAGE if shown.id in place else 0)
