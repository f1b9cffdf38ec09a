"""Local wall time to cells and back, right on the days when clocks jump.

An instant belongs to working hours when the clock on the wall says so: an hour that is skipped
offers nothing, an hour that comes twice offers itself twice.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from core.availability.cells import CELL_MINUTES, CELL_SECONDS
from core.availability.intervals import Spans

DAY_CELLS = 24 * 60 // CELL_MINUTES
_EPOCH = date(1970, 1, 1).toordinal()


class Piece(NamedTuple):
    """A stretch of instants (cells) during which local time runs `ahead` cells before UTC."""

    start: int
    end: int
    ahead: int


def local_date(*, zone: str, moment: datetime) -> date:
    """The date on the calendar of that place."""
    return moment.astimezone(ZoneInfo(zone)).date()


def local_minute(*, zone: str, moment: datetime) -> int:
    """The minutes since midnight that the clock on the wall shows there."""
    there = moment.astimezone(ZoneInfo(zone))
    return there.hour * 60 + there.minute


def day_ends(*, zone: str, day: date) -> datetime:
    """The first instant of the next day there."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


def at(*, zone: str, day: date, minutes: int) -> Spans[int]:
    """The cell in which the wall clock shows so many minutes: none in a gap, two in a repeat."""
    return between(zone=zone, day=day, opens=minutes, closes=minutes + CELL_MINUTES)


@lru_cache(maxsize=8192)  # everybody works the same few shifts
def between(*, zone: str, day: date, opens: int, closes: int) -> Spans[int]:
    """The cells in which the wall clock of that day is in [opens, closes), in minutes."""
    midnight = (day.toordinal() - _EPOCH) * DAY_CELLS
    first, last = midnight + opens // CELL_MINUTES, midnight - (-closes // CELL_MINUTES)
    return Spans.of(
        (max(first - ahead, start), min(last - ahead, end))
        for start, end, ahead in pieces(zone, day)
    )


@lru_cache(maxsize=8192)
def pieces(zone: str, day: date) -> tuple[Piece, ...]:
    """The three UTC days around a local date, cut where the offset of the zone changes."""
    first = (day.toordinal() - _EPOCH - 1) * DAY_CELLS
    last = first + 3 * DAY_CELLS
    found: list[Piece] = []
    start = first
    while start < last:
        end = _change(zone, start, last)
        found.append(Piece(start, end, _ahead(zone, start)))
        start = end
    return tuple(found)


def _change(zone: str, start: int, last: int) -> int:
    """The first cell after `start` with another offset: looking every six hours, then bisecting."""
    ahead, step = _ahead(zone, start), DAY_CELLS // 4
    low = start
    while low < last and _ahead(zone, min(low + step, last)) == ahead:
        low += step
    if low >= last:
        return last
    high = min(low + step, last)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _ahead(zone, middle) == ahead else (low, middle)
    return high


def _ahead(zone: str, cell: int) -> int:
    moment = datetime.fromtimestamp(cell * CELL_SECONDS, UTC).astimezone(ZoneInfo(zone))
    offset = moment.utcoffset() or timedelta()
    return int(offset.total_seconds()) // CELL_SECONDS
