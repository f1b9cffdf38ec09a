"""What the stand-in remembers: orders to pay, charges, refunds, answers already given, notices to deliver."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Thing = dict[str, Any]

SCHEMA = """
CREATE TABLE IF NOT EXISTS thing (
    seq INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answer (
    key TEXT PRIMARY KEY, request TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
    at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS notice (
    seq INTEGER PRIMARY KEY, body TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    delivered INTEGER NOT NULL DEFAULT 0);
"""


class Book:
    """In memory, or in a file that survives the process."""

    def __init__(self, storage: Path | None) -> None:
        self._db = sqlite3.connect(storage or ":memory:", isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is written within is kept, or nothing of it if it fails."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def keep(self, thing: Thing) -> None:
        """A new thing, or its new state."""
        self._db.execute(
            "INSERT INTO thing (id, kind, body) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            (thing["id"], thing["object"], json.dumps(thing)),
        )

    def find(self, kind: str, id: str) -> Thing | None:
        sql = "SELECT body FROM thing WHERE kind = ? AND id = ?"
        row = self._db.execute(sql, (kind, id)).fetchone()
        return json.loads(row[0]) if row else None

    def all(self, kind: str) -> Iterator[Thing]:
        """In the order in which they came to be."""
        sql = "SELECT body FROM thing WHERE kind = ? ORDER BY seq"
        for (body,) in self._db.execute(sql, (kind,)).fetchall():
            yield json.loads(body)

    def answered(self, key: str, *, after: float) -> tuple[str, int, Thing] | None:
        """The request, status and body first given for this key, if it is not forgotten yet."""
        sql = "SELECT request, status, body FROM answer WHERE key = ? AND at > ?"
        row = self._db.execute(sql, (key, after)).fetchone()
        return (row[0], row[1], json.loads(row[2])) if row else None

    def answer(self, key: str, request: str, status: int, body: Thing, at: float) -> None:
        row = (key, request, status, json.dumps(body), at)
        self._db.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)", row)

    def announce(self, body: Thing) -> None:
        self._db.execute("INSERT INTO notice (body) VALUES (?)", (json.dumps(body),))

    def waiting(self) -> list[tuple[int, str, int]]:
        """Notices not delivered yet: (number, body, tries)."""
        sql = "SELECT seq, body, tries FROM notice WHERE NOT delivered ORDER BY seq"
        return self._db.execute(sql).fetchall()

    def tried(self, seq: int, *, delivered: bool) -> None:
        sql = "UPDATE notice SET tries = tries + 1, delivered = ? WHERE seq = ?"
        self._db.execute(sql, (delivered, seq))

    def give_up(self, seq: int) -> None:
        self._db.execute("UPDATE notice SET delivered = 2 WHERE seq = ?", (seq,))
