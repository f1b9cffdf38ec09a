"""Screens that ask when: the calendar of a month, the starts of a day, and what is left when one is gone."""

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

from bot.customer.booking.flow import tag
from bot.customer.booking.screens import ends, page
from bot.days import Month, day_rows, in_month
from bot.i18n import Words
from bot.screen import Button, Screen, press
from bot.starts import FEW, day_starts, near_rows
from bot.when import Leads, minutes_of
from bot.why_not import why_not
from core.availability.reasons import Reason, Shut
from core.orders.booking import Booking


def leads(booking: Booking) -> Leads:
    """Where taps on days and starts lead in the wizard."""
    mark = tag(booking)
    return Leads(
        month=lambda year, number: press("bmon", mark, year, number),
        no_day=lambda year, number: press("bno", mark, year, number),
        day=lambda ordinal: press("bday", mark, ordinal),
        part=lambda ordinal, part: press("bpart", mark, ordinal, part),
        start=lambda start: press("btime", mark, minutes_of(start)),
    )


def calendar(
    booking: Booking, days: Sequence[date], month: Month | None, now: datetime, words: Words
) -> Screen:
    """The nearest days, or one month of the calendar."""
    hint = words("Tap a day, or type one, for example “tomorrow”.")
    if not days:
        hint = words("No free time in the next weeks. Please choose another provider.")
    head = in_month(words("<b>Which day?</b>"), month, words)
    rows = day_rows(days, month, leads(booking), now, words)
    if month is not None:
        return Screen(page(booking, words, head, hint), [*rows, ends(booking, "month", words)])
    if not days:
        rows = [[Button(words.plain("👷 Another provider"), press("bothers", tag(booking)))]]
    full = Button(words.plain("🔔 Full days"), press("wldays", tag(booking)))
    return Screen(page(booking, words, head, hint), [*rows, [full], ends(booking, "date", words)])


def slots(
    booking: Booking, day: date, starts: Sequence[datetime], part: int | None, now: datetime,
    words: Words,
) -> Screen:  # fmt: skip
    """A few starts, or the parts of the day first."""
    minutes = booking.quote.minutes if booking.quote else booking.service.minutes
    text = page(
        booking, words, Markup("<b>{}</b>").format(words.day_dated(day, now=now)),
        words("When should they come? The visit takes about {minutes}.",
              minutes=words.minutes(minutes)),
        words("You can also type a time, for example 15:00."),
    )  # fmt: skip
    shown = day_starts(day, starts, part, leads(booking), words)
    wait = press("wlday", tag(booking), day.toordinal())
    if sum(map(len, shown.rows)) <= FEW:
        shown.rows.append([Button(words.plain("🔔 Wait for more"), wait)])
    return Screen(text, [*shown.rows, ends(booking, "slot", words, to=shown.back)])


def taken(
    booking: Booking, wanted: datetime, near: Sequence[datetime], shut: Shut | None, now: datetime,
    words: Words,
) -> Screen:  # fmt: skip
    """Somebody was faster, or it is known why it can't be: alternatives, and a line to wait in if others hold it."""
    rows = near_rows(near, leads(booking), now, words)
    lines = [
        why_not(shut, words) if shut
        else words("{time} isn't free.", time=words.moment(wanted, now=now))
    ]  # fmt: skip
    lines.append(words("These times are:") if near else words("Please pick another day."))
    day = words.local(wanted).date().toordinal()
    other = [Button(words.plain("Another day"), press("bgo", tag(booking), "date"))]
    if shut is None or shut.reason is Reason.FULL:
        other.append(Button(words.plain("🔔 Tell me"), press("wlday", tag(booking), day)))
    return Screen(page(booking, words, *lines), [*rows, other, ends(booking, "taken", words)])
