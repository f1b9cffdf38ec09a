"""SQLite: one process, one writer thread, a few reading connections, durable at each commit."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import MetaData, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from db.codec import dump_json, for_sqlite
from db.engine import Database, Pulse
from db.errors import ConstraintBroken, DatabaseInUse, GuardFailed, UnsupportedDatabase
from db.ops import Op, Row
from db.readers import Query, Readers
from db.writer import WriteFn, Writer

T = TypeVar("T")
_KEYS = {
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_ROWID,
}


def _key_exists(error: sqlite3.IntegrityError) -> bool:
    # a trigger that guards a key cannot give the code of one
    return error.sqlite_errorcode in _KEYS or str(error).endswith("key exists")


def run_ops(cursor: sqlite3.Cursor, ops: Sequence[Op]) -> list[list[Row]]:
    """Execute `ops` in the transaction that stands; the first guard that fails ends it."""
    answers = []
    for index, op in enumerate(ops):
        try:
            cursor.execute(op.sql, for_sqlite(op.params))
            rows = cursor.fetchall() if op.returns else None
        except sqlite3.IntegrityError as error:
            if op.guard is not None and _key_exists(error):
                raise GuardFailed(op.guard, index) from None
            raise ConstraintBroken(index, str(error)) from error
        if not op.holds(cursor.rowcount if rows is None else len(rows)):
            raise GuardFailed(op.guard, index)
        if rows is not None:
            answers.append(rows)
    return answers


class SqliteDatabase(Database):
    """The whole of the product in one file."""

    dialect = "sqlite"
    skip_locked = ""

    def __init__(self, url: str, path: str) -> None:
        self.path = path
        self._url = url
        self._lock = FileLock(path + ".lock", thread_local=False)
        self._writer = Writer(path)

    @classmethod
    async def connect(cls, url: str) -> "SqliteDatabase":
        path = make_url(url).database
        if not path or path == ":memory:":
            raise UnsupportedDatabase("an SQLite database in memory would forget everything")
        await asyncio.to_thread(Path(path).parent.mkdir, parents=True, exist_ok=True)
        db = cls(url, path)
        db._take_lock()
        try:
            await db._writer.open()
        except BaseException:
            db._lock.release()
            raise
        db._readers = Readers(path)
        db._engine = db._make_engine(query_only=True)
        return db

    _readers: Readers
    _engine: AsyncEngine

    def _take_lock(self) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise DatabaseInUse(self.path) from None

    def _make_engine(self, *, query_only: bool) -> AsyncEngine:
        engine = create_async_engine(self._url, json_serializer=dump_json, pool_size=3)

        @event.listens_for(engine.sync_engine, "connect")
        def _connect(connection: Any, _record: Any) -> None:
            connection.isolation_level = None  # the driver must not open transactions of its own
            cursor = connection.cursor()
            for pragma in ("busy_timeout=5000", "foreign_keys=ON", "mmap_size=0"):
                cursor.execute(f"PRAGMA {pragma}")
            if query_only:
                cursor.execute("PRAGMA query_only=ON")
            cursor.close()

        @event.listens_for(engine.sync_engine, "begin")
        def _begin(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN" if query_only else "BEGIN IMMEDIATE")

        return engine

    async def write(self, work: WriteFn) -> Any:
        return await self._writer.write(work)

    @property
    def pulse(self) -> Pulse:
        return Pulse(self._writer.commits, self._writer.seconds, self._writer.waiting)

    async def apply(self, ops: Sequence[Op]) -> list[list[Row]]:
        result: list[list[Row]] = await self._writer.write(lambda cursor: run_ops(cursor, ops))
        return result

    async def fetch_all(self, queries: Sequence[Query]) -> list[list[Row]]:
        return await self._readers.fetch(queries)

    def session(self) -> AsyncSession:
        return AsyncSession(self._engine, expire_on_commit=False)

    async def reading(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        async with self.session() as session:
            return await work(session)

    async def create(self, metadata: MetaData) -> None:
        engine = self._make_engine(query_only=False)
        try:
            async with engine.begin() as connection:
                await connection.run_sync(metadata.create_all)
        finally:
            await engine.dispose()

    async def close(self) -> None:
        try:
            await self._engine.dispose()
            await self._readers.close()
            await self._writer.close()
        finally:
            self._lock.release()
