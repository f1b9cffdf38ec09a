"""One guarded statement: the unit of every hand-written write, the same on both databases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Row = tuple[Any, ...]


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
