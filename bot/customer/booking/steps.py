"""The screen of each step as things stand, and the guard that every tap of the wizard passes."""

from datetime import date, datetime
from typing import Any

from bot.conversation import Talk
from bot.customer.booking import (
    flow,
    pay_screens,
    screens,
    summary_screens,
    time_screens,
    wish_screens,
    work_screens,
)
from bot.customer.booking.flow import guarded, saying
from bot.customer.booking.pay_screens import online_methods
from bot.customer.orders.shown import show_order
from bot.days import month_shown
from bot.screen import Screen
from core.availability.reasons import Reasons
from core.availability.service import Calendar
from core.errors import Invalid, Unknown
from core.orders.booking import Booking
from core.promotions.model import Coupon


async def show(talk: Talk, booking: Booking, step: str) -> Screen:
    """One step's screen as things stand."""
    return await SHOW.get(step, _summary)(talk, booking)


async def go(talk: Talk, booking: Booking, step: str, **memory: Any) -> Screen:
    """The same, and what is typed next belongs to it."""
    talk.expect(f"book.{step}", **memory)
    return await show(talk, booking, step)


async def gone(talk: Talk, error: Unknown | Invalid) -> Screen:
    """No draft; or the provider doesn't do it any more, then everything else waits for another one."""
    if isinstance(error, Unknown) and error.what == "provider":
        booking = await talk.core.bookings.seek_provider(customer_id=talk.person.id, now=talk.now)
        words = talk.words("They no longer offer this.")
        return saying(await go(talk, booking, "who"), words)
    talk.rest()
    return summary_screens.gone(talk.words)


tap = guarded(show, show_order, gone)


async def _who(talk: Talk, booking: Booking) -> Screen:
    return work_screens.who(booking, talk.words)


async def _options(talk: Talk, booking: Booking) -> Screen:
    """Of the service that was tapped, else of the main one."""
    place = talk.memory.get("place", 0)
    if not 0 <= place < len(booking.services):
        return await go(talk, booking, "work")
    more = bool(await talk.core.together.offered(booking=booking, now=talk.now))
    return work_screens.options(booking, place, more, talk.words)


async def _work(talk: Talk, booking: Booking) -> Screen:
    more = bool(await talk.core.together.offered(booking=booking, now=talk.now))
    return work_screens.work(booking, more, talk.words)


async def _more(talk: Talk, booking: Booking) -> Screen:
    offers = await talk.core.together.offered(booking=booking, now=talk.now)
    return work_screens.more(booking, offers, talk.memory.get("page", 0), talk.words)


async def _place(talk: Talk, booking: Booking) -> Screen:
    saved = await talk.core.people.addresses(person_id=talk.person.id)
    number = int(talk.memory.get("page", 0))
    return screens.where(booking, saved, number, talk.person, talk.words)


async def _detail(talk: Talk, booking: Booking) -> Screen:
    return screens.door(booking, talk.words)


async def visit(talk: Talk, booking: Booking) -> tuple[Calendar, int]:
    """The provider's time as it is now, and how long the visit takes."""
    if booking.provider is None or booking.quote is None:
        raise Unknown("provider")
    calendar = await talk.core.availability.calendar(
        provider=booking.provider, now=talk.now, needs=booking.needs, at=booking.draft.point
    )
    return calendar, booking.quote.minutes


async def reasons(talk: Talk, booking: Booking) -> Reasons:
    """Why a day or a time can't be had for this visit."""
    calendar, minutes = await visit(talk, booking)
    return Reasons(talk.core.availability, calendar, minutes, talk.now)


async def days_of(talk: Talk, booking: Booking) -> list[date]:
    """The days on which this visit can be had."""
    calendar, minutes = await visit(talk, booking)
    return talk.core.availability.days(calendar=calendar, minutes=minutes, now=talk.now)


async def _date(talk: Talk, booking: Booking) -> Screen:
    days = await days_of(talk, booking)
    shown = month_shown(days, talk.memory.get("month") or ())
    return time_screens.calendar(booking, days, shown, talk.now, talk.words)


async def _slot(talk: Talk, booking: Booking) -> Screen:
    day = date.fromordinal(talk.memory.get("day", 3))
    starts = await starts_on(talk, booking, day)
    if not starts:
        return await go(talk, booking, "date")
    return time_screens.slots(booking, day, starts, talk.memory.get("part"), talk.now, talk.words)


async def starts_on(talk: Talk, booking: Booking, day: date) -> list[datetime]:
    calendar, minutes = await visit(talk, booking)
    return talk.core.availability.starts(calendar=calendar, minutes=minutes, day=day, now=talk.now)


async def _notes(talk: Talk, booking: Booking) -> Screen:
    return wish_screens.notes(booking, talk.words)


async def _question(talk: Talk, booking: Booking) -> Screen:
    """The one that was tapped, else the first without an answer."""
    questions = flow.asked(booking)
    index = talk.memory.get("index", flow.unanswered(booking) or 0)
    if not 0 <= index < len(questions):
        return await go(talk, booking, "notes")
    return wish_screens.question(booking, index, talk.words)


async def _coupon(talk: Talk, booking: Booking) -> Screen:
    found = await talk.core.bookings.coupons(customer_id=talk.person.id, now=talk.now)
    return summary_screens.coupons(booking, found, talk.words)


async def _pay(talk: Talk, booking: Booking) -> Screen:
    return pay_screens.ways(booking, online_methods(talk), talk.words)


async def _summary(talk: Talk, booking: Booking) -> Screen:
    if (lacking := flow.missing(booking)) != "summary":
        return await go(talk, booking, lacking)
    best = None if booking.draft.coupon else await _best_coupon(talk)
    return summary_screens.summary(booking, talk.core.rules, talk.now, talk.words, best=best)


async def _best_coupon(talk: Talk) -> Coupon | None:
    found = await talk.core.bookings.coupons(customer_id=talk.person.id, now=talk.now)
    return found[0] if found else None


SHOW = {
    "who": _who,
    "options": _options,
    "work": _work,
    "more": _more,
    "far": _place,
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
