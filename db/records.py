"""The query behind a provider's records: his visits in a last state, each with the stars it got."""

from datetime import datetime
from typing import Any

from core.orders.model import State
from core.records.model import Ended
from db.codec import as_json, as_time
from db.engine import Database

_LAST = (State.FINISHED, State.DISPUTED, State.CLOSED, State.CANCELLED)
_SELECT = (
    "SELECT o.id, o.state, o.starts_at, o.service_id, o.cancelled_by, o.reached,"
    " r.quality + r.attitude + r.skill FROM orders o"
    " LEFT JOIN review r ON r.order_id = o.id AND NOT r.hidden"
    f" WHERE o.provider_id = ? AND o.state IN ({', '.join('?' * len(_LAST))})"
)


class EndedOrders:
    """Implements core.records.service.EndedOrders."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def ended(
        self, *, provider_id: int, start: datetime | None, end: datetime | None
    ) -> list[Ended]:
        sql, params = _SELECT, [provider_id, *_LAST]
        for sign, moment in ((">=", start), ("<", end)):
            if moment is not None:
                sql += f" AND o.starts_at {sign} ?"
                params.append(moment)
        rows = await self._db.fetch(f"{sql} ORDER BY o.starts_at DESC, o.id DESC", params)
        return [_ended(row) for row in rows]


def _ended(row: Any) -> Ended:
    order_id, state, starts_at, service_id, cancelled_by, reached, stars = row
    moment = as_time(starts_at)
    assert moment is not None
    return Ended(
        int(order_id), State(state), moment, int(service_id), cancelled_by, as_json(reached),
        None if stars is None else int(stars),
    )  # fmt: skip
