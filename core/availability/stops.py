"""What of a provider's time is taken, and where: seen from a place, the ways to and from it are taken, too.

A way is as long as the city's speed makes it, or as the buffer where that is longer. So a start that is free for a
place leaves time to get there from the visit before, and from it to the one after.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.availability.cells import CELL_MINUTES, cell_count
from core.availability.intervals import Spans
from core.distance import Point, minutes_between


@dataclass(frozen=True, slots=True)
class Stop:
    """Cells in a row that one order has taken, its `buffer` minutes at the end included; `at` is where it is."""

    order_id: int
    day: int
    first: int
    end: int
    at: Point | None = None
    buffer: int = 0

    def around(self, *, place: Point | None, buffer: int, kmh: int) -> tuple[int, int]:
        """The cells in which nobody can be at `place` who has this stop and keeps that buffer after visits."""
        if place is None or self.at is None:
            return self.first, self.end
        way = minutes_between(one=self.at, other=place, kmh=kmh)
        done = self.end * CELL_MINUTES - self.buffer
        return (
            self.first - cell_count(max(way - buffer, 0)),
            max(self.end, cell_count(done + way)),
        )


def taken(*, stops: Iterable[Stop], place: Point | None, buffer: int, kmh: int) -> Spans[int]:
    """What is not free for a visit at `place` (anywhere, if None) that is followed by so many minutes of buffer."""
    return Spans.of(stop.around(place=place, buffer=buffer, kmh=kmh) for stop in stops)


def jobs(*, stops: Iterable[Stop]) -> dict[int, int]:
    """How many orders have time on each day (ordinal)."""
    found: dict[int, set[int]] = {}
    for stop in stops:
        found.setdefault(stop.day, set()).add(stop.order_id)
    return {day: len(orders) for day, orders in found.items()}


def in_rows(cells: Iterable[tuple[int, int, int]]) -> Iterator[Stop]:
    """(cell, order, day) in ascending order, brought together where they follow one another."""
    now: Stop | None = None
    for cell, order_id, day in cells:
        if now and (now.order_id, now.day, now.end) == (order_id, day, cell):
            now = Stop(order_id, day, now.first, cell + 1)
            continue
        if now:
            yield now
        now = Stop(order_id, day, cell, cell + 1)
    if now:
        yield now
