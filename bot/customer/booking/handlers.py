"""Moving through the wizard: back, on, the options, out."""

from dataclasses import replace

from bot.conversation import Talk
from bot.customer.booking import flow, screens, summary_screens
from bot.customer.booking.flow import step_of
from bot.customer.booking.steps import SHOW, go, tap
from bot.customer.booking.times import choose_start
from bot.screen import Screen
from core.orders.booking import Booking


@tap
async def show_step(talk: Talk, booking: Booking, step: str) -> Screen:
    """One step back, and "change this"."""
    if step_of(talk) == "map":
        return replace(await go(talk, booking, step), close_keyboard=True)
    return await go(talk, booking, step if step in SHOW else flow.first(booking))


@tap
async def back(talk: Talk, booking: Booking, step: str) -> Screen:
    """From the summary back through the steps; what is changed there leads to the summary again."""
    name = step if step in flow.STEPS else flow.first(booking)
    return screens.going_back(await go(talk, booking, name), booking, name)


@tap
async def onward(talk: Talk, booking: Booking, step: str) -> Screen:
    """Continue: the next step that has something to ask. A start that no longer fits is asked for anew."""
    start = booking.draft.starts_at
    if start is not None:
        return await choose_start(talk, booking, start, then=lambda b: flow.after(b, "options"))
    return await go(talk, booking, flow.after(booking, "options"))


@tap
async def stop(talk: Talk, booking: Booking) -> Screen:
    """Leaves the wizard and drops what was chosen."""
    await talk.core.bookings.drop(customer_id=talk.person.id, now=talk.now)
    talk.rest()
    return summary_screens.stopped(talk.words)
