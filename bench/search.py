"""Who can come, asked of ever bigger cities: the search against its bare SQL on a bare connection."""

import asyncio
import random
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.rounds import Series, interleaved
from core.availability.masks import stored
from core.search.nearby import Query, When
from db.engine import Database
from db.migrate import migrate
from db.search.providers import Providers
from db.search.reach import COVER, HOME, cover_rows, home_rows
from tests.db.search import city as made_up

MANY = 200
TIMES = 7


class Listener:
    """Answers as the database does and remembers what it was asked."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.dialect = database.dialect
        self.asked: list[tuple[str, Any]] = []

    async def fetch(self, sql: str, params: Any = ()) -> Any:
        self.asked.append((sql, list(params)))
        return await self._database.fetch(sql, params)

    async def fetch_all(self, queries: Any) -> Any:
        self.asked.extend((sql, list(params)) for sql, params in queries)
        return await self._database.fetch_all(queries)


def build(path: Path, count: int) -> None:
    """The rows of search alone, put down at once: what a city of this size has grown to over the years."""
    # The more providers, the larger the city: a street is not ten thousand plumbers deep.
    spread = 0.25 * (count / 10_000) ** 0.5
    city = made_up.build(random.Random(count), count, max(spread, 0.05))
    people = city.providers
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    with connection:
        # In the order of the key, for these tables are their own index.
        _put(connection, COVER, sorted(row for one in people.values() for row in cover_rows(one)))
        _put(connection, HOME, sorted(row for one in people.values() for row in home_rows(one)))
        masks = (
            (people[number].provider_id, day, stored(mask))
            for number, days in city.masks.items() for day, mask in sorted(days.items())
        )  # fmt: skip
        _put(connection, "day_mask (provider_id, day, mask)", masks)
        connection.execute("ANALYZE")
    connection.close()


def _put(connection: sqlite3.Connection, target: str, rows: Iterable[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * (target.count(",") + 1))
    connection.executemany(f"INSERT INTO {target} VALUES ({marks})", rows)


def queries(count: int) -> list[Query]:
    rng = random.Random(7)
    spread = min(0.25 * (count / 10_000) ** 0.5, 0.5)
    when = When(day=made_up.FIRST_DAY, quarters=6, first=8, last=40)
    return [
        Query(
            service_id=rng.choice(made_up.SERVICES), when=when, limit=10,
            lat=made_up.CENTRE[0] + rng.gauss(0, spread / 2),
            lon=made_up.CENTRE[1] + rng.gauss(0, spread / 2),
        )
        for _ in range(MANY)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """CPU seconds per search: "search" (ours), "sql" (the same statements, fetched and thrown away); each query's
    seconds at its best of a few times, in ascending order."""

    cpu: dict[str, Series]
    waits: list[float]

    def at(self, percent: int) -> float:
        return self.waits[len(self.waits) * percent // 100]


async def measure(folder: Path, count: int) -> Found:
    path = folder / f"city{count}.db"
    url = f"sqlite+aiosqlite:///{path}"
    database = await Database.open(url)
    try:
        await migrate(url)
        await asyncio.to_thread(build, path, count)
        asked = queries(count)
        listener = Listener(database)
        listening = Providers(listener)
        for query in asked:
            await listening.find(query)
        bare = sqlite3.connect(path, cached_statements=512)
        ours = Providers(database)

        async def search() -> float:
            began = time.process_time()
            for query in asked:
                await ours.find(query)
            return (time.process_time() - began) / MANY

        async def sql() -> float:
            began = time.process_time()
            for statement, params in listener.asked:
                bare.execute(statement, params).fetchall()
            return (time.process_time() - began) / MANY

        cpu = await interleaved({"search": search, "sql": sql}, rounds=15)
        return Found(cpu, sorted([await _best(ours, query) for query in asked]))
    finally:
        await database.close()


async def _best(search: Providers, query: Query) -> float:
    """What else the machine does is no matter of the query."""
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        await search.find(query)
        took.append(time.perf_counter() - began)
    return min(took)
