"""Brings a database to the tables this version needs; run at every start, it does nothing when all is well.

On PostgreSQL step by step, while others work there: see db/revisions.py and db/live_tables.py. On SQLite all at once,
behind a copy of the file.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import structlog
from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, event, inspect, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from db import former, revisions
from db.errors import DatabaseUnreachable, OlderAtWork, TablesHeld, TablesNewer
from db.live_tables import LOCK_MS
from db.processes import JOINING, NOW
from db.revisions import Stage

# Any number that nobody else locks in this database.
_TURN = 20_260_504
_PATIENCE_S = 60
_VERSION = "alembic_version"
_HELD = {"55P03", "40P01"}  # no lock in time, deadlock
_BEAT_S = 0.1
_LONGEST = (
    "SELECT pid, extract(epoch FROM clock_timestamp() - xact_start)::int FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
    " ORDER BY xact_start LIMIT 1"
)
log = structlog.get_logger()


def config(connection: Connection) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(revisions.HERE))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


async def migrate(url: str, *, revision: str = "head", patience: float = _PATIENCE_S) -> None:
    """Upgrades to `revision`; tables of a later version stay as they are, if this one can work on them.

    Raises TablesNewer, TablesHeld, OlderAtWork.
    """
    end = revisions.head() if revision == "head" else revision
    async with _engine(url) as engine:
        if engine.dialect.name == "postgresql":
            await _step_by_step(engine, end, patience)
            return
        async with engine.begin() as connection:
            await connection.run_sync(_at_once, end)


async def unmigrate(url: str, *, revision: str) -> None:
    """Downgrades to `revision` ("base": no tables at all)."""
    async with _engine(url) as engine, engine.begin() as connection:
        await connection.run_sync(lambda each: command.downgrade(config(each), revision))


def in_schema(url: str) -> tuple[URL, dict[str, str]]:
    """The address without the schema it may name (`?search_path=…`), and the server's settings that choose it."""
    address = make_url(url)
    named = {name: str(value) for name, value in address.query.items() if name == "search_path"}
    return address.difference_update_query(named), named


@asynccontextmanager
async def _engine(url: str) -> AsyncIterator[AsyncEngine]:
    sqlite = make_url(url).get_backend_name() == "sqlite"
    address, settings = in_schema(url)
    # Processes that start together take turns, however slow the machine is.
    patient: dict[str, Any] = {"timeout": _PATIENCE_S}
    leading = {"server_settings": settings, "target_session_attrs": "read-write"}
    engine = create_async_engine(address, connect_args=patient if sqlite else leading)
    if sqlite:
        # The driver must leave transactions to us; table changes and their version are one unit.
        @event.listens_for(engine.sync_engine, "connect")
        def _connect(connection: object, _record: object) -> None:
            connection.isolation_level = None  # type: ignore[attr-defined]

        @event.listens_for(engine.sync_engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        yield engine
    except OSError as error:
        raise DatabaseUnreachable(str(engine.url), str(error)) from error
    finally:
        await engine.dispose()


def _at_once(connection: Connection, end: str) -> None:
    there = _there(connection)
    if not (pending := revisions.stages(there, end)):
        return
    if there:
        former.keep(Path(str(connection.engine.url.database)), before=end)
    for stage in pending:
        command.upgrade(config(connection), stage.end)
        _write_down(connection, stage)


def _there(connection: Connection) -> str:
    """The state of the tables ("": none). Raises TablesNewer."""
    if not inspect(connection).has_table(_VERSION):
        return ""
    row = connection.execute(text(f"SELECT * FROM {_VERSION}")).mappings().first()
    there = str(row["version_num"]) if row else ""
    if row and there and not revisions.known(there):
        if (row.get("oldest_code") or "") > revisions.head():
            raise TablesNewer(there, revisions.head())
        log.warning("tables_are_newer", tables=there, version=revisions.head())
    return there


def _write_down(connection: Connection, stage: Stage) -> None:
    """Which code can work on the tables from now on."""
    if stage.needs:
        sql = f"UPDATE {_VERSION} SET oldest_code = :needs WHERE COALESCE(oldest_code, '') < :needs"
        connection.execute(text(sql), {"needs": stage.needs})


async def _step_by_step(engine: AsyncEngine, end: str, patience: float) -> None:
    async with engine.connect() as connection:
        await _our_turn(connection)
        there = await connection.run_sync(_there)
        await connection.commit()
        for stage in revisions.stages(there, end):
            if stage.needs:
                await _without_older(connection, stage, patience)
            await _patiently(connection, stage, patience)


async def _our_turn(connection: AsyncConnection) -> None:
    """Asked for again and again: whoever waits inside a statement would be waited for by an index that is built."""
    while not await connection.scalar(text(f"SELECT pg_try_advisory_lock({_TURN})")):
        await connection.rollback()
        await asyncio.sleep(_BEAT_S)
    await connection.commit()


async def _without_older(connection: AsyncConnection, stage: Stage, patience: float) -> None:
    """Nobody who still needs what is taken away is at work or can come. Raises OlderAtWork."""
    until = time.monotonic() + patience
    while True:
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({JOINING})"))
        older = await connection.scalar(
            text(f"SELECT COUNT(*) FROM process WHERE alive_until > {NOW} AND knows < :needs"),
            {"needs": stage.needs},
        )
        if not older:
            await connection.run_sync(_write_down, stage)
            await connection.commit()
            return
        await connection.rollback()
        if time.monotonic() > until:
            raise OlderAtWork(int(older), stage.needs)
        await asyncio.sleep(5 * _BEAT_S)


async def _patiently(connection: AsyncConnection, stage: Stage, patience: float) -> None:
    """Each step again until it gets its locks: others pass in between. Raises TablesHeld."""
    until, there = time.monotonic() + patience, ""
    while True:
        try:
            await connection.execute(text(f"SET lock_timeout = {LOCK_MS}"))
            await connection.commit()
            await connection.run_sync(lambda each: command.upgrade(config(each), stage.end))
            return
        except DBAPIError as error:
            await connection.rollback()
            if getattr(error.orig, "sqlstate", "") not in _HELD:
                raise
        before, there = there, await connection.run_sync(_there)
        holder = (await connection.execute(text(_LONGEST))).first()
        await connection.rollback()
        until = until if there == before else time.monotonic() + patience
        log.info("table_is_held", tables=there)
        if time.monotonic() > until:
            raise TablesHeld(*(holder or (0, 0)))
        await asyncio.sleep(random.uniform(_BEAT_S, 10 * _BEAT_S))
