"""What stands on a service: counted before staff remove it or change what it asks for."""

from collections.abc import Sequence
from datetime import date

from core.orders.lifecycle import OPEN
from core.people.model import CertificateState
from db.engine import Database

NAMES = 5
_USES = (
    "SELECT (SELECT COUNT(*) FROM skill WHERE service_id = ?)"
    " + (SELECT COUNT(*) FROM orders WHERE service_id = ? OR CAST(further AS TEXT) LIKE ?)"
    " + (SELECT COUNT(*) FROM price_request WHERE service_id = ?)"
    " + (SELECT COUNT(*) FROM waiting WHERE service_id = ?)"
    " + (SELECT COUNT(*) FROM series WHERE service_id = ?)"
    " + (SELECT COUNT(*) FROM coupon WHERE CAST(service_ids AS TEXT) LIKE ?)"
    " + (SELECT COUNT(*) FROM trace WHERE service_id = ?)"
)
_ASKS = " FROM skill s JOIN provider p ON p.id = s.provider_id WHERE s.service_id = ?"
_OUTSIDE = _ASKS + " AND (s.price < ? OR s.price > ?)"
_WITHOUT = _ASKS + (
    " AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.provider_id = p.id AND c.kind = ?"
    " AND c.state = ? AND (c.expires_on IS NULL OR c.expires_on >= ?))"
)


class CatalogUses:
    """Implements core.ports.CatalogReads."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def uses(self, *, service_id: int) -> int:
        one, inside = service_id, f"%{service_id}%"
        return await self._number(_USES, [one, one, inside, one, one, one, inside, one])

    async def outside(self, *, service_id: int, low: int, high: int) -> tuple[int, list[str]]:
        params = [service_id, low, high]
        count = await self._number(f"SELECT COUNT(*){_OUTSIDE}", params)
        some = f"SELECT p.name{_OUTSIDE} ORDER BY s.price DESC, p.id LIMIT ?"
        rows = await self._db.fetch(some, [*params, NAMES]) if count else []
        return count, [str(row[0]) for row in rows]

    async def uncertified(self, *, service_id: int, kind: str, today: date) -> int:
        params = [service_id, kind, CertificateState.VERIFIED, today]
        return await self._number(f"SELECT COUNT(*){_WITHOUT}", params)

    async def open_visits(self, *, service_id: int) -> int:
        states = sorted(OPEN)
        marks = ", ".join("?" * len(states))
        sql = f"SELECT COUNT(*) FROM orders WHERE service_id = ? AND state IN ({marks})"
        return await self._number(sql, [service_id, *states])

    async def _number(self, sql: str, params: Sequence[object]) -> int:
        return int((await self._db.fetch(sql, params))[0][0])
