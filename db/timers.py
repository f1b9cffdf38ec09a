"""Timers due: taken by lease so that any number of sweeps may run, gone when their work is done."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from db.engine import Database
from db.ops import Op

LEASE_MS = 30_000


@dataclass(frozen=True, slots=True)
class DueTimer:
    key: str
    kind: str
    subject_id: int
    tries: int


class TimerTable:
    def __init__(self, database: Database) -> None:
        self._db = database

    async def take(
        self, *, now: datetime, limit: int = 50, only: Collection[str] | None = None
    ) -> list[DueTimer]:
        """Timers (of these kinds) that are due and nobody works on; a sweep that dies loses its lease after a while."""
        at = int(now.timestamp() * 1000)
        kinds = "" if only is None else f" AND kind IN ({', '.join('?' * len(only))})"
        due = (
            f"SELECT key FROM timer WHERE due_at <= ? AND lease_until <= ?{kinds} ORDER BY due_at LIMIT ?"
            + self._db.skip_locked
        )
        # In front, for PostgreSQL may ask an inner query again and again, past its limit.
        sql = (
            f"WITH due AS ({due}) UPDATE timer SET lease_until = ?, tries = tries + 1"
            " WHERE key IN (SELECT key FROM due) RETURNING key, kind, subject_id, tries"
        )
        rows = await self._db.apply(
            [Op(sql, [at, at, *(only or ()), limit, at + LEASE_MS], returns=True)]
        )
        return [DueTimer(*row) for row in rows[0]]

    async def done(self, *, timer: DueTimer, now: datetime) -> None:
        """Gone, unless it was set anew for later while its work was done."""
        sql = "DELETE FROM timer WHERE key = ? AND due_at <= ?"
        await self._db.apply([Op(sql, [timer.key, int(now.timestamp() * 1000)])])

    async def release_all(self) -> None:
        """Frees what a process that was killed held; only right where no other process can be at work."""
        await self._db.apply([Op("UPDATE timer SET lease_until = 0 WHERE lease_until > 0")])

    async def later(self, *, timer: DueTimer, at: datetime, counts: bool = True) -> None:
        """Once more then; its tries go on being counted, or begin anew."""
        sql = f"UPDATE timer SET due_at = ?, lease_until = 0{'' if counts else ', tries = 0'} WHERE key = ?"
        await self._db.apply([Op(sql, [int(at.timestamp() * 1000), timer.key])])
