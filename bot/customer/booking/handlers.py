"""Moving through the wizard: back, on, the options, out."""

from dataclasses import replace

from bot.conversation import Talk
from bot.customer.booking import flow, summary_screens
from bot.customer.booking.flow import step_of
from bot.customer.booking.steps import SHOW, go, tap
from bot.customer.booking.times import choose_start
from bot.screen import Screen
from core.orders.booking import Booking


@tap
async def show_step(talk: Talk, booking: Booking, step: str) -> Screen:
    """Back, and "change this"."""
    if step_of(talk) == "map":
        return replace(await go(talk, booking, step), close_keyboard=True)
    return await go(talk, booking, step if step in SHOW else flow.first(booking))


@tap
async def onward(talk: Talk, booking: Booking, step: str) -> Screen:
    """Continue: the next step that has something to ask. A start that no longer fits is asked for anew."""
    start = booking.draft.starts_at
    if start is not None:
        return await choose_start(talk, booking, start, then=lambda b: flow.after(b, "options"))
    return await go(talk, booking, flow.after(booking, "options"))


@tap
async def option(talk: Talk, booking: Booking, index: int, count: int) -> Screen:
    """So many of an option; the chosen start stays and is looked at again when going on."""
    offered = booking.service.options
    if not (0 <= index < len(offered) and 0 <= count <= offered[index].get("max", 1)):
        return await go(talk, booking, "options")
    code = offered[index]["code"]
    booking = await talk.core.bookings.fill(
        customer_id=talk.person.id, now=talk.now, starts_at=booking.draft.starts_at,
        options=booking.draft.options | {code: count},
    )  # fmt: skip
    return await go(talk, booking, "options")


@tap
async def stop(talk: Talk, booking: Booking) -> Screen:
    """Leaves the wizard; the draft stays and is begun anew with the next booking."""
    talk.rest()
    return summary_screens.stopped(talk.words)
