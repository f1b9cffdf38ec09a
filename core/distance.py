"""How far apart two points are, good enough to say who comes where, and how long the way between them takes."""

from math import asin, ceil, cos, radians, sin, sqrt
from typing import Final

EARTH_KM = 6371.0088
DOOR_MINUTES: Final = 3
"""From the street to the door."""
HERE_KM: Final = 0.05
"""So near it is the same place: there is no way to go."""

Point = tuple[float, float]


def km_between(*, one: Point, other: Point) -> float:
    """Great-circle distance of two (latitude, longitude) points."""
    (lat, lon), (lat2, lon2) = (map(radians, point) for point in (one, other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def minutes_for(*, km: float, kmh: int) -> int:
    """How long so many kilometres through the city take, as the crow flies at this speed, and to the door."""
    return ceil(km / kmh * 60) + DOOR_MINUTES


def minutes_between(*, one: Point, other: Point, kmh: int) -> int:
    """The way from one visit to another; none between two at the same place."""
    km = km_between(one=one, other=other)
    return 0 if km <= HERE_KM else minutes_for(km=km, kmh=kmh)
