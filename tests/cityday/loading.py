"""Puts millions of rows into a database at once, past every rule of it: who makes them keeps to the rules."""

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.engine import make_url

from db.codec import dump_json, for_postgres, for_sqlite
from tests import servers

Rows = Iterable[Sequence[Any]]
Load = tuple[str, Sequence[str], Rows]
"""Table, columns, rows in the order of its key."""


async def load(url: str, loads: Iterable[Load]) -> None:
    if make_url(url).get_backend_name() == "sqlite":
        await asyncio.to_thread(_into_sqlite, str(make_url(url).database), loads)
    else:
        await _into_postgres(url, loads)


def _into_sqlite(path: str, loads: Iterable[Load]) -> None:
    connection = sqlite3.connect(path)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
        connection.execute(f"PRAGMA {pragma}")
    with connection:
        for table, columns, rows in loads:
            marks = ", ".join("?" * len(columns))
            into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
            connection.executemany(into, map(for_sqlite, rows))
    connection.execute("ANALYZE")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


async def _into_postgres(url: str, loads: Iterable[Load]) -> None:
    async with servers.connected(url) as connection:
        await connection.execute("SET session_replication_role = replica")
        for table, columns, rows in loads:
            await connection.copy_records_to_table(
                table, records=map(_copied, rows), columns=list(columns), timeout=3600
            )
        await connection.execute("VACUUM ANALYZE", timeout=3600)


def _copied(row: Sequence[Any]) -> list[Any]:
    return for_postgres([dump_json(v) if isinstance(v, dict | list) else v for v in row])
