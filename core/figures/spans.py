"""Days, weeks and months by the calendar of the place, any other days in a row, and what comes before and after."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Unit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    DAYS = "days"  # any others in a row


SHOWN = {Unit.DAY: 14, Unit.WEEK: 12, Unit.MONTH: 12}
"""The units of the calendar, and how many of each stand side by side in a chart."""
MOST_PARTS = 16


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the day before `end`."""

    unit: Unit
    first: date
    end: date

    @classmethod
    def of(cls, unit: Unit, day: date) -> "Span":
        """The day itself, its week from Monday on, or its month."""
        if unit is Unit.DAY:
            return cls(unit, day, day + timedelta(days=1))
        if unit is Unit.WEEK:
            monday = day - timedelta(days=day.weekday())
            return cls(unit, monday, monday + timedelta(days=7))
        first = day.replace(day=1)
        return cls(unit, first, (first + timedelta(days=31)).replace(day=1))

    @classmethod
    def between(cls, first: date, last: date) -> "Span":
        """Both included; a whole week or month is one."""
        for unit in SHOWN:
            span = cls.of(unit, first)
            if (span.first, span.last) == (first, last):
                return span
        return cls(Unit.DAYS, first, last + timedelta(days=1))

    @property
    def days(self) -> int:
        return (self.end - self.first).days

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def before(self) -> "Span":
        if self.unit is Unit.DAYS:
            return Span(self.unit, self.first - timedelta(days=self.days), self.first)
        return Span.of(self.unit, self.first - timedelta(days=1))

    @property
    def after(self) -> "Span":
        if self.unit is Unit.DAYS:
            return Span(self.unit, self.end, self.end + timedelta(days=self.days))
        return Span.of(self.unit, self.end)

    def parts(self) -> "tuple[Span, ...]":
        """The days of it, or its weeks or months where those are too many; the first and the last may be cut."""
        for unit in SHOWN:
            found = [Span.of(unit, self.first)]
            while found[-1].end < self.end:
                found.append(found[-1].after)
            if len(found) <= MOST_PARTS or unit is Unit.MONTH:
                break
        return tuple(
            Span(one.unit, max(one.first, self.first), min(one.end, self.end)) for one in found
        )

    def row(self, count: int) -> "tuple[Span, ...]":
        """So many of them, this one the last."""
        found = [self]
        while len(found) < count:
            found.append(found[-1].before)
        return tuple(reversed(found))

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The first moment, and the first that is over."""
        return (
            datetime.combine(self.first, time(), zone),
            datetime.combine(self.end, time(), zone),
        )
