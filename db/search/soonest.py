"""The order by earliest start: day masks joined to everybody who reaches the place, one day at a time."""

from dataclasses import replace
from typing import Any

from core.search.nearby import Query, When
from db.search.conditions import Part, around, here, joined, table
from db.search.masks import allowed, can_come, lowest_sql, runs_sql

_FACTS = "c.provider_id, c.rank, c.price, c.stars, c.verified, c.x, c.y, c.z"


def soonest(
    query: Query, when: When, day: int, *, limit: int, after: tuple[Any, ...] | None
) -> Part:
    """The first starts of a day, of those who have none on an earlier day."""
    bits = _bits(query, when, day)
    order = ("b.soonest", "b.rank", "b.provider_id")
    rows = f"SELECT f.*, {lowest_sql('f.bits')} AS soonest FROM ({bits.sql}) f WHERE f.bits <> 0"
    params = bits.params
    later = ""
    if after:
        later, params = f"WHERE ({', '.join(order)}) > (?, ?, ?)", [*params, *after[1:]]
    sql = f"SELECT * FROM ({rows}) b {later} ORDER BY {', '.join(order)} LIMIT ?"
    return Part(sql, [*params, limit])


def _bits(query: Query, when: When, day: int) -> Part:
    where = around(replace(query, when=None))
    if day > when.day:
        free_before, params = can_come(replace(when, days=day - when.day))
        where = joined(where, Part(f"NOT {free_before}", params))
    runs = runs_sql("d.mask", when.quarters)
    sql = (
        f"SELECT {_FACTS}, {runs} & CAST(? AS BIGINT) AS bits FROM {table(here(query))} c"
        f" JOIN day_mask d ON d.provider_id = c.provider_id AND d.day = ? WHERE {where.sql}"
    )
    return Part(sql, [allowed(when, day=day), day, *where.params])
