"""What lies too long on each heap, as SQL: found by an index, taken in batches that rivals pass by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from core.announcements.model import OVER
from core.availability.cells import cell_of
from core.orders.lifecycle import FINAL
from core.orders.model import State
from core.payouts.deciding import WAITING
from core.tidying.heaps import Heap
from db.codec import millis
from db.engine import Database
from db.ops import Op
from db.shapes import places


def _words(values: Sequence[str] | frozenset[Any]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


@dataclass(frozen=True, slots=True)
class Old:
    """Rows `t` of a table that are needed no more: `since` is what a `?` of the condition is measured in (SINCE)."""

    table: str
    key: str
    rows: str
    since: str = "millis"

    @property
    def found(self) -> str:
        columns = ", ".join(f"t.{name}" for name in self.key.split(", "))
        return f"SELECT {columns} FROM {self.rows} LIMIT ?"

    def taken(self, skip_locked: str) -> str:
        """Away with so many."""
        return (
            f"WITH old AS ({self.found}{skip_locked}) DELETE FROM {self.table}"
            f" WHERE ({self.key}) IN (SELECT {self.key} FROM old) RETURNING 1"
        )


_TALKS = "t.bot IN ('customer', 'provider') AND t.chat_id > 0"
_AWAY = "NOT EXISTS (SELECT 1 FROM active_day a WHERE a.person_id = p.id AND a.day >= ?)"

# CROSS: the few providers first, whose oldest cells come first in the key.
OLD: Final = {
    Heap.UPDATES: Old("inbox", "bot, update_id", "inbox t WHERE t.done_at < ?"),
    Heap.PARKED: Old("inbox", "bot, update_id", "inbox t WHERE t.parked_at < ?"),
    Heap.UNITS: Old("unit", "token", "unit t WHERE t.at < ?"),
    Heap.ONCE: Old("done_once", "key", "done_once t WHERE t.at < ?"),
    Heap.TALKS: Old(
        "conversation", "bot, chat_id, user_id, thread_id, destiny",
        "conversation t JOIN person p ON p.telegram_id = t.user_id"
        f" WHERE {_TALKS} AND p.created_at < ? AND {_AWAY}",
        since="day",
    ),
    Heap.TIMES: Old(
        "slot_claim", "provider_id, cell",
        "provider p CROSS JOIN slot_claim t JOIN orders o ON o.id = t.order_id"
        f" WHERE t.provider_id = p.id AND t.cell < ? AND o.state = '{State.CLOSED}'",
        since="cell",
    ),
    Heap.TRACES: Old("trace", "visitor, kind, service_id, slot", "trace t WHERE t.at < ?", since="moment"),
    Heap.ACTIVE: Old("active_day", "day, person_id", "active_day t WHERE t.day < ?", since="ordinal"),
}  # fmt: skip

# An event of what goes on may come again under its former key; what is over makes none any more. A word that
# stands is brought up to date while its subject goes on; that of something else than an order stands a year longer.
LETTERS: Final = (
    "SELECT t.id FROM outbox t WHERE t.state <> 'waiting' AND t.created_at < ?"
    f" AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = t.subject AND o.state NOT IN ({_words(FINAL)}))"
    f" AND NOT EXISTS (SELECT 1 FROM payout y WHERE y.id = t.subject AND y.state IN ({_words(WAITING)}))"
    " AND NOT EXISTS (SELECT 1 FROM announcement n WHERE n.id = t.subject"
    f" AND (n.state NOT IN ({_words(OVER)}) OR n.ended_at >= ?))"
    " AND (t.created_at < ? OR NOT EXISTS (SELECT 1 FROM card c WHERE c.letter = t.id)"
    " OR EXISTS (SELECT 1 FROM orders e WHERE e.id = t.subject))"
    " ORDER BY t.created_at LIMIT ?"
)
_STANDS_ON: Final = timedelta(days=365)


class HeapTables:
    """Implements core.tidying.service.Heaps."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def forget(self, *, heap: Heap, before: datetime, limit: int) -> int:
        if heap is Heap.LETTERS:
            return await self._letters(before, limit)
        old = OLD[heap]
        params = [*SINCE[old.since](before), limit]
        if not await self._db.fetch(old.found, [*params[:-1], 1]):
            return 0
        sql = old.taken(self._db.skip_locked_of("t"))
        [gone] = await self._db.apply([Op(sql, params, returns=True)])
        return len(gone)

    async def _letters(self, before: datetime, limit: int) -> int:
        """A card whose letter goes is looked at no more when something happens; its buttons answer as before."""
        at, stood = millis(before), millis(before - _STANDS_ON)
        ids = [row[0] for row in await self._db.fetch(LETTERS, [at, before, stood, limit])]
        if not ids:
            return 0
        marks, ids = places(ids)
        over = f"SELECT id FROM outbox WHERE id IN ({marks}){self._db.skip_locked}"
        sql = f"WITH gone AS ({over}) DELETE FROM outbox WHERE id IN (SELECT id FROM gone) RETURNING 1"
        unhook = Op(f"UPDATE card SET letter = NULL WHERE letter IN ({marks})", ids)
        [gone] = await self._db.apply([unhook, Op(sql, ids, returns=True)])
        return len(gone)


SINCE: Final[dict[str, Callable[[datetime], list[Any]]]] = {
    "millis": lambda before: [millis(before)],
    "moment": lambda before: [before],
    "ordinal": lambda before: [before.date().toordinal()],
    "day": lambda before: [before, before.date().toordinal()],
    "cell": lambda before: [cell_of(before)],
}
