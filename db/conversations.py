"""Where each talk stands, so that a restart in the middle of a wizard goes unnoticed."""

from functools import cache
from typing import Any

from core.people.model import Person
from db.codec import as_json
from db.engine import Database
from db.ops import Op
from db.rows import shape

Key = tuple[str, int, int, int, str]
_CARD = "SELECT 1 FROM card WHERE bot = ? AND chat_id = ? AND message_id = ?"
_WHERE = "bot = ? AND chat_id = ? AND user_id = ? AND thread_id = ? AND destiny = ?"


class ConversationTable:
    """State and data of a talk under (bot, chat, user, thread, destiny)."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def get(self, key: Key) -> tuple[str | None, dict[str, Any]]:
        rows = await self._db.fetch(f"SELECT state, data FROM conversation WHERE {_WHERE}", key)
        return (rows[0][0], as_json(rows[0][1])) if rows else (None, {})

    async def arrived(
        self, key: Key, *, message_id: int
    ) -> tuple[Person | None, str | None, dict[str, Any], bool, bool]:
        """All that a tap needs to know first, in one hop: the person, as `get`, whether the message is a card, and
        whether it is a word about how something stands.
        """
        bot, chat_id, user_id, *_ = key
        where = [bot, chat_id, message_id]
        params = [*where, *where, user_id, *key]
        (row,) = await self._db.fetch(_arrived(), params)
        state, data, card, stands, *person = row
        known = shape(Person).read(person) if person[0] is not None else None
        return known, state, as_json(data) or {}, bool(card), bool(stands)

    async def card_at(self, bot: str, chat_id: int, *, message_id: int) -> tuple[str, int] | None:
        """Which card (kind, subject) a message is, if it is one."""
        sql = "SELECT kind, subject FROM card WHERE bot = ? AND chat_id = ? AND message_id = ?"
        rows = await self._db.fetch(sql, [bot, chat_id, message_id])
        return (str(rows[0][0]), int(rows[0][1])) if rows else None

    async def put(self, key: Key, *, state: str | None, data: dict[str, Any]) -> None:
        """Both at once; nothing to remember means no row."""
        if state is None and not data:
            await self._db.apply([Op(f"DELETE FROM conversation WHERE {_WHERE}", key)])
            return
        sql = (
            "INSERT INTO conversation (bot, chat_id, user_id, thread_id, destiny, state, data)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (bot, chat_id, user_id, thread_id, destiny)"
            " DO UPDATE SET state = excluded.state, data = excluded.data"
        )
        await self._db.apply([Op(sql, [*key, state, data])])


@cache
def _arrived() -> str:
    columns = ", ".join(f"p.{name}" for name in shape(Person).columns)
    return (
        "SELECT state, data,"
        f" EXISTS ({_CARD}), EXISTS ({_CARD} AND letter IS NOT NULL),"
        f" {columns} FROM (SELECT 1) AS always LEFT JOIN person p ON p.telegram_id = ?"
        f" LEFT JOIN conversation ON {_WHERE}"
    )
