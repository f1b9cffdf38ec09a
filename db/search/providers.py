"""Who can come: the cells of a place read in the order asked for, stopping when the page is full."""

from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from core.search.nearby import Found, Query, Sort, When
from db.search.conditions import (
    NEARNESS,
    Part,
    around,
    everywhere,
    here,
    in_cells,
    joined,
    table,
)
from db.search.geometry import Point, disk, km_between, nearness, point_cells
from db.search.masks import quarter_of
from db.search.soonest import soonest
from db.search.sql import Rows, marks

FACTS = "c.provider_id, c.rank, c.price, c.stars, c.verified, c.x, c.y, c.z"
_ORDERS = {Sort.PRICE: ("price", "rank", "provider_id")}
_BY_RATING = ("rank", "provider_id")
_NAMED = {"provider_id": 0, "rank": 1, "price": 2}
_RINGS = 3
_AT_ONCE = 40  # queries in one statement
_Row = tuple[Any, ...]


class Providers:
    """The search for providers, on either database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def find(self, query: Query) -> list[Found]:
        """One page in the order asked for."""
        place = here(query)
        if query.sort is Sort.EARLIEST and query.when:
            return await self._soonest(query, query.when)
        if query.sort is Sort.DISTANCE and place:
            return await self._nearest(query, place)
        return await self._by_key(query, _ORDERS.get(query.sort, _BY_RATING))

    async def lowest(self, queries: Sequence[Query]) -> dict[int, int]:
        """The lowest price per service, many services in one hop."""
        found: dict[int, int] = {}
        for at in range(0, len(queries), _AT_ONCE):
            parts = [_cheapest(query) for query in queries[at : at + _AT_ONCE]]
            sql = " UNION ALL ".join(part.sql for part in parts)
            found |= dict(await self._rows.fetch(sql, [v for part in parts for v in part.params]))
        return found

    async def count(
        self,
        *,
        service_ids: Sequence[int],
        lat: float | None,
        lon: float | None,
        when: When,
        most: int | None = None,
    ) -> dict[int, int]:
        """How many can come, per service; counting stops at `most`."""
        wanted = [Query(service_id=s, lat=lat, lon=lon, when=when) for s in service_ids]
        parts = [_counted(query, most) for query in wanted]
        if not parts:
            return {}
        sql = " UNION ALL ".join(part.sql for part in parts)
        params = [value for part in parts for value in part.params]
        return dict(await self._rows.fetch(sql, params))

    async def _by_key(self, query: Query, columns: tuple[str, ...]) -> list[Found]:
        place = here(query)
        where, params = everywhere(query, place)
        order = ", ".join(f"c.{column}" for column in columns)
        if query.after:
            where = f"{where} AND ({order}) > ({marks(len(columns))})"
            params = [*params, *query.after]
        rows = await self._rows.fetch(*_merged(query, Part(where, params), columns))
        key = itemgetter(*(_NAMED[column] for column in columns))
        return [_found(place, row, key(row)) for row in rows]

    async def _nearest(self, query: Query, place: Point) -> list[Found]:
        """Rings of home cells hold the nearest; where few live, everybody who reaches the place."""
        cells, sure_km = disk(lat=query.lat or 0.0, lon=query.lon or 0.0, rings=_RINGS)
        sure = nearness(sure_km)
        if not query.after or query.after[0] > sure:
            where = joined(everywhere(query, place), in_cells(cells))
            rows = await self._rows.fetch(*_nearest_first("home", where, query, place))
            if len(rows) == query.limit and rows[-1][-1] > sure:
                return [_found(place, row, (row[-1], row[0])) for row in rows]
        rows = await self._rows.fetch(*_nearest_first("cover", around(query), query, place))
        return [_found(place, row, (row[-1], row[0])) for row in rows]

    async def _soonest(self, query: Query, when: When) -> list[Found]:
        """Day by day, whoever has a start on it and none before."""
        place, found = here(query), list[Found]()
        after = query.after
        for day in range(after[0] if after else when.day, when.day + when.days):
            part = soonest(query, when, day, limit=query.limit - len(found), after=after)
            for row in await self._rows.fetch(*part):
                key = (day, row[-1], row[1], row[0])
                found.append(_found(place, row, key, day, quarter_of(row[-1])))
            if len(found) >= query.limit:
                break
            after = None
        return found


def _counted(query: Query, most: int | None) -> Part:
    where, params = around(query)
    sql, limit = f"SELECT 1 FROM {table(here(query))} c WHERE {where}", []
    if most is not None:
        sql, limit = f"{sql} LIMIT ?", [most]
    return Part(
        f"SELECT CAST(? AS BIGINT), COUNT(*) FROM ({sql}) AS found",
        [query.service_id, *params, *limit],
    )


def _cheapest(query: Query) -> Part:
    where = Part(*everywhere(query, here(query)))
    one = _merged(replace(query, limit=1), where, _ORDERS[Sort.PRICE])
    return Part(
        f"SELECT CAST(? AS BIGINT), cheapest.price FROM ({one.sql}) AS cheapest",
        [query.service_id, *one.params],
    )


def _merged(query: Query, where: Part, columns: tuple[str, ...]) -> Part:
    """Each cell gives its rows in key order, the merge takes the first few of those.

    In the order of the table's own key no row is read beyond them. Any other order sorts, so there a cell keeps no more
    than are wanted.
    """
    order = ", ".join(f"c.{column}" for column in columns)
    if query.lat is None or query.lon is None:
        sql = f"SELECT {FACTS} FROM home c WHERE {where.sql} ORDER BY {order} LIMIT ?"
        return Part(sql, [*where.params, query.limit])
    cells = point_cells(lat=query.lat, lon=query.lon)
    limit, most = ("", []) if columns == _BY_RATING else (" LIMIT ?", [query.limit])
    one = (
        f"SELECT * FROM (SELECT {FACTS} FROM cover c WHERE {where.sql} AND c.cell = ?"
        f" ORDER BY {order}{limit}) AS of_cell"
    )
    sql = " UNION ALL ".join([one] * len(cells))
    params = [value for cell in cells for value in (*where.params, cell, *most)]
    return Part(f"{sql} ORDER BY {', '.join(columns)} LIMIT ?", [*params, query.limit])


def _nearest_first(source: str, where: Part, query: Query, place: Point) -> Part:
    rows = f"SELECT {FACTS}, {NEARNESS} AS nearness FROM {source} c WHERE {where.sql}"
    params = [*place, *where.params]
    later = ""
    if query.after:
        later = "WHERE n.nearness < ? OR (n.nearness = ? AND n.provider_id > ?)"
        params += [query.after[0], *query.after]
    sql = f"SELECT * FROM ({rows}) n {later} ORDER BY n.nearness DESC, n.provider_id LIMIT ?"
    return Part(sql, [*params, query.limit])


def _found(
    place: Point | None,
    row: Sequence[Any],
    key: _Row,
    day: int | None = None,
    quarter: int | None = None,
) -> Found:
    provider_id, _, price, stars, verified = row[:5]
    km = km_between(place, row[5:8]) if place else None
    return Found(provider_id, price, stars, bool(verified), km, key, day, quarter)
