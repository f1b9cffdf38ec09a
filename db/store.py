"""The store: reads entities, turns a use case's changes into guarded statements and applies them in one hop."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from core.acting import ACT
from core.availability.cells import CELL_MINUTES, cells_of
from core.availability.masks import stored
from core.changes import (
    Change,
    Changes,
    Claim,
    Count,
    DayMost,
    Erase,
    Funds,
    HoldLimit,
    Insert,
    Mask,
    NoTimer,
    Once,
    Reconsider,
    Release,
    Remove,
    Terms,
    Timer,
    Update,
    Withhold,
)
from core.entity import Entity
from core.errors import AlreadyDone, DomainError, OutOfDate
from core.events import Event
from core.letters import Letter
from core.payouts.model import PayoutState
from db.codec import millis
from db.engine import Database
from db.errors import GuardFailed
from db.holdings import erase_ops
from db.ledger_triggers import ledger_ops
from db.ops import Op, inserts
from db.outbox import reconsidered, withheld
from db.posting import letter_ops
from db.rows import joined, read_joined, shape, where
from db.search.terms import replace_terms
from db.ways import time_for_ways

E = TypeVar("E", bound=Entity)
Letters = Callable[[Event], Iterable[Letter]]


class SqlStore:
    """Implements core.ports.Store on either database."""

    def __init__(
        self, database: Database, *, letters: Letters, clock: Callable[[], datetime]
    ) -> None:
        self._db = database
        self._letters = letters
        self._clock = clock
        self.allow: Callable[[Changes], None] = lambda _changes: None
        self.on_letters: Callable[[], None] = lambda: None
        self.on_timers: Callable[[], None] = lambda: None
        self.on_events: Callable[[Sequence[Event]], None] = lambda _events: None

    async def get(self, kind: type[E], /, **equals: Any) -> E | None:
        found = await self.find(kind, limit=1, **equals)
        return found[0] if found else None

    async def with_others(
        self, kind: type[Entity], others: Mapping[str, type[Entity]], /, *, id: int
    ) -> tuple[Any, ...] | None:
        kinds = (kind, *others.values())
        rows = await self._db.fetch(joined(kinds, tuple(others)), [id])
        return read_joined(kinds, rows[0]) if rows else None

    async def find(
        self,
        kind: type[E],
        /,
        *,
        order: str = "id",
        limit: int = 1000,
        offset: int = 0,
        **equals: Any,
    ) -> list[E]:
        of, (clause, params) = shape(kind), where(equals)
        by = f"{order[1:]} DESC" if order.startswith("-") else order
        sql = f"{of.select}{clause} ORDER BY {by} LIMIT ? OFFSET ?"
        return [of.read(row) for row in await self._db.fetch(sql, [*params, limit, offset])]

    async def count(self, kind: type[Entity], /, **equals: Any) -> int:
        clause, params = where(equals)
        rows = await self._db.fetch(f"SELECT COUNT(*) FROM {shape(kind).table}{clause}", params)
        return int(rows[0][0])

    async def apply(self, changes: Changes) -> None:
        self.allow(changes)
        now, act = self._clock(), ACT.get()
        items = changes.items if act is None or act.written else [*changes.items, act.line]
        ops = _locks(items, self._db.dialect)
        ops.extend(_decided(items, now, self._db.dialect))
        for transaction in changes.postings:
            ops.extend(ledger_ops(transaction))
        letters = [letter for event in changes.events for letter in self._letters(event)]
        ops.extend(letter_ops(letters, now=millis(now), skip_locked=self._db.skip_locked))
        if not ops:
            return
        try:
            await self._db.apply(ops)
        except GuardFailed as failed:
            raise _refusal(failed) from failed
        if act is not None:
            act.written = True
        if changes.events:
            self.on_events(changes.events)
        if letters or any(isinstance(change, Reconsider | Withhold) for change in changes.items):
            self.on_letters()
        if any(isinstance(change, Timer) for change in changes.items):
            self.on_timers()


def _refusal(failed: GuardFailed) -> DomainError:
    return failed.guard if isinstance(failed.guard, DomainError) else OutOfDate()


def _decided(items: Iterable[Change], now: datetime, dialect: str) -> list[Op]:
    """The statements of a change set in its order; only timers, which nothing else touches, come last and together."""
    ops, kept, moved = list[Op](), dict[str, Timer](), dict[str, Timer]()
    for change in items:
        if isinstance(change, Timer):
            (kept if change.kept else moved)[change.key] = change
            continue
        if isinstance(change, NoTimer):
            kept.pop(change.key, None)
            moved.pop(change.key, None)
        ops.extend(statements(change, now=now, dialect=dialect))
    return ops + _timers(kept.values()) + _timers(moved.values())


def statements(change: Change, *, now: datetime, dialect: str) -> list[Op]:
    """The guarded statements of one change; MAKERS says which function makes them."""
    return MAKERS[type(change)](change, now, dialect)


def _insert(change: Insert, now: datetime, dialect: str) -> list[Op]:
    of = shape(type(change.row))
    values = of.values(change.row)
    if change.or_ignore:
        return [Op(of.insert + " ON CONFLICT DO NOTHING", values)]
    return [Op(of.insert, values, expect=1, guard=change.otherwise)]


def _update(change: Update, now: datetime, dialect: str) -> list[Op]:
    clause, params = where({"id": change.id} | change.expect)
    sets = ", ".join(f"{name} = ?" for name in change.set)
    sql = f"UPDATE {shape(change.kind).table} SET {sets}{clause}"
    guard = change.otherwise or OutOfDate()
    return [Op(sql, [*change.set.values(), *params], expect=1, guard=guard)]


def _count(change: Count, now: datetime, dialect: str) -> list[Op]:
    column = change.column
    sql = f"UPDATE {shape(change.kind).table} SET {column} = {column} + ? WHERE id = ? AND {column} + ? >= 0"
    if change.limit:
        sql += f" AND {column} + ? <= {change.limit}"
    params = [change.by, change.id, change.by] + ([change.by] if change.limit else [])
    return [Op(sql, params, expect=1, guard=change.otherwise or OutOfDate())]


def _remove(change: Remove, now: datetime, dialect: str) -> list[Op]:
    clause, params = where(change.where)
    return [Op(f"DELETE FROM {shape(change.kind).table}{clause}", params)]


def _erase(change: Erase, now: datetime, dialect: str) -> list[Op]:
    return erase_ops(change)


def _locks(items: Iterable[Change], dialect: str) -> list[Op]:
    """PostgreSQL: rivals for counted things queue at their aggregate; SQLite has one writer anyway.

    First of all and in one order, so that nobody who queues holds what another one needs; references from new rows
    need no more than the key, so they do not queue.
    """
    if dialect == "sqlite":
        return []
    wanted = {("person", c.customer_id) for c in items if isinstance(c, HoldLimit)}
    wanted |= {("provider", c.provider_id) for c in items if isinstance(c, Claim | Funds | DayMost)}
    return [
        Op(f"SELECT id FROM {table} WHERE id = ? FOR NO KEY UPDATE", [row_id])
        for table, row_id in sorted(wanted)
    ]


def _guarded(sql: str, params: list[Any], guard: DomainError) -> Op:
    """A look at what is counted: whoever counts the same holds the lock, or is the only writer (see `_locks`)."""
    return Op(sql, params, expect=1, guard=guard, returns=True)


_DAY_AROUND = 2 * 24 * 60 // CELL_MINUTES
"""So many cells before and behind a start nothing of its day lies any more, in whatever zone."""


def _claim(change: Claim, now: datetime, dialect: str) -> list[Op]:
    cells = cells_of(change.starts_at, change.minutes)
    at, until = millis(change.now), change.until and millis(change.until)
    room = _guarded(
        "SELECT 1 FROM provider WHERE id = ? AND (SELECT COUNT(DISTINCT order_id) FROM slot_claim"
        " WHERE provider_id = ? AND cell > ? AND cell < ? AND day = ? AND order_id <> ?"
        " AND (expires_at IS NULL OR expires_at > ?)) < ?",
        [change.provider_id, change.provider_id, cells.start - _DAY_AROUND, cells.start + _DAY_AROUND,
         change.day, change.order_id, at, change.daily_max],
        change.day_full,
    )  # fmt: skip
    marks = ", ".join(["(?, ?, ?, ?, ?)"] * len(cells))
    values: list[Any] = []
    for cell in cells:
        values += [change.provider_id, cell, change.order_id, change.day, until]
    claim = Op(
        f"INSERT INTO slot_claim (provider_id, cell, order_id, day, expires_at) VALUES {marks}"
        " ON CONFLICT (provider_id, cell) DO UPDATE SET order_id = excluded.order_id,"
        " day = excluded.day, expires_at = CASE WHEN slot_claim.order_id = excluded.order_id"
        " AND slot_claim.expires_at IS NULL THEN NULL ELSE excluded.expires_at END"
        " WHERE slot_claim.order_id = excluded.order_id OR slot_claim.expires_at <= ?",
        [*values, at], expect=len(cells), guard=change.otherwise,
    )  # fmt: skip
    return [room, *time_for_ways(change, at), claim]


def _hold_limit(change: HoldLimit, now: datetime, dialect: str) -> list[Op]:
    sql = (
        "SELECT 1 FROM person WHERE id = ? AND (SELECT COUNT(*) FROM orders"
        " WHERE customer_id = ? AND state = ? AND EXISTS (SELECT 1 FROM slot_claim"
        " WHERE order_id = orders.id AND expires_at > ?)) < ?"
    )
    params = [
        change.customer_id,
        change.customer_id,
        change.state,
        millis(change.now),
        change.limit,
    ]
    return [_guarded(sql, params, change.otherwise)]


def _funds(change: Funds, now: datetime, dialect: str) -> list[Op]:
    """Rivals queue at the provider's row, so each of them sees what the one before has left."""
    sql = (
        "SELECT 1 FROM provider WHERE id = ? AND EXISTS (SELECT 1 FROM balance"
        " WHERE account = ? AND currency = ? AND ABS(amount) >= ?)"
    )
    params = [change.provider_id, change.account, change.currency, change.amount]
    return [_guarded(sql, params, change.otherwise)]


