"""What is looked for among the records in few letters: every button carries it, so a list can be opened from anywhere
and is found again as it was.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeVar

from bot.screen import press
from core.figures.counting import Group
from core.figures.spans import Span, Unit
from core.records.model import End, Opinion, Sought

K = TypeVar("K")
_ZERO: Final = date(2020, 1, 1).toordinal()
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
ENDS: Final = {None: "_", End.DONE: "d", End.UNPAID: "u", End.ABSENT: "n", End.CANCELLED: "c"}
OPINIONS: Final = {Opinion.ANY: "_", Opinion.GIVEN: "g", Opinion.MISSING: "m", Opinion.LOW: "l"}
# All there is, this week, this month, the month before; days by their numbers; or the pile behind a figure.
ALL, WEEK, MONTH, LAST = "a", "w", "m", "l"
UNITS: Final = {Unit.DAY: "d", Unit.WEEK: "w", Unit.MONTH: "m"}
GROUPS: Final = {Group.DONE: "d", Group.AGAIN: "a", Group.RATED: "r"}
_CODE = re.compile(
    r"([awml]|d[0-9a-z]{6}|p[dwm][0-9a-z]{3}[dar])([_dunc])([_gml])(q?)\.([0-9a-z]{0,13})"
)


@dataclass(frozen=True, slots=True)
class Pile:
    """The orders that a figure of a span was counted from."""

    span: Span
    group: Group


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter as buttons carry it; `typed` says that words are looked for, too, which the talk remembers."""

    period: str = ALL
    end: End | None = None
    opinion: Opinion = Opinion.ANY
    service_id: int | None = None
    typed: bool = False

    @property
    def code(self) -> str:
        service = "" if self.service_id is None else _short(self.service_id)
        sign = "q" if self.typed else ""
        return f"{self.period}{ENDS[self.end]}{OPINIONS[self.opinion]}{sign}.{service}"

    def days(self, *, today: date) -> tuple[date, date] | None:
        """The first and the last day, or None for all there is."""
        match self.period[0]:
            case "w":
                first = today - timedelta(days=today.weekday())
                return first, first + timedelta(days=6)
            case "m":
                return _month(today)
            case "l":
                return _month(today.replace(day=1) - timedelta(days=1))
            case "d":
                return _day(self.period[1:4]), _day(self.period[4:])
        return None

    @property
    def pile(self) -> Pile | None:
        """The figure these are behind, where they were opened from one."""
        if self.period[0] != "p":
            return None
        unit, group = _key(UNITS, self.period[1]), _key(GROUPS, self.period[-1])
        return Pile(Span.of(unit, _day(self.period[2:5])), group)

    def sought(self, *, today: date, text: str = "", only: frozenset[int] | None = None) -> Sought:
        first, last = self.days(today=today) or (None, None)
        return Sought(first, last, self.end, self.service_id, self.opinion, text, only)


def piled(span: Span, group: Group) -> str:
    """The press of a button that opens the records behind a figure."""
    return press(
        "records", Chosen(f"p{UNITS[span.unit]}{_number(span.first)}{GROUPS[group]}").code, 0
    )


def chosen(code: str) -> Chosen:
    """What a button says; one that says nothing we know means everything."""
    found = _CODE.fullmatch(code)
    if found is None:
        return Chosen()
    period, end, opinion, typed, service = found.groups()
    return Chosen(
        period, _key(ENDS, end), _key(OPINIONS, opinion),
        int(service, 36) if service else None, bool(typed),
    )  # fmt: skip


def opened(
    first: date | None = None, last: date | None = None, *, end: End | None = None,
    opinion: Opinion = Opinion.ANY, service_id: int | None = None,
) -> str:  # fmt: skip
    """The press of a button that opens the records of these days (both included), or all there are."""
    days = ALL if first is None else between(first, last or first)
    return press("records", Chosen(days, end, opinion, service_id).code, 0)


def between(first: date, last: date) -> str:
    """These days as a period."""
    return f"d{_number(first)}{_number(last)}"


def _number(day: date) -> str:
    return _short(min(max(day.toordinal() - _ZERO, 0), 36**3 - 1)).zfill(3)


def _key(table: dict[K, str], sign: str) -> K:
    return next(key for key, letter in table.items() if letter == sign)


def _short(number: int) -> str:
    digits = ""
    while number:
        number, last = divmod(number, 36)
        digits = _DIGITS[last] + digits
    return digits or "0"


def _day(digits: str) -> date:
    return date.fromordinal(_ZERO + int(digits, 36))


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return first, after - timedelta(days=1)
