"""Days, weeks and months by the calendar of the place, and the ones before and after each."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Unit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


SHOWN = {Unit.DAY: 14, Unit.WEEK: 12, Unit.MONTH: 12}
"""How many of them stand side by side in a chart."""


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

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def before(self) -> "Span":
        return Span.of(self.unit, self.first - timedelta(days=1))

    @property
    def after(self) -> "Span":
        return Span.of(self.unit, self.end)

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
