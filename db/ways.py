"""The ways between visits in the database: where claimed time is spent, and the last word on whether there is time to
get there.

Rivals who take two hours beside each other touch no common cell, so the claim itself asks for its two neighbours.
"""

from math import cos, pi, radians, sin
from typing import Any, Final

from core.availability.cells import CELL_MINUTES, cells_of
from core.changes import Claim
from core.distance import DOOR_MINUTES, EARTH_KM, HERE_KM
from db.ops import Op

_PLACES: Final = (
    " JOIN provider p ON p.id = c.provider_id LEFT JOIN orders o ON o.id = c.order_id"
    " LEFT JOIN waiting w ON w.id = c.order_id"
)
_LAT, _LON = "COALESCE(o.lat, w.lat)", "COALESCE(o.lon, w.lon)"
# Whoever is only asked keeps his own buffer, not that of the order's present provider.
_BUFFER = "CASE WHEN o.provider_id = c.provider_id THEN o.buffer_min ELSE p.buffer_min END"

PLACES: Final = (
    f"SELECT c.provider_id, c.order_id, {_LAT} AS lat, {_LON} AS lon, {_BUFFER} AS buffer"
    f" FROM {{claims}} c{_PLACES}"
)
"""(provider, order, latitude, longitude, buffer) of what stands for `claims`."""

_FLOAT = "CAST(? AS DOUBLE PRECISION)"
_NORTH = f"(({_LAT} - {_FLOAT}) * {_FLOAT})"
# The shorter way around the globe; a degree of longitude is as long as halfway between the two it is.
_EAST = f"((180 - ABS(180 - ABS({_LON} - {_FLOAT}))) * ({_FLOAT} - {_FLOAT} * ({_LAT} - {_FLOAT})))"
_LIVE = "(expires_at IS NULL OR expires_at > ?)"
_NEIGHBOUR = (
    "(SELECT {which}(cell) FROM slot_claim WHERE provider_id = ? AND cell {side} ? AND order_id <> ?"
    f" AND {_LIVE})"
)
_GAP = (
    f"CAST(CASE WHEN c.cell < ? THEN (? - c.cell - 1) * {CELL_MINUTES} + {_BUFFER}"
    f" ELSE c.cell * {CELL_MINUTES} - ? END AS DOUBLE PRECISION)"
)
_OWN = (
    "SELECT 1 FROM slot_claim m WHERE m.provider_id = ? AND m.order_id = ?"
    f" AND m.cell = CASE WHEN near.cell < ? THEN CAST(? AS BIGINT) ELSE ? END AND {_LIVE}"
)
_TIME = (
    "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM (SELECT c.cell AS cell,"
    f" {_NORTH} AS north, {_EAST} AS east, {_GAP} AS gap FROM slot_claim c{_PLACES}"
    " WHERE c.provider_id = ? AND c.cell IN ("
    f"{_NEIGHBOUR.format(which='MAX', side='<')}, {_NEIGHBOUR.format(which='MIN', side='>=')})) near"
    f" WHERE near.north * near.north + near.east * near.east > {_FLOAT} *"
    f" CASE WHEN near.gap > {DOOR_MINUTES} THEN (near.gap - {DOOR_MINUTES}) * (near.gap - {DOOR_MINUTES})"
    f" ELSE 0 END + {_FLOAT} AND NOT EXISTS ({_OWN}))"
)
_NEARLY: Final = 1.0002
"""On the flat the way is not to the metre what it is on the globe."""
_DEGREE_KM: Final = EARTH_KM * pi / 180


def time_for_ways(claim: Claim, at: int) -> list[Op]:
    """Fails the claim where its neighbours are too far away for the time between; `at` is now in milliseconds.

    What the order has already is not asked again.
    """
    if claim.at is None:
        return []
    lat, lon = claim.at
    cells = cells_of(claim.starts_at, claim.minutes)
    start, order, who = cells.start, claim.order_id, claim.provider_id
    done = int(claim.starts_at.timestamp()) // 60 + claim.minutes - claim.buffer
    east = _DEGREE_KM * cos(radians(lat)), _DEGREE_KM * sin(radians(lat)) * pi / 360
    a_minute = (claim.kmh / 60) ** 2 * _NEARLY
    params: list[Any] = [
        lat, _DEGREE_KM, lon, *east, lat, start, start, done, who,
        who, start, order, at, who, cells.stop, order, at,
        a_minute, HERE_KM**2 * _NEARLY, who, order, start, start, cells[-1], at,
    ]  # fmt: skip
    return [Op(_TIME, params, expect=1, guard=claim.otherwise, returns=True)]
