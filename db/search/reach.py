"""The rows by which a provider is found: one per service and cell of the circle, one per service at home."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.ops import Op, inserts
from db.search.geometry import cover, home_cell, nearness, point
from db.search.sql import Rows
from db.shapes import places

_FACTS = "price, stars, verified, x, y, z, near"
_COVER = f"service_id, cell, rank, provider_id, {_FACTS}"
_HOME = f"service_id, cell, provider_id, rank, {_FACTS}"
COVER, HOME = f"cover ({_COVER})", f"home ({_HOME})"


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a provider goes, how well people speak of him, and (service, price) of all he does.

    No offers: not to be found at all (frozen, not working, no valid certificate).
    """

    provider_id: int
    lat: float
    lon: float
    radius_m: int
    rank: int
    stars: int
    verified: bool
    offers: tuple[tuple[int, int], ...]


def cover_rows(provider: Reach) -> list[tuple[Any, ...]]:
    """Rows of `cover`: every point within reach has one of them among its cells."""
    cells = cover(lat=provider.lat, lon=provider.lon, km=provider.radius_m / 1000)
    facts = _facts(provider)
    return [
        (service_id, cell, provider.rank, provider.provider_id, price, *facts)
        for service_id, price in provider.offers
        for cell in cells
    ]


def home_rows(provider: Reach) -> list[tuple[Any, ...]]:
    """Rows of `home`: one per service."""
    cell = home_cell(lat=provider.lat, lon=provider.lon)
    return [
        (service_id, cell, provider.provider_id, provider.rank, price, *_facts(provider))
        for service_id, price in provider.offers
    ]


def rows_of(provider: Reach) -> set[tuple[Any, ...]]:
    """All by which this provider is found, of both tables."""
    return {*cover_rows(provider), *(("home", *row) for row in home_rows(provider))}


async def known(rows: Rows, *, provider_ids: Sequence[int]) -> dict[int, set[tuple[Any, ...]]]:
    """provider → the rows there are, as `rows_of` makes them."""
    found: dict[int, set[tuple[Any, ...]]] = {each: set() for each in provider_ids}
    ids, params = places(provider_ids)
    of_cover = f"SELECT {_COVER} FROM cover WHERE provider_id IN ({ids})"
    for row in await rows.fetch(of_cover, params):
        found[row[3]].add(tuple(row))
    of_home = f"SELECT {_HOME} FROM home WHERE provider_id IN ({ids})"
    for row in await rows.fetch(of_home, params):
        found[row[2]].add(("home", *row))
    return found


def replace(provider: Reach) -> list[Op]:
    """Take the old rows away and put the new ones in, within the caller's unit."""
    return [
        *forget(provider.provider_id),
        *inserts(COVER, cover_rows(provider)),
        *inserts(HOME, home_rows(provider)),
    ]


def forget(provider_id: int) -> list[Op]:
    """Nobody finds this provider any more."""
    return [
        Op(f"DELETE FROM {table} WHERE provider_id = ?", (provider_id,))
        for table in ("cover", "home")
    ]


def _facts(provider: Reach) -> tuple[Any, ...]:
    home = point(lat=provider.lat, lon=provider.lon)
    near = nearness(provider.radius_m / 1000)
    return (provider.stars, int(provider.verified), *home, near)
