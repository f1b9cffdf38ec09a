"""Letters as rows of the outbox, in the transaction that causes them."""

from collections.abc import Iterator, Sequence

from core.letters import FOLLOWING, STANDING, Letter
from core.trace import TRACE
from db.codec import millis
from db.ops import Op, inserts


def letter_ops(letters: Sequence[Letter], *, now: int, skip_locked: str) -> Iterator[Op]:
    """What stands comes first: what the same unit says beside is put into words later and needs no second look."""
    again = [letter for letter in letters if letter.kind == STANDING]
    said = [letter for letter in letters if letter.kind != STANDING]
    yield from (_looked_at_again(letter, now) for letter in again)
    for letter in said:
        if letter.kind in FOLLOWING:
            yield _taken_along(letter, now, skip_locked)
    yield from _posted(said, now)


def _posted(letters: Sequence[Letter], now: int) -> Iterator[Op]:
    """A person's chat is looked up beside the write, a second key changes nothing."""
    rows = [
        (
            letter.key, letter.bot, None if letter.person_id else 0, letter.person_id, letter.person_id, letter.kind,
            letter.subject, letter.version, letter.facts, letter.urgency,
            millis(letter.not_before) if letter.not_before else now, now, TRACE.get(),
        )
        for letter in letters
    ]  # fmt: skip
    return inserts(_OUTBOX, rows, " ON CONFLICT (key) DO NOTHING", one=_LETTER)


def _taken_along(letter: Letter, now: int, skip_locked: str) -> Op:
    """One that waits and that nobody has taken becomes this one; whoever takes it sees what this unit has written."""
    return Op(
        _ALONG.format(skip_locked=skip_locked),
        [letter.subject, letter.kind, letter.bot, letter.person_id or 0, letter.urgency, now,
         letter.key, letter.version, TRACE.get(), letter.key],
    )  # fmt: skip


def _looked_at_again(letter: Letter, now: int) -> Op:
    """One row for each chat where something stands about the subject, or is on its way and may."""
    return Op(
        _AGAIN,
        [f"{letter.key}:", letter.kind, letter.subject, letter.version, letter.urgency, now, now, TRACE.get(),
         letter.subject, letter.subject],
    )  # fmt: skip


_OUTBOX = "outbox (key, bot, chat_id, person_id, kind, subject, version, facts, urgency, due_at, created_at, trace)"
_LETTER = (
    "(?, ?, COALESCE(?, (SELECT telegram_id FROM person WHERE id = ?)), ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ALONG = (
    "WITH untaken AS (SELECT w.id FROM outbox w WHERE w.state = 'waiting' AND w.subject = ? AND w.kind = ?"
    " AND w.bot = ? AND COALESCE(w.person_id, 0) = ? AND w.lease_until = 0 AND w.urgency <= ?"
    " AND w.due_at <= ? ORDER BY w.id LIMIT 1{skip_locked})"
    " UPDATE outbox SET key = ?, version = ?, trace = ? WHERE id IN (SELECT id FROM untaken)"
    " AND NOT EXISTS (SELECT 1 FROM outbox k WHERE k.key = ?)"
)
_NEVER = ", ".join(f"'{kind}'" for kind in sorted(FOLLOWING | {STANDING}))
_AGAIN = (
    "INSERT INTO outbox (key, bot, chat_id, person_id, kind, subject, version, urgency, due_at, created_at,"
    " trace)"
    " SELECT ? || s.bot || ':' || COALESCE(s.chat_id, 0), s.bot, s.chat_id, s.person_id, ?, ?, ?, ?, ?, ?, ?"
    " FROM (SELECT o.bot, o.chat_id, o.person_id FROM card c JOIN outbox o ON o.id = c.letter"
    " WHERE c.letter IS NOT NULL AND c.subject = ?"
    " UNION SELECT w.bot, w.chat_id, w.person_id FROM outbox w WHERE w.state = 'waiting' AND w.subject = ?"
    f" AND w.kind NOT IN ({_NEVER})"
    ") s WHERE TRUE ON CONFLICT (key) DO NOTHING"
)
