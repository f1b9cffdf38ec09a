"""Puts together what a sentence says about days and about the clock, and makes instants of it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.when import ahead, clocks, days
from core.when.clocks import Bound, Span, in_part
from core.when.model import Clock, Days, Kind, Part, Said
from core.when.numbers import number
from core.when.spelling import spelled

LONGEST = 300
OPENS, CLOSES = 6 * 60, 22 * 60
_BEGINS = 8 * 60
_NOON, _DAY = 12 * 60, 24 * 60
_LATE_HOURS = range(1, 7)
_GONE = "\x00"
_AROUND = re.compile(
    r"(?:(?:(?<![a-z])(?:at|on|for|by|around|about|from|between|in the|the|this|early|or|and)(?![a-z])"
    r"|大概|大约|左右|的时候|那天|之间|钟|的|在|于|从|[，,、。;/~-])\s*)*"
    rf"{_GONE}[{_GONE}\s，,、-]*"
    r"(?:(?:左右|之前|以前|的时候|那天|之间|钟头?|的(?=[^话])|(?<![a-z])(?:or so|please)(?![a-z]))\s*)*"
)  # fmt: skip


@dataclass(slots=True)
class _Heard:
    """The pieces of one sentence."""

    text: str
    days: list[Days] = field(default_factory=list)
    clocks: list[Clock | Span | Bound] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def take(self, match: re.Match[str]) -> None:
        """Nobody reads it twice."""
        self.text = self.text[: match.start()] + _GONE * len(match[0]) + self.text[match.end() :]

    @property
    def rest(self) -> str:
        return " ".join(_AROUND.sub(" ", self.text).split())


class Bare(StrEnum):
    """What a number alone is, where nothing but a time was asked for."""

    HOUR = "hour"
    DAY = "day"


def read(
    text: str, *, now: datetime, zone: str, on: date | None = None, bare: Bare | None = None
) -> Said | None:
    """The time a text names, after `now`, by the clocks of `zone`; None where it names none.

    `on` is the day that is meant where none is named.
    """
    heard = _Heard(spelled(text[:LONGEST]))
    near = _from_now(heard, now)
    if near is not None:
        return near
    local = now.astimezone(ZoneInfo(zone))
    _hear_days(heard, local.date())
    _hear_clocks(heard)
    if bare and not (heard.days or heard.clocks or heard.parts):
        _hear_bare(heard, bare, local.date())
    if on and (heard.clocks or heard.parts) and not heard.days:
        heard.days.append(Days(on, on))
    said = _Moments(now, zone).said(heard)
    if said is None and (soon := ahead.SOON.search(heard.text)):
        heard.take(soon)
        said = Said(Kind.SOON, now)
    return said and replace(said, rest=heard.rest)


def _from_now(heard: _Heard, now: datetime) -> Said | None:
    for look, kind in ((ahead.within, Kind.WINDOW), (ahead.after, Kind.MOMENT)):
        if found := look(heard.text):
            match, away = found
            heard.take(match)
            whole = now.replace(second=0, microsecond=0) + timedelta(minutes=now.second > 0)
            until = whole + away
            if kind is Kind.WINDOW:
                return Said(kind, whole, until, rest=heard.rest)
            return Said(kind, until, rest=heard.rest)
    return None


def _hear_days(heard: _Heard, today: date) -> None:
    for pattern, reader in days.RULES:
        for match in pattern.finditer(heard.text):
            found = reader(match, today)
            if found is not None:
                heard.days.append(found)
            # "Tonight" is a part of the day, too.
            if match[0] != "tonight" and (found is not None or reader is days.habit):
                heard.take(match)


def _hear_clocks(heard: _Heard) -> None:
    for pattern, reader in clocks.RULES:
        for match in pattern.finditer(heard.text):
            found = reader(match)
            if found is None or not _allowed(heard, match, found):
                continue
            heard.take(match)
            if isinstance(found, Part):
                heard.parts.append(found)
            else:
                heard.clocks.append(found)


def _allowed(heard: _Heard, match: re.Match[str], found: object) -> bool:
    """Two numbers with a dash are times only beside a day or with a sign of the clock."""
    if not isinstance(found, Span) or re.search("[a-z:点时]", match[0].replace("to", "")):
        return True
    before, after = heard.text[: match.start()], heard.text[match.end() :]
    beside = re.search(rf"{_GONE}[\s,]*(?:at|on|from|between)?\s*$", before)
    return bool(
        beside or re.search(r"(?:from|between)\s*$", before) or re.match(rf"\s*{_GONE}", after)
    )


def _hear_bare(heard: _Heard, bare: Bare, today: date) -> None:
    match = clocks.BARE.fullmatch(heard.text.strip())
    if match is None:
        return
    value = number(match[1])
    if bare is Bare.HOUR and value < 24:
        heard.clocks.append(Clock(value * 60, value > 12 or value == 0))
    elif bare is Bare.DAY and (found := days.of_month(today, value)):
        heard.days.append(found)


@dataclass(frozen=True, slots=True)
class _Moments:
    """From days and clocks to instants after `now`."""

    now: datetime
    zone: str

    def said(self, heard: _Heard) -> Said | None:
        chosen = _chosen(heard.days)
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
        usual, unusual = _usual(clock), None if clock.sure else _unusual(clock)
        today = self._today()
        if chosen is None or chosen.first == today:
            for minute in sorted(filter(None, (usual, unusual))):
                if self._open(clock, minute) and (at := self._at(today, minute)) > self.now:
                    if not clock.sure and minute < _NOON - 5 * 60:
                        continue
                    return self._with_other(Said(Kind.MOMENT, at), today, minute, clock)
        passed = chosen is not None
        for day in self._tries(chosen):
            if (at := self._at(day, usual)) > self.now:
                later = passed and day != chosen.first if chosen else False
                return self._with_other(Said(Kind.MOMENT, at, passed=later), day, usual, clock)
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

    @staticmethod
    def _open(clock: Clock, minute: int) -> bool:
        return clock.sure or OPENS <= minute < CLOSES

    def _window(self, chosen: Days | None, opens: int, closes: int) -> Said | None:
        for day in self._tries(chosen):
            last = (
                chosen.last
                if chosen and day == chosen.first and chosen.first != chosen.last
                else day
            )
            start, end = self._at(day, opens), self._at(day, closes)
            if last != day and end <= self.now:
                start, end = self._at(last, opens), self._at(last, closes)
            if end > self.now:
                later = chosen is not None and not chosen.first <= day <= chosen.last
                return Said(Kind.WINDOW, max(start, self.now), end, passed=later)
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
        following = days.later(chosen)
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


def _chosen(named: Sequence[Days]) -> Days | None:
    """A date says more than the weekday beside it, a day more than a week."""
    return named[0] if named else None


def _with_parts(clock: Clock | Span | Bound, parts: Sequence[Part]) -> Clock | Span | Bound:
    if not parts:
        return clock
    fit: Callable[[Clock], Clock] = lambda one: in_part(one, parts[0])  # noqa: E731
    if isinstance(clock, Clock):
        return fit(clock)
    if isinstance(clock, Span):
        first = fit(clock.first)
        last = clock.last
        if not last.sure:
            last = Clock(last.minute if last.minute > first.minute else last.minute + _NOON, True)
        return Span(first, last)
    return Bound(fit(clock.clock), clock.after)


def _usual(clock: Clock) -> int:
    """The hour people are visited at: three is in the afternoon, eight in the morning."""
    early = not clock.sure and clock.minute // 60 in _LATE_HOURS
    return clock.minute + _NOON if early else clock.minute


def _unusual(clock: Clock) -> int:
    usual = _usual(clock)
    return usual - _NOON if usual > _NOON + 59 else (usual + _NOON) % _DAY


def _evening_or(minute: int) -> int:
    """How long "after three" lasts: the afternoon, or the evening."""
    return 18 * 60 if _NOON <= minute < 16 * 60 else (_NOON if minute < _NOON else CLOSES)
