"""The inbox of several processes: each lane is worked by one of them, whoever took the update in.

A lane's row names the process and counts the calls. It goes only if nobody called since its holder last looked, so
nothing that is stored meanwhile can be overlooked; a process that died loses its lanes to whoever looks next.
"""

from collections.abc import Sequence

from db.engine import Database
from db.inbox import LEFT, InboxTable, StoredUpdate, came_back, marks
from db.ops import Op
from db.processes import NOW

_LIVES = f"EXISTS (SELECT 1 FROM process p WHERE p.run = lane.run AND p.alive_until > {NOW})"
_AT_ONCE = 200


class SharedInboxTable(InboxTable):
    """As InboxTable, for the process that goes by `run`."""

    def __init__(self, db: Database, *, run: int) -> None:
        super().__init__(db)
        self.run = run

    async def keep(
        self, updates: Sequence[StoredUpdate], *, now: int
    ) -> dict[tuple[str, int], int | None]:
        """Commit these (of one bot); the new ones, with the calls of their lane, or None where another works it."""
        rows = ", ".join(["(?, ?, ?, ?, ?)"] * len(updates))
        params = [v for u in updates for v in (u.bot, u.update_id, u.lane, u.body, now)]
        back = came_back(updates) if any(u.chat_id for u in updates) else None
        sql = (
            f"WITH fresh AS (INSERT INTO inbox (bot, update_id, lane, body, received_at) VALUES {rows}"
            " ON CONFLICT DO NOTHING RETURNING bot, update_id, lane), held AS ("
            " INSERT INTO lane (bot, number, run, calls) SELECT DISTINCT bot, lane, ?::bigint, 1 FROM fresh"
            " ORDER BY lane ON CONFLICT (bot, number) DO UPDATE SET calls = lane.calls + 1,"
            f" run = CASE WHEN {_LIVES} THEN lane.run ELSE excluded.run END"
            " RETURNING bot, number, run, calls)"
            + (f", back AS ({back.sql})" if back else "")
            + " SELECT f.bot, f.update_id, CASE WHEN h.run = ?::bigint THEN h.calls END"
            " FROM fresh f JOIN held h ON h.bot = f.bot AND h.number = f.lane"
        )
        params += [self.run, *(back.params if back else ()), self.run]
        [found] = await self._db.apply([Op(sql, params, returns=True)])
        return {(bot, update_id): calls for bot, update_id, calls in found}

    async def adopt(self, *, bots: Sequence[str]) -> list[tuple[str, int]]:
        """Takes over lanes with work left whose process is dead or never was."""
        left = (
            f"SELECT bot, lane FROM inbox WHERE {LEFT} AND bot IN ({marks(bots)})"
            f" AND NOT EXISTS (SELECT 1 FROM lane JOIN process p ON p.run = lane.run AND p.alive_until > {NOW}"
            " WHERE lane.bot = inbox.bot AND lane.number = inbox.lane)"
            f" GROUP BY bot, lane ORDER BY bot, lane LIMIT {_AT_ONCE}"
        )
        sql = (
            f"INSERT INTO lane (bot, number, run, calls) SELECT l.bot, l.lane, ?::bigint, 1 FROM ({left}) l"
            " ON CONFLICT (bot, number) DO UPDATE SET calls = lane.calls + 1, run = excluded.run"
            f" WHERE NOT {_LIVES} RETURNING bot, number"
        )
        [rows] = await self._db.apply([Op(sql, [self.run, *bots], returns=True)])
        return [(bot, number) for bot, number in rows]

    async def waiting(
        self, *, bot: str, lane: int, limit: int
    ) -> tuple[list[StoredUpdate], int] | None:
        # By Telegram's own numbers: the clocks of those who took them in may differ.
        rows = await self._db.fetch(
            "SELECT l.calls, i.bot, i.update_id, i.lane, i.body, i.tries FROM lane l LEFT JOIN LATERAL ("
            f" SELECT * FROM inbox WHERE {LEFT} AND bot = l.bot AND lane = l.number"
            " ORDER BY update_id LIMIT ?) i ON true WHERE l.bot = ? AND l.number = ? AND l.run = ?"
            " ORDER BY i.update_id",
            [limit, bot, lane, self.run],
        )
        if not rows:
            return None
        return [StoredUpdate(*row[1:]) for row in rows if row[1] is not None], rows[0][0]

    async def leave(self, *, bot: str, lane: int, calls: int) -> bool:
        sql = (
            "DELETE FROM lane WHERE bot = ? AND number = ? AND run = ? AND calls = ? RETURNING bot"
        )
        [rows] = await self._db.apply([Op(sql, [bot, lane, self.run, calls], returns=True)])
        return bool(rows)
