"""The rows of what visitors did: no person is named in them, and each thing stands once an hour."""

from collections.abc import Sequence
from datetime import datetime

from core.platform.traces import Noted
from db.engine import Database
from db.ops import Op, inserts
from db.shapes import places

_INTO = "trace (visitor, kind, service_id, slot, at, district, wanted_at)"


class TraceTable:
    """Implements core.platform.traces.TraceBook."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def write(self, *, noted: Sequence[Noted]) -> None:
        rows = [
            (one.visitor, one.kind, one.service_id, one.slot, one.at, one.district, one.wanted)
            for one in noted
        ]
        await self._db.apply(list(inserts(_INTO, rows, " ON CONFLICT DO NOTHING")))

    async def unmet(
        self, *, services: Sequence[int], districts: Sequence[str], since: datetime
    ) -> dict[int, int]:
        of, wanted = places(services)
        near, around = places(districts)
        sql = (
            "SELECT service_id, COUNT(DISTINCT visitor) FROM trace WHERE kind = 'unmet'"
            f" AND service_id IN ({of}) AND at >= ? AND district IN ({near}) GROUP BY service_id"
        )
        rows = await self._db.fetch(sql, [*wanted, since, *around])
        return {int(service_id): int(n) for service_id, n in rows}

    async def key(self, *, day: int, fresh: str) -> str:
        sql = "INSERT INTO trace_key (day, key) VALUES (?, ?) ON CONFLICT DO NOTHING"
        await self._db.apply([Op(sql, [day, fresh])])
        found = await self._db.fetch("SELECT key FROM trace_key WHERE day = ?", [day])
        return str(found[0][0])

    async def forget_keys(self, *, before: int) -> None:
        await self._db.apply([Op("DELETE FROM trace_key WHERE day < ?", [before])])
