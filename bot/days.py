"""The days that can be had, as buttons: the nearest by name, and the calendar one month at a time."""

from collections.abc import Sequence
from datetime import date, datetime

from babel import Locale, dates
from markupsafe import Markup

from bot.i18n import Words
from bot.screen import Button, grid
from bot.when import Leads, Rows

NEAREST = 4
Month = tuple[int, int]


def month_shown(days: Sequence[date], wanted: Sequence[int]) -> Month | None:
    """The month of the calendar that was asked for, if it has a day."""
    known = {(day.year, day.month) for day in days}
    asked = (wanted[0], wanted[1]) if len(wanted) == 2 else (0, 0)
    return asked if asked in known else None


def in_month(asked: Markup, month: Month | None, words: Words) -> Markup:
    """The question for a day, with the month of the calendar that is shown behind it."""
    if month is None:
        return asked
    name = dates.format_skeleton("yMMMM", date(*month, 1), locale=Locale.parse(words.language))
    return Markup("{} {}").format(asked, name)


def day_rows(
    days: Sequence[date], month: Month | None, leads: Leads, now: datetime, words: Words
) -> Rows:
    """The nearest days and the way to the calendar, or the calendar's month; no rows without a day."""
    if month is not None:
        return _month_rows(days, month, leads, words)
    near = [Button(words.day(day, now=now), leads.day(day.toordinal())) for day in days[:NEAREST]]
    if len(days) <= NEAREST:
        return grid(near)
    more = days[NEAREST]
    calendar = Button(words.plain("📅 Calendar"), leads.month(more.year, more.month))
    return [*grid(near), [calendar]]


def _month_rows(days: Sequence[date], month: Month, leads: Leads, words: Words) -> Rows:
    """Only bookable days carry a number; below them the ways to the other months."""
    locale = Locale.parse(words.language)
    months = sorted({(day.year, day.month) for day in days})
    turns = [
        Button(("◀ " if other < month else "") + _month(other, locale)
               + (" ▶" if other > month else ""), leads.month(*other))
        for other in months if other != month
    ]  # fmt: skip
    names = [Button(name, leads.no_day(*month)) for name in _weekdays(locale)]
    weeks = _weeks(leads, month, [day for day in days if (day.year, day.month) == month])
    return [names, *weeks, *([turns] if turns else [])]


def _month(month: Month, locale: Locale) -> str:
    return dates.format_skeleton("MMM", date(*month, 1), locale=locale)


def _weekdays(locale: Locale) -> list[str]:
    names = locale.days["stand-alone"]["narrow"]
    return [names[index] for index in range(7)]


def _weeks(leads: Leads, month: Month, days: Sequence[date]) -> Rows:
    """Rows of seven from the first bookable week to the last; a day without a number can't be had."""
    free = set(days)
    begin = min(days).toordinal() - min(days).weekday()
    rows = []
    for monday in range(begin, max(days).toordinal() + 1, 7):
        week = [date.fromordinal(monday + n) for n in range(7)]
        rows.append([_day(leads, month, day, day in free) for day in week])
    return rows


def _day(leads: Leads, month: Month, day: date, free: bool) -> Button:
    if free:
        return Button(str(day.day), leads.day(day.toordinal()))
    return Button("·", leads.no_day(*month))
