"""Updates on their way from Telegram to a handler: kept, worked in order, remembered for a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.engine import Database
from db.ops import Op

REMEMBER_MS = 48 * 3600 * 1000
_MANY = 100


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    """A raw update as it lies in the inbox."""

    bot: str
    update_id: int
    lane: int
    body: str
    tries: int = 0


class InboxTable:
    """The hand-written SQL of the inbox."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def keep(self, updates: Sequence[StoredUpdate], *, now: int) -> set[tuple[str, int]]:
        """Commit these; the keys of those that were not known before."""
        ops = []
        for start in range(0, len(updates), _MANY):
            some = updates[start : start + _MANY]
            marks = ", ".join(["(?, ?, ?, ?, ?)"] * len(some))
            sql = (
                f"INSERT INTO inbox (bot, update_id, lane, body, received_at) VALUES {marks}"
                " ON CONFLICT DO NOTHING RETURNING bot, update_id"
            )
            params = [v for u in some for v in (u.bot, u.update_id, u.lane, u.body, now)]
            ops.append(Op(sql, params, returns=True))
        answers = await self._db.apply(ops)
        return {(bot, update_id) for rows in answers for bot, update_id in rows}

    async def lanes(self, *, bots: Sequence[str]) -> list[int]:
        """Lanes with work left, the longest waiting first."""
        rows = await self._db.fetch(
            f"SELECT lane FROM inbox WHERE {_LEFT} AND bot IN ({_marks(bots)})"
            " GROUP BY lane ORDER BY MIN(received_at)",
            list(bots),
        )
        return [lane for (lane,) in rows]

    async def waiting(self, *, lane: int, bots: Sequence[str], limit: int) -> list[StoredUpdate]:
        """What one lane still has to do, in order of arrival."""
        rows = await self._db.fetch(
            f"SELECT bot, update_id, lane, body, tries FROM inbox WHERE {_LEFT} AND lane = ?"
            f" AND bot IN ({_marks(bots)}) ORDER BY received_at, update_id LIMIT ?",
            [lane, *bots, limit],
        )
        return [StoredUpdate(*row) for row in rows]

    async def done(self, *, bot: str, update_id: int, now: int) -> None:
        """Worked: the number is remembered, the content forgotten."""
        await self._write("done_at = ?, body = ''", [now], bot, update_id)

    async def failed(self, *, bot: str, update_id: int, tries: int, error: str) -> None:
        await self._write("tries = ?, error = ?", [tries, error], bot, update_id)

    async def park(self, *, bot: str, update_id: int, error: str, now: int) -> None:
        """Set aside for people to look at; its lane goes on."""
        await self._write("parked_at = ?, error = ?", [now, error], bot, update_id)

    async def parked_since(self, *, at: int) -> int:
        rows = await self._db.fetch("SELECT COUNT(*) FROM inbox WHERE parked_at >= ?", [at])
        return int(rows[0][0])

    async def forget(self, *, now: int) -> None:
        """Drop what was done long ago; Telegram repeats an update for 24 hours at most."""
        await self._db.apply([Op("DELETE FROM inbox WHERE done_at < ?", [now - REMEMBER_MS])])

    async def _write(self, sets: str, params: list[Any], bot: str, update_id: int) -> None:
        sql = f"UPDATE inbox SET {sets} WHERE bot = ? AND update_id = ?"
        await self._db.apply([Op(sql, [*params, bot, update_id])])


_LEFT = "done_at IS NULL AND parked_at IS NULL"


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
