"""The staff's search for orders: names and phones of both sides, states, days, in one query."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.orders.model import State
from db.engine import Database
from db.shapes import places

_FROM = (
    " FROM orders o JOIN person c ON c.id = o.customer_id JOIN provider p ON p.id = o.provider_id"
    " JOIN person pp ON pp.id = p.person_id"
)
_NAMES = ("LOWER(c.name)", "LOWER(p.name)", "LOWER(pp.name)")
_NUMBERS = ("c.phone", "pp.phone", "o.number")
_FEWEST_DIGITS = 4


class OrderSearch:
    """Implements core.orders.find.OrderSearch."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def counted(self, *, states: Sequence[State]) -> dict[State, int]:
        """Of those states alone that some order is in."""
        marks, members = places(list(states))
        sql = f"SELECT state, COUNT(*) FROM orders WHERE state IN ({marks}) GROUP BY state"
        return {State(state): int(n) for state, n in await self._db.fetch(sql, members)}

    async def matching(
        self, *, text: str, states: Sequence[State], start: datetime | None, end: datetime | None,
        person_id: int | None, limit: int, offset: int,
    ) -> tuple[list[int], int]:  # fmt: skip
        clause, params = _where(text, states, start, end, person_id)
        counted = await self._db.fetch(f"SELECT COUNT(*){_FROM}{clause}", params)
        rows = await self._db.fetch(
            f"SELECT o.id{_FROM}{clause} ORDER BY o.starts_at DESC, o.id DESC LIMIT ? OFFSET ?",
            [*params, limit, offset],
        )
        return [row[0] for row in rows], int(counted[0][0])


def _where(
    text: str,
    states: Sequence[State],
    start: datetime | None,
    end: datetime | None,
    person_id: int | None,
) -> tuple[str, list[Any]]:
    parts: list[str] = []
    params: list[Any] = []
    for word in text.split():
        columns = _columns(word)
        parts.append("(" + " OR ".join(f"{name} LIKE ? ESCAPE '!'" for name in columns) + ")")
        params += [_part_of(word)] * len(columns)
    if states:
        parts.append(f"o.state IN ({', '.join('?' * len(states))})")
        params += states
    for sign, moment in ((">=", start), ("<", end)):
        if moment is not None:
            parts.append(f"o.starts_at {sign} ?")
            params.append(moment)
    if person_id is not None:
        parts.append("(o.customer_id = ? OR p.person_id = ?)")
        params += [person_id, person_id]
    return (" WHERE " + " AND ".join(parts) if parts else ""), params


def _columns(word: str) -> tuple[str, ...]:
    """A digit or two are part of a name, not of everybody's phone."""
    long = sum(char.isdigit() for char in word) >= _FEWEST_DIGITS
    return (*_NAMES, *_NUMBERS) if long else _NAMES


def _part_of(word: str) -> str:
    """A pattern for words that contain this; dashes in typed numbers don't count, wildcards are just signs."""
    bare = word.replace("-", "") if word.replace("-", "").isdigit() else word
    for sign in "!%_":
        bare = bare.replace(sign, "!" + sign)
    return f"%{bare.lower()}%"
