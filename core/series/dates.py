"""When the visits of a series are. Pure; the clock on the wall stays what it was, whatever happens to clocks.

Monthly means the same weekday of the month, as the second Tuesday; what was a fifth one is the last of its month.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.series.model import Rhythm, Series

_WEEK: Final = timedelta(days=7)


def _monthly(first: date, number: int) -> date:
    months = first.year * 12 + first.month - 1 + number
    month = date(months // 12, months % 12 + 1, 1)
    day = month + timedelta(days=(first.weekday() - month.weekday()) % 7)
    day += _WEEK * ((first.day - 1) // 7)
    return day if day.month == month.month else day - _WEEK


_DAYS: Final[dict[Rhythm, Callable[[date, int], date]]] = {
    Rhythm.WEEKLY: lambda first, number: first + _WEEK * number,
    Rhythm.TWO_WEEKS: lambda first, number: first + _WEEK * 2 * number,
    Rhythm.MONTHLY: _monthly,
}


def day_of(*, series: Series, number: int) -> date:
    """The local date of the visit with this number."""
    return _DAYS[series.rhythm](date.fromordinal(series.day), number)


def start_of(*, series: Series, number: int, earlier: int = 0) -> datetime:
    """The start of that visit, or the same time of day so many days earlier. An hour that is skipped begins later."""
    day = day_of(series=series, number=number) - timedelta(days=earlier)
    clock = datetime.min.time().replace(hour=series.minute // 60, minute=series.minute % 60)
    return datetime.combine(day, clock, ZoneInfo(series.zone)).astimezone(UTC)


def first_after(*, series: Series, moment: datetime) -> int:
    """The number of the first visit after the one it all began with that starts later than this."""
    number = 1
    while start_of(series=series, number=number) <= moment:
        number += 1
    return number


def number_of(*, series: Series, start: datetime) -> int | None:
    """Which visit it is that starts then; none where another time was taken instead."""
    number = 1
    while (due := start_of(series=series, number=number)) < start:
        number += 1
    return number if due == start else None


def opens_at(*, series: Series, number: int, ahead: int, horizon: int) -> datetime:
    """When this visit may be booked: so many ahead at the most, and not before its day can be booked at all."""
    opens = start_of(series=series, number=number, earlier=horizon - 1)
    if number <= ahead:
        return opens
    return max(opens, start_of(series=series, number=number - ahead))
