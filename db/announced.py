"""The letters of announcements in the outbox: how many wait, what became of them, where they arrived."""

from datetime import UTC, datetime
from typing import Final

from core.announcements.moves import AGAIN, LETTER, TURNS
from core.announcements.ports import Counted, Hearer
from db.codec import millis
from db.engine import Database

_WAITING: Final = (
    "SELECT COUNT(*) FROM outbox WHERE state = 'waiting' AND urgency = 9 AND due_at <= ?"
    f" AND kind IN ('{LETTER}', '{AGAIN}')"
)
# Whatever a person muted meanwhile was found pointless when it was to leave.
_ENDS: Final = (
    "SELECT SUM(CASE WHEN state = 'done' THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN state = 'closed' AND error = 'unreachable' THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN state = 'closed' AND error = 'pointless' THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN state = 'waiting' AND due_at <= ? THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN state = 'waiting' AND due_at > ? THEN 1 ELSE 0 END),"
    " MIN(CASE WHEN state = 'waiting' AND due_at > ? THEN due_at END)"
    " FROM outbox WHERE urgency = 9 AND subject = ? AND kind = "
)
_ARRIVED: Final = (
    f"SELECT id, person_id, bot FROM outbox WHERE urgency = 9 AND kind = '{LETTER}' AND subject = ? AND id > ?"
    " AND state = 'done' AND person_id IS NOT NULL ORDER BY id LIMIT ?"
)


class SentTable:
    """Implements core.announcements.ports.Sent."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def backlog(self, *, now: datetime) -> int:
        return int((await self._db.fetch(_WAITING, [millis(now)]))[0][0])

    async def counted(self, *, announcement_id: int, turn: int, now: datetime) -> Counted:
        at, which, more = millis(now), f"'{LETTER}'", []
        if turn:
            which, more = f"'{AGAIN}' AND version % {TURNS} = ?", [turn]
        [row] = await self._db.fetch(_ENDS + which, [at, at, at, announcement_id, *more])
        reached, blocked, muted, failed, due, waiting = (int(n or 0) for n in row[:6])
        next_due = datetime.fromtimestamp(row[6] / 1000, UTC) if row[6] else None
        return Counted(reached, blocked, muted, failed, due, waiting, next_due)

    async def arrived(self, *, announcement_id: int, mark: int, limit: int) -> list[Hearer]:
        rows = await self._db.fetch(_ARRIVED, [announcement_id, mark, limit])
        return [Hearer(person, bot, letter) for letter, person, bot in rows]
