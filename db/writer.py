"""The one writer of an SQLite file: a thread that owns the connection and commits jobs in groups.

A commit costs a disk flush, however much it holds; while one is under way the next jobs gather, so
full durability costs a busy system nothing. Each job stands behind a savepoint: its failure is its
own. A job may run twice (its group failed), so it must do nothing but write.
"""

import asyncio
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Any

from db.errors import StorageUnavailable
from db.jobs import Job, Jobs, answer

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=1000",
    "mmap_size=0",
    "temp_store=MEMORY",
    "cache_size=-16000",
)
_GROUP = 256
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}

WriteFn = Callable[[sqlite3.Cursor], Any]


def is_busy(error: Exception) -> bool:
    """Somebody else holds the file for the moment."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, sqlite3.OperationalError) and code is not None and code & 0xFF in _BUSY


class Writer:
    """Takes jobs from the event loop, answers them after their commit."""

    def __init__(self, path: str, *, patience: float = 60.0) -> None:
        self._path = path
        self._patience = patience
        self._jobs = Jobs()
        self._thread = threading.Thread(target=self._run, name="db-writer", daemon=True)
        self._opened: asyncio.Future[None] | None = None
        self._jitter = random.Random()
        self.commits, self.seconds = 0, 0.0

    async def open(self) -> None:
        """Start the thread; returns once the connection stands."""
        loop = asyncio.get_running_loop()
        self._opened = loop.create_future()
        self._loop = loop
        self._thread.start()
        await self._opened

    async def write(self, work: WriteFn) -> Any:
        """Run `work` in a transaction on the writer's thread; its value comes after the commit."""
        return await self._jobs.do(work)

    @property
    def waiting(self) -> int:
        """Jobs that nobody has taken yet."""
        return len(self._jobs)

    async def close(self) -> None:
        """Finish what waits, fold the write-ahead log into the file, end the thread."""
        self._jobs.close()
        await asyncio.to_thread(self._thread.join)

    # Everything below runs on the writer's own thread.

    def _run(self) -> None:
        try:
            self._connect()
        except BaseException as error:
            self._loop.call_soon_threadsafe(self._opened.set_exception, error)  # type: ignore[union-attr]
            return
        self._loop.call_soon_threadsafe(self._opened.set_result, None)  # type: ignore[union-attr]
        while group := self._jobs.gather(_GROUP):
            self._serve(group)
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()

    def _connect(self) -> None:
        self._connection = sqlite3.connect(
            self._path, isolation_level=None, cached_statements=512, check_same_thread=True
        )
        for pragma in PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        self._cursor = self._connection.cursor()

    def _serve(self, group: list[Job]) -> None:
        try:
            self._commit(group)
        except Exception as error:
            self._undo()
            self._serve_singly(group, error)
        answer(group)

    def _serve_singly(self, group: list[Job], error: Exception) -> None:
        """The group as a whole failed (disk full, say): each job gets its own chance and answer."""
        for job in group:
            job.result, job.error = None, error
            if len(group) == 1:
                break
            try:
                self._commit([job])
            except Exception as single:
                self._undo()
                job.error = single
        for job in group:
            if isinstance(job.error, sqlite3.OperationalError):
                job.error = StorageUnavailable(str(job.error))

    def _commit(self, group: list[Job]) -> None:
        self._patiently("BEGIN IMMEDIATE")
        for job in group:
            self._attempt(job)
        began = time.monotonic()
        self._patiently("COMMIT")
        self.commits += 1
        self.seconds += time.monotonic() - began

    def _attempt(self, job: Job) -> None:
        """One job behind its savepoint."""
        cursor = self._cursor
        cursor.execute("SAVEPOINT job")
        try:
            job.error = None
            job.result = job.work(cursor)
        except Exception as error:
            if not self._connection.in_transaction:  # SQLite gave up the whole transaction
                raise
            cursor.execute("ROLLBACK TO job")
            job.error = error
        cursor.execute("RELEASE job")

    def _patiently(self, statement: str) -> None:
        """Another connection may hold the file (a backup, a shell): wait for it, within reason."""
        deadline = time.monotonic() + self._patience
        while True:
            try:
                self._cursor.execute(statement)
                return
            except sqlite3.OperationalError as error:
                if not is_busy(error) or time.monotonic() > deadline:
                    raise
            time.sleep(self._jitter.uniform(0.005, 0.05))

    def _undo(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
