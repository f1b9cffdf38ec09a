"""PostgreSQL over asyncpg: each unit in one round trip, repeated whole when the server asks."""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import asyncpg
from sqlalchemy import MetaData, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from db.bell import PostgresBell
from db.codec import dump_json, for_postgres, numbered
from db.engine import CONNECTIONS, Database, Pulse
from db.errors import CannotMove, DatabaseUnreachable, StorageUnavailable
from db.migrate import in_schema
from db.ops import Op, Row
from db.readers import Query
from db.shapes import STATEMENTS
from db.tables.plumbing import ready_to_write
from db.unit import CALL, SETTLE, Call, Prepared, rows

T = TypeVar("T")

HALF_MOVED = "half_moved"
"""A table that is there while a move into this database is not at its end."""

# serialization failure, deadlock, lock not available
_AGAIN = {"40001", "40P01", "55P03"}
# shut down by an administrator, crashed, starting up, demoted to read-only, too many connections
_AWAY = {"57P01", "57P02", "57P03", "25006", "53300"}
_LOST = (
    OSError,
    EOFError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.InternalClientError,
)
# no statement of that name (or, where rows are asked for, nothing to read them from), a plan whose rows would have
# other columns
_STALE = {"26000", "42P11", "0A000"}
_PATIENCE = 20.0
# Our own queue for a connection is no fault of the server: a crowd is served in turn.
_QUEUE = 60.0


