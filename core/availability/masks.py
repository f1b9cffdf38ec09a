"""One 64-bit mask of free quarters per provider and local day: "free for 90 minutes" is one AND.

Bit i is the i-th quarter of an hour after 06:00 local time. Masks are derived from hours and
claims, never kept by hand; as hours and starts lie on the quarter, a mask offers exactly what the
slots offer.
"""

from collections.abc import Iterable
from datetime import date

from core.availability.intervals import Spans
from core.availability.slots import DAY_OPENS, QUARTER_CELLS, Week, free
from core.availability.zones import at, between

QUARTERS = 64
FULL = (1 << QUARTERS) - 1
_SIGN = 1 << (QUARTERS - 1)


def first_cell(*, zone: str, day: date) -> int:
    """The cell at which quarter 0 of that local date begins."""
    for start, _ in at(zone=zone, day=day, minutes=DAY_OPENS):
        return start
    for start, _ in between(zone=zone, day=day, opens=DAY_OPENS, closes=24 * 60):
        return start
    return 0  # a date the calendar of that place skipped: nothing is free on it either


def day_mask(*, week: Week, day: date, claimed: Iterable[int] | Spans[int]) -> int:
    """The free quarters of that local date."""
    return mask_of(
        spans=free(week=week, day=day, claimed=claimed), base=first_cell(zone=week.zone, day=day)
    )


def mask_of(*, spans: Spans[int], base: int) -> int:
    """The quarters that lie wholly inside the spans."""
    mask = 0
    for start, end in spans:
        first = max(-(-(start - base) // QUARTER_CELLS), 0)
        last = min((end - base) // QUARTER_CELLS, QUARTERS)
        if first < last:
            mask |= (1 << last) - (1 << first)
    return mask


def without(*, mask: int, base: int, cells: Iterable[int]) -> int:
    """The mask after these cells were claimed."""
    for cell in cells:
        quarter = (cell - base) // QUARTER_CELLS
        if 0 <= quarter < QUARTERS:
            mask &= ~(1 << quarter)
    return mask


def start_bits(*, mask: int, quarters: int) -> int:
    """The quarters at which so many free ones in a row begin, found by doubling."""
    have = 1
    while have < quarters:
        step = min(have, quarters - have)
        mask &= mask >> step
        have += step
    return mask


def fits(*, mask: int, quarters: int) -> list[int]:
    """The possible starts as numbers of quarters."""
    bits = start_bits(mask=mask, quarters=quarters)
    return [quarter for quarter in range(QUARTERS) if bits >> quarter & 1]


def starting_between(*, first: int, last: int) -> int:
    """The bits of the starts first … last, both included."""
    first, last = max(first, 0), min(last, QUARTERS - 1)
    return (1 << (last + 1)) - (1 << first) if first <= last else 0


def quarter_from(*, cell: int, base: int) -> int:
    """The first quarter that begins at or after this cell, 0 … 64 (64: the day is over)."""
    return min(max(-(-(cell - base) // QUARTER_CELLS), 0), QUARTERS)


def stored(mask: int) -> int:
    """The mask as the signed integer both databases keep."""
    return mask - (1 << QUARTERS) if mask & _SIGN else mask


def loaded(number: int) -> int:
    """The mask out of its signed form."""
    return number & FULL
