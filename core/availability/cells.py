"""Claim cells: scarce time as integers of five minutes, one primary key decides between rivals."""

from collections.abc import Iterable
from datetime import UTC, datetime

from core.availability.intervals import Spans

CELL_MINUTES = 5
CELL_SECONDS = CELL_MINUTES * 60


def cell_of(moment: datetime) -> int:
    """The cell that holds this instant."""
    return int(moment.timestamp()) // CELL_SECONDS


def instant_of(cell: int) -> datetime:
    """The instant at which the cell begins."""
    return datetime.fromtimestamp(cell * CELL_SECONDS, UTC)


def cell_count(minutes: int) -> int:
    """How many cells so many minutes touch."""
    return -(-minutes // CELL_MINUTES)


def cells_of(start: datetime, minutes: int) -> range:
    """Every cell the period touches, ascending: the order in which they are claimed."""
    first = cell_of(start)
    last = -(-(int(start.timestamp()) + minutes * 60) // CELL_SECONDS)
    return range(first, max(last, first))


def spans_of(cells: Iterable[int] | Spans[int]) -> Spans[int]:
    """Single cells as intervals."""
    if isinstance(cells, Spans):
        return cells
    return Spans.of((cell, cell + 1) for cell in cells)
