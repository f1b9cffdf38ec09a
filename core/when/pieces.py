"""Hears what a sentence says about days, hours and work, each at its place: what stands together belongs together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.when import clocks, days, weekdays
from core.when.almanac import later, made, of_month, of_year
from core.when.clocks import Bound, Span
from core.when.model import Clock, Days, Part
from core.when.numbers import HOUR_WORDS, NUMBER, number
from core.when.verbs import VERBS, Verb
from core.when.weekdays import Weekdays

_BLANK = "\x00"
_TO = r"(?:-|–|—|~|到|至|to|till?|until|through|thru)"
_BETWEEN = re.compile(rf"\s*(?:休息?|请假|放假|一直|off)?\s*{_TO}\s*")
_DOTTED = re.compile(
    rf"(?<![\d.])(\d{{1,2}})\.(\d{{1,2}})\s*{_TO}\s*(\d{{1,2}})\.(\d{{1,2}})(?![\d.])"
)
_DAY_AFTER = re.compile(rf"\s*{_TO}\s*(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.点月/-]|\s*[ap]m)")
_DAY_BEFORE = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s*{_TO}\s*$")
_NTH = re.compile(r"(?<![a-z\d])(?:the )?(\d{1,2})(?:st|nd|rd|th)(?! floor)(?![a-z])")
_UNTIL = re.compile(r"(?:到|至|(?<![a-z])(?:until|till|through|thru))\s*$")
_MANY = rf"(?:\d{{1,2}}|{HOUR_WORDS}|an?|a couple of|a few)"
_COUNT = re.compile(
    rf"(?<!第)(?:接下来|未来|连续|连)?的?({NUMBER})\s*个?(天|周|星期|礼拜)整?(?![之以]?[后前])"
    rf"|(?<![a-z])(?:for |the )*(?:next )?({_MANY}) (days?|weeks?)(?! from (?:now|today)| later|[a-z])"
)
_AWAY = re.compile(
    rf"(?:接下来|未来)?的?(半|{NUMBER})个?(半)?(?:小时|钟头)(?:内|之内)?(?![之以]?[后前])"
    rf"|(?<![a-z])(?:for |in |the )*(?:next )?(half an?|{_MANY})() ?(?:hours?|hrs?|h)(?! from| later|[a-z])"
)
_DAY_NAMED = re.compile(
    rf"{days.ZH_WEEK}|(?<![a-z]){days.EN_DAY}|[今明后]天|(?<![a-z])(?:today|tomorrow)(?![a-z])"
)
_WORK = re.compile("上班|工作|营业|接单时间|(?<![a-z])(?:hours|work|open)")
_MARKED = re.compile(r"[ap]m")


@dataclass(frozen=True, slots=True)
class Piece:
    """Something heard: `count` of days, time `away` from now, or what its value says. `marked`: am or pm is said."""

    start: int
    end: int
    value: Weekdays | Days | Clock | Span | Bound | Part | Verb | None = None
    count: int = 0
    away: timedelta | None = None
    marked: bool = False
    plain: bool = False


@dataclass(slots=True)
class _Listening:
    """The text, and what of it was heard so far; nobody reads anything twice."""

    text: str
    today: date
    pieces: list[Piece]

    def by_hours(self) -> bool:
        """Whether two numbers with a dash are hours: another day is named, or work is spoken of."""
        return bool(self.pieces or _DAY_NAMED.search(self.text) or _WORK.search(self.text))

    def take(self, match: re.Match[str], **values: object) -> None:
        start, end = match.span()
        self.pieces.append(replace(Piece(start, end), **values))  # type: ignore[arg-type]
        self.text = self.text[:start] + _BLANK * (end - start) + self.text[end:]


def heard(text: str, today: date) -> tuple[list[Piece], str]:
    """The pieces in the order of the text, and the text without them."""
    here = _Listening(text, today, [])
    _hear_days(here)
    here.pieces = list(_ranges(sorted(here.pieces, key=lambda piece: piece.start), here, text))
    _hear_times(here)
    return sorted(here.pieces, key=lambda piece: piece.start), here.text


def _hear_days(here: _Listening) -> None:
    for match in _DOTTED.finditer(here.text):
        if found := _dotted([int(number) for number in match.groups()], here.today):
            here.take(match, value=found)
    for match, set_ in weekdays.find(here.text):
        here.take(match, value=set_)
    for pattern, reader in days.RULES:
        if reader is days.habit or (reader is days.dashed and here.by_hours()):
            continue
        for match in pattern.finditer(here.text):
            day = reader(match, here.today)
            if day is not None and match[0] != "tonight":
                here.take(match, value=day)
    for match in _NTH.finditer(here.text):
        if nth := of_month(here.today, int(match[1])):
            here.take(match, value=nth)
    for match in _COUNT.finditer(here.text):
        many, unit = match[1] or match[3], match[2] or match[4]
        here.take(match, count=number(many) * (1 if unit[0] in "天d" else 7))


def _dotted(parts: list[int], today: date) -> Days | None:
    first = of_year(today, parts[0], parts[1])
    last = first and of_year(first.first, parts[2], parts[3])
    return Days(first.first, last.first) if first and last else None


def _hear_times(here: _Listening) -> None:
    for match in _AWAY.finditer(here.text):
        many = match[1] or match[3]
        hours = 0.5 if many == "半" or many.startswith("half") else float(number(many))
        here.take(match, away=timedelta(hours=hours + (0.5 if match[2] else 0)))
    for pattern, reader in clocks.RULES:
        for match in pattern.finditer(here.text):
            if (time := reader(match)) is not None:
                until = isinstance(time, Clock) and _UNTIL.search(here.text[: match.start()])
                value = Bound(time, False) if isinstance(time, Clock) and until else time
                here.take(match, value=value, marked=bool(_MARKED.search(match[0])))
    for verb, pattern, plain in VERBS:
        for match in pattern.finditer(here.text):
            here.take(match, value=verb, plain=plain)


def _ranges(pieces: list[Piece], here: _Listening, text: str) -> Iterator[Piece]:
    """From a day to a day; Dec 24 to 31 and 24-31 Dec."""
    waiting: Piece | None = None
    for piece in pieces:
        if waiting is None:
            waiting = _to_a_number(piece, here)
        elif joined := _joined(waiting, piece, text):
            waiting = joined
        else:
            yield _from_today(waiting, here)
            waiting = _to_a_number(piece, here)
    if waiting is not None:
        yield _from_today(waiting, here)


def _joined(one: Piece, other: Piece, text: str) -> Piece | None:
    first, last = one.value, other.value
    if not isinstance(first, Days) or not isinstance(last, Days):
        return None
    if not _BETWEEN.fullmatch(text[one.end : other.start]):
        return None
    for _ in range(2):
        if last is not None and last.last < first.first:
            last = later(last)
    if last is None or last.last < first.first:
        return None
    return Piece(one.start, other.end, Days(first.first, last.last))


def _from_today(piece: Piece, here: _Listening) -> Piece:
    """Off until Wednesday."""
    day = piece.value
    if isinstance(day, Days) and _UNTIL.search(here.text[: piece.start]):
        return replace(piece, value=Days(here.today, day.last))
    return piece


def _to_a_number(piece: Piece, here: _Listening) -> Piece:
    """The other end of the range, where it is told by its number alone."""
    day = piece.value
    if not isinstance(day, Days) or day.again not in ("year", "month"):
        return piece
    if match := _DAY_AFTER.match(here.text, piece.end):
        last = made(day.first.year, day.first.month, int(match[1]))
        return (
            _longer(piece, here, match, Days(day.first, last))
            if last and last > day.first
            else piece
        )
    if match := _DAY_BEFORE.search(here.text[: piece.start]):
        first = made(day.first.year, day.first.month, int(match[1]))
        return (
            _longer(piece, here, match, Days(first, day.last))
            if first and first < day.last
            else piece
        )
    return piece


def _longer(piece: Piece, here: _Listening, match: re.Match[str], value: Days) -> Piece:
    start, end = min(piece.start, match.start()), max(piece.end, match.end())
    here.text = here.text[:start] + _BLANK * (end - start) + here.text[end:]
    return Piece(start, end, value)
