"""One guarded statement: the unit of every hand-written write, the same on both databases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Row = tuple[Any, ...]
_AT_ONCE = 2_000  # values: a longer text is not kept prepared


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


def inserts(into: str, rows: Sequence[Sequence[Any]], otherwise: str = "") -> Iterator[Op]:
    """Many rows in few statements, as each costs a round trip. `into`: the table with its columns in brackets."""
    if not rows:
        return
    width = len(rows[0])
    one, most = f"({', '.join('?' * width)})", _AT_ONCE // width
    for start in range(0, len(rows), most):
        part = rows[start : start + most]
        values = ", ".join([one] * len(part))
        sql = f"INSERT INTO {into} VALUES {values}{otherwise}"
        yield Op(sql, [value for row in part for value in row])
