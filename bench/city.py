"""A city of so many providers after the model of one: the same week and skills, each at a home of their own."""

import asyncio
import random
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.engine import make_url

from bench.houses import at_once, housed, reached
from bench.updates import PEOPLE
from bot.customer.providers.view import View
from bot.screen import press
from core.people.model import Person
from core.search.rank import hundredths, rank
from db.search.reach import Reach
from tests.reliability.town import CENTRE, Town

FIRST_ID = 1 << 40
DAYS = 3  # of free time told to the search; the week itself goes on
A_WEEK = 7
_NUMBERED = {"id": "l.provider_id * 8 + m.nth", "provider_id": "l.provider_id"}
CLONES: dict[str, dict[str, str]] = {
    "provider": {
        "id": "l.provider_id",
        "person_id": "l.provider_id",
        "lat": "l.lat",
        "lon": "l.lon",
        "radius_m": "l.radius_m",
    },
    "skill": _NUMBERED,
    "hours": _NUMBERED,
    "day_mask": {"provider_id": "l.provider_id"},
}
"""What of the model's rows is each one's own."""


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
    people = housed([_reach(rng, FIRST_ID + n, spread, service_id) for n in range(count)])
    with at_once(Path(path), alone=False) as connection:
        reached(connection, people)
        for table, theirs in CLONES.items():
            connection.execute(*_cloned(connection, table, theirs, model))


def _reach(rng: random.Random, number: int, spread: float, service_id: int) -> Reach:
    reviews = rng.choice((0, 0, 1, 3, 20, 100))
    total = sum(rng.choice((3, 4, 5, 5, 5)) for _ in range(reviews))
    return Reach(
        provider_id=number, lat=CENTRE[0] + rng.gauss(0, spread), lon=CENTRE[1] + rng.gauss(0, spread),
        radius_m=rng.choice((3000, 5000, 8000, 12000)), rank=rank(total=total, count=reviews),
        stars=hundredths(total=total, count=reviews), verified=rng.random() < 0.7,
        offers=((service_id, rng.randrange(50, 90) * 100),),
    )  # fmt: skip


def _cloned(
    connection: sqlite3.Connection, table: str, theirs: Mapping[str, str], model: int
) -> tuple[str, list[int]]:
    """The model's rows of this table once for each."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(theirs.get(column, f"m.{column}") for column in columns)
    key = "id" if table == "provider" else "provider_id"
    rows = f"SELECT *, ROW_NUMBER() OVER (ORDER BY {columns[0]}) - 1 AS nth FROM {table} WHERE {key} = ?"
    sql = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM lives l CROSS JOIN ({rows}) m"
    return (f"{sql} WHERE m.nth < ?", [model, DAYS if table == "day_mask" else A_WEEK])
