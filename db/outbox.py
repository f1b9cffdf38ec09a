"""Messages on their way out: claimed by lease, sent in order per chat, never forgotten, closed when pointless."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.letters import AGAIN, BULK
from db.cards import drop_card, pass_card, put_card
from db.codec import as_json
from db.engine import Database
from db.ops import Op
from db.shapes import places

_COLUMNS = (
    "id, key, bot, chat_id, person_id, kind, subject, version, facts, urgency, due_at, created_at,"
    " lease_until, tries, doubts, trace"
)
# The head of each chat's queue: nothing due in the same chat stands before it.
_HEADS = (
    "SELECT o.id FROM outbox o WHERE o.state = 'waiting' AND o.due_at <= ? AND o.lease_until <= ?"
    " AND o.urgency <= ? AND o.bot IN ({bots}) AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.state = 'waiting'"
    " AND e.bot = o.bot AND e.chat_id = o.chat_id AND e.due_at <= ?"
    " AND (e.urgency < o.urgency OR (e.urgency = o.urgency AND e.id < o.id)))"
    " ORDER BY o.urgency, o.due_at, o.id LIMIT ?"
)


_REFUSED = (
    "EXISTS (SELECT 1 FROM unreachable u WHERE u.bot = outbox.bot AND u.chat_id = outbox.chat_id)"
)

# What was never claimed has its time from whoever wrote it, and keeps it.
_TOLD_TO_WAIT = "state = 'waiting' AND tries > 0 AND due_at > ?"


def reconsidered(person_id: int, bot: str, *, now: int) -> Op:
    """What of this person's letters was postponed is due at once."""
    sql = f"UPDATE outbox SET due_at = ? WHERE person_id = ? AND bot = ? AND {_TOLD_TO_WAIT}"
    return Op(sql, [now, person_id, bot, now])


def withheld(kind: str, subject: int, *, until: int | None) -> Op:
    """What of these letters is not just being sent waits until then, or (None) stays for good."""
    which = "kind = ? AND subject = ? AND state = 'waiting' AND doubts = 0"
    if until is None:
        sql = f"UPDATE outbox SET state = 'closed', error = 'withheld' WHERE {which}"
        return Op(sql, [kind, subject])
    sql = f"UPDATE outbox SET due_at = ?, lease_until = 0 WHERE {which}"
    return Op(sql, [until, kind, subject])


@dataclass(frozen=True, slots=True)
class Due:
    """A claimed message; `tries` grows with each claim and so proves it."""

    id: int
    key: str
    bot: str
    chat_id: int | None
    person_id: int | None
    kind: str
    subject: int
    version: int
    facts: dict[str, Any] = field(repr=False)
    urgency: int
    due_at: int
    created_at: int
    lease_until: int
    tries: int
    doubts: int
    trace: str
    refused: bool = False  # by the chat, when it was claimed


@dataclass(frozen=True, slots=True)
class Stands:
    """A message about how something stands: how it looks, and the letter it came of."""

    message_id: int
    content: str
    letter: Due


