"""Few different texts of statements: a server plans each text once per connection, and keeps only so many.

A list of values has 1, 2, 4, 8, … places, the free ones filled with its last value, and rows are written in parts of 8,
4, 2, 1. So what differs only by how many it is about is at most a dozen texts.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

STATEMENTS: Final = 500
"""So many texts each connection to PostgreSQL keeps prepared, of reads and as many of writes. A week of the whole
product with everybody's buttons pressed (`make week`) reads with 310 and writes with 180."""
_PADDED: Final = 1024
"""A longer list is rare, and not made longer."""


def places(values: Sequence[Any]) -> tuple[str, list[Any]]:
    """`?, ?, …` and the values that stand there, for `IN (…)`."""
    found = list(values)
    if 0 < len(found) <= _PADDED:
        found += found[-1:] * (_ceiling(len(found)) - len(found))
    return ", ".join("?" * len(found)), found


def parts(rows: Sequence[Any], most: int) -> Iterator[Sequence[Any]]:
    """All of `rows` in order, each part as large a power of two as there is, no more than `most`."""
    start = 0
    while left := len(rows) - start:
        size = 1 << (min(left, most).bit_length() - 1)
        yield rows[start : start + size]
        start += size


def _ceiling(count: int) -> int:
    return 1 << (count - 1).bit_length()
