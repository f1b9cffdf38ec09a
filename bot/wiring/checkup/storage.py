"""The database: can it be reached, is it one we can work with, are its tables up to date, does its clock agree."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from bot.config import Settings
from bot.i18n import mark
from bot.wiring.checkup.lines import PATIENCE_S, Line, care, good, wrong
from db.revisions import head, known, newest

_OLDEST = 130_000
_ASTRAY_S, _LOST_S = 2, 30


async def look(settings: Settings) -> AsyncIterator[Line]:
    url = make_url(settings.database_url)
    looking = _sqlite if url.get_backend_name() == "sqlite" else _postgres
    async for line in looking(url):
        yield line
    if settings.redis_url:
        yield await _redis(settings.redis_url)


async def _sqlite(url: Any) -> AsyncIterator[Line]:
    path = Path(str(url.database))
    facts = {"path": str(path), "version": sqlite3.sqlite_version}
    if not await asyncio.to_thread(path.exists):
        yield good(mark("SQLite {version}: {path} will be made at the first start"), **facts)
        return
    try:
        revision, oldest = await asyncio.to_thread(_revision, path)
    except sqlite3.DatabaseError:
        yield wrong(
            mark("{path} can't be read as an SQLite database"),
            mark("Look who may read it; if it is damaged, restore your last backup."), **facts,
        )  # fmt: skip
        return
    yield good(mark("SQLite {version}: {path}"), **facts)
    yield up_to_date(revision, oldest)


def _revision(path: Path) -> tuple[str, str]:
    """Which tables are there, and the oldest code that works on them.

    Only read; a file that nobody has open is not even touched.
    """
    how = "mode=ro" if Path(f"{path}-wal").exists() else "immutable=1"
    with closing(sqlite3.connect(f"file:{path}?{how}", uri=True)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'")
        if not tables.fetchall():
            return "", ""
        database.row_factory = sqlite3.Row
        return _told(database.execute("SELECT * FROM alembic_version").fetchone())


def _told(row: Any) -> tuple[str, str]:
    facts = dict(row) if row else {}
    return str(facts.get("version_num") or ""), str(facts.get("oldest_code") or "")


def up_to_date(revision: str, oldest: str = "") -> Line:
    if not revision:
        return good(mark("The tables will be made at the first start"))
    if newest(revision):
        return good(mark("The tables are up to date"))
    if known(revision):
        return care(
            mark("The tables are those of an earlier Doorstep"),
            mark(
                "Nothing, if you like: they are brought up to date at the next start. Make a backup before."
            ),
        )
    if oldest <= head():
        return care(
            mark("The tables were made by a later Doorstep, and this one can work on them"),
            mark("Nothing while an update is under way; afterwards update this one, too."),
        )
    return wrong(
        mark("The tables were made by a later Doorstep"), mark("Update Doorstep, then start it.")
    )


async def _postgres(url: Any) -> AsyncIterator[Line]:
    try:
        import asyncpg
    except ImportError:
        yield wrong(
            mark("PostgreSQL needs a package that is not here"),
            mark("Run: pip install .[postgres]"),
        )
        return
    dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        server = await asyncpg.connect(dsn, timeout=PATIENCE_S, statement_cache_size=0)
        lent = await server.fetchval(_SESSION) == await _session(dsn)
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError) as error:
        yield wrong(
            mark("The database at {host} does not let us in: {why}"),
            mark("Check DATABASE_URL: address, port, name, user and password."),
            host=url.host or "", why=type(error).__name__,
        )  # fmt: skip
        return
    try:
        async for line in _looked_at(server):
            yield line
        if lent:
            yield wrong(
                mark("A pooler in front of PostgreSQL lends connections by the transaction"),
                mark("Let it lend by the session, or let DATABASE_URL name the server itself."),
            )
    finally:
        await server.close()


_SESSION = "SELECT pg_backend_pid()"


async def _session(dsn: str) -> int:
    """That of one more connection; only a pooler gives two the same, and prepared statements get lost in it."""
    import asyncpg

    other = await asyncpg.connect(dsn, timeout=PATIENCE_S, statement_cache_size=0)
    try:
        return int(await other.fetchval(_SESSION))
    finally:
        await other.close()


async def _looked_at(server: Any) -> AsyncIterator[Line]:
    number, version, encoding, reads_only, schema, clock = await server.fetchrow(
        "SELECT current_setting('server_version_num')::int, current_setting('server_version'),"
        " current_setting('server_encoding'), pg_is_in_recovery(),"
        " has_schema_privilege(current_schema(), 'CREATE'), clock_timestamp()"
    )
    if number < _OLDEST:
        yield wrong(
            mark("PostgreSQL {version} is too old"), mark("Use PostgreSQL 14 or later."),
            version=version,
        )  # fmt: skip
    else:
        yield good(mark("PostgreSQL {version}"), version=version)
    if encoding != "UTF8":
        yield wrong(
            mark("The database keeps texts as {encoding}: Chinese does not fit in"),
            mark("Make a new one: createdb --encoding UTF8"), encoding=encoding,
        )  # fmt: skip
    if reads_only:
        yield wrong(
            mark("The database is a copy that can't be written"),
            mark("Let DATABASE_URL name the primary server."),
        )
    if not schema:
        yield wrong(
            mark("We may not make tables in the database"),
            mark("Make our user the owner of the database."),
        )
    yield agreed(clock, mark("the database's"))
    if await server.fetchval("SELECT to_regclass('half_moved')"):
        yield wrong(
            mark("A move into this database was broken off half-way"),
            mark("Finish it: python -m bot move"),
        )
        return
    there = await server.fetchval("SELECT to_regclass('alembic_version')")
    row = await server.fetchrow("SELECT * FROM alembic_version") if there else None
    yield up_to_date(*_told(row))


async def _redis(url: str) -> Line:
    try:
        from redis.exceptions import RedisError

        from bot.gateway.redis import connect
    except ImportError:
        return wrong(
            mark("Redis needs a package that is not here"), mark("Run: pip install .[redis]")
        )
    try:
        async with connect(url) as server:
            told = await server.info("server")
    except (RedisError, OSError, TimeoutError, ValueError) as error:
        return wrong(
            mark("Redis does not let us in: {why}"),
            mark("Check REDIS_URL: address, port and password."), why=type(error).__name__,
        )  # fmt: skip
    return good(mark("Redis {version}"), version=told.get("redis_version", ""))


def agreed(theirs: datetime, whose: str) -> Line:
    """Two clocks that differ make timers and notices of payments go wrong."""
    apart = abs((datetime.now(UTC) - theirs).total_seconds())
    facts = {"seconds": round(apart), "whose": whose}
    if apart < _ASTRAY_S:
        return good(mark("Our clock agrees with {whose}"), **facts)
    do = mark("Let both machines keep time by the network (NTP).")
    differs = mark("Our clock and {whose} are {seconds} s apart")
    return (wrong if apart > _LOST_S else care)(differs, do, **facts)
