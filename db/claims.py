"""Reads of claimed time; writes go with the order's change set (db/store.py)."""

from collections.abc import Sequence
from datetime import datetime

from core.availability.cells import cell_of
from db.engine import Database


class ClaimTable:
    """Implements core.ports.Claims."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def busy(
        self, *, provider_ids: Sequence[int], start: datetime, end: datetime, now: datetime,
        holds: bool = True, but: int | None = None,
    ) -> dict[int, set[int]]:  # fmt: skip
        found: dict[int, set[int]] = {provider_id: set() for provider_id in provider_ids}
        if not found:
            return found
        marks = ", ".join("?" * len(provider_ids))
        held, moment = (" OR expires_at > ?", [int(now.timestamp() * 1000)]) if holds else ("", [])
        sql = (
            f"SELECT provider_id, cell FROM slot_claim WHERE provider_id IN ({marks})"
            f" AND cell >= ? AND cell < ? AND (expires_at IS NULL{held}) AND order_id <> ?"
        )
        params = [*provider_ids, cell_of(start), cell_of(end), *moment, but or 0]
        for provider_id, cell in await self._db.fetch(sql, params):
            found[provider_id].add(cell)
        return found

    async def jobs(
        self, *, provider_ids: Sequence[int], first: int, last: int, now: datetime,
        but: int | None = None,
    ) -> dict[int, dict[int, int]]:  # fmt: skip
        found: dict[int, dict[int, int]] = {provider_id: {} for provider_id in provider_ids}
        if not found:
            return found
        marks = ", ".join("?" * len(provider_ids))
        sql = (
            "SELECT provider_id, day, COUNT(DISTINCT order_id) FROM slot_claim"
            f" WHERE provider_id IN ({marks}) AND day >= ? AND day <= ?"
            " AND (expires_at IS NULL OR expires_at > ?) AND order_id <> ?"
            " GROUP BY provider_id, day"
        )
        params = [*provider_ids, first, last, int(now.timestamp() * 1000), but or 0]
        for provider_id, day, count in await self._db.fetch(sql, params):
            found[provider_id][day] = int(count)
        return found
