"""Makes instants of what was heard: always ahead, by the clocks of the place, as people are usually visited."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from core.when import almanac
from core.when.clocks import Bound, Span, in_part
from core.when.hearing import Heard
from core.when.model import Clock, Days, Kind, Part, Said

OPENS, EARLY, CLOSES = 6 * 60, 7 * 60, 22 * 60
_BEGINS = 8 * 60
_NOON, _DAY = 12 * 60, 24 * 60
_LATE_HOURS = range(1, 7)


@dataclass(frozen=True, slots=True)
class Moments:
    """From days and clocks to instants after `now`."""

    now: datetime
    zone: str

    def said(self, heard: Heard) -> Said | None:
        """What all pieces together mean; None where nothing of it lies ahead."""
        chosen = heard.days[0] if heard.days else None  # dates are heard before weekdays and weeks
        if heard.clocks:
            return self._clocked(chosen, _with_parts(heard.clocks[0], heard.parts))
        if heard.parts:
            opens = min(part.opens for part in heard.parts)
            return self._window(chosen, opens, max(part.closes for part in heard.parts))
        return self._whole(chosen) if chosen else None

    def _clocked(self, chosen: Days | None, clock: Clock | Span | Bound) -> Said | None:
        if isinstance(clock, Bound):
            at = _usual(clock.clock)
            if clock.after:
                return self._window(chosen, at, max(at, _evening_or(at)))
            return self._window(chosen, min(_BEGINS if at <= _NOON + 60 else _NOON + 60, at), at)
        if isinstance(clock, Span):
            first = _usual(clock.first)
            last = clock.last.minute
            if not clock.last.sure and last <= first:
                last += _NOON
            return self._window(chosen, first, last) if last > first else None
        return self._moment(chosen, clock)

    def _moment(self, chosen: Days | None, clock: Clock) -> Said | None:
        """Today by the next time the clock shows it, on another day by the hour people are visited at."""
        today, usual = self._today(), _usual(clock)
        if not clock.sure and (chosen is None or chosen.first == today):
            for minute in sorted((usual, _unusual(clock))):
                if EARLY <= minute < CLOSES and (at := self._at(today, minute)) > self.now:
                    return self._with_other(Said(Kind.MOMENT, at), today, minute, clock)
        for day in self._tries(chosen):
            if (at := self._at(day, usual)) > self.now:
                passed = chosen is not None and day != chosen.first
                return self._with_other(Said(Kind.MOMENT, at, passed=passed), day, usual, clock)
        return None

    def _with_other(self, said: Said, day: date, minute: int, clock: Clock) -> Said:
        """The other half of the clock, when it can be meant as well."""
        if clock.sure:
            return said
        other = minute + _NOON if minute < _NOON else minute - _NOON
        if not OPENS <= other < CLOSES:
            return said
        at = self._at(day, other)
        return replace(
            said, other=at if at > self.now else self._at(day + timedelta(days=1), other)
        )

    def _window(self, chosen: Days | None, opens: int, closes: int) -> Said | None:
        for day in self._tries(chosen):
            start, end = self._at(day, opens), self._at(day, closes)
            if end > self.now:
                passed = chosen is not None and not chosen.first <= day <= chosen.last
                return Said(Kind.WINDOW, max(start, self.now), end, passed=passed)
        return None

    def _whole(self, chosen: Days) -> Said | None:
        end = self._at(chosen.last, _DAY)
        if end <= self.now:
            return None
        return Said(Kind.DAYS, max(self._at(chosen.first, 0), self.now), end)

    def _tries(self, chosen: Days | None) -> Sequence[date]:
        """The days in turn: the named one and the next like it, or today and tomorrow."""
        today = self._today()
        if chosen is None:
            return today, today + timedelta(days=1)
        if chosen.last != chosen.first:
            return chosen.first, chosen.last
        following = almanac.later(chosen)
        return (chosen.first, *((following.first,) if following else ()))

    def _today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    def _at(self, day: date, minute: int) -> datetime:
        """That time on the clocks of the place; of an hour that comes twice the one still ahead."""
        extra, minute = divmod(minute, _DAY)
        wall = datetime.combine(
            day + timedelta(days=extra), time(*divmod(minute, 60)), ZoneInfo(self.zone)
        )
        first = wall.astimezone(UTC)
        return first if first > self.now else wall.replace(fold=1).astimezone(UTC)


def _with_parts(clock: Clock | Span | Bound, parts: Sequence[Part]) -> Clock | Span | Bound:
    if not parts:
        return clock
    fit = partial(in_part, part=parts[0])
    if isinstance(clock, Clock):
        return fit(clock)
    if isinstance(clock, Span):
        first = fit(clock.first)
        last = clock.last
        if not last.sure:
            last = Clock(last.minute if last.minute > first.minute else last.minute + _NOON, True)
        return Span(first, last, clock.said)
    return Bound(fit(clock.clock), clock.after)


def _usual(clock: Clock) -> int:
    """The hour people are visited at: three is in the afternoon, eight in the morning."""
    early = not clock.sure and clock.minute // 60 in _LATE_HOURS
    return clock.minute + _NOON if early else clock.minute


def _unusual(clock: Clock) -> int:
    """The same on the other half of the clock."""
    usual = _usual(clock)
    return usual - _NOON if usual > _NOON + 59 else (usual + _NOON) % _DAY


def _evening_or(minute: int) -> int:
    """How long "after three" lasts: the afternoon, or the evening."""
    return 18 * 60 if _NOON <= minute < 16 * 60 else (_NOON if minute < _NOON else CLOSES)
