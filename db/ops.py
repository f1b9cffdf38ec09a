"""One guarded statement: the unit of every hand-written write, the same on both databases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from db.shapes import parts

Row = tuple[Any, ...]
_AT_ONCE = 2_000  # values: no text is longer than is worth keeping prepared


@dataclass(frozen=True, slots=True)
class Op:
    """A statement with `?` placeholders.

    `expect` is the number of rows it must touch; a different number, or a broken unique key, fails
    the `guard` and with it the whole unit. The rows of `RETURNING` are handed back if `returns`.
    """

    sql: str
    params: Sequence[Any] = ()
    expect: int | None = None
    guard: Any = None
    returns: bool = False

    def holds(self, touched: int) -> bool:
        return self.expect is None or touched == self.expect


def inserts(
    into: str, rows: Sequence[Sequence[Any]], otherwise: str = "", *, one: str = ""
) -> Iterator[Op]:
    """Many rows in few statements. `into`: the table with its columns in brackets; `one`: a row, if not just values."""
    if not rows:
        return
    width = len(rows[0])
    one = one or f"({', '.join('?' * width)})"
    for part in parts(rows, _AT_ONCE // width):
        values = ", ".join([one] * len(part))
        sql = f"INSERT INTO {into} VALUES {values}{otherwise}"
        yield Op(sql, [value for row in part for value in row])
