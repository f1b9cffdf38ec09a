"""Places on the sphere and the cells they lie in, so that "who serves this point" is a lookup."""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import h3.api.basic_int as h3

EARTH_KM = 6371.0088
# Finest resolution for circles up to so many kilometres: about six cells each.
RESOLUTIONS = ((7, 2.2), (6, 6.0), (5, math.inf))
HOME_RESOLUTION = 7
_ROUNDING = 1e-9


class Point(NamedTuple):
    """A place on the unit sphere."""

    x: float
    y: float
    z: float

    def dot(self, other: "Point") -> float:
        """The cosine of the angle between two places: the larger, the nearer."""
        return self.x * other.x + self.y * other.y + self.z * other.z


def point(*, lat: float, lon: float) -> Point:
    """The unit vector of a place given in degrees."""
    phi, lam = math.radians(lat), math.radians(lon)
    return Point(math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi))


def nearness(km: float) -> float:
    """The cosine of a distance as an angle."""
    return math.cos(min(km / EARTH_KM, math.pi))


def km_between(a: Point, b: Sequence[float]) -> float:
    """The great-circle distance, exact for small distances too."""
    return 2 * EARTH_KM * math.asin(min(math.dist(a, b) / 2, 1.0))


def point_cells(*, lat: float, lon: float) -> list[int]:
    """The cells in which a provider who reaches this point may have a row: one per resolution."""
    return [h3.latlng_to_cell(lat, lon, resolution) for resolution, _ in RESOLUTIONS]


def home_cell(*, lat: float, lon: float) -> int:
    """The cell in which a provider lives."""
    cell: int = h3.latlng_to_cell(lat, lon, HOME_RESOLUTION)
    return cell


def cover(*, lat: float, lon: float, km: float) -> list[int]:
    """Every cell the circle may touch; the margin is each cell's real centre-to-vertex distance."""
    resolution = next(resolution for resolution, limit in RESOLUTIONS if km <= limit)
    middle, here = h3.latlng_to_cell(lat, lon, resolution), point(lat=lat, lon=lon)
    found: list[int] = []
    ring = 0
    while touched := [cell for cell in h3.grid_ring(middle, ring) if _gap(cell, here) <= km]:
        found += touched
        ring += 1
    return found


def disk(*, lat: float, lon: float, rings: int) -> tuple[list[int], float]:
    """The home cells around a point, and the distance within which nobody is left out."""
    middle, here = home_cell(lat=lat, lon=lon), point(lat=lat, lon=lon)
    beyond = min(_gap(cell, here) for cell in h3.grid_ring(middle, rings + 1))
    return list(h3.grid_disk(middle, rings)), max(beyond, 0.0)


def _gap(cell: int, here: Point) -> float:
    """A lower bound of the distance from a point to the nearest part of a cell."""
    centre, radius = _cap(cell)
    return km_between(centre, here) - radius


@lru_cache(maxsize=65536)
def _cap(cell: int) -> tuple[Point, float]:
    """The centre of a cell and the distance to its farthest vertex."""
    lat, lon = h3.cell_to_latlng(cell)
    centre = point(lat=lat, lon=lon)
    return centre, max(km_between(centre, vertex) for vertex in _vertices(cell)) + _ROUNDING


def _vertices(cell: int) -> Iterator[Point]:
    return (point(lat=lat, lon=lon) for lat, lon in h3.cell_to_boundary(cell))
