"""Why a provider can't come on a day or at a time: what is said in place of a start, as far as it is known.

Only what a customer may know of somebody's time is a reason: not that a paper runs out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.availability.cells import cell_count, cell_of, instant_of
from core.availability.service import Availability, Calendar
from core.availability.slots import working
from core.availability.zones import local_date


class Reason(StrEnum):
    OFF_DUTY = "off_duty"  # takes no visits at all right now
    TOO_FAR = "too_far"  # not open for booking yet
    NO_WORK = "no_work"  # no hours on that weekday
    DAY_OFF = "day_off"
    FULL = "full"
    TOO_LONG = "too_long"  # the visit fits into no stretch of the day
    TOO_LATE = "too_late"  # what is left of the day is too near
    OUTSIDE = "outside"  # before, between or after the hours of the day


@dataclass(frozen=True, slots=True)
class Shut:
    """The reason, the day it is about, the hours worked on it, the last day that can be booked."""

    reason: Reason
    day: date
    hours: tuple[tuple[datetime, datetime], ...]
    last: date


@dataclass(frozen=True, slots=True)
class Reasons:
    """The questions about one visit to one provider."""

    availability: Availability
    calendar: Calendar
    minutes: int
    now: datetime

    def on(self, day: date) -> Shut | None:
        """Why nothing can be had on that day; None if something can, or if nobody is to know."""
        if day > self.calendar.last or self.availability.starts(
            calendar=self.calendar, minutes=self.minutes, day=day, now=self.now
        ):
            return None
        return self._shut(next(self._why(day)), day)

    def at(self, start: datetime) -> Shut | None:
        """Why this start can't be had: the day, or the hours; None where somebody else has it or it is too near."""
        day = local_date(zone=self.availability.zone, moment=start)
        if shut := self.on(day):
            return shut
        first, cells = cell_of(start), self._cells()
        inside = any(
            opens <= first and first + cells <= closes
            for opens, closes in working(week=self.calendar.week, day=day)
        )
        return None if inside else self._shut(Reason.OUTSIDE, day)

    def _why(self, day: date) -> Iterator[Reason]:
        calendar, hours = self.calendar, working(week=self.calendar.week, day=day)
        weekdays = {shift.weekday for shift in calendar.week.hours}
        full = self.availability.full(
            calendar=calendar, minutes=self.minutes, day=day, now=self.now
        )
        checks = {
            Reason.OFF_DUTY: not calendar.provider.working,
            Reason.TOO_FAR: day > self.availability.last_day(now=self.now),
            Reason.NO_WORK: day.weekday() not in weekdays and not hours,
            Reason.DAY_OFF: not hours,
            Reason.FULL: full,
            Reason.TOO_LONG: all(closes - opens < self._cells() for opens, closes in hours),
            Reason.TOO_LATE: True,
        }
        return (reason for reason, holds in checks.items() if holds)

    def _cells(self) -> int:
        return cell_count(self.minutes + self.calendar.provider.buffer_min)

    def _shut(self, reason: Reason, day: date) -> Shut:
        hours = working(week=self.calendar.week, day=day)
        spans = tuple((instant_of(opens), instant_of(closes)) for opens, closes in hours)
        return Shut(reason, day, spans, self.availability.last_day(now=self.now))
