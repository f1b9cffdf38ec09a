"""A provider's rows between two moments: steps of orders while they were his, questions to several, reviews."""

from datetime import datetime
from typing import TypeVar

from core.entity import Entity
from core.figures.model import Passage
from core.orders.model import Ask
from core.reviews.model import Review
from db.codec import as_time
from db.engine import Database
from db.rows import shape

E = TypeVar("E", bound=Entity)

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
