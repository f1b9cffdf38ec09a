"""Reads of claimed time; writes go with the order's change set (db/store.py)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from core.availability.cells import cell_of
from core.availability.stops import Stop, in_rows
from db.engine import Database
from db.shapes import places
from db.ways import PLACES


class ClaimTable:
    """Implements core.ports.Claims."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def stops(
        self, *, provider_ids: Sequence[int], start: datetime, end: datetime, now: datetime,
        holds: bool = True, but: int | None = None,
    ) -> dict[int, list[Stop]]:  # fmt: skip
        found: dict[int, list[Stop]] = {provider_id: [] for provider_id in provider_ids}
        if not found:
            return found
        marks, members = places(provider_ids)
        held, moment = (" OR expires_at > ?", [int(now.timestamp() * 1000)]) if holds else ("", [])
        taken = (
            f"FROM slot_claim WHERE provider_id IN ({marks}) AND cell >= ? AND cell < ?"
            f" AND (expires_at IS NULL{held}) AND order_id <> ?"
        )
        params = [*members, cell_of(start), cell_of(end), *moment, but or 0]
        cells = f"SELECT provider_id, cell, order_id, day {taken} ORDER BY provider_id, cell"
        stands = PLACES.format(claims=f"(SELECT DISTINCT provider_id, order_id {taken})")
        rows, where = await self._db.fetch_all([(cells, params), (stands, params)])
        at = {(provider, order): place for provider, order, *place in where}
        for provider_id, own in groupby(rows, key=lambda row: row[0]):
            for stop in in_rows(row[1:] for row in own):
                lat, lon, buffer = at[provider_id, stop.order_id]
                point = None if lat is None else (lat, lon)
                found[provider_id].append(replace(stop, at=point, buffer=buffer))
        return found
