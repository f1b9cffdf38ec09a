"""Scratch databases for tests: a file each, or a database each on the PostgreSQL server."""

import asyncio
import os
import shutil
import sqlite3
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from db.codec import numbered
from db.engine import Database

SERVER = os.environ.get("TEST_POSTGRES_URL", "postgresql+asyncpg://postgres@127.0.0.1/test")
DIALECTS = ("sqlite", "postgresql")
Blank = Callable[[str], Awaitable[str]]


@asynccontextmanager
async def scratch_url(dialect: str, folder: Path, *, like: str = "") -> AsyncIterator[str]:
    """The address of a database that vanishes afterwards: empty, or a copy of the one at `like` (closed)."""
    if dialect == "sqlite":
        path = folder / "doorstep.db"
        if like:
            await asyncio.to_thread(shutil.copy, str(make_url(like).database), path)
        yield f"sqlite+aiosqlite:///{path}"
        return
    name = f"doorstep_{uuid.uuid4().hex[:12]}"
    async with _server() as server:
        try:
            template = f" TEMPLATE {make_url(like).database}" if like else ""
            await server.execute(f"CREATE DATABASE {name}{template}")
            yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
        finally:
            await server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


async def lasting_url(dialect: str, folder: Path) -> str:
    """The address of an empty database that stays until `drop` is called."""
    if dialect == "sqlite":
        return f"sqlite+aiosqlite:///{folder / 'doorstep.db'}"
    name = f"doorstep_{uuid.uuid4().hex[:12]}"
    async with _server() as server:
        await server.execute(f"CREATE DATABASE {name}")
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)


async def drop(url: str) -> None:
    """Takes a lasting database away; a file goes with its folder."""
    if make_url(url).get_backend_name() == "postgresql":
        async with _server() as server:
            await server.execute(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")


def asked(url: str, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """One read from outside, while the platform works there."""
    if make_url(url).get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(make_url(url).database), timeout=10)) as database:
            return database.execute(sql, values).fetchall()
    with ThreadPoolExecutor(1) as aside:  # where no loop runs yet
        return aside.submit(asyncio.run, _asked(url, sql, values)).result()


async def _asked(url: str, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    async with _connected(url) as connection:
        return [tuple(row) for row in await connection.fetch(numbered(sql), *values)]


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def _server() -> AsyncIterator[asyncpg.Connection]:
    """Where databases are made; without a server the test is skipped, unless services are required."""
    async with AsyncExitStack() as stack:
        try:
            connection = await stack.enter_async_context(_connected(SERVER))
        except (OSError, asyncpg.PostgresError) as error:
            if os.environ.get("REQUIRE_SERVICES") == "1":
                raise
            pytest.skip(f"no PostgreSQL server at {make_url(SERVER).host}: {error}")
        yield connection


@asynccontextmanager
async def scratch_database(dialect: str, folder: Path) -> AsyncIterator[Database]:
    """An open, empty database that vanishes afterwards."""
    async with scratch_url(dialect, folder) as url:
        db = await Database.open(url)
        try:
            yield db
        finally:
            await db.close()
