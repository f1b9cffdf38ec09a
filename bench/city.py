"""A city of so many providers after the model of one: the same week and skills, each at a home of their own."""

import asyncio
import random
import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy.engine import make_url

from bench.updates import PEOPLE
from bot.customer.providers.view import View
from bot.screen import press
from core.people.model import Person
from core.search.rank import hundredths, rank
from db.search.reach import COVER, HOME, Reach, cover_rows, home_rows
from tests.reliability.town import CENTRE, Town

Row = dict[str, Any]
FIRST_ID = 1 << 40
DAYS = 3  # of free time told to the search; the week itself goes on
TABLES = {
    "provider": "id",
    "skill": "provider_id",
    "hours": "provider_id",
    "day_mask": "provider_id",
}


async def settled(here: Town, count: int) -> str:
    """The city, everybody who taps living somewhere in its middle; what they press to see who can come."""
    service = await here.service()
    model = await here.provider(service)
    rng = random.Random(count)
    await here.insert([_customer(here, rng, who) for who in PEOPLE])
    path = str(make_url(str(here.database._url)).database)  # type: ignore[attr-defined]
    await asyncio.to_thread(grow, path, model.id, service.id, count)
    return press("l", service.id, View().code, 0)


def _customer(here: Town, rng: random.Random, who: int) -> Person:
    person = here.person("Ann")
    person.telegram_id, person.place = who, "Centre"
    person.lat, person.lon = (at + rng.gauss(0, 0.05) for at in CENTRE)
    return person


def grow(path: str, model: int, service_id: int, count: int) -> None:
    """Puts down at once what a city grows to over the years; the larger it is, the farther it spreads."""
    rng, spread = random.Random(count), max(0.05, 0.25 * (count / 10_000) ** 0.5)
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -400000"):
        connection.execute(f"PRAGMA {pragma}")
    reaches = [_reach(rng, FIRST_ID + n, spread, service_id) for n in range(count)]
    with connection:
        for table, key in TABLES.items():
            found = connection.execute(f"SELECT * FROM {table} WHERE {key} = ?", [model])
            rows = [dict(row) for row in found]
            _clones(connection, table, rows[:DAYS] if table == "day_mask" else rows, reaches)
        # In the order of the key, for these tables are their own index.
        _put(connection, COVER, sorted(row for one in reaches for row in cover_rows(one)))
        _put(connection, HOME, sorted(row for one in reaches for row in home_rows(one)))
        connection.execute("ANALYZE")
    connection.close()


def _reach(rng: random.Random, number: int, spread: float, service_id: int) -> Reach:
    reviews = rng.choice((0, 0, 1, 3, 20, 100))
    total = sum(rng.choice((3, 4, 5, 5, 5)) for _ in range(reviews))
    return Reach(
        provider_id=number, lat=CENTRE[0] + rng.gauss(0, spread), lon=CENTRE[1] + rng.gauss(0, spread),
        radius_m=rng.choice((3000, 5000, 8000, 12000)), rank=rank(total=total, count=reviews),
        stars=hundredths(total=total, count=reviews), verified=rng.random() < 0.7,
        offers=((service_id, rng.randrange(50, 90) * 100),),
    )  # fmt: skip


def _clones(
    connection: sqlite3.Connection, table: str, model: list[Row], reaches: list[Reach]
) -> None:
    """The model's rows of this table once for each."""
    columns = list(model[0])
    of = CHANGES.get(table, _theirs)
    rows = (
        tuple((row | of(row | {"nth": nth}, reach))[column] for column in columns)
        for reach in reaches for nth, row in enumerate(model)
    )  # fmt: skip
    _put(connection, f"{table} ({', '.join(columns)})", rows)


def _provider(_row: Row, reach: Reach) -> Row:
    number = reach.provider_id
    return {"id": number, "person_id": number, "lat": reach.lat, "lon": reach.lon,
            "radius_m": reach.radius_m}  # fmt: skip


def _numbered(row: Row, reach: Reach) -> Row:
    return {"id": reach.provider_id * 8 + row["nth"], "provider_id": reach.provider_id}


def _theirs(_row: Row, reach: Reach) -> Row:
    return {"provider_id": reach.provider_id}


CHANGES: dict[str, Callable[[Row, Reach], Row]] = {
    "provider": _provider, "hours": _numbered, "skill": _numbered,
}  # fmt: skip


def _put(connection: sqlite3.Connection, target: str, rows: Iterable[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * (target.count(",") + 1))
    connection.executemany(f"INSERT INTO {target} VALUES ({marks})", rows)
