"""Reads of providers' time, free and taken; writes go with the order's change set (db/store.py)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from core.availability.cells import cell_of
from core.availability.diary import Dated, Diary, Stretch
from core.availability.stops import Stop, in_rows
from db.engine import Database
from db.shapes import places
from db.ways import PLACES

_DAY_HOURS, _HOURS, _CELL, _PLACE = range(4)
_NO_PLACE: Final = "CAST(NULL AS DOUBLE PRECISION), CAST(NULL AS DOUBLE PRECISION)"
_NO_DAY: Final = "CAST(NULL AS DATE)"
_PLANNED: Final = (
    f"SELECT {_DAY_HOURS}, provider_id, start_min, end_min, CASE WHEN works THEN 1 ELSE 0 END, day,"
    f" {_NO_PLACE} FROM day_hours WHERE provider_id IN ({{marks}})"
    f" UNION ALL SELECT {_HOURS}, provider_id, weekday, start_min, end_min, {_NO_DAY}, {_NO_PLACE}"
    " FROM hours WHERE provider_id IN ({marks})"
)
_TAKEN: Final = (
    "FROM slot_claim WHERE provider_id IN ({marks}) AND cell >= ? AND cell < ?"
    " AND (expires_at IS NULL{held}) AND order_id <> ?"
)
_STOPS: Final = (
    f" UNION ALL SELECT {_CELL}, provider_id, cell, order_id, day, {_NO_DAY}, {_NO_PLACE} {{taken}}"
    f" UNION ALL SELECT {_PLACE}, s.provider_id, s.order_id, s.buffer, 0, {_NO_DAY}, s.lat, s.lon"
    f" FROM ({PLACES.format(claims='(SELECT DISTINCT provider_id, order_id {taken})')}) s"
)
Row = tuple[Any, ...]


class ClaimTable:
    """Implements core.ports.Claims."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def diaries(
        self, *, provider_ids: Sequence[int], start: datetime, end: datetime, now: datetime,
        holds: bool = True, but: int | None = None,
    ) -> dict[int, Diary]:  # fmt: skip
        if not provider_ids:
            return {}
        marks, members = places(provider_ids)
        held, moment = (" OR expires_at > ?", [int(now.timestamp() * 1000)]) if holds else ("", [])
        sql = _PLANNED.format(marks=marks) + _STOPS.format(
            taken=_TAKEN.format(marks=marks, held=held)
        )
        taken = [*members, cell_of(start), cell_of(end), *moment, but or 0]
        found: dict[int, list[Row]] = {provider_id: [] for provider_id in provider_ids}
        for row in await self._db.fetch(sql, [*members, *members, *taken, *taken]):
            found[row[1]].append(row)
        return {provider_id: _diary(rows) for provider_id, rows in found.items()}


def _diary(rows: Iterable[Row]) -> Diary:
    hours, dated, cells, at = list[Stretch](), list[Dated](), list[Stretch](), dict[int, Row]()
    for what, _, a, b, c, day, *place in rows:
        if what == _HOURS:
            hours.append((a, b, c))
        elif what == _CELL:
            cells.append((a, b, c))
        elif what == _PLACE:
            at[a] = (b, *place)
        else:
            dated.append((_date(day), a, b, bool(c)))
    cells.sort()
    return Diary(
        tuple(sorted(hours)), tuple(dated), tuple(_at(stop, at) for stop in in_rows(cells))
    )


def _at(stop: Stop, places: dict[int, Row]) -> Stop:
    buffer, lat, lon = places[stop.order_id]
    return replace(stop, at=None if lat is None else (lat, lon), buffer=buffer)


def _date(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
