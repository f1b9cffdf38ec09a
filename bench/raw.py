"""The raw writers a booking is held against: the same rows, no guards, nothing of the product in between.

On SQLite a thread with one connection and a commit for each booking, on PostgreSQL one function that is made for these
very statements.
"""

import asyncio
import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import asyncpg

from db.codec import dump_json, for_postgres, for_sqlite, numbered
from db.engine import CONNECTIONS, Database
from db.ops import Op
from db.postgres import PostgresDatabase
from db.sqlite import SqliteDatabase
from db.writer import PRAGMAS

Unit = list[tuple[str, list[Any]]]


def plain(ops: Sequence[Op]) -> Unit:
    """Only what puts rows down; a time that is taken is a broken key."""
    rows = [op for op in ops if not op.sql.startswith("SELECT")]
    return [_claimed(op) if " slot_claim " in op.sql else (op.sql, list(op.params)) for op in rows]


def _claimed(op: Op) -> tuple[str, list[Any]]:
    return op.sql.partition(" ON CONFLICT")[0], list(op.params)[:-1]


class Raw(ABC):
    """`write` says whether it was written: not, where a key was broken."""

    @abstractmethod
    async def open(self, like: Unit) -> None:
        """Ready to write units of that shape."""

    @abstractmethod
    async def write(self, unit: Unit) -> bool: ...

    @abstractmethod
    async def close(self) -> None: ...


class RawSqlite(Raw):
    def __init__(self, database: SqliteDatabase) -> None:
        self._path = database.path
        self._thread = ThreadPoolExecutor(1)

    async def _there(self, work: Any, *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)

    async def open(self, like: Unit) -> None:
        await self._there(self._connect)

    def _connect(self) -> None:
        self._connection = sqlite3.connect(
            self._path, isolation_level=None, cached_statements=512, timeout=30
        )
        for pragma in PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")

    async def write(self, unit: Unit) -> bool:
        return bool(await self._there(self._write, unit))

    def _write(self, unit: Unit) -> bool:
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        try:
            for sql, params in unit:
                run(sql, for_sqlite(params))
        except sqlite3.IntegrityError:
            run("ROLLBACK")
            return False
        run("COMMIT")
        return True

    async def close(self) -> None:
        await self._there(lambda: self._connection.close())
        self._thread.shutdown()


class RawPostgres(Raw):
    def __init__(self, database: PostgresDatabase) -> None:
        self._server = database.server

    async def open(self, like: Unit) -> None:
        self._pool = await asyncpg.create_pool(self._server, min_size=1, max_size=CONNECTIONS)
        async with self._pool.acquire() as connection:
            steps, given = [], 0
            for sql, params in like:
                text = numbered(sql)
                kinds = (await connection.prepare(text)).get_parameters()
                steps.append(_in_function(text, [kind.name for kind in kinds], given))
                given += len(params)
            await connection.execute(
                "CREATE OR REPLACE FUNCTION raw_booking(given text[]) RETURNS void LANGUAGE plpgsql AS $$"
                f" #variable_conflict use_column\nBEGIN {'; '.join(steps)}; END $$"
            )

    async def write(self, unit: Unit) -> bool:
        given = [_text(value) for _, params in unit for value in for_postgres(params)]
        try:
            await self._pool.execute("SELECT raw_booking($1)", given)
        except asyncpg.UniqueViolationError:
            return False
        return True

    async def close(self) -> None:
        async with self._pool.acquire() as connection:
            await connection.execute("DROP FUNCTION raw_booking")
        await self._pool.close()


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return dump_json(value) if isinstance(value, dict | list | tuple) else str(value)


def _in_function(text: str, kinds: Sequence[str], before: int) -> str:
    """Its parameters out of the one array that the function takes."""

    def place(found: re.Match[str]) -> str:
        number = int(found[1])
        return f"(given[{before + number}])::{kinds[number - 1]}"

    return re.sub(r"\$(\d+)", place, text)


def raw_of(database: Database) -> Raw:
    if isinstance(database, PostgresDatabase):
        return RawPostgres(database)
    assert isinstance(database, SqliteDatabase)
    return RawSqlite(database)
