"""The SQLite file that is left: locked, looked at all over, read in batches, and never written."""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Table
from sqlmodel import SQLModel

import db.tables  # noqa: F401  (declares every table)
from db.backups.copies import APART, asked
from db.errors import CannotMove, DatabaseInUse
from db.ops import Row
from db.revisions import newest


def tables() -> list[Table]:
    """All of ours, what is referred to first."""
    return list(SQLModel.metadata.sorted_tables)


def refers_to_itself(table: Table) -> bool:
    return any(key.column.table is table for key in table.foreign_keys)


class Source:
    """One moment of the file; nobody else may have it open."""

    def __init__(self, path: Path, connection: sqlite3.Connection, mark: str) -> None:
        self.path = path
        self.mark = mark
        self._connection = connection

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator["Source"]:
        """Raises CannotMove, DatabaseInUse."""
        if not path.is_file():
            raise CannotMove("no_source", {"path": str(path)})
        lock = FileLock(f"{path}.lock", thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise DatabaseInUse(str(path)) from None
        try:
            mark = _mark(path)
            with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                connection.execute("PRAGMA query_only=ON")
                connection.execute("BEGIN")
                yield cls(path, connection, mark)
        except sqlite3.DatabaseError as error:
            raise CannotMove("unreadable", {"path": str(path)}) from error
        finally:
            lock.release()

    def check(self, *, now: datetime) -> None:
        """Up to date, sound, and with no table that nobody knows. Raises CannotMove."""
        try:
            found = self._ask("SELECT version_num FROM alembic_version")
        except sqlite3.OperationalError:
            raise CannotMove("foreign", {"path": str(self.path)}) from None
        if not found or not newest(found[0][0]):
            raise CannotMove("old")
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        strange = {name for (name,) in self._ask(names)} - APART - SQLModel.metadata.tables.keys()
        if strange:
            raise CannotMove("strange", {"found": ", ".join(sorted(strange))})
        broken = [] if self._ask("PRAGMA quick_check") == [("ok",)] else ["integrity"]
        broken += ["references"] if self._ask("PRAGMA foreign_key_check") else []
        questions = asked(dialect="sqlite", at=now)
        broken += [name for name, sql in questions.items() if self._ask(sql)]
        if broken:
            raise CannotMove("unsound", {"found": ", ".join(broken)})

    def counts(self) -> dict[str, int]:
        return {
            table.name: int(self._ask(f'SELECT COUNT(*) FROM "{table.name}"')[0][0])
            for table in tables()
        }

    def book(self) -> set[Row]:
        """What each account's lines add up to, and what is kept as its balance."""
        return set(self._ask(BOOK))

    def batches(self, table: Table, *, after: Sequence[Any], size: int) -> Iterator[list[Row]]:
        """Rows in the order of their key, from behind `after`; what refers to itself comes at once."""
        key = [column.name for column in table.primary_key]
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        order = ", ".join(f'"{name}"' for name in key)
        at = [list(table.columns.keys()).index(name) for name in key]
        limit = -1 if refers_to_itself(table) else size
        while True:
            marks = ", ".join("?" * len(key))
            behind = f" WHERE ({order}) > ({marks})" if after else ""
            sql = f'SELECT {columns} FROM "{table.name}"{behind} ORDER BY {order} LIMIT {limit}'
            if not (rows := self._ask(sql, after)):
                return
            yield rows
            after = [rows[-1][index] for index in at]

    def _ask(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()


BOOK = (
    "SELECT account, currency, CAST(SUM(lines) AS BIGINT), CAST(SUM(kept) AS BIGINT) FROM ("
    "SELECT account, currency, amount AS lines, 0 AS kept FROM ledger_leg UNION ALL"
    " SELECT account, currency, 0, amount FROM balance) AS both_sides GROUP BY account, currency"
)


def _mark(path: Path) -> str:
    """Tells this content of the file from any other; what a killed platform left beside it is folded in first."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
