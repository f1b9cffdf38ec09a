"""What a sentence says about time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """How precisely a time was named."""

    MOMENT = "moment"
    WINDOW = "window"
    DAYS = "days"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class Said:
    """A time somebody named, never in the past; instants are UTC.

    MOMENT: to begin at `start`, `end` is None. WINDOW and DAYS: to begin from `start` on, not later than `end`.
    SOON: the sooner the better, `end` is None. `other` is the same hour of the clock's other half where either may be
    meant; `passed`: what was said is over, this is the next time like it. `rest` is the text without the time.
    """

    kind: Kind
    start: datetime
    end: datetime | None = None
    other: datetime | None = None
    passed: bool = False
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """Whole local days, both included; `again` says what comes after them when they are over."""

    first: date
    last: date
    again: str = ""

    def each(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time by the clock, in minutes after midnight; unless `sure` it may be meant twelve hours later."""

    minute: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day, in minutes after midnight."""

    opens: int
    closes: int
