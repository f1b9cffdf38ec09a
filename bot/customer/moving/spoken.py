"""Another time typed instead of tapped: a day shows its starts, a moment is looked at, other words are asked again."""

from datetime import date, timedelta

from bot.conversation import Talk
from bot.customer.booking.flow import saying
from bot.customer.moving.handlers import days, look, others, starts
from bot.customer.orders.shown import refused
from bot.screen import Screen
from bot.when import day_of, part_of
from core.availability.slots import on_quarter
from core.errors import DomainError
from core.orders.service import OrderView
from core.when.hearing import Bare
from core.when.model import Kind, Said
from core.when.reading import read


async def day(talk: Talk) -> Screen:
    """A day, or a day and a time."""
    return await _asked(talk, None)


async def start(talk: Talk) -> Screen:
    """A time of the day that is shown, or another day."""
    return await _asked(talk, day_of(int(talk.memory.get("day", 0))))


async def _asked(talk: Talk, shown: date | None) -> Screen:
    order_id = int(talk.memory.get("order", 0))
    view = await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)
    said = read(
        talk.incoming.text, now=talk.now, zone=talk.core.availability.zone, on=shown,
        bare=Bare.HOUR if shown else Bare.DAY,
    )  # fmt: skip
    try:
        return await _heard(talk, view, said, shown)
    except DomainError as error:
        return await refused(talk, order_id, error)


async def _heard(talk: Talk, view: OrderView, said: Said | None, shown: date | None) -> Screen:
    if said is None and shown is not None:
        hint = talk.words("Please tap a time, or type one, for example 15:00.")
        return saying(await starts(talk, view, shown), hint)
    if said is None or said.kind is Kind.SOON:
        hint = talk.words("Please tap a day, or type one, for example “tomorrow” or 12-05.")
        return saying(await days(talk, view), hint)
    if said.kind is Kind.MOMENT:
        return await _moment(talk, view, said)
    return await _span(talk, view, said)


async def _moment(talk: Talk, view: OrderView, said: Said) -> Screen:
    """Eight can be in the morning or at night: the one that can be had."""
    wanted = [on_quarter(moment) for moment in (said.start, said.other) if moment]
    known, zone = await others(talk, view), talk.words.zone
    free = [one for one in wanted if one in known.starts(one.astimezone(zone).date())]
    return await look(talk, view, next(iter(free), wanted[0]))


async def _span(talk: Talk, view: OrderView, said: Said) -> Screen:
    """The first of these days on which something is free."""
    assert said.end is not None
    known = await others(talk, view)
    first, last = (
        talk.words.local(one).date() for one in (said.start, said.end - timedelta(seconds=1))
    )
    for one in (one for one in known.days() if first <= one <= last):
        if fit := [s for s in known.starts(one) if said.start <= s <= said.end]:
            return await starts(talk, view, one, part=part_of(fit[0], talk.words))
    nothing = talk.words("Nothing is free on that day. Please pick one with a number.")
    return saying(await days(talk, view), nothing)
