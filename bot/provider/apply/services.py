"""Which services, at which price: chosen from the catalogue or looked for by words, priced inside the band."""

from bot.amounts import read_amount
from bot.conversation import Talk
from bot.provider.apply import service_screens as screens
from bot.provider.apply.handlers import answering, ask
from bot.provider.parts import saying
from bot.screen import Screen
from core.people.dossier import Application


async def _open(talk: Talk) -> Application:
    return await talk.core.applications.open(person_id=talk.person.id)


@answering("services")
async def categories(talk: Talk, page: int) -> Screen:
    talk.expect("apply.services")
    found = talk.core.catalog.children(parent_id=None)
    return screens.categories(talk.words, await _open(talk), found, page)


@answering("services")
async def category(talk: Talk, category_id: int, page: int) -> Screen:
    talk.expect("apply.services")
    shown = talk.core.catalog.category(category_id=category_id)
    return screens.services(
        talk.words, await _open(talk), shown,
        talk.core.catalog.services_below(category_id=category_id), page,
    )  # fmt: skip


@answering("services")
async def looked_for(talk: Talk) -> Screen:
    """Typed words find services as customers find them."""
    found = await talk.core.finder.services(text=talk.incoming.text[:100], now=talk.now, limit=7)
    application = await _open(talk)
    if not found:
        return saying(ask(talk, application, "services"), screens.none_found(talk.words))
    return screens.found(talk.words, application, found)


@answering("services")
async def chosen(talk: Talk, page: int) -> Screen:
    talk.expect("apply.services")
    return screens.chosen(talk.words, await _open(talk), talk.core.catalog, page)


@answering("services")
async def service(talk: Talk, service_id: int) -> Screen:
    """Asks for the price."""
    shown = talk.core.catalog.service(service_id=service_id)
    talk.expect("apply.price", service_id=service_id)
    return screens.price(talk.words, await _open(talk), shown)


@answering("services")
async def price(talk: Talk, service_id: int, amount: int) -> Screen:
    return await _priced(talk, service_id, amount)


@answering("services")
async def price_said(talk: Talk) -> Screen:
    service_id = int(talk.memory.get("service_id", 0))
    shown = talk.core.catalog.service(service_id=service_id)
    amount = read_amount(talk.incoming.text, talk.words.currency)
    if amount is None or not shown.price_low <= amount <= shown.price_high:
        said = screens.outside(talk.words, shown) if amount else screens.no_amount(talk.words)
        return saying(screens.price(talk.words, await _open(talk), shown), said)
    return await _priced(talk, service_id, amount)


async def _priced(talk: Talk, service_id: int, amount: int) -> Screen:
    application = await talk.core.applications.offer(
        person_id=talk.person.id, service_id=service_id, price=amount
    )
    place = [skill.service_id for skill in application.skills].index(service_id)
    talk.expect("apply.services")
    return screens.chosen(talk.words, application, talk.core.catalog, place // screens.PER_PAGE)


@answering("services")
async def drop(talk: Talk, service_id: int) -> Screen:
    application = await talk.core.applications.withdraw_service(
        person_id=talk.person.id, service_id=service_id
    )
    return ask(talk, application, "services")
