"""Another time typed instead of tapped: a moment is looked at, a day shows its starts, other words are asked again."""

from datetime import date

from bot.conversation import Talk
from bot.customer.booking.flow import saying
from bot.customer.moving.handlers import days, look, others, starts
from bot.customer.orders.shown import refused
from bot.retimed import wish
from bot.screen import Screen
from bot.when import day_of
from core.errors import DomainError
from core.orders.service import OrderView


async def day(talk: Talk) -> Screen:
    """A day, or a day and a time."""
    return await _asked(talk, None)


async def start(talk: Talk) -> Screen:
    """A time of the day that is shown, or another day."""
    return await _asked(talk, day_of(int(talk.memory.get("day", 0))))


async def _asked(talk: Talk, shown: date | None) -> Screen:
    order_id = int(talk.memory.get("order", 0))
    view = await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)
    try:
        return await _heard(talk, view, shown)
    except DomainError as error:
        return await refused(talk, order_id, error)


async def _heard(talk: Talk, view: OrderView, shown: date | None) -> Screen:
    known = await others(talk, view)
    meant = wish(talk.incoming.text, shown=shown, others=known, words=talk.words)
    if meant.start is not None:
        return await look(talk, view, meant.start)
    screen = (
        await starts(talk, view, meant.day, meant.part) if meant.day else await days(talk, view)
    )
    return saying(screen, meant.why_not) if meant.why_not else screen
