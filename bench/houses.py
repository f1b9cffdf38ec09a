"""Very many providers put down at once, eight in each house: the database multiplies what is worked out once."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from db.search.geometry import cover
from db.search.reach import COVER, HOME, Reach, home_rows

IN_A_HOUSE = 8
_CELLS = "CREATE TEMP TABLE house_cell (house INTEGER, cell INTEGER, PRIMARY KEY (house, cell)) WITHOUT ROWID"
_LIVES = (
    "CREATE TEMP TABLE lives (provider_id INTEGER PRIMARY KEY, house INTEGER, lat REAL, lon REAL,"
    " radius_m INTEGER)"
)
# In the order of the key, for this table is its own index.
_COVERED = (
    f"INSERT INTO {COVER} SELECT service_id, c.cell, rank, provider_id, price, stars, verified, x, y, z, near"
    " FROM home JOIN lives USING (provider_id) JOIN house_cell c USING (house) ORDER BY 1, 2, 3, 4"
)
_INDICES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
# By these a row is found that changes; nothing changes here, and they take as long as all the rest.
_TO_CHANGE = {"ix_cover_provider", "ix_home_provider"}
_FAST = ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -400000", "threads = 2")


@contextmanager
def at_once(path: Path, *, alone: bool = True) -> Iterator[sqlite3.Connection]:
    """The indices by which is read are made in the end; whoever is `alone` there needs no way back."""
    connection = sqlite3.connect(path)
    for pragma in _FAST + (("journal_mode = OFF",) if alone else ()):
        connection.execute(f"PRAGMA {pragma}")
    with connection:
        indices = connection.execute(_INDICES).fetchall()
        for name, _ in indices:
            connection.execute(f"DROP INDEX {name}")
        yield connection
        for name, sql in indices:
            if name not in _TO_CHANGE:
                connection.execute(sql)
        connection.execute("PRAGMA analysis_limit = 1000")
        connection.execute("ANALYZE")
    connection.close()


def housed(people: Sequence[Reach]) -> list[Reach]:
    """Eight neighbours live where the first of them does, and go as far."""
    found = []
    for number, one in enumerate(people):
        first = people[number - number % IN_A_HOUSE]
        found.append(replace(one, lat=first.lat, lon=first.lon, radius_m=first.radius_m))
    return found


def reached(connection: sqlite3.Connection, people: Sequence[Reach]) -> None:
    """The rows by which these people of whole houses are found; where each lives stays in `lives`."""
    for table in (_CELLS, _LIVES):
        connection.execute(table)
    lives = (
        (one.provider_id, number // IN_A_HOUSE, one.lat, one.lon, one.radius_m)
        for number, one in enumerate(people)
    )
    put(connection, "lives (provider_id, house, lat, lon, radius_m)", lives)
    cells = (
        (house, cell)
        for house, one in enumerate(people[::IN_A_HOUSE])
        for cell in cover(lat=one.lat, lon=one.lon, km=one.radius_m / 1000)
    )
    put(connection, "house_cell (house, cell)", cells)
    put(connection, HOME, sorted(row for one in people for row in home_rows(one)))
    connection.execute(_COVERED)


def put(connection: sqlite3.Connection, target: str, rows: Iterable[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * (target.count(",") + 1))
    connection.executemany(f"INSERT INTO {target} VALUES ({marks})", rows)
