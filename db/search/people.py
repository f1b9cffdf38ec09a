"""The staff's search for people: names as written and as spoken, ends of phones, Telegram's name and id."""

from collections.abc import Sequence
from typing import Any

from core.orders.model import State
from db.engine import Database

_FROM = " FROM person p"
_FEWEST_DIGITS = 4
_SIDES = {"customer_id": "customer_id", "provider_id": "provider_id"}
_DONE = (State.FINISHED.value, State.DISPUTED.value)


class PersonSearch:
    """Implements core.people.finding.PersonSearch."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def matching(
        self, *, words: Sequence[str], limit: int, offset: int
    ) -> tuple[list[int], int]:
        # Whoever was erased has no id of Telegram's any more, and no name to be found by.
        parts, params = ["p.telegram_id > 0"], []
        for word in words:
            clause, values = _about(word)
            parts.append(clause)
            params += values
        where = " WHERE " + " AND ".join(parts)
        counted = await self._db.fetch(f"SELECT COUNT(*){_FROM}{where}", params)
        rows = await self._db.fetch(
            f"SELECT p.id{_FROM}{where} ORDER BY p.id DESC LIMIT ? OFFSET ?",
            [*params, limit, offset],
        )
        return [row[0] for row in rows], int(counted[0][0])


def _about(word: str) -> tuple[str, list[Any]]:
    bare = word
    for sign in "!%_":
        bare = bare.replace(sign, "!" + sign)
    clauses = ["p.sounds LIKE ? ESCAPE '!'", "LOWER(p.username) = ?"]
    params: list[Any] = [f"%{bare}%", word]
    if word.isdecimal() and word.isascii() and len(word) >= _FEWEST_DIGITS:
        clauses += ["p.phone LIKE ?", "CAST(p.telegram_id AS VARCHAR(20)) = ?"]
        params += [f"%{word}", word]
    return f"({' OR '.join(clauses)})", params


class OrderSums:
    """Implements core.people.profile.OrderSums."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def states(self, *, column: str, value: int) -> dict[State, int]:
        rows = await self._db.fetch(
            f"SELECT state, COUNT(*) FROM orders WHERE {_SIDES[column]} = ? GROUP BY state", [value]
        )
        return {State(state): int(n) for state, n in rows}

    async def money(self, *, customer_id: int) -> tuple[int, int, int]:
        owes = f"CASE WHEN state IN ({', '.join('?' * len(_DONE))}) AND total > paid"
        rows = await self._db.fetch(
            "SELECT COALESCE(SUM(paid + COALESCE(cash_confirmed, 0)), 0),"
            f" COALESCE(SUM(refund_due - refunded), 0), COALESCE(SUM({owes} THEN total - paid"
            " ELSE 0 END), 0) FROM orders WHERE customer_id = ?",
            [*_DONE, customer_id],
        )
        paid, owed, owing = rows[0]
        return int(paid), int(owed), int(owing)
