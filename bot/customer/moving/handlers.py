"""Choosing another time for a visit; every button carries its order, so nothing but a typed answer needs memory."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from bot.conversation import Talk
from bot.customer.moving import screens
from bot.customer.orders.shown import refused, show_order, told
from bot.days import month_shown
from bot.screen import Screen
from bot.when import Others, day_of, instant
from core.errors import DomainError, OutOfDate, SlotTaken
from core.orders.lifecycle import Actor
from core.orders.moving import MovePlan
from core.orders.service import OrderView

Handler = Callable[..., Awaitable[Screen]]


def movable(handler: Handler) -> Handler:
    """Loads the person's order; what can't be done (any more) is said, and the order is shown as it stands.

    The wrapped handler takes (talk, view, *ids); its button carries the order's id before the ids.
    """

    @wraps(handler)
    async def run(talk: Talk, order_id: int, *ids: Any) -> Screen:
        view = await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)
        try:
            return await handler(talk, view, *ids)
        except DomainError as error:
            return await refused(talk, order_id, error)

    kinds = dict(handler.__annotations__)
    kinds.pop("view")
    run.__annotations__ = {"talk": kinds.pop("talk"), "order_id": int} | kinds
    return run


@movable
async def begin(talk: Talk, view: OrderView) -> Screen:
    return await days(talk, view)


@movable
async def month(talk: Talk, view: OrderView, year: int, number: int) -> Screen:
    return await days(talk, view, wanted=(year, number))


@movable
async def no_day(talk: Talk, view: OrderView, year: int, number: int) -> Screen:
    talk.toast(talk.words.plain("Please tap a day that has a number."))
    return await days(talk, view, wanted=(year, number))


async def days(talk: Talk, view: OrderView, wanted: tuple[int, ...] = ()) -> Screen:
    """The days on which the visit can be had; where it can't be moved (any more) the order as it is."""
    if not talk.core.moving.may(order=view.order, actor=Actor.CUSTOMER, now=talk.now):
        return await too_late(talk, view)
    talk.expect("move.day", order=view.order.id)
    free = (await others(talk, view)).days()
    shown = month_shown(free, wanted)
    return screens.days(view, free, shown, talk.now, talk.words)


async def others(talk: Talk, view: OrderView) -> Others:
    calendar = await talk.core.moving.calendar(view=view, now=talk.now)
    return Others(talk.core.availability, calendar, view.order, talk.now)


async def too_late(talk: Talk, view: OrderView) -> Screen:
    said = talk.words.plain("It can't be moved here any more. Please ask for help.")
    return await told(talk, view.order.id, said)


@movable
async def day(talk: Talk, view: OrderView, ordinal: int) -> Screen:
    return await starts(talk, view, day_of(ordinal))


@movable
async def part(talk: Talk, view: OrderView, ordinal: int, number: int) -> Screen:
    return await starts(talk, view, day_of(ordinal), part=number)


async def starts(
    talk: Talk, view: OrderView, chosen: date, part: int | None = None
) -> Screen:  # fmt: skip
    free = (await others(talk, view)).starts(chosen)
    if not free:
        return await days(talk, view)
    talk.expect("move.start", order=view.order.id, day=chosen.toordinal())
    return screens.starts(view, chosen, free, part, talk.now, talk.words)


@movable
async def start(talk: Talk, view: OrderView, minutes: int) -> Screen:
    return await look(talk, view, instant(minutes))


async def look(talk: Talk, view: OrderView, wanted: datetime) -> Screen:
    """What the move would mean, before it is one; a start that is gone leads to its neighbours."""
    if not talk.core.moving.may(order=view.order, actor=Actor.CUSTOMER, now=talk.now):
        return await too_late(talk, view)
    try:
        await talk.core.moving.check(view=view, start=wanted, now=talk.now)
    except SlotTaken as gone:
        return taken(talk, view, gone)
    plan = talk.core.moving.plan(order=view.order, start=wanted, now=talk.now)
    talk.rest()
    return screens.sure(view, plan, talk.now, talk.words)


def taken(talk: Talk, view: OrderView, gone: SlotTaken) -> Screen:
    talk.expect("move.day", order=view.order.id)
    return screens.taken(view, gone.starts_at, gone.alternatives, talk.now, talk.words)


@movable
async def go(talk: Talk, view: OrderView, minutes: int, asks: int, bp: int) -> Screen:
    """Moves, or asks the provider: just what was shown; if it means something else by now, that is shown first."""
    wanted = instant(minutes)
    shown = MovePlan(wanted, talk.now if asks else None, bp)
    try:
        await talk.core.moving.move(
            order_id=view.order.id, customer_id=talk.person.id, start=wanted, now=talk.now,
            shown=shown,
        )  # fmt: skip
    except SlotTaken as gone:
        return taken(talk, view, gone)
    except OutOfDate:
        talk.toast(talk.words.plain("Something changed. Please check once more."), alert=True)
        view = await talk.core.orders.view(order_id=view.order.id)
        return await look(talk, view, wanted)
    asked = talk.words.plain("Asked. You hear from us as soon as they answer.")
    talk.toast(asked if asks else talk.words.plain("Moved."))
    return await show_order(talk, view.order.id)
