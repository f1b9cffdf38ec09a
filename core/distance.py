"""How far apart two points are, good enough to say who comes where."""

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088


def km_between(*, one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two (latitude, longitude) points."""
    (lat, lon), (lat2, lon2) = (map(radians, point) for point in (one, other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))
