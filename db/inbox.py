"""Updates on their way from Telegram to a handler: kept, worked in order, remembered for a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.engine import Database
from db.ops import Op

_MANY = 100


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    """A raw update as it lies in the inbox."""

    bot: str
    update_id: int
    lane: int
    body: str
    tries: int = 0
    chat_id: int = 0


class InboxTable:
    """The hand-written SQL of the inbox."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def keep(
        self, updates: Sequence[StoredUpdate], *, now: int
    ) -> dict[tuple[str, int], int | None]:
        """Commit these; the new ones, with the calls of their lane so far: 0, for nobody else works here."""
        ops = [came_back(updates)] if any(u.chat_id for u in updates) else []
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
        return {(bot, update_id): 0 for rows in answers for bot, update_id in rows}

    async def adopt(self, *, bots: Sequence[str]) -> list[tuple[str, int]]:
        """Lanes with work left that nobody works, the longest waiting first."""
        rows = await self._db.fetch(
            f"SELECT bot, lane FROM inbox WHERE {LEFT} AND bot IN ({marks(bots)})"
            " GROUP BY bot, lane ORDER BY MIN(received_at)",
            list(bots),
        )
        return [(bot, lane) for bot, lane in rows]

    async def waiting(
        self, *, bot: str, lane: int, limit: int
    ) -> tuple[list[StoredUpdate], int] | None:
        """What one lane still has to do, in order of arrival, and how often it was called so far; None if it is
        another's now.
        """
        rows = await self._db.fetch(
            f"SELECT bot, update_id, lane, body, tries FROM inbox WHERE {LEFT} AND lane = ?"
            " AND bot = ? ORDER BY received_at, update_id LIMIT ?",
            [lane, bot, limit],
        )
        return [StoredUpdate(*row) for row in rows], 0

    async def leave(self, *, bot: str, lane: int, calls: int) -> bool:
        """Nothing is left to do; False if more was called for meanwhile."""
        return True

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

    async def _write(self, sets: str, params: list[Any], bot: str, update_id: int) -> None:
        sql = f"UPDATE inbox SET {sets} WHERE bot = ? AND update_id = ?"
        await self._db.apply([Op(sql, [*params, bot, update_id])])


def came_back(updates: Sequence[StoredUpdate]) -> Op:
    """Who writes can be reached (again)."""
    chats = sorted({u.chat_id for u in updates if u.chat_id})
    sql = f"DELETE FROM unreachable WHERE bot = ? AND chat_id IN ({marks(chats)})"
    return Op(sql, [updates[0].bot, *chats])


LEFT = "done_at IS NULL AND parked_at IS NULL"


def marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
