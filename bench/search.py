"""Who can come, asked of ever bigger cities: the search against its bare SQL on a bare connection."""

import asyncio
import random
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.houses import at_once, housed, put, reached
from bench.rounds import Series, interleaved
from core.availability.masks import stored
from core.search.nearby import Query, When
from db.engine import Database
from db.migrate import migrate
from db.search.providers import Providers
from tests.db.search import city as made_up
from tests.db.search.city import City

MANY = 1_000
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


@dataclass(frozen=True, slots=True)
class Layout:
    """How far the homes lie about the middle, in degrees, and the places that are asked about."""

    name: str
    homes: Callable[[int], float]


# In a country the more providers, the farther they spread: each place has as many around it as in a small one. In a
# city all live within the same few kilometres, ever more of them at each door.
LAYOUTS = (
    Layout("country", lambda count: max(0.25 * (count / 10_000) ** 0.5, 0.05)),
    Layout("city", lambda _count: 0.25),
)


def build(path: Path, count: int, spread: float) -> City:
    """The rows of search alone, put down at once: what a city of this size has grown to over the years."""
    city = made_up.build(random.Random(count), count, spread)
    people = housed(list(city.providers.values()))
    masks = (
        (people[number - 1].provider_id, day, stored(mask))
        for number, days in city.masks.items() for day, mask in sorted(days.items())
    )  # fmt: skip
    with at_once(path) as connection:
        reached(connection, people)
        put(connection, "day_mask (provider_id, day, mask)", masks)
    return City(dict(enumerate(people, 1)), city.masks)


def queries(spread: float) -> list[Query]:
    rng, spread = random.Random(7), min(spread, 0.5)
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
    at its best of a few times, in ascending order."""

    cpu: dict[str, Series]
    waits: list[float]

    def at(self, percent: int) -> float:
        return self.waits[len(self.waits) * percent // 100]


async def measure(folder: Path, count: int, layout: Layout) -> Found:
    path, spread = folder / f"{layout.name}{count}.db", layout.homes(count)
    url = f"sqlite+aiosqlite:///{path}"
    database = await Database.open(url)
    try:
        await migrate(url)
        await asyncio.to_thread(build, path, count, spread)
        asked = queries(spread)
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
        path.unlink()  # of a million it is some gigabytes


async def _best(search: Providers, query: Query) -> float:
    """What else the machine does is no matter of the query."""
    took = []
    for _ in range(TIMES):
        began = time.process_time()
        await search.find(query)
        took.append(time.process_time() - began)
    return min(took)
