"""A unit of guarded statements as one call of one PostgreSQL function: one round trip, the commit included.

The server keeps each statement prepared and planned under a name; a unit is the list of names with their values, and
the function ends it at the first guard that fails. What was written together leaves its token behind, so after a
broken connection nobody has to guess.
"""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import asyncpg

from db.codec import literals, numbered
from db.errors import ConstraintBroken, GuardFailed
from db.ops import Op, Row
from db.shapes import STATEMENTS
from db.unit_function import FAILED

_LONG = 15_000
"""Characters; the text of one that writes so many rows is not met again."""
_WRITES: Final = ("INSERT", "UPDATE", "DELETE")
_PLANNED: Final = (*_WRITES, "SELECT", "WITH")
"""All else stands as it is, as only these can be prepared."""

CALL: Final = "SELECT write_unit($1, $2, $3, $4, $5, $6, $7, $8)"

# Whoever comes first has the token: if it is this one, the unit can never be committed any more, however late its call
# reaches the server; a unit under way is waited for.
SETTLE: Final = (
    "INSERT INTO unit (token, at) VALUES ($1, $2)"
    " ON CONFLICT (token) DO UPDATE SET at = unit.at RETURNING answers"
)


class Prepared:
    """What one connection has ready on the server, the longest unused first."""

    def __init__(self) -> None:
        self._names: OrderedDict[str, None] = OrderedDict()
        self._stale: list[str] = []

    def lacks(self, name: str, text: str) -> bool:
        """Whether the next call has to bring it along; from then on it is there."""
        if len(text) > _LONG:
            self._stale.append(name)
            return True
        known = name in self._names
        self._names[name] = None
        self._names.move_to_end(name)
        return not known

    def stale(self) -> list[str]:
        """Those the next call gives up first."""
        stale, self._stale = self._stale, []
        while len(self._names) > STATEMENTS:
            stale.append(self._names.popitem(last=False)[0])
        return stale

    def renew(self) -> None:
        """Something is not there any more, or made for tables that have changed."""
        self._stale.extend(self._names)
        self._names.clear()


class Call:
    """`ops` as one call; `parts` is what CALL takes behind token and time.

    `remembered`: it relies on statements that were prepared before.
    """

    def __init__(self, ops: Sequence[Op], prepared: Prepared) -> None:
        self._ops = ops
        self.remembered = False
        stale, fresh, calls = prepared.stale(), dict[str, str](), list[str]()
        for op in ops:
            name, text = _named(op.sql, op.expect is not None and not op.returns)
            if not text.startswith(_PLANNED):
                calls.append(_spelled(text, op.params))
                continue
            if prepared.lacks(name, text):
                fresh[name] = text
            elif name not in fresh:
                self.remembered = True
            values = literals(op.params)
            calls.append(f"EXECUTE {name} ({values})" if values else f"EXECUTE {name}")
        wanted, asked = [op.expect for op in ops], [op.returns for op in ops]
        self.parts = (stale, list(fresh), list(fresh.values()), calls, wanted, asked)

    def refusal(self, error: Exception) -> Exception:
        """What its failure means to whoever asked for the unit."""
        step = (getattr(error, "hint", None) or "").partition(" ")[0]
        if not step.isdigit() or step == "0":
            return error
        index = int(step) - 1
        guard, unique = self._ops[index].guard, isinstance(error, asyncpg.UniqueViolationError)
        if getattr(error, "sqlstate", "") == FAILED or (unique and guard is not None):
            return GuardFailed(guard, index)
        if not isinstance(error, asyncpg.IntegrityConstraintViolationError):
            return error
        return ConstraintBroken(index, f"{error.args[0]} {error.detail or ''}".rstrip())


@lru_cache(maxsize=4096)
def _named(sql: str, counted: bool) -> tuple[str, str]:
    """Its name and its text; EXECUTE counts no rows but those that come back."""
    text = numbered(sql)
    if counted and text.startswith(_WRITES) and " RETURNING " not in text:
        text += " RETURNING 1"
    return f"unit_{hashlib.sha256(text.encode()).hexdigest()[:20]}", text


def _spelled(text: str, params: Sequence[Any]) -> str:
    """With its values in it."""
    return (
        re.sub(r"\$(\d+)", lambda place: literals([params[int(place[1]) - 1]]), text)
        if params
        else text
    )


def rows(answers: list[list[list[Any]]]) -> list[list[Row]]:
    """The rows that each operation hands back."""
    return [[tuple(row) for row in each] for each in answers]
