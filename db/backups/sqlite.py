"""SQLite: copied by its own online backup, of one moment; a copy is a file."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy.engine import make_url

from db.backups.copies import APART, Copies, Taken, Told, Tried, asked, differing
from db.errors import DatabaseInUse
from db.migrate import migrate
from db.revisions import newest

NAME = "doorstep.db"
_PAGES = 512
_PARTS = ("", "-wal", "-shm")


class SqliteCopies(Copies):
    dialect = "sqlite"

    def __init__(self, url: str) -> None:
        self._path = Path(str(make_url(url).database))

    async def take(self, folder: Path, told: Told) -> Taken:
        return await asyncio.to_thread(self._take, folder / NAME, told)

    def _take(self, target: Path, told: Told) -> Taken:
        def step(_status: int, left: int, total: int) -> None:
            told(100 - left * 100 // max(total, 1))

        with closing(sqlite3.connect(self._path, isolation_level=None)) as source:
            # One moment for all of it: without this each write beside it would begin the copying anew.
            source.execute("BEGIN")
            source.execute("SELECT 1 FROM sqlite_master").fetchone()
            with closing(sqlite3.connect(target, isolation_level=None)) as copy:
                source.backup(copy, pages=_PAGES, progress=step)
        with closing(_reading(target)) as copy:
            [revision] = copy.execute("SELECT version_num FROM alembic_version").fetchone()
            return Taken(str(revision), _counted(copy), _files(copy))

    @asynccontextmanager
    async def loaded(
        self, folder: Path, *, revision: str, rows: Mapping[str, int], at: datetime
    ) -> AsyncIterator[Tried]:
        path = folder / NAME
        url = f"sqlite+aiosqlite:///{path}"
        found = await asyncio.to_thread(_broken, path, revision, rows)
        files: tuple[tuple[str, str], ...] = ()
        if not found:
            if not newest(revision):
                await migrate(url)
            found, files = await asyncio.to_thread(_looked_at, path, at)
        yield Tried(url, files, tuple(found))

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(f"{self._path}.lock", thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise DatabaseInUse(str(self._path)) from None
        try:
            yield
        finally:
            lock.release()

    async def lived_in(self) -> bool:
        return await asyncio.to_thread(self._lived_in)

    def _lived_in(self) -> bool:
        """Tables alone are nothing yet; a file nobody can read may be all there is of somebody's platform."""
        if not self._path.exists():
            return False
        try:
            with closing(_reading(self._path)) as present:
                rows = _counted(present)
        except sqlite3.DatabaseError:
            return True
        return bool(rows.get("person") or rows.get("service"))

    async def put(self, tried: Tried, *, aside: Path) -> None:
        await asyncio.to_thread(self._put, Path(str(make_url(tried.url).database)), aside)

    def _put(self, fresh: Path, aside: Path) -> None:
        for part in _PARTS:
            former = Path(f"{self._path}{part}")
            if former.exists():
                shutil.move(former, aside / former.name)
        fresh.chmod(0o600)
        os.replace(fresh, self._path)


def _reading(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA query_only=ON")
    return connection


def _counted(copy: sqlite3.Connection) -> dict[str, int]:
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = [name for (name,) in copy.execute(names) if name not in APART]
    count = 'SELECT COUNT(*) FROM "{}"'
    return {name: copy.execute(count.format(name)).fetchone()[0] for name in tables}


def _files(copy: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    return tuple(copy.execute("SELECT path, sha256 FROM kept_file ORDER BY path").fetchall())


def _broken(path: Path, revision: str, rows: Mapping[str, int]) -> list[str]:
    """Whether it can be read at all, page by page, each reference leads somewhere, and nothing is missing."""
    try:
        with closing(_reading(path)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return ["integrity"]
            found = ["references"] if copy.execute("PRAGMA foreign_key_check").fetchall() else []
            if copy.execute("SELECT version_num FROM alembic_version").fetchall() != [(revision,)]:
                found.append("revision")
            return found + differing(_counted(copy), rows)
    except sqlite3.DatabaseError:
        return ["integrity"]


def _looked_at(path: Path, at: datetime) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    with closing(_reading(path)) as copy:
        questions = asked(dialect="sqlite", at=at)
        found = [name for name, sql in questions.items() if copy.execute(sql).fetchone()]
        return found, _files(copy)
