"""One more service: chosen from the catalogue or found by typing, priced, and its certificate sent if it needs one."""

from bot.amounts import read_amount
from bot.conversation import Talk
from bot.provider.parts import saying
from bot.provider.prices import adding_screens as screens
from bot.provider.prices import handlers, papers
from bot.screen import Screen
from core.errors import Invalid
from core.people.applications import check_price
from core.prices.service import Asking


async def _mine(talk: Talk) -> list[Asking]:
    return await talk.core.prices.mine(person_id=talk.person.id, now=talk.now)


async def _have(talk: Talk) -> set[int]:
    return {each.service.id for each in await _mine(talk)}


async def categories(talk: Talk, page: int) -> Screen:
    talk.expect("prices.add")
    return screens.categories(talk.words, talk.core.catalog.children(parent_id=None), page)


async def category(talk: Talk, category_id: int, page: int) -> Screen:
    talk.expect("prices.add")
    shown = talk.core.catalog.category(category_id=category_id)
    below = talk.core.catalog.services_below(category_id=category_id)
    return screens.services(talk.words, shown, below, await _have(talk), page)


async def looked_for(talk: Talk) -> Screen:
    found = await talk.core.finder.services(text=talk.incoming.text[:100], now=talk.now, limit=7)
    if not found:
        return saying(await categories(talk, 0), screens.none_found(talk.words))
    return screens.found(talk.words, found, await _have(talk))


async def service(talk: Talk, service_id: int) -> Screen:
    """One that is offered already shows how it stands."""
    if service_id in await _have(talk):
        return await handlers.one(talk, service_id)
    talk.expect("prices.new", service_id=service_id)
    return screens.price(talk.words, talk.core.catalog.bookable(service_id=service_id))


async def price_said(talk: Talk) -> Screen:
    service_id = int(talk.memory.get("service_id", 0))
    shown = talk.core.catalog.bookable(service_id=service_id)
    amount = read_amount(talk.incoming.text, talk.words.currency)
    try:
        check_price(service=shown, price=amount or 0)
    except Invalid:
        said = screens.outside(talk.words, shown) if amount else screens.no_amount(talk.words)
        return saying(await service(talk, service_id), said)
    return await price(talk, service_id, amount or 0)


async def price(talk: Talk, service_id: int, amount: int) -> Screen:
    """Kept at once; what it needs beside the price is asked next."""
    if service_id not in await _have(talk):
        await talk.core.prices.add(
            person_id=talk.person.id, service_id=service_id, price=amount, now=talk.now
        )
    each = await handlers.asking(talk, service_id)
    if each.lacks and not each.being_checked:
        return await papers.begin(talk, service_id)
    talk.toast(talk.words.plain("Added. Customers find you for it now."))
    return await handlers.one(talk, service_id)
