"""No place on earth falls through the cells."""

import random

import pytest
from geopy.distance import great_circle

from db.search.geometry import (
    cover,
    disk,
    home_cell,
    km_between,
    nearness,
    point,
    point_cells,
)

SEED = 7


def places(rng: random.Random, count: int) -> list[tuple[float, float]]:
    """The city, the poles, the date line, and anywhere."""
    edges = [(89.9, 10.0), (-89.95, 0.0), (10.0, 179.99), (64.7, -10.5), (0.0, 0.0)]
    city = [(31.2 + rng.gauss(0, 0.2), 121.5 + rng.gauss(0, 0.2)) for _ in range(count)]
    return edges + city + [(rng.uniform(-85, 85), rng.uniform(-180, 180)) for _ in range(count)]


def test_every_point_of_a_circle_has_one_of_its_cells_in_the_cover() -> None:
    print(f"seed {SEED}")
    rng = random.Random(SEED)
    rows = []
    for lat, lon in places(rng, 40):
        km = rng.choice((0.5, 2.0, 2.5, 5.0, 8.0, 12.0, 20.0, 30.0))
        cells = cover(lat=lat, lon=lon, km=km)
        rows.append(len(cells))
        assert len(cells) == len(set(cells))
        for _ in range(60):
            far = great_circle(kilometers=km * rng.uniform(0.8, 0.999_999))
            edge = far.destination((lat, lon), bearing=rng.uniform(0, 360))
            meeting = set(cells) & set(point_cells(lat=edge.latitude, lon=edge.longitude))
            assert len(meeting) == 1, (SEED, lat, lon, km)
    print(f"cells per circle: mean {sum(rows) / len(rows):.1f}, most {max(rows)}")


def test_nobody_nearer_than_promised_lives_outside_the_rings() -> None:
    rng = random.Random(SEED)
    for lat, lon in places(rng, 20):
        cells, sure_km = disk(lat=lat, lon=lon, rings=3)
        assert sure_km > 2
        for _ in range(60):
            near = great_circle(kilometers=sure_km * rng.uniform(0.8, 0.999))
            other = near.destination((lat, lon), bearing=rng.uniform(0, 360))
            assert home_cell(lat=other.latitude, lon=other.longitude) in cells


def test_distances_are_those_of_the_great_circle() -> None:
    rng = random.Random(SEED)
    for lat, lon in places(rng, 20):
        other = great_circle(kilometers=rng.uniform(0.01, 40)).destination((lat, lon), bearing=77)
        a, b = point(lat=lat, lon=lon), point(lat=other.latitude, lon=other.longitude)
        km = great_circle((lat, lon), other).km
        assert km_between(a, b) == pytest.approx(km, rel=1e-5)
        assert a.dot(b) > nearness(km * 1.0001)
        assert a.dot(b) < nearness(km * 0.9999)
