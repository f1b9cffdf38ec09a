"""Taps on orders: look, cancel, once more."""

from dataclasses import replace

from bot.adapters.calendar_file import calendar_file
from bot.conversation import Talk
from bot.customer.booking.again import book_again
from bot.customer.orders import cancel_screens, list_screens, screens
from bot.customer.orders.buttons import may_cancel, may_note
from bot.customer.orders.live import with_way
from bot.customer.orders.shown import order_screen, refused, told
from bot.errors import sentence
from bot.screen import Card, Screen
from bot.work_files import work_files
from core.errors import DomainError, FeeChanged
from core.orders.advance import By
from core.orders.lifecycle import OPEN, Actor
from core.orders.model import State
from core.orders.service import OrderView
from core.orders.terms import cancel_terms

GROUPS = {"active": OPEN, "done": {State.CLOSED}, "off": {State.CANCELLED}}


async def orders(talk: Talk, page: int) -> Screen:
    return await tab(talk, "active", page)


async def my_orders(talk: Talk) -> Screen:
    return await tab(talk, "active", 0)


async def tab(talk: Talk, name: str, page: int) -> Screen:
    talk.rest()
    name = name if name in GROUPS else "active"
    history, me = talk.core.history, talk.person.id
    waits = len(await talk.core.waitlist.of_person(person_id=me)) if name == "active" else 0
    series = len(await talk.core.repeating.of_person(person_id=me)) if name == "active" else 0
    beside = list_screens.beside(talk.words, waits=waits, series=series)
    found = await history.page(
        customer_id=me, states=GROUPS[name], number=page, soonest=name == "active",
        size=list_screens.ROOM - len(beside),
    )  # fmt: skip
    counts = await history.counts(customer_id=me, groups=GROUPS)
    return list_screens.listed(found, name, counts, beside, talk.now, talk.words)


async def order(talk: Talk, order_id: int) -> Screen:
    """The live card, unpaid ones too: paying is one of its buttons."""
    talk.rest()
    view = await _mine(talk, order_id)
    screen = order_screen(talk.core, view, talk.words, talk.now)
    return await with_way(talk.core, screen, view.order, talk.words, talk.now)


async def _mine(talk: Talk, order_id: int) -> OrderView:
    return await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)


async def more(talk: Talk, order_id: int) -> Screen:
    return screens.more(await _mine(talk, order_id), talk.words)


async def timeline(talk: Talk, order_id: int) -> Screen:
    view = await _mine(talk, order_id)
    steps = await talk.core.orders.timeline(order_id=order_id)
    return screens.timeline(view.order, steps, talk.now, talk.words)


async def photos(talk: Talk, order_id: int) -> Screen:
    """The card once more at the bottom, below what the provider showed of the work."""
    view = await _mine(talk, order_id)
    files = await work_files(talk.core, view, talk.words)
    screen = order_screen(talk.core, view, talk.words, talk.now)
    if not files:
        return screen
    return replace(screen, files=files, card=Card("order", order_id, anew=True))


async def calendar(talk: Talk, order_id: int) -> Screen:
    """The card once more at the bottom, below the visit as a calendar file."""
    view = await _mine(talk, order_id)
    screen = order_screen(talk.core, view, talk.words, talk.now)
    if not may_note(view):
        return screen
    files = (calendar_file(view, talk.words, talk.now),)
    return replace(screen, files=files, card=Card("order", order_id, anew=True))


async def ask_cancel(talk: Talk, order_id: int) -> Screen:
    view = await _mine(talk, order_id)
    if not may_cancel(view.order):
        too_late = talk.words.plain("It's too late to cancel here. Please ask for help.")
        return await told(talk, order_id, too_late)
    terms = cancel_terms(order=view.order, now=talk.now)
    named = screens.named(view.order, talk.words)
    return cancel_screens.cancel(view.order, terms, named, talk.now, talk.words)


async def cancel(talk: Talk, order_id: int, fee: int) -> Screen:
    """Cancels at the fee that was shown; if it changed meanwhile, it is shown first."""
    by = By(Actor.CUSTOMER, talk.person.id)
    try:
        await talk.core.orders.cancel(order_id=order_id, by=by, now=talk.now, shown=fee)
    except FeeChanged as error:
        talk.toast(sentence(error, talk.words), alert=True)
        return await ask_cancel(talk, order_id)
    except DomainError as error:
        return await refused(talk, order_id, error)
    talk.toast(talk.words.plain("Cancelled."))
    return await order(talk, order_id)


async def again(talk: Talk, order_id: int) -> Screen:
    return await book_again(talk, (await _mine(talk, order_id)).order)
