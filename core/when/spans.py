"""Minutes of the day as somebody at work means them: 9-6 is 9 to 18, the morning ends at noon."""

from collections.abc import Iterable

from core.when.clocks import Bound, Span
from core.when.model import Clock, Part

NOON, DAY, EVENING = 12 * 60, 24 * 60, 22 * 60
_FIRST_MORNING_HOUR = 6
_LAST_EVENING_HOUR = 9

Minutes = tuple[int, int]


def minutes(time: Span | Bound | Part, *, marked: bool) -> Minutes | None:
    """(from, to) of the day; `marked` says that am or pm stands behind it."""
    if isinstance(time, Part):
        return _part(time)
    if isinstance(time, Bound):
        at = time.clock
        hour = at.minute // 60
        late = hour <= _LAST_EVENING_HOUR if time.after else hour < _FIRST_MORNING_HOUR
        found = at.minute + NOON if late and not at.sure else at.minute
        return (found, DAY) if time.after else _ordered(0, found)
    first = time.first.minute if marked else _begin(time.said)
    last = time.last.minute or DAY
    if last <= first and not time.last.sure:
        last += NOON
    return _ordered(first, last)


def around(clock: Clock, *, after: bool) -> Minutes | None:
    """The day after this hour, or before it."""
    return minutes(Bound(clock, after), marked=False)


def _begin(clock: Clock) -> int:
    early = not clock.sure and clock.minute // 60 < _FIRST_MORNING_HOUR
    return clock.minute + NOON if early else clock.minute


def _part(part: Part) -> Minutes:
    """The morning from midnight on, the evening to midnight, the afternoon from noon."""
    opens = 0 if part.closes in (NOON, NOON - 60, 9 * 60) else part.opens
    if (part.opens, part.closes) == (NOON + 60, NOON + 6 * 60):
        opens = NOON
    return opens, DAY if part.closes >= EVENING else part.closes


def _ordered(first: int, last: int) -> Minutes | None:
    return (first, last) if 0 <= first < last <= DAY else None


def others(spans: Iterable[Minutes]) -> tuple[Minutes, ...]:
    """What of the day is left beside these."""
    left, at = [], 0
    for first, last in sorted(spans):
        if at < first:
            left.append((at, first))
        at = max(at, last)
    return (*left, *([(at, DAY)] if at < DAY else []))
