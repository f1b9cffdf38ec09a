"""Raw reads of an SQLite file: a few threads, each with a connection that cannot write."""

import asyncio
import sqlite3
import threading
from collections.abc import Sequence
from typing import Any

from db.codec import for_sqlite
from db.jobs import Jobs, answer
from db.ops import Row

Query = tuple[str, Sequence[Any]]
_GROUP = 8  # so few, for a long read holds up those that a thread took together with it


class Readers:
    """One hop per read, however many queries it holds; they all see the same moment."""

    def __init__(self, path: str, *, threads: int = 3) -> None:
        self._path = path
        self._jobs = Jobs()
        self._threads = [
            threading.Thread(target=self._run, name="db-reader", daemon=True)
            for _ in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    async def fetch(self, queries: Sequence[Query]) -> list[list[Row]]:
        result: list[list[Row]] = await self._jobs.do(lambda connection: _read(connection, queries))
        return result

    async def close(self) -> None:
        self._jobs.close()
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    # Everything below runs on the readers' own threads.

    def _run(self) -> None:
        connection: sqlite3.Connection | None = None
        while group := self._jobs.gather(_GROUP):
            for job in group:
                try:
                    if connection is None:
                        connection = self._connect()
                    job.result = job.work(connection)
                except Exception as error:
                    job.error = error
            answer(group)
        if connection is not None:
            connection.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, isolation_level=None, cached_statements=512, check_same_thread=True
        )
        for pragma in ("busy_timeout=5000", "mmap_size=0", "cache_size=-16000", "query_only=ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection


def _read(connection: sqlite3.Connection, queries: Sequence[Query]) -> list[list[Row]]:
    if len(queries) == 1:
        sql, params = queries[0]
        return [connection.execute(sql, for_sqlite(params)).fetchall()]
    connection.execute("BEGIN")
    try:
        return [connection.execute(sql, for_sqlite(p)).fetchall() for sql, p in queries]
    finally:
        connection.execute("COMMIT")
