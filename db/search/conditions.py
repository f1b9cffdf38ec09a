"""The filters of a query as SQL; they add up."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from core.search.nearby import Query
from db.search.geometry import Point, nearness, point, point_cells
from db.search.masks import can_come
from db.search.sql import marks

NEARNESS = "c.x * ? + c.y * ? + c.z * ?"


class Part(NamedTuple):
    """A piece of SQL and what its placeholders stand for."""

    sql: str
    params: list[Any]


def joined(*parts: Part) -> Part:
    """All of them must hold."""
    return Part(
        " AND ".join(part.sql for part in parts), [value for part in parts for value in part.params]
    )


def here(query: Query) -> Point | None:
    """The place the query asks for."""
    if query.lat is None or query.lon is None:
        return None
    return point(lat=query.lat, lon=query.lon)


def table(place: object) -> str:
    """With a place: who reaches it; without: everybody, once."""
    return "home" if place is None else "cover"


def in_cells(cells: list[int]) -> Part:
    """Rows of these cells."""
    return Part(f"c.cell IN ({marks(len(cells))})", [*cells])


def reaches(place: Point) -> Part:
    """The exact test on the few rows that remain: the place lies in the provider's circle."""
    return Part(f"{NEARNESS} >= c.near", [*place])


def everywhere(query: Query, place: Point | None) -> Part:
    """All rows a query means, whichever cell they are read from."""
    return joined(*_filters(query, place))


def around(query: Query) -> Part:
    """All rows a query means, out of every cell of its place."""
    if query.lat is None or query.lon is None:
        return everywhere(query, None)
    return joined(
        everywhere(query, here(query)), in_cells(point_cells(lat=query.lat, lon=query.lon))
    )


def _filters(query: Query, place: Point | None) -> Iterator[Part]:
    yield Part("c.service_id = ?", [query.service_id])
    if place:
        yield reaches(place)
        if query.max_km is not None:
            yield Part(f"{NEARNESS} >= ?", [*place, nearness(query.max_km)])
    if query.min_price is not None:
        yield Part("c.price >= ?", [query.min_price])
    if query.besides:
        yield Part(_also(query, "COUNT(*)") + " = ?", [*query.besides, len(query.besides)])
    if query.max_price is not None:
        yield _affordable(query, query.max_price)
    if query.min_rating is not None:
        yield Part("c.stars >= ?", [round(query.min_rating * 100)])
    if query.verified:
        yield Part("c.verified = 1", [])
    if query.among:
        yield Part(f"c.provider_id IN ({marks(len(query.among))})", [*query.among])
    if query.when:
        yield Part(*can_come(query.when))


def _also(query: Query, what: str) -> str:
    """Of the further services this provider offers."""
    wanted = marks(len(query.besides))
    rows = f"home b WHERE b.provider_id = c.provider_id AND b.service_id IN ({wanted})"
    return f"(SELECT {what} FROM {rows})"


def _affordable(query: Query, most: int) -> Part:
    if not query.besides:
        return Part("c.price <= ?", [most])
    # A sum is NUMERIC on PostgreSQL, and so would be its parameter.
    others = _also(query, "CAST(SUM(b.price) AS BIGINT)")
    return Part(f"c.price + {others} <= ?", [*query.besides, most])
