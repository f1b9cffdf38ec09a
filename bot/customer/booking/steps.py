"""The screen of each step as things stand, and the guard that every tap of the wizard passes."""

from datetime import date, datetime
from typing import Any

from bot.conversation import Talk
from bot.customer.booking import flow, screens, summary_screens
from bot.customer.booking.flow import guarded
from bot.customer.orders.shown import show_order
from bot.screen import Screen
from bot.when import month_shown
from core.availability.service import Calendar
from core.errors import Unknown
from core.orders.booking import Booking


async def show(talk: Talk, booking: Booking, step: str) -> Screen:
    """One step's screen as things stand."""
    return await SHOW.get(step, _summary)(talk, booking)


async def go(talk: Talk, booking: Booking, step: str, **memory: Any) -> Screen:
    """The same, and what is typed next belongs to it."""
    talk.expect(f"book.{step}", **memory)
    return await show(talk, booking, step)


async def gone(talk: Talk) -> Screen:
    talk.rest()
    return summary_screens.gone(talk.words)


tap = guarded(show, show_order, gone)


async def _options(talk: Talk, booking: Booking) -> Screen:
    return screens.options(booking, talk.words)


async def _place(talk: Talk, booking: Booking) -> Screen:
    saved = await talk.core.people.addresses(person_id=talk.person.id)
    return screens.where(booking, saved, talk.person, talk.words)


async def _detail(talk: Talk, booking: Booking) -> Screen:
    return screens.door(booking, talk.words)


async def visit(talk: Talk, booking: Booking) -> tuple[Calendar, int]:
    """The provider's time as it is now, and how long the visit takes."""
    if booking.provider is None or booking.quote is None:
        raise Unknown("provider")
    calendar = await talk.core.availability.calendar(provider=booking.provider, now=talk.now)
    return calendar, booking.quote.minutes


async def days_of(talk: Talk, booking: Booking) -> list[date]:
    """The days on which this visit can be had."""
    calendar, minutes = await visit(talk, booking)
    return talk.core.availability.days(calendar=calendar, minutes=minutes, now=talk.now)


async def _date(talk: Talk, booking: Booking) -> Screen:
    days = await days_of(talk, booking)
    today = talk.words.local(talk.now).date()
    shown = month_shown(days, talk.memory.get("month") or (), today)
    return screens.calendar(booking, days, shown, talk.words)


async def _slot(talk: Talk, booking: Booking) -> Screen:
    day = date.fromordinal(talk.memory.get("day", 3))
    starts = await starts_on(talk, booking, day)
    if not starts:
        return await go(talk, booking, "date")
    return screens.slots(booking, day, starts, talk.memory.get("part"), talk.now, talk.words)


async def starts_on(talk: Talk, booking: Booking, day: date) -> list[datetime]:
    calendar, minutes = await visit(talk, booking)
    return talk.core.availability.starts(calendar=calendar, minutes=minutes, day=day, now=talk.now)


async def _notes(talk: Talk, booking: Booking) -> Screen:
    return summary_screens.notes(booking, talk.words)


async def _question(talk: Talk, booking: Booking) -> Screen:
    index = min(talk.memory.get("index", 0), len(booking.service.questions) - 1)
    return summary_screens.question(booking, index, talk.words)


async def _coupon(talk: Talk, booking: Booking) -> Screen:
    found = await talk.core.bookings.coupons(customer_id=talk.person.id, now=talk.now)
    return summary_screens.coupons(booking, found, talk.words)


async def _pay(talk: Talk, booking: Booking) -> Screen:
    return summary_screens.ways(booking, talk.core.payments.online, talk.words)


async def _summary(talk: Talk, booking: Booking) -> Screen:
    if not flow.complete(booking):
        return await go(talk, booking, flow.first(booking))
    return summary_screens.summary(booking, talk.core.rules, talk.now, talk.words)


SHOW = {
    "options": _options,
    "place": _place,
    "map": _place,
    "detail": _detail,
    "date": _date,
    "slot": _slot,
    "taken": _date,
    "notes": _notes,
    "question": _question,
    "coupon": _coupon,
    "pay": _pay,
    "summary": _summary,
}
