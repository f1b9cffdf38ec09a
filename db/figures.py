"""A provider's rows between two moments: steps of orders while they were his, questions to several, reviews."""

from datetime import datetime
from math import cos, radians
from typing import TypeVar

from core.entity import Entity
from core.figures.model import Passage
from core.orders.lifecycle import PROMISED
from core.orders.model import Ask, Order, State
from core.people.model import ProviderState
from core.reviews.model import Review
from db.codec import as_time
from db.engine import Database
from db.rows import shape

E = TypeVar("E", bound=Entity)
KM_PER_DEGREE = 111.2
_HAD = PROMISED | {State.CLOSED}

# An order that had a step then is read whole: what became of it may have come a little later.
_PASSAGES = (
    "SELECT order_id, verb, from_state, to_state, actor, at FROM order_step"
    " WHERE provider_id = ? AND from_state <> to_state AND order_id IN"
    " (SELECT order_id FROM order_step WHERE provider_id = ? AND at >= ? AND at < ?)"
    " ORDER BY order_id, version"
)


class RecordReads:
    """Implements core.figures.model.Records."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def passages(self, *, provider_id: int, first: datetime, end: datetime) -> list[Passage]:
        rows = await self._db.fetch(_PASSAGES, [provider_id, provider_id, first, end])
        return [_passage(*row) for row in rows]

    async def asks(self, *, provider_id: int, first: datetime, end: datetime) -> list[Ask]:
        return await self._between(Ask, "until", "", provider_id, first, end)

    async def reviews(self, *, provider_id: int, first: datetime, end: datetime) -> list[Review]:
        shown = " AND NOT hidden"
        return await self._between(Review, "created_at", shown, provider_id, first, end)

    async def around(
        self, *, provider_id: int, lat: float, lon: float, km: float, first: datetime,
        end: datetime, limit: int,
    ) -> list[Order]:  # fmt: skip
        of, states = shape(Order), sorted(_HAD)
        up = km / KM_PER_DEGREE
        side = up / max(cos(radians(lat)), 0.01)
        sql = (
            f"{of.select} WHERE state IN ({', '.join('?' * len(states))}) AND starts_at >= ?"
            " AND starts_at < ? AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"
            " AND provider_id <> ? ORDER BY starts_at DESC, id LIMIT ?"
        )
        params = [
            *states, first, end, lat - up, lat + up, lon - side, lon + side, provider_id, limit,
        ]  # fmt: skip
        return [of.read(row) for row in await self._db.fetch(sql, params)]

    async def asked_lately(self, *, week: int, since: datetime, limit: int) -> list[int]:
        sql = (
            "SELECT p.id FROM provider p WHERE p.state = ? AND p.found_week < ? AND EXISTS"
            " (SELECT 1 FROM order_step s WHERE s.provider_id = p.id AND s.at >= ?"
            " AND s.to_state = ?) ORDER BY p.id LIMIT ?"
        )
        params = [ProviderState.APPROVED, week, since, State.OFFERED, limit]
        return [int(row[0]) for row in await self._db.fetch(sql, params)]

    async def _between(
        self,
        kind: type[E],
        column: str,
        more: str,
        provider_id: int,
        first: datetime,
        end: datetime,
    ) -> list[E]:
        of = shape(kind)
        sql = (
            f"{of.select} WHERE provider_id = ? AND {column} >= ? AND {column} < ?{more}"
            f" ORDER BY {column}, id"
        )
        return [of.read(row) for row in await self._db.fetch(sql, [provider_id, first, end])]


def _passage(order_id: int, verb: str, source: str, target: str, actor: str, at: object) -> Passage:
    moment = as_time(at)
    assert moment is not None
    return Passage(int(order_id), verb, source, target, actor, moment)