class _Connection(asyncpg.Connection):  # type: ignore[misc]
    """Keeps nothing between uses but what it has prepared, so there is nothing to reset and no round trip for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepared = Prepared()

    def get_reset_query(self) -> str:
        return ""


class _Renewed(asyncpg.PostgresError):  # type: ignore[misc]
    """What a connection had prepared was of no use; it prepares it anew."""


class _InDoubt(Exception):
    """The connection broke under a unit: perhaps it is committed, perhaps it will be."""

    def __init__(self, token: int) -> None:
        self.token = token


def _code(error: BaseException) -> str:
    return getattr(error, "sqlstate", None) or ""


def _is_away(error: BaseException) -> bool:
    if isinstance(error, asyncpg.InterfaceError):
        return "connection" in str(error) and not isinstance(error, ValueError)
    return isinstance(error, _LOST) or _code(error) in _AWAY or _code(error).startswith("08")


def _is_conflict(error: BaseException) -> bool:
    # a plan made stale by a migration counts too
    stale = isinstance(error, asyncpg.InvalidCachedStatementError | _Renewed)
    return stale or _code(error) in _AGAIN


class PostgresDatabase(Database):
    """The product on a PostgreSQL server, for several processes or big cities."""

    dialect = "postgresql"
    skip_locked = " FOR UPDATE SKIP LOCKED"

    def __init__(self, pool: asyncpg.Pool, engine: AsyncEngine, server: str) -> None:
        self.server = server
        self._pool = pool
        self._engine = engine
        self._jitter = random.Random()
        self._pulse = Pulse()

    @classmethod
    async def connect(cls, url: str, *, connections: int = CONNECTIONS) -> "PostgresDatabase":
        dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            pool = await asyncpg.create_pool(
                dsn,
                min_size=1,
                max_size=connections,
                init=_prepare,
                connection_class=_Connection,
                command_timeout=30,
                statement_cache_size=STATEMENTS,
                max_cached_statement_lifetime=0,
                max_inactive_connection_lifetime=300,
                target_session_attrs="read-write",
            )
        except (*_LOST, asyncpg.PostgresError) as error:
            raise DatabaseUnreachable(str(make_url(url)), str(error)) from error
        if await pool.fetchval(f"SELECT to_regclass('{HALF_MOVED}')"):
            await pool.close()
            raise CannotMove("half")
        return cls(pool, _make_engine(url, read_only=True, size=connections // 2), dsn)

    @property
    def pulse(self) -> Pulse:
        return self._pulse

    async def apply(self, ops: Sequence[Op]) -> list[list[Row]]:
        if not ops:
            return []
        try:
            return rows(await self._persist(lambda connection: self._unit(connection, ops)))
        except _InDoubt as doubt:
            token = doubt.token
            answers = await self._persist(lambda connection: _settle(connection, token))
            return await self.apply(ops) if answers is None else rows(answers)

    async def fetch_all(self, queries: Sequence[Query]) -> list[list[Row]]:
        return await self._persist(lambda connection: _read(connection, queries))

    async def _unit(self, connection: Any, ops: Sequence[Op]) -> Any:
        """All of `ops` and their commit in one call."""
        token, prepared, began = self._jitter.getrandbits(62), connection.prepared, time.monotonic()
        unit = Call(ops, prepared)
        try:
            answers = await connection.fetchval(CALL, token, _now(), *unit.parts)
        except (asyncpg.PostgresError, *_LOST) as error:
            if _is_away(error):
                raise _InDoubt(token) from error
            if unit.remembered and _code(error) in _STALE:
                prepared.renew()
                raise _Renewed(str(error)) from error
            raise unit.refusal(error) from error
        self._pulse.commits += 1
        self._pulse.seconds += time.monotonic() - began
        return answers

    async def _persist(self, work: Callable[[Any], Awaitable[T]]) -> T:
        """`work` with a connection, the whole of it again after a conflict or a lost server."""
        loop = asyncio.get_running_loop()
        deadline, pause = loop.time() + _PATIENCE, 0.005
        while True:
            try:
                return await self._once(work)
            except (asyncpg.PostgresError, *_LOST) as error:
                if not (_is_away(error) or _is_conflict(error)):
                    raise
                if loop.time() > deadline:
                    raise StorageUnavailable(str(error)) from error
                if _is_away(error):
                    await self._pool.expire_connections()
            await asyncio.sleep(self._jitter.uniform(pause / 2, pause))
            pause = min(pause * 2, 1.0)

    async def _once(self, work: Callable[[Any], Awaitable[T]]) -> T:
        self._pulse.waiting += 1
        try:
            connection = await self._pool.acquire(timeout=_QUEUE)
        except TimeoutError as error:
            raise StorageUnavailable("all connections are busy") from error
        finally:
            self._pulse.waiting -= 1
        try:
            return await work(connection)
        finally:
            try:
                await self._pool.release(connection)
            except (asyncpg.PostgresError, *_LOST):
                pass  # what `work` achieved stands; the pool has dropped the connection

    @asynccontextmanager
    async def alone(self, what: str) -> AsyncIterator[None]:
        connection = await asyncpg.connect(
            self.server, timeout=20, target_session_attrs="read-write"
        )
        try:
            await connection.execute("SELECT pg_advisory_lock(hashtext($1))", f"doorstep.{what}")
            yield
        finally:
            await connection.close(timeout=2)  # which gives the lock back

    def bell(self, heard: Mapping[str, Callable[[], Any]]) -> PostgresBell:
        return PostgresBell(self.server, heard)

    def session(self) -> AsyncSession:
        return AsyncSession(self._engine, expire_on_commit=False)

    async def reading(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        loop = asyncio.get_running_loop()
        deadline, pause = loop.time() + _PATIENCE, 0.05
        while True:
            try:
                async with self.session() as session:
                    return await work(session)
            except (DBAPIError, *_LOST) as error:
                broken = not isinstance(error, DBAPIError) or error.connection_invalidated
                if not broken or loop.time() > deadline:
                    raise
            await asyncio.sleep(self._jitter.uniform(pause / 2, pause))
            pause = min(pause * 2, 1.0)

    async def create(self, metadata: MetaData) -> None:
        url = self._engine.url.render_as_string(hide_password=False)
        engine = _make_engine(url, read_only=False)
        try:
            async with engine.begin() as connection:
                await connection.run_sync(metadata.create_all)
                await connection.run_sync(ready_to_write)
        finally:
            await engine.dispose()

    async def close(self) -> None:
        await self._engine.dispose()
        try:
            await asyncio.wait_for(self._pool.close(), 5)
        except TimeoutError:
            self._pool.terminate()


def _make_engine(url: str, *, read_only: bool, size: int = 1) -> AsyncEngine:
    address, settings = in_schema(url)
    engine = create_async_engine(
        address,
        json_serializer=dump_json,
        pool_pre_ping=True,
        pool_recycle=1800,
        pool_size=size,
        max_overflow=0,
        # Of several servers the one that takes writes: another may be behind, for ever.
        connect_args={"server_settings": settings, "target_session_attrs": "read-write"},
        execution_options={"postgresql_readonly": read_only},
    )

    @event.listens_for(engine.sync_engine, "handle_error")
    def _handle(context: Any) -> None:
        if _code(context.original_exception) in _AWAY - {"25006"}:
            context.is_disconnect = True  # empties the whole pool

    return engine


async def _prepare(connection: Any) -> None:
    codec = {"schema": "pg_catalog", "encoder": dump_json, "decoder": json.loads}
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(kind, **codec)


async def _read(connection: Any, queries: Sequence[Query]) -> list[list[Row]]:
    if len(queries) == 1:
        return [await _select(connection, *queries[0])]
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        return [await _select(connection, sql, params) for sql, params in queries]


async def _select(connection: Any, sql: str, params: Sequence[Any]) -> list[Row]:
    return [tuple(r) for r in await connection.fetch(numbered(sql), *for_postgres(params))]


async def _settle(connection: Any, token: int) -> Any:
    """What a unit whose end was not heard of gave back; None if it is not committed, and then it never will be."""
    return await connection.fetchval(SETTLE, token, _now())


def _now() -> int:
    return int(time.time() * 1000)
