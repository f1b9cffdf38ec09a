"""Which message is the live card of which subject in a chat, and which one was it until a moment ago.

A former card becomes one line by a letter of its own, written together with its successor: whoever is killed between
the two leaves no second card with live buttons and old facts behind.
"""

from collections.abc import Callable

from core.trace import TRACE
from db.engine import Database
from db.ops import Op

PAST = "past"
_FORMER = "FROM card WHERE bot = ? AND chat_id = ? AND kind = ? AND subject = ? AND message_id <> ?"


def put_card(
    bot: str, chat_id: int, message_id: int, kind: str, subject: int, content: str = "",
    letter: int | None = None, *, stands_on: bool = False,
) -> Op:  # fmt: skip
    """From now on this message is the card; `letter`: it stands, and this is the outbox row it came of.

    `stands_on`: whatever the former card came of, this one does.
    """
    kept = "COALESCE(excluded.letter, card.letter)" if stands_on else "excluded.letter"
    sql = (
        "INSERT INTO card (bot, chat_id, kind, subject, message_id, content, letter)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (bot, chat_id, kind, subject)"
        " DO UPDATE SET message_id = excluded.message_id, content = excluded.content,"
        f" letter = {kept}"
    )
    return Op(sql, [bot, chat_id, kind, subject, message_id, content, letter])


def pass_card(
    bot: str, chat_id: int, message_id: int, kind: str, subject: int, content: str = "", *,
    person_id: int | None, cause: str, now: int, letter: int | None = None,
    stands_on: bool = False,
) -> list[Op]:  # fmt: skip
    """From now on this message is the card, and a former one is told to say so; `cause` tells repetitions apart.

    In a group each colleague may have one at hand: there the former stays, unless it was a word to all of them.
    """
    card = put_card(bot, chat_id, message_id, kind, subject, content, letter, stands_on=stands_on)
    if chat_id < 0 and letter is None:
        return [card]
    former = [bot, chat_id, kind, subject, message_id]
    facts = {"kind": kind, "subject": subject, "now": message_id}
    told = (
        "INSERT INTO outbox (key, bot, chat_id, person_id, kind, subject, facts, due_at, created_at,"
        " trace)"
        f" SELECT ?, ?, ?, ?, 'card_past', message_id, ?, ?, ?, ? {_FORMER} ON CONFLICT DO NOTHING"
    )
    told_of = [f"past:{cause}", bot, chat_id, person_id, facts, now, now, TRACE.get()]
    row = (
        "INSERT INTO card (bot, chat_id, kind, subject, message_id, content)"
        f" SELECT bot, chat_id, '{PAST}', message_id, message_id, '' {_FORMER} ON CONFLICT DO NOTHING"
    )
    return [Op(told, [*told_of, *former]), Op(row, former), card]


def drop_card(bot: str, chat_id: int, message_id: int) -> Op:
    """The message is no card any more."""
    sql = "DELETE FROM card WHERE bot = ? AND chat_id = ? AND message_id = ?"
    return Op(sql, [bot, chat_id, message_id])


class CardTable:
    """Cards that appear and vanish while people tap; `on_past` hears that a former one is to become a line."""

    def __init__(self, db: Database, *, on_past: Callable[[], None] = lambda: None) -> None:
        self._db = db
        self._on_past = on_past

    async def put(
        self, bot: str, chat_id: int, message_id: int, kind: str, subject: int, *,
        person_id: int | None = None, cause: str = "", now: int = 0, stands: bool = False,
    ) -> None:  # fmt: skip
        """The message shows this subject, and nothing else any more; where it `stands`, it follows the same letter."""
        ops = pass_card(
            bot, chat_id, message_id, kind, subject, person_id=person_id, cause=cause, now=now,
            stands_on=stands,
        )  # fmt: skip
        await self._db.apply([_other(bot, chat_id, message_id, kind, subject), *ops])
        self._on_past()

    async def drop(self, bot: str, chat_id: int, message_id: int) -> None:
        """The message shows something else now; most messages never were a card, so look first."""
        where = "FROM card WHERE bot = ? AND chat_id = ? AND message_id = ?"
        if await self._db.fetch(f"SELECT 1 {where}", [bot, chat_id, message_id]):
            await self._db.apply([drop_card(bot, chat_id, message_id)])


def _other(bot: str, chat_id: int, message_id: int, kind: str, subject: int) -> Op:
    """Whatever else the message showed."""
    sql = (
        "DELETE FROM card WHERE bot = ? AND chat_id = ? AND message_id = ?"
        " AND NOT (kind = ? AND subject = ?)"
    )
    return Op(sql, [bot, chat_id, message_id, kind, subject])