def _day_most(change: DayMost, now: datetime, dialect: str) -> list[Op]:
    sql = (
        "SELECT 1 FROM provider WHERE id = ? AND (SELECT COALESCE(SUM(amount), 0)"
        " FROM payout WHERE provider_id = ? AND day = ? AND state <> ?) <= ?"
    )
    before = change.most - change.amount
    params = [change.provider_id, change.provider_id, change.day, PayoutState.RETURNED, before]
    return [_guarded(sql, params, change.otherwise)]


def _release(change: Release, now: datetime, dialect: str) -> list[Op]:
    which, params = "", [change.order_id]
    if change.holds:
        which = " AND expires_at IS NOT NULL"
    elif change.provider_id is not None:
        which, params = " AND provider_id = ?", [*params, change.provider_id]
    elif change.but is not None:
        cells = cells_of(change.but.starts_at, change.but.minutes)
        which = " AND (provider_id <> ? OR cell < ? OR cell >= ?)"
        params += [change.but.provider_id, cells.start, cells.stop]
    return [Op(f"DELETE FROM slot_claim WHERE order_id = ?{which}", params)]


def _mask(change: Mask, now: datetime, dialect: str) -> list[Op]:
    sql = "UPDATE day_mask SET mask = (mask | (? & ?)) & ~ ? WHERE provider_id = ? AND day = ?"
    bits = (stored(change.give), stored(change.within), stored(change.take))
    params = [*bits, change.provider_id, change.day]
    if dialect == "postgresql":
        sql = sql.replace("(? & ?)", "(?::bigint & ?::bigint)").replace("~ ?", "~ ?::bigint")
    return [Op(sql, params)]