class OutboxTable:
    """The hand-written SQL of the outbox, its cards and the chats that refuse us."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def lease(
        self, *, bots: Sequence[str], now: int, until: int, limit: int, urgency: int = BULK
    ) -> list[Due]:
        """Claim what is due and so urgent, at most one message per chat; nobody else gets it before `until`."""
        heads = _HEADS.format(bots=", ".join("?" * len(bots))) + self._db.skip_locked_of("o")
        # Asked once, in front: PostgreSQL may ask an inner query again and again, past its limit.
        sql = (
            f"WITH heads AS ({heads}) UPDATE outbox SET lease_until = ?, tries = tries + 1, error = ''"
            " WHERE id IN (SELECT id FROM heads) AND state = 'waiting' AND lease_until <= ?"
            f" RETURNING {_COLUMNS}, {_REFUSED}"
        )
        params = [now, now, urgency, *bots, now, limit, until, now]
        [rows] = await self._db.apply([Op(sql, params, returns=True)])
        found = [replace(_due(row[:-1]), refused=bool(row[-1])) for row in rows]
        return sorted(found, key=lambda due: (due.urgency, due.due_at, due.id))

    async def extend(self, ids: Sequence[int], *, until: int) -> None:
        """Still at it: keep these claims."""
        marks, members = places(ids)
        sql = f"UPDATE outbox SET lease_until = ? WHERE id IN ({marks}) AND state = 'waiting'"
        await self._db.apply([Op(sql, [until, *members])])

    async def release_all(self) -> None:
        """Frees what a process that was killed held; only right where no other process can be at work.

        What waits because it was told to (it has a reason) goes on waiting.
        """
        sql = "UPDATE outbox SET lease_until = 0 WHERE state = 'waiting' AND error = ''"
        await self._db.apply([Op(f"{sql} AND lease_until > 0")])

    async def begin(self, due: Due, *, now: int) -> bool:
        """It is being sent from now on: whoever is cut off leaves a doubt. False where it may not leave any more."""
        sql = (
            "UPDATE outbox SET doubts = 1 WHERE id = ? AND tries = ? AND state = 'waiting'"
            " AND due_at <= ? RETURNING id"
        )
        [rows] = await self._db.apply([Op(sql, [due.id, due.tries, now], returns=True)])
        return bool(rows)

    async def sent(self, due: Due, *, message_id: int) -> None:
        await self._finish(due, "done", message_id=message_id)

    async def sent_card(
        self, due: Due, *, chat_id: int, kind: str, subject: int, message_id: int, content: str,
        now: int, stands: bool = False, in_place: bool = False,
    ) -> None:  # fmt: skip
        """Done, and this message is now the live card of its subject; a former one is told to say so.

        `in_place`: it was the card before.
        """
        letter = due.id if stands else None
        if in_place:
            here = (due.bot, chat_id, message_id, kind, subject, content, letter)
            await self._finish(due, "done", put_card(*here), message_id=message_id)
            return
        card = pass_card(
            due.bot, chat_id, message_id, kind, subject, content, person_id=due.person_id,
            cause=due.key, now=now, letter=letter,
        )  # fmt: skip
        await self._finish(due, "done", *card, message_id=message_id)

    async def faded(self, due: Due, *, chat_id: int, message_id: int) -> None:
        """Done, and this message is no card any more."""
        card = drop_card(due.bot, chat_id, message_id)
        await self._finish(due, "done", card, message_id=message_id)

    async def close(self, due: Due, *, reason: str) -> None:
        """Not sent, and for good: a later state made it pointless, or nobody can be reached."""
        await self._finish(due, "closed", error=reason)

    async def fail(self, due: Due, *, reason: str) -> None:
        await self._finish(due, "failed", error=reason)

    async def later(self, due: Due, *, at: int, reason: str, doubt: bool = False) -> None:
        """Give the claim back; nothing of this chat goes before it, and it goes not before `at`."""
        sql = "UPDATE outbox SET lease_until = ?, error = ?, doubts = ? WHERE id = ? AND tries = ?"
        doubts = due.doubts + doubt
        await self._db.apply([Op(sql, [at, reason, doubts, due.id, due.tries])])

    async def postpone(self, due: Due, *, at: int) -> None:
        """Give the claim back until then, as if it had never been due; what comes after it goes ahead."""
        sql = "UPDATE outbox SET due_at = ?, lease_until = 0 WHERE id = ? AND tries = ?"
        await self._db.apply([Op(sql, [at, due.id, due.tries])])

    async def card(
        self, *, bot: str, chat_id: int, kind: str, subject: int
    ) -> tuple[int, str] | None:
        """(message id, content) of the live card."""
        rows = await self._db.fetch(
            "SELECT message_id, content FROM card"
            " WHERE bot = ? AND chat_id = ? AND kind = ? AND subject = ?",
            [bot, chat_id, kind, subject],
        )
        return (rows[0][0], rows[0][1]) if rows else None

    async def has(self, *, bot: str, chat_id: int, kind: str) -> bool:
        """Whether any card of this kind is in the chat."""
        sql = "SELECT 1 FROM card WHERE bot = ? AND chat_id = ? AND kind = ? LIMIT 1"
        return bool(await self._db.fetch(sql, [bot, chat_id, kind]))

    async def standing(self, *, bot: str, chat_id: int, subject: int) -> list[Stands]:
        """What stands about the subject in this chat, the oldest first."""
        letter = ", ".join(f"o.{column}" for column in _COLUMNS.split(", "))
        rows = await self._db.fetch(
            f"SELECT c.message_id, c.content, {letter} FROM card c JOIN outbox o ON o.id = c.letter"
            " WHERE c.letter IS NOT NULL AND c.bot = ? AND c.chat_id = ? AND c.subject = ?"
            " ORDER BY c.message_id",
            [bot, chat_id, subject],
        )
        return [Stands(row[0], row[1], _again(row[2:])) for row in rows]

    async def renewed(self, one: Stands, *, chat_id: int, message_id: int, content: str) -> None:
        """It still stands, and looks like this now."""
        sql = (
            "UPDATE card SET message_id = ?, content = ?"
            " WHERE bot = ? AND chat_id = ? AND message_id = ?"
        )
        where = [one.letter.bot, chat_id, one.message_id]
        await self._db.apply([Op(sql, [message_id, content, *where])])

    async def over(self, one: Stands, *, chat_id: int) -> None:
        """It stands no more."""
        await self._db.apply([drop_card(one.letter.bot, chat_id, one.message_id)])

    async def refused(self, *, bot: str, chat_id: int, now: int) -> None:
        sql = "INSERT INTO unreachable (bot, chat_id, since) VALUES (?, ?, ?)"
        await self._db.apply([Op(f"{sql} ON CONFLICT DO NOTHING", [bot, chat_id, now])])

    async def move_chat(self, *, bot: str, old: int, new: int) -> None:
        """A group became a supergroup: what waits for it follows; its old cards stay behind."""
        waiting = (
            "UPDATE outbox SET chat_id = ? WHERE bot = ? AND chat_id = ? AND state = 'waiting'"
        )
        cards = "DELETE FROM card WHERE bot = ? AND chat_id = ?"
        await self._db.apply([Op(waiting, [new, bot, old]), Op(cards, [bot, old])])

    async def _finish(
        self, due: Due, state: str, *more: Op, message_id: int | None = None, error: str = ""
    ) -> None:
        sql = (
            "UPDATE outbox SET state = ?, message_id = ?, error = ?, lease_until = 0"
            " WHERE id = ? AND state = 'waiting'"
        )
        await self._db.apply([Op(sql, [state, message_id, error, due.id]), *more])


def _again(row: Sequence[Any]) -> Due:
    due = _due(row)
    return replace(due, facts=due.facts | {AGAIN: True})


def _due(row: Sequence[Any]) -> Due:
    values = list(row)
    values[8] = as_json(values[8])
    return Due(*values)
