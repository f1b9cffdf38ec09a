"""The queries behind alerts: orders that can hang, what people ordered and served, how many were raised."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from core.alerts.habits import Seen
from core.alerts.model import Kind
from core.orders.model import Late, State
from db.codec import as_json, as_time
from db.engine import Database

_HANGING = (
    State.OFFERED, State.SEARCHING, State.CHOOSING, State.ARRIVED, State.WORKING, State.FINISHED,
    State.DISPUTED,
)  # fmt: skip
_SUSPECTS = (
    f"SELECT id FROM orders WHERE state IN ({', '.join('?' * len(_HANGING))})"
    " OR (state = ? AND asked_until < ?)"
    " OR (state = ? AND contacted_at IS NULL AND contact_by <= ?)"
    " OR (state IN (?, ?) AND late >= ?)"
)
_SEEN = (
    "SELECT o.id, o.customer_id, o.provider_id, o.state, o.created_at, o.minutes, o.reached,"
    " o.cancelled_by, o.reason, o.late, r.quality + r.attitude + r.skill FROM orders o"
    " LEFT JOIN review r ON r.order_id = o.id AND NOT r.hidden"
)
_TALLY = "SELECT kind, COUNT(*) FROM alert WHERE found_at >= ? AND found_at < ? GROUP BY kind"


class AlertReads:
    """Implements core.alerts' Suspects, Visits and Tally."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def suspects(self, *, now: datetime) -> list[int]:
        params = [
            *_HANGING, State.UNPAID, now, State.ACCEPTED, now, State.ACCEPTED, State.ON_THE_WAY,
            int(Late.TOLD),
        ]  # fmt: skip
        return [int(row[0]) for row in await self._db.fetch(_SUSPECTS, params)]

    async def ordered(self, *, customer_ids: Sequence[int], since: datetime) -> list[Seen]:
        return await self._seen("customer_id", customer_ids, since)

    async def served(self, *, provider_id: int, since: datetime) -> list[Seen]:
        return await self._seen("provider_id", [provider_id], since)

    async def _seen(self, column: str, ids: Sequence[int], since: datetime) -> list[Seen]:
        """A visit begins after it was placed, which lets the index find the latest."""
        sql = (
            f"{_SEEN} WHERE o.{column} IN ({', '.join('?' * len(ids))}) AND o.starts_at >= ?"
            " AND o.created_at >= ? ORDER BY o.created_at, o.id"
        )
        return [_seen(row) for row in await self._db.fetch(sql, [*ids, since, since])]

    async def tally(self, *, first: datetime, end: datetime) -> dict[Kind, int]:
        rows = await self._db.fetch(_TALLY, [first, end])
        return {Kind(kind): int(n) for kind, n in rows}


def _seen(row: Sequence[Any]) -> Seen:
    order_id, customer, provider, state, created, minutes, reached, by, reason, late, stars = row
    at = as_time(created)
    assert at is not None
    known = {State(name): datetime.fromisoformat(text) for name, text in as_json(reached).items()}
    began, done = known.get(State.WORKING), known.get(State.FINISHED)
    return Seen(
        int(order_id), int(customer), int(provider), State(state), at, timedelta(minutes=minutes),
        done - began if began and done else None, known.get(State.CANCELLED), by, reason, int(late),
        None if stars is None else int(stars),
    )  # fmt: skip
