"""Repeats a visit, shows what comes, stops."""

from datetime import datetime

from bot.conversation import Talk
from bot.customer.orders import screens as order_screens
from bot.customer.orders.buttons import may_cancel
from bot.customer.series import screens
from bot.customer.series.screens import Ahead
from bot.errors import sentence
from bot.screen import Screen
from core.errors import DomainError, Invalid, Unknown
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay
from core.orders.terms import cancel_terms
from core.people.model import Provider
from core.series.model import Rhythm, Series
from core.services import Core


async def who(core: Core, series: Series) -> Provider:
    """Whom the series belongs to. Raises Unknown."""
    provider = await core.store.get(Provider, id=series.provider_id)
    if provider is None:
        raise Unknown("provider")
    return provider


def _rhythm(name: str) -> Rhythm:
    return Rhythm(name) if name in set(Rhythm) else Rhythm.WEEKLY


async def how_often(talk: Talk, order_id: int) -> Screen:
    """The question how often; the page of the series where it is repeated already."""
    view = await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)
    if series := await talk.core.repeating.of_order(order=view.order):
        return await page(talk, series.id)
    try:
        await talk.core.repeating.plan(
            order_id=order_id, customer_id=talk.person.id, rhythm=Rhythm.WEEKLY, now=talk.now
        )
    except DomainError as error:
        talk.toast(sentence(error, talk.words), alert=True)
        return order_screens.more(view, talk.words)
    return screens.how_often(view, talk.words)


async def plan(talk: Talk, order_id: int, rhythm: str) -> Screen:
    """What it would mean, before it is agreed to."""
    view = await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)
    found = await talk.core.repeating.plan(
        order_id=order_id, customer_id=talk.person.id, rhythm=_rhythm(rhythm), now=talk.now
    )
    return screens.plan(view.order, found, _days(talk.core), talk.now, talk.words)


async def start(talk: Talk, order_id: int, rhythm: str, price: int) -> Screen:
    try:
        series = await talk.core.repeating.start(
            order_id=order_id, customer_id=talk.person.id, rhythm=_rhythm(rhythm), price=price,
            now=talk.now,
        )  # fmt: skip
    except Invalid as error:
        talk.toast(sentence(error, talk.words), alert=True)
        return await listed(talk)
    except DomainError as error:
        talk.toast(sentence(error, talk.words), alert=True)
        return await how_often(talk, order_id)
    beforehand = series.pay is not Pay.ON_SITE
    talk.toast(
        talk.words.plain("Reserved. We send a link to pay before each visit.") if beforehand
        else talk.words.plain("Booked. The provider is asked about each visit.")
    )  # fmt: skip
    return await page(talk, series.id)


async def listed(talk: Talk) -> Screen:
    """All series of the customer that go on; a single one is opened at once."""
    talk.rest()
    mine = await talk.core.repeating.of_person(person_id=talk.person.id)
    if len(mine) == 1:
        return await page(talk, mine[0].id)
    rows = [(one, talk.core.catalog.service(service_id=one.service_id)) for one in mine]
    return screens.listed(rows, talk.words)


async def page(talk: Talk, series_id: int) -> Screen:
    talk.rest()
    return screens.page(await _ahead(talk, series_id), talk.now, talk.words)


async def _ahead(talk: Talk, series_id: int) -> Ahead:
    return await ahead(talk.core, series_id, talk.person.id, talk.now)


async def ahead(core: Core, series_id: int, person_id: int, now: datetime) -> Ahead:
    """What comes of somebody's own series. Raises Unknown."""
    coming = await core.repeating.coming(series_id=series_id, person_id=person_id, now=now)
    service = core.catalog.service(service_id=coming.series.service_id)
    fees = {
        order.id: cancel_terms(order=order, now=now).fee
        for order in coming.orders
        if may_cancel(order)
    }
    return Ahead(coming, service, await who(core, coming.series), fees, _days(core))


def _days(core: Core) -> int:
    """So long before a visit its link to pay comes."""
    return core.rules.number("series_pay_days")


# --- stop


async def ask_stop(talk: Talk, series_id: int) -> Screen:
    return screens.ask_stop(await _ahead(talk, series_id), talk.now, talk.words)


async def stop(talk: Talk, series_id: int) -> Screen:
    await talk.core.repeating.stop(series_id=series_id, person_id=talk.person.id)
    talk.toast(talk.words.plain("Stopped."))
    return await page(talk, series_id)


async def stop_and_cancel(talk: Talk, series_id: int, shown: int) -> Screen:
    """Stops and cancels what is booked, at the fees that were shown; if they changed, they are shown first."""
    ahead = await _ahead(talk, series_id)
    if ahead.fee != shown:
        talk.toast(
            talk.words.plain("The costs have changed just now. Please look again."), alert=True
        )
        return screens.ask_stop(ahead, talk.now, talk.words)
    await talk.core.repeating.stop(series_id=series_id, person_id=talk.person.id)
    ends = [await _cancel(talk, order, ahead.fees[order.id]) for order in ahead.cancellable]
    if all(ends):
        talk.toast(talk.words.plain("Stopped and cancelled."))
    else:
        talk.toast(
            talk.words.plain("Stopped. Some visits could not be cancelled: please look."),
            alert=True,
        )
    return await page(talk, series_id)


async def _cancel(talk: Talk, order: Order, fee: int) -> bool:
    by = By(Actor.CUSTOMER, talk.person.id)
    try:
        await talk.core.orders.cancel(order_id=order.id, by=by, now=talk.now, shown=fee)
    except DomainError:
        return False
    return True