def _timer(change: Timer, now: datetime, dialect: str) -> list[Op]:
    return _timers([change])


def _timers(some: Iterable[Timer]) -> list[Op]:
    """Each of another key, and all of them `kept` or none."""
    rows = [(one.key, one.kind, one.subject_id, millis(one.due_at)) for one in some]
    kept = any(one.kept for one in some)
    otherwise = "NOTHING" if kept else "UPDATE SET due_at = excluded.due_at, tries = 0"
    into = "timer (key, kind, subject_id, due_at)"
    return list(inserts(into, rows, f" ON CONFLICT (key) DO {otherwise}"))


def _no_timer(change: NoTimer, now: datetime, dialect: str) -> list[Op]:
    return [Op("DELETE FROM timer WHERE key = ?", [change.key])]


def _reconsider(change: Reconsider, now: datetime, dialect: str) -> list[Op]:
    return [reconsidered(change.person_id, change.bot, now=millis(now))]


def _terms(change: Terms, now: datetime, dialect: str) -> list[Op]:
    return replace_terms(kind=change.kind, ref=change.ref, weights=change.weights)


def _withhold(change: Withhold, now: datetime, dialect: str) -> list[Op]:
    until = millis(change.until) if change.until else None
    return [withheld(change.kind, change.subject_id, until=until)]


def _once(change: Once, now: datetime, dialect: str) -> list[Op]:
    sql = "INSERT INTO done_once (key, at) VALUES (?, ?)"
    return [Op(sql, [change.key, millis(now)], expect=1, guard=AlreadyDone())]


MAKERS: dict[type, Callable[[Any, datetime, str], list[Op]]] = {
    Insert: _insert,
    Update: _update,
    Count: _count,
    Remove: _remove,
    Erase: _erase,
    Claim: _claim,
    HoldLimit: _hold_limit,
    Funds: _funds,
    DayMost: _day_most,
    Release: _release,
    Mask: _mask,
    Timer: _timer,
    NoTimer: _no_timer,
    Reconsider: _reconsider,
    Terms: _terms,
    Withhold: _withhold,
    Once: _once,
}
