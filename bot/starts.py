"""The starts of a day as buttons, no more than a thumb has room for: all of a few, else the parts of the day first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.i18n import Words, mark
from bot.screen import Button, grid
from bot.when import Leads, Rows

PARTS = ((0, 12), (12, 18), (18, 24))
NAMES = (mark("Morning"), mark("Afternoon"), mark("Evening"))
ROOM = 6
FEW = 5
STEPS = tuple(timedelta(minutes=minutes) for minutes in (30, 60, 120))


@dataclass(frozen=True, slots=True)
class Starts:
    """The rows, and where Back leads while one of several parts is shown."""

    rows: Rows = field(default_factory=list)
    back: str = ""


def part_of(start: datetime, words: Words) -> int:
    """Morning, afternoon or evening by the wall clock."""
    hour = words.local(start).hour
    return next(n for n, (opens, closes) in enumerate(PARTS) if opens <= hour < closes)


def day_starts(
    day: date, starts: Sequence[datetime], part: int | None, leads: Leads, words: Words
) -> Starts:
    """A few starts at once; of many the part that was asked for, else the parts that have any."""
    parts: dict[int, list[datetime]] = {}
    for start in starts:
        parts.setdefault(part_of(start, words), []).append(start)
    if len(starts) <= FEW or len(parts) <= 1:
        return Starts(_clocks(starts, leads, words))
    if part in parts:
        return Starts(_clocks(parts[part], leads, words), leads.day(day.toordinal()))
    return Starts(
        [
            [Button(_span(number, parts[number], words), leads.part(day.toordinal(), number))]
            for number in sorted(parts)
        ]
    )


def _clocks(starts: Sequence[datetime], leads: Leads, words: Words) -> Rows:
    times = [Button(words.time(start), leads.start(start)) for start in _thinned(starts, words)]
    return grid(times, columns=3)


def _span(part: int, starts: Sequence[datetime], words: Words) -> str:
    """Afternoon · 12:00–17:30"""
    first, last = words.time(starts[0]), words.time(starts[-1])
    return f"{words.plain(NAMES[part])} · {first}" + (f"–{last}" if last != first else "")


def _thinned(starts: Sequence[datetime], words: Words) -> Sequence[datetime]:
    """Many starts are thinned out to the round ones and those that have none near; the others can be typed."""
    for step in STEPS:
        if len(starts) <= ROOM:
            break
        starts = _apart(starts, step, words)
    return starts


def _apart(starts: Sequence[datetime], step: timedelta, words: Words) -> list[datetime]:
    begin = words.local(starts[0]).replace(hour=0, minute=0)
    kept = [start for start in starts if not (start - begin) % step]
    for start in starts:
        if all(abs(start - other) >= step for other in kept):
            kept.append(start)
    return sorted(kept)


def near_rows(near: Sequence[datetime], leads: Leads, now: datetime, words: Words) -> Rows:
    """At most three starts instead of one that is gone."""
    return [
        [Button(f"🕒 {words.moment(start, now=now)}", leads.start(start))] for start in near[:3]
    ]
