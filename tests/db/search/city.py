"""A made-up city of providers, and the plain scan that looks at each of them in turn."""

import random
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt

from core.availability.masks import fits
from core.search.nearby import Query, Sort
from core.search.rank import hundredths, rank
from db.search.reach import Reach

CENTRE = (31.23, 121.47)
SERVICES = range(1, 7)
FIRST_DAY = 739_000
DAYS = 4


@dataclass
class City:
    providers: dict[int, Reach]
    masks: dict[int, dict[int, int]] = field(default_factory=dict)


def build(rng: random.Random, count: int, spread: float = 0.25) -> City:
    providers = {number: _provider(rng, number, spread) for number in range(1, count + 1)}
    masks = {
        number: {FIRST_DAY + day: _mask(rng) for day in range(DAYS) if rng.random() < 0.8}
        for number in providers
    }
    return City(providers, masks)


def _provider(rng: random.Random, number: int, spread: float) -> Reach:
    count = rng.choice((0, 0, 1, 3, 20, 100))
    total = sum(rng.choice((3, 4, 5, 5, 5)) for _ in range(count))
    return Reach(
        provider_id=number * 7919,
        lat=CENTRE[0] + rng.gauss(0, spread),
        lon=CENTRE[1] + rng.gauss(0, spread),
        radius_m=rng.choice((1000, 2000, 3000, 5000, 8000, 8000, 12000, 20000, 30000)),
        rank=rank(total=total, count=count),
        stars=hundredths(total=total, count=count),
        verified=rng.random() < 0.7,
        offers=tuple((s, rng.randrange(50, 90) * 100) for s in SERVICES if rng.random() < 0.4),
    )


def _mask(rng: random.Random) -> int:
    kind = rng.random()
    if kind < 0.1:
        return (1 << 64) - 1
    mask = 0
    for _ in range(rng.randrange(4)):
        first = rng.randrange(64)
        mask |= ((1 << rng.randrange(1, 30)) - 1) << first
    return mask & ((1 << 64) - 1)


def haversine(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    a, b = radians(lat), radians(other_lat)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


def starts_of(city: City, provider_id: int, query: Query) -> tuple[int, int] | None:
    """(day, quarter) of the first start that counts."""
    when = query.when
    assert when
    days = city.masks[provider_id // 7919]
    for day in range(when.day, when.day + when.days):
        for quarter in fits(mask=days.get(day, 0), quarters=when.quarters):
            if quarter <= when.last and (day > when.day or quarter >= when.first):
                return day, quarter
    return None


def scan(city: City, query: Query) -> list[int]:
    """Every provider the query means, in its order, by looking at all of them."""
    ranked = []
    for p in city.providers.values():
        price = dict(p.offers).get(query.service_id)
        km = 0.0
        if query.lat is not None and query.lon is not None:
            km = haversine(query.lat, query.lon, p.lat, p.lon)
            if km > p.radius_m / 1000:
                continue
        if price is None or not _passes(query, p, price, km):
            continue
        first = starts_of(city, p.provider_id, query) if query.when else (0, 0)
        if first is None:
            continue
        ranked.append((_key(query, p, price, km, first), p.provider_id))
    return [provider_id for _, provider_id in sorted(ranked)]


def _passes(query: Query, p: Reach, price: int, km: float) -> bool:
    return (
        (query.min_price is None or price >= query.min_price)
        and (query.max_price is None or price <= query.max_price)
        and (query.min_rating is None or p.stars >= query.min_rating * 100)
        and (query.max_km is None or query.lat is None or km <= query.max_km)
        and (not query.verified or p.verified)
        and (not query.among or p.provider_id in query.among)
    )


def _key(
    query: Query, p: Reach, price: int, km: float, first: tuple[int, int]
) -> tuple[float, ...]:
    match query.sort:
        case Sort.PRICE:
            return (price, p.rank)
        case Sort.DISTANCE if query.lat is not None:
            return (km,)
        case Sort.EARLIEST if query.when:
            return (*first, p.rank)
        case _:
            return (p.rank,)
