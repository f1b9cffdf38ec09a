"""Every statement that is read or written meanwhile, for tests of what is asked and how often."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from db.engine import Database
from db.ops import Op


@dataclass
class Heard:
    """`hops`: how often the database was gone to, reads and writes together."""

    read: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    hops: int = 0

    def about(self, *tables: str) -> list[str]:
        """Those that name one of the tables."""
        said = [*self.read, *self.written]
        return [sql for sql in said if any(f" {table} " in f"{sql} " for table in tables)]


@contextmanager
def listening(database: Database) -> Iterator[Heard]:
    heard = Heard()
    fetch_all, apply = database.fetch_all, database.apply

    async def read_all(queries: Sequence[Any]) -> Any:
        heard.read.extend(query[0] for query in queries)
        heard.hops += 1
        return await fetch_all(queries)

    async def write(ops: Sequence[Op]) -> Any:
        heard.written.extend(op.sql for op in ops)
        heard.hops += 1
        return await apply(ops)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "fetch_all", read_all)
        patch.setattr(database, "apply", write)
        yield heard
