"""What the sandbox remembers across a kill: one SQLite file, written by one thread, many writes to a commit."""

import asyncio
import json
import queue
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_TABLES = """
CREATE TABLE IF NOT EXISTS record(kind TEXT, id TEXT, body TEXT, PRIMARY KEY(kind, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blob(id TEXT PRIMARY KEY, body BLOB);
"""
_Write = tuple[str, tuple[Any, ...]]


class Journal:
    """Records by kind and id. Without a path it keeps only the bytes of files, in memory."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._writes: queue.SimpleQueue[_Write | asyncio.Future[None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._bytes: dict[str, bytes] = {}
        self._written = self._kept = 0

    def open(self) -> None:
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._connect() as connection:
            connection.executescript(_TABLES)
        connection.close()
        self._thread = threading.Thread(target=self._run, name="sandbox-journal", daemon=True)
        self._thread.start()

    def close(self) -> None:
        if self._thread is not None:
            self._writes.put(None)
            self._thread.join()
            self._thread = None

    def put(self, kind: str, id: Any, body: Any) -> None:
        if self._path is not None:
            text = json.dumps(body, separators=(",", ":"))
            self._write("INSERT OR REPLACE INTO record VALUES (?,?,?)", (kind, str(id), text))

    def drop(self, kind: str, id: Any) -> None:
        if self._path is not None:
            self._write("DELETE FROM record WHERE kind=? AND id=?", (kind, str(id)))

    def put_bytes(self, id: str, body: bytes) -> None:
        if self._path is None:
            self._bytes[id] = body
        else:
            self._write("INSERT OR REPLACE INTO blob VALUES (?,?)", (id, body))

    async def get_bytes(self, id: str) -> bytes:
        if self._path is None:
            return self._bytes[id]
        await self.kept()
        return await asyncio.to_thread(self._read_bytes, id)

    def records(self, kind: str) -> Iterator[Any]:
        """Everything of one kind; read once, at the start."""
        if self._path is None:
            return
        connection = self._connect()
        rows = connection.execute("SELECT body FROM record WHERE kind=? ORDER BY id", (kind,))
        yield from (json.loads(body) for (body,) in rows)
        connection.close()

    async def kept(self) -> None:
        """Returns when all that was put so far would survive a kill."""
        if self._path is None or self._kept == self._written:
            return
        number = self._written
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._writes.put(done)
        await done
        self._kept = max(self._kept, number)

    def _write(self, statement: str, values: tuple[Any, ...]) -> None:
        self._written += 1
        self._writes.put((statement, values))

    def _read_bytes(self, id: str) -> bytes:
        connection = self._connect()
        row = connection.execute("SELECT body FROM blob WHERE id=?", (id,)).fetchone()
        connection.close()
        return bytes(row[0])

    def _connect(self) -> sqlite3.Connection:
        assert self._path is not None
        connection = sqlite3.connect(self._path, isolation_level=None, timeout=30)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    def _run(self) -> None:
        connection = self._connect()
        running = True
        while running:
            batch = [self._writes.get()]
            while not self._writes.empty():
                batch.append(self._writes.get())
            running = None not in batch
            connection.execute("BEGIN IMMEDIATE")
            for item in batch:
                if isinstance(item, tuple):
                    connection.execute(*item)
            connection.execute("COMMIT")
            for item in batch:
                if isinstance(item, asyncio.Future):
                    item.get_loop().call_soon_threadsafe(_finish, item)
        connection.close()


def _finish(done: asyncio.Future[None]) -> None:
    if not done.done():
        done.set_result(None)
