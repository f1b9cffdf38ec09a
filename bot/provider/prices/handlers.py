"""Prices shown, tapped or typed, looked at with what they change, then saved or asked of the staff."""

from bot.amounts import read_amount
from bot.conversation import Talk
from bot.errors import sentence
from bot.provider.home.handlers import home_page
from bot.provider.prices import screens
from bot.screen import Screen
from core.errors import Invalid, NotAllowedNow, Unknown
from core.prices.service import LONGEST_NOTE, Asking, within


async def command(talk: Talk) -> Screen:
    return await prices(talk, 0)


async def prices(talk: Talk, page: int) -> Screen:
    """Whoever doesn't work here (yet) sees where they stand."""
    talk.rest()
    try:
        mine = await talk.core.prices.mine(person_id=talk.person.id, now=talk.now)
    except (NotAllowedNow, Unknown):
        return await home_page(talk)
    return screens.prices(talk.words, mine, page)


async def asking(talk: Talk, service_id: int) -> Asking:
    return await talk.core.prices.one(person_id=talk.person.id, service_id=service_id, now=talk.now)


async def one(talk: Talk, service_id: int) -> Screen:
    """An amount may be typed straight away."""
    talk.expect("", price_of=service_id)
    return screens.one(talk.words, await asking(talk, service_id), now=talk.now)


async def look(talk: Talk, service_id: int, price: int) -> Screen:
    """What this price would change; nothing is saved yet. Words typed now say why it is asked for."""
    shown = await asking(talk, service_id)
    note = _note(talk, service_id)
    low, high = talk.core.prices.bounds(service=shown.service)
    low, high = min(low, shown.service.price_low), max(high, shown.service.price_high)
    if not low <= price <= high:
        error = Invalid("price", "absurd", {"low": max(1, low), "high": high})
        return _refused(talk, await one(talk, service_id), error)
    talk.expect("", price_of=service_id, price=price, note=note)
    return screens.look(talk.words, shown, price, note)


def _refused(talk: Talk, screen: Screen, error: Invalid) -> Screen:
    talk.toast(sentence(error, talk.words), alert=True)
    return screen


def _note(talk: Talk, service_id: int) -> str:
    """Why, as far as it was said of this service."""
    return str(talk.memory.get("note", "")) if talk.memory.get("price_of") == service_id else ""


async def answered(talk: Talk) -> Screen | None:
    """While a price is on the screen: an amount, or why it is asked for. None for all else."""
    service_id, text = int(talk.memory.get("price_of", 0)), talk.incoming.text.strip()
    if not service_id or not text:
        return None
    amount = read_amount(text, talk.words.currency)
    if amount is not None:
        return await look(talk, service_id, amount)
    price, shown = int(talk.memory.get("price", 0)), await asking(talk, service_id)
    if not price or within(service=shown.service, price=price):
        return None
    talk.expect("", price_of=service_id, price=price, note=text[:LONGEST_NOTE])
    return screens.look(talk.words, shown, price, text[:LONGEST_NOTE])


async def go(talk: Talk, service_id: int, price: int) -> Screen:
    """It counts, or waits for staff; tapped twice it is the same."""
    try:
        request = await talk.core.prices.ask(
            person_id=talk.person.id, service_id=service_id, price=price,
            note=_note(talk, service_id), now=talk.now,
        )  # fmt: skip
    except Invalid as error:
        return _refused(talk, await one(talk, service_id), error)
    talk.toast(talk.words.plain(screens.ASKED if request else screens.SAVED))
    return await one(talk, service_id)


async def withdraw(talk: Talk, service_id: int) -> Screen:
    try:
        await talk.core.prices.withdraw(
            person_id=talk.person.id, service_id=service_id, now=talk.now
        )
        talk.toast(talk.words.plain("Taken back. Your price stays as it was."))
    except NotAllowedNow:
        talk.toast(talk.words.plain("Our staff have just decided. Here is how it stands."))
    return await one(talk, service_id)


async def pause(talk: Talk, service_id: int, on: int) -> Screen:
    await talk.core.prices.pause(
        person_id=talk.person.id, service_id=service_id, active=bool(on), now=talk.now
    )
    talk.toast(talk.words.plain(screens.SWITCHED[bool(on)]))
    return await one(talk, service_id)


async def ask_drop(talk: Talk, service_id: int) -> Screen:
    return screens.ask_drop(talk.words, await asking(talk, service_id))


async def drop(talk: Talk, service_id: int) -> Screen:
    """Already gone is gone."""
    try:
        await talk.core.prices.give_up(
            person_id=talk.person.id, service_id=service_id, now=talk.now
        )
    except Invalid as error:
        return _refused(talk, await one(talk, service_id), error)
    except Unknown:
        return await prices(talk, 0)
    talk.toast(talk.words.plain("Removed. Visits that are booked stay yours."))
    return await prices(talk, 0)
