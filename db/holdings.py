"""The map of personal data as SQL: a person's rows to be handed out, and the statements that erase them."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import SQLModel

from core.changes import Erase
from core.privacy.map import HOLDINGS
from core.privacy.model import End, Holding, Mark, Of
from db.codec import as_json
from db.engine import Database
from db.ops import Op
from db.rows import decoder

_ORDERS = "SELECT id FROM orders WHERE customer_id = ?"
_OF = {
    Of.PERSON: "= ?",
    Of.TELEGRAM: "= ?",
    Of.ORDER: f"IN ({_ORDERS})",
    Of.PAYMENT: f"IN (SELECT id FROM payment WHERE order_id IN ({_ORDERS}))",
    Of.PAYMENT_NUMBER: f"IN (SELECT number FROM payment WHERE order_id IN ({_ORDERS}))",
    Of.TICKET: "IN (SELECT id FROM ticket WHERE person_id = ?)",
    Of.PROVIDER: "IN (SELECT id FROM provider WHERE person_id = ?)",
}
# Rows that nobody is at work on any more.
_SETTLED = {
    "outbox": "state <> 'waiting'",
    "inbox": "(done_at IS NOT NULL OR parked_at IS NOT NULL)",
}
_MARKS = {
    Mark.COARSE: "ROUND(CAST({column} AS NUMERIC), 1)",
    Mark.NOBODY: "-id",
}


def _where(holding: Holding, person_id: int, telegram_id: int) -> tuple[str, list[Any]]:
    clause = f"WHERE {holding.column} {_OF[holding.of]}"
    if holding.settled:
        clause += f" AND {_SETTLED[holding.table]}"
    return clause, [telegram_id if holding.of is Of.TELEGRAM else person_id]


def erase_ops(change: Erase) -> list[Op]:
    """All that an erasure does to the tables, in the order of the map."""
    return [
        _op(holding, *_where(holding, change.person_id, change.telegram_id))
        for holding in _last_person_first_rest(HOLDINGS)
        if holding.end is not End.KEPT
    ]


def _last_person_first_rest(holdings: Sequence[Holding]) -> list[Holding]:
    """The person's own row comes last: until then the others are found by it."""
    return sorted(holdings, key=lambda holding: holding.table == "person")


def _op(holding: Holding, clause: str, params: list[Any]) -> Op:
    if holding.end is End.REMOVED:
        return Op(f"DELETE FROM {holding.table} {clause}", params)
    marks = {c: _MARKS[v].format(column=c) for c, v in holding.blank.items() if isinstance(v, Mark)}
    values = [value for value in holding.blank.values() if not isinstance(value, Mark)]
    sets = ", ".join(f"{column} = {marks.get(column, '?')}" for column in holding.blank)
    return Op(f"UPDATE {holding.table} SET {sets} {clause}", [*values, *params])


class HoldingTable:
    """Implements core.ports.Holdings."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def count(self, holding: Holding, *, person_id: int, telegram_id: int) -> int:
        clause, params = _where(holding, person_id, telegram_id)
        rows = await self._db.fetch(f"SELECT COUNT(*) FROM {holding.table} {clause}", params)
        return int(rows[0][0])

    async def rows(
        self, holding: Holding, *, person_id: int, telegram_id: int
    ) -> list[dict[str, Any]]:
        """The rows as they are kept, without what is others' affair."""
        table = SQLModel.metadata.tables[holding.table]
        decoders = {c.name: decoder(c) for c in table.columns if c.name not in holding.secret}
        clause, params = _where(holding, person_id, telegram_id)
        sql = f"SELECT {', '.join(decoders)} FROM {holding.table} {clause}"
        return [
            {
                name: decode(value) if decode and value is not None else value
                for (name, decode), value in zip(decoders.items(), row, strict=True)
            }
            for row in await self._db.fetch(sql, params)
        ]

    async def files(self, *, person_id: int, telegram_id: int) -> set[int]:
        """Ids of all files that rows of this person speak of."""
        found: set[int] = set()
        for holding in HOLDINGS:
            clause, params = _where(holding, person_id, telegram_id)
            for column in holding.files:
                rows = await self._db.fetch(
                    f"SELECT {column} FROM {holding.table} {clause}", params
                )
                for (value,) in rows:
                    found.update(_ids(value))
        return found


def _ids(value: Any) -> list[int]:
    """One id, or a list of them as either database gives it."""
    if value is None or isinstance(value, int):
        return [value] if value else []
    return list(as_json(value))
