"""Which message is the live card of which subject in a chat."""

from db.engine import Database
from db.ops import Op


def put_card(
    bot: str, chat_id: int, message_id: int, kind: str, subject: int, content: str = ""
) -> Op:
    """From now on this message is the card."""
    sql = (
        "INSERT INTO card (bot, chat_id, kind, subject, message_id, content)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (bot, chat_id, kind, subject)"
        " DO UPDATE SET message_id = excluded.message_id, content = excluded.content"
    )
    return Op(sql, [bot, chat_id, kind, subject, message_id, content])


class CardTable:
    """Cards that appear and vanish while people tap."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def put(self, bot: str, chat_id: int, message_id: int, kind: str, subject: int) -> None:
        """The message shows this subject, and nothing else any more."""
        sql = (
            "DELETE FROM card WHERE bot = ? AND chat_id = ? AND message_id = ?"
            " AND NOT (kind = ? AND subject = ?)"
        )
        others = Op(sql, [bot, chat_id, message_id, kind, subject])
        await self._db.apply([others, put_card(bot, chat_id, message_id, kind, subject)])

    async def drop(self, bot: str, chat_id: int, message_id: int) -> None:
        """The message shows something else now; most messages never were a card, so look first."""
        where = "FROM card WHERE bot = ? AND chat_id = ? AND message_id = ?"
        if await self._db.fetch(f"SELECT 1 {where}", [bot, chat_id, message_id]):
            await self._db.apply([Op(f"DELETE {where}", [bot, chat_id, message_id])])
