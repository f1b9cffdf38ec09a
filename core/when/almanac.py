"""Arithmetic of the calendar: the next Saturday, the 5th of the next month that has one, the end of a month."""

from calendar import monthrange
from datetime import date, timedelta

from core.when.model import Days

LAST_DAYS = (27, 31)
"""Stand for the last five days of a month, however long it is."""


def single(day: date, again: str = "") -> Days:
    """One day alone."""
    return Days(day, day, again)


def made(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_ahead(today: date, ahead: int) -> tuple[int, int]:
    """(year, month) so many months ahead."""
    years, month = divmod(today.month - 1 + ahead, 12)
    return today.year + years, month + 1


def monday_of(today: date, weeks: int) -> date:
    """The Monday of this week, or of one so many weeks ahead."""
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def of_week(today: date, weekday: int, which: str) -> Days:
    """The next such day, or that of a certain week: this, next, the one after."""
    weeks = which.count("下") or int(which.startswith("next"))
    if weeks:
        return single(monday_of(today, weeks) + timedelta(days=weekday))
    return single(today + timedelta(days=(weekday - today.weekday()) % 7), "week")


def of_year(today: date, month: int, day: int) -> Days | None:
    """The next such date."""
    for year in range(today.year, today.year + 5):  # the 29th of February
        if (found := made(year, month, day)) and found >= today:
            return single(found, "year")
    return None


def of_month(today: date, day: int) -> Days | None:
    """The next day with this number."""
    months = (made(*month_ahead(today, ahead), day) for ahead in range(4))
    return next((single(found, "month") for found in months if found and found >= today), None)


def stretch(today: date, begin: int, every: int, days: tuple[int, int]) -> Days | None:
    """Some days of the month so many ahead; when they are over those of so many months later."""
    for ahead in (begin, begin + every):
        year, month = month_ahead(today, ahead)
        longest = monthrange(year, month)[1]
        first = longest - 4 if days == LAST_DAYS else days[0]
        last = date(year, month, min(days[1], longest))
        if last >= today:
            return Days(max(date(year, month, first), today), last)
    return None


def later(days: Days) -> Days | None:
    """The next days like these, for when they are over; None where there are none."""
    first = days.first
    if days.again == "day":
        return Days(first + timedelta(days=1), first + timedelta(days=1), "day")
    if days.again == "week":
        return single(first + timedelta(weeks=1), "week")
    if days.again == "month":
        months = (made(*month_ahead(first, ahead), first.day) for ahead in range(1, 4))
        return next((single(found, "month") for found in months if found), None)
    if days.again == "year":
        return of_year(first + timedelta(days=1), first.month, first.day)
    return None
