"""The booking commit, all its guards included, against a raw writer that puts down the same rows.

On SQLite that is one hop to the writer's thread, on PostgreSQL one transaction over a connection in hand.
"""

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bench.rounds import Series, interleaved
from core.changes import Changes
from core.orders.model import Pay
from db.codec import for_postgres, for_sqlite, numbered
from db.ops import Op
from db.postgres import PostgresDatabase
from db.store import SqlStore
from tests.reliability.town import NOON, Town

MANY = 40


class Recorder:
    """Stands before the database and keeps what would have been written."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self.dialect = database.dialect
        self.ops: list[list[Op]] = []

    async def apply(self, ops: Sequence[Op]) -> list[Any]:
        self.ops.append(list(ops))
        return []


async def change_sets(here: Town, count: int, day: int) -> list[Changes]:
    """The change sets of so many bookings at free hours, made by the real use case and not applied."""
    made: list[Changes] = []

    async def keep(changes: Changes) -> None:
        made.append(changes)

    provider = await here.provider(here.services[0])
    customers = await here.customers(count)
    starts = [NOON + timedelta(days=day + n // 8, hours=n % 8 - 1) for n in range(count)]
    await here.insert(
        [here.draft(who, provider, start, pay=Pay.ON_SITE)
         for who, start in zip(customers, starts, strict=True)]
    )  # fmt: skip
    store = here.core.placing._store
    here.core.placing._store = _Keeping(store, keep)
    try:
        for who in customers:
            await here.place(who.id)
    finally:
        here.core.placing._store = store
    return made


class _Keeping:
    """Reads as the store does, keeps what it is to write."""

    def __init__(self, store: Any, apply: Any) -> None:
        self._store, self.apply = store, apply

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


async def plain_rows(here: Town, sets: list[Changes]) -> list[list[tuple[str, list[Any]]]]:
    """The same statements as bare SQL and values, spelled for this database."""
    lite = here.database.dialect == "sqlite"
    recorder = Recorder(here.database)
    store = SqlStore(recorder, letters=here.built.store._letters, clock=lambda: here.now)  # type: ignore[arg-type]
    for changes in sets:
        await store.apply(changes)
    if lite:
        return [[(op.sql, for_sqlite(op.params)) for op in ops] for ops in recorder.ops]
    return [[(numbered(op.sql), for_postgres(op.params)) for op in ops] for ops in recorder.ops]


@dataclass(frozen=True, slots=True)
class Found:
    """`series`: seconds per booking, one after the other, "commit" (ours) and "raw" (no guards)."""

    series: dict[str, Series]
    statements: int


async def measure(here: Town) -> Found:
    statements = 0

    async def commit() -> float:
        sets = await change_sets(here, MANY, 1)
        began = time.perf_counter()
        for changes in sets:
            await here.built.store.apply(changes)
        return (time.perf_counter() - began) / MANY

    async def raw() -> float:
        nonlocal statements
        rows = await plain_rows(here, await change_sets(here, MANY, 1))
        statements = len(rows[0])
        return await _write_all(here.database, rows) / MANY

    return Found(await interleaved({"commit": commit, "raw": raw}, rounds=5), statements)


async def _write_all(database: Any, rows: list[list[tuple[str, list[Any]]]]) -> float:
    """Seconds for all."""
    if isinstance(database, PostgresDatabase):
        async with database._pool.acquire() as connection:
            began = time.perf_counter()
            for statements in rows:
                async with connection.transaction():
                    for sql, params in statements:
                        await connection.execute(sql, *params)
        return time.perf_counter() - began
    began = time.perf_counter()
    for statements in rows:
        await database.write(lambda cursor, s=statements: _write(cursor, s))
    return time.perf_counter() - began


def _write(cursor: sqlite3.Cursor, statements: list[tuple[str, list[Any]]]) -> None:
    for sql, params in statements:
        cursor.execute(sql, params)
