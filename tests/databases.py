"""Scratch databases for tests: a file each, or a database of the PostgreSQL server."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from db.codec import numbered
from db.engine import Database
from tests import servers
from tests.slates import SLATES

DIALECTS = ("sqlite", "postgresql")
# (dialect, folder): a database with all tables and nothing in them.
Blank = Callable[[str, Path], AbstractAsyncContextManager[str]]


@asynccontextmanager
async def scratch_url(dialect: str, folder: Path, *, like: str = "") -> AsyncIterator[str]:
    """The address of a database for this block alone: empty, or a copy of the one at `like` (closed)."""
    if dialect == "sqlite":
        path = folder / "doorstep.db"
        if like:
            await asyncio.to_thread(shutil.copy, str(make_url(like).database), path)
        yield f"sqlite+aiosqlite:///{path}"
    elif like:
        url = await servers.made(like=like)
        try:
            yield url
        finally:
            await servers.drop(url)
    else:
        async with SLATES.one(tables=False) as url:
            yield url


async def lasting_url(dialect: str, folder: Path) -> str:
    """The address of an empty database that stays until `drop` is called."""
    if dialect == "sqlite":
        return f"sqlite+aiosqlite:///{folder / 'doorstep.db'}"
    return await servers.made()


async def drop(url: str) -> None:
    """Takes a lasting database away; a file goes with its folder."""
    if make_url(url).get_backend_name() == "postgresql":
        await servers.drop(url)


def asked(url: str, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """One read from outside, while the platform works there."""
    if make_url(url).get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(make_url(url).database), timeout=10)) as database:
            return database.execute(sql, values).fetchall()
    with ThreadPoolExecutor(1) as aside:  # where no loop runs yet
        return aside.submit(asyncio.run, _asked(url, sql, values)).result()


def written(url: str, sql: str) -> None:
    """One change from outside, while nothing works there."""
    if make_url(url).get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(make_url(url).database), timeout=10)) as database:
            database.execute(sql)
            database.commit()
    else:
        asked(url, sql)


async def _asked(url: str, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    async with servers.connected(url) as connection:
        return [tuple(row) for row in await connection.fetch(numbered(sql), *values)]


@asynccontextmanager
async def scratch_database(dialect: str, folder: Path) -> AsyncIterator[Database]:
    """An open, empty database that vanishes afterwards."""
    async with scratch_url(dialect, folder) as url:
        db = await Database.open(url)
        try:
            yield db
        finally:
            await db.close()
