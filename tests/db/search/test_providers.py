"""The search for providers gives what looking at every one of them gives, on both databases."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import SQLModel

import db.search.tables  # noqa: F401
from core.availability.masks import FULL
from core.changes import Mask
from core.search.nearby import Query, Sort, When
from db.engine import Database
from db.ops import Op
from db.search import masks
from db.search.providers import Providers
from db.search.reach import Reach, forget
from db.search.reach import replace as put
from db.store import MAKERS
from tests.db.search.city import CENTRE, DAYS, FIRST_DAY, SERVICES, City, build, haversine, scan

SEED = 20261122
QUERIES = 2000
ANYWHERE = (None, None)


async def fill(database: Database, city: City) -> None:
    await database.create(SQLModel.metadata)
    ops: list[Op] = []
    for number, provider in city.providers.items():
        ops += put(provider) + masks.put(provider_id=provider.provider_id, masks=city.masks[number])
    for start in range(0, len(ops), 5000):
        await database.apply(ops[start : start + 5000])
    if database.dialect == "postgresql":
        await database.apply([Op(f"ANALYZE {name}") for name in ("cover", "home", "day_mask")])


def some_query(rng: random.Random, ids: list[int]) -> Query:
    def maybe(share: float, value: object) -> object:
        return value if rng.random() < share else None

    lat, lon = CENTRE[0] + rng.gauss(0, 0.25), CENTRE[1] + rng.gauss(0, 0.25)
    if rng.random() < 0.05:
        lat = lon = None
    first = rng.randrange(64)
    when = When(
        day=FIRST_DAY + rng.randrange(DAYS), quarters=rng.choice((1, 2, 3, 4, 6, 8, 11)), first=first,
        last=rng.choice((63, 63, 40, first)), days=rng.choice((1, 1, 2, 5)),
    )  # fmt: skip
    sort = rng.choice(list(Sort))
    return Query(
        service_id=rng.choice(SERVICES), lat=lat, lon=lon, sort=sort,
        min_rating=maybe(0.2, rng.choice((4.0, 4.5, 4.8))),
        min_price=maybe(0.2, rng.randrange(50, 90) * 100),
        max_price=maybe(0.2, rng.randrange(50, 90) * 100),
        max_km=maybe(0.2, rng.choice((1.0, 3.0, 10.0))),
        verified=rng.random() < 0.2,
        among=tuple(rng.sample(ids, 40)) if rng.random() < 0.1 else (),
        when=maybe(0.5, when) if sort is not Sort.EARLIEST else when,
        limit=rng.choice((1, 5, 10, 10, 40)),
    )  # fmt: skip


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.slow)])
async def test_two_thousand_queries_give_what_the_plain_scan_gives(
    db: Database, whole: bool
) -> None:
    """All of them on SQLite; a round trip costs more on PostgreSQL, where the rest is left to the slow run."""
    many = QUERIES if whole or db.dialect == "sqlite" else QUERIES // 5
    rng = random.Random(SEED)
    print(f"seed {SEED} on {db.dialect}")
    city = build(rng, 2500)
    await fill(db, city)
    search, answered, pages = Providers(db), 0, 0
    for number in range(many):
        query = some_query(rng, sorted(city.providers))
        expected = scan(city, query)
        answered += bool(expected)
        for page in range(3):
            found = await search.find(query)
            window = expected[page * query.limit : (page + 1) * query.limit]
            assert [one.provider_id for one in found] == window, (SEED, number, page, query)
            pages += 1
            if len(found) < query.limit:
                break
            query = replace(query, after=found[-1].key)
    print(f"{many} queries, {answered} with an answer, {pages} pages")
    assert answered > many / 2


async def test_the_number_who_can_come_today_is_that_of_the_plain_scan(db: Database) -> None:
    rng = random.Random(SEED + 1)
    city = build(rng, 800)
    await fill(db, city)
    for lat, lon in [ANYWHERE] + [(CENTRE[0] + rng.gauss(0, 0.2), CENTRE[1]) for _ in range(60)]:
        when = When(day=FIRST_DAY, quarters=rng.choice((2, 6)), first=rng.randrange(50))
        counted = await Providers(db).count(service_ids=list(SERVICES), lat=lat, lon=lon, when=when)
        queries = {s: Query(service_id=s, lat=lat, lon=lon, when=when) for s in SERVICES}
        assert counted == {s: len(scan(city, query)) for s, query in queries.items()}
        few = await Providers(db).count(
            service_ids=list(SERVICES), lat=lat, lon=lon, when=when, most=3
        )
        assert few == {service: min(number, 3) for service, number in counted.items()}
    assert await Providers(db).count(service_ids=[], lat=None, lon=None, when=when) == {}


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("lat", [CENTRE[0], None])
async def test_no_search_reads_rows_of_other_services_or_cells(
    db: Database, sort: Sort, lat: float | None
) -> None:
    await db.create(SQLModel.metadata)
    asked: list[tuple[str, Sequence[Any]]] = []

    class Spy:
        async def fetch(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
            asked.append((sql, params))
            return await db.fetch(sql, params)

    when = When(day=FIRST_DAY, quarters=4, first=12, days=2)
    lon = lat and CENTRE[1]
    await Providers(Spy()).find(Query(service_id=1, lat=lat, lon=lon, sort=sort, when=when))
    await Providers(Spy()).count(service_ids=[1, 2], lat=lat, lon=lon, when=when)
    assert asked
    for sql, params in asked:
        steps = [row[3] for row in await db.fetch(f"EXPLAIN QUERY PLAN {sql}", params)]
        assert not [step for step in steps if step.startswith(("SCAN c ", "SCAN m", "SCAN d"))]
        assert [step for step in steps if step.startswith("SEARCH c USING")]


ONE = Reach(
    provider_id=1, lat=CENTRE[0], lon=CENTRE[1], radius_m=5000, rank=100, stars=480, verified=True,
    offers=((1, 9900), (2, 5000)),
)  # fmt: skip


@pytest.mark.feature("C4")
async def test_a_provider_is_found_up_to_the_edge_of_the_circle_and_not_beyond(
    db: Database,
) -> None:
    await db.create(SQLModel.metadata)
    await db.apply(put(ONE))
    rng = random.Random(SEED + 2)
    for _ in range(200):
        lat, lon = CENTRE[0] + rng.uniform(-0.05, 0.05), CENTRE[1] + rng.uniform(-0.06, 0.06)
        km = haversine(lat, lon, *CENTRE)
        found = await Providers(db).find(Query(service_id=1, lat=lat, lon=lon))
        assert bool(found) == (km <= 5)
        assert all(one.km == pytest.approx(km) and one.price == 9900 for one in found)


async def test_what_changes_about_a_provider_is_found_at_once_and_the_old_is_gone(
    db: Database,
) -> None:
    await db.create(SQLModel.metadata)
    await db.apply(put(ONE))
    moved = replace(ONE, lat=CENTRE[0] + 1, offers=((2, 6000),), rank=7)
    await db.apply(put(moved))
    here = Query(service_id=2, lat=CENTRE[0], lon=CENTRE[1])
    assert await Providers(db).find(here) == []
    (found,) = await Providers(db).find(replace(here, lat=CENTRE[0] + 1))
    assert (found.price, found.key) == (6000, (7, 1))
    assert await Providers(db).find(replace(here, service_id=1, lat=None, lon=None)) == []
    await db.apply(forget(1))
    assert await Providers(db).find(replace(here, lat=CENTRE[0] + 1)) == []


async def test_a_job_in_the_last_quarter_of_the_day_leaves_the_mask_and_comes_back(
    db: Database,
) -> None:
    await db.create(SQLModel.metadata)
    await db.apply(masks.put(provider_id=5, masks={FIRST_DAY: FULL}))
    last, now = 0b11 << 62, datetime(2026, 6, 1, tzinfo=UTC)
    for change, left in (
        (Mask(5, FIRST_DAY, take=last), FULL ^ last),
        (Mask(5, FIRST_DAY, give=last, within=FULL), FULL),
    ):
        await db.apply(MAKERS[Mask](change, now, db.dialect))
        loaded = await masks.load(db, provider_ids=[5], day=FIRST_DAY, days=1)
        assert loaded == {5: {FIRST_DAY: left}}


async def test_masks_come_back_as_they_were_written_and_old_days_go(db: Database) -> None:
    await db.create(SQLModel.metadata)
    days = {FIRST_DAY: FULL, FIRST_DAY + 1: 1 << 63, FIRST_DAY + 2: 0b1011}
    await db.apply(masks.put(provider_id=5, masks=days))
    await db.apply(masks.put(provider_id=5, masks={FIRST_DAY + 2: 0b1111}))
    loaded = await masks.load(db, provider_ids=[5, 6], day=FIRST_DAY, days=9)
    assert loaded == {5: days | {FIRST_DAY + 2: 0b1111}, 6: {}}
    await db.apply([masks.drop_before(FIRST_DAY + 2)])
    loaded = await masks.load(db, provider_ids=[5], day=FIRST_DAY, days=9)
    assert loaded == {5: {FIRST_DAY + 2: 0b1111}}
