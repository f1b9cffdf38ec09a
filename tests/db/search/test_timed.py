"""Who is free at a time that was named: the answers equal those of looking at every provider in turn."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from core.people.model import Provider
from core.search.timed import Window, window_of
from core.when.reading import read
from db.engine import Database
from tests.db.search.small_city import HERE, NOW, ZONE, SmallCity, build

LAT, LON = HERE
TOMORROW = datetime(2026, 11, 24, tzinfo=UTC)
IN_REACH = ("王建国", "李伟", "张敏", "刘洋")


@pytest.fixture
async def city(db: Database) -> SmallCity:
    return await build(db)


def at(hour: int, minute: int = 0) -> datetime:
    """Tomorrow by the clock of the place."""
    return TOMORROW + timedelta(hours=hour - 8, minutes=minute)


async def free(city: SmallCity, window: Window, now: datetime = NOW) -> dict[str, datetime]:
    found = await city.finder.free(
        service_id=city.service("wiring").id, lat=LAT, lon=LON, window=window, page=0, now=now,
        size=50,
    )  # fmt: skip
    return {offer.provider.name: offer.earliest for offer in found.items}


async def scanned(city: SmallCity, window: Window, now: datetime = NOW) -> dict[str, datetime]:
    """The same by the calendar of everybody in reach."""
    found: dict[str, datetime] = {}
    for name in IN_REACH:
        provider = await city.store.get(Provider, id=city.ids[name])
        assert provider is not None
        calendar = await city.availability.calendar(provider=provider, now=now)
        for ahead in range(-1, 16):
            day = window.start.date() + timedelta(days=ahead)
            for start in city.availability.starts(
                calendar=calendar, minutes=city.service("wiring").minutes, day=day, now=now
            ):
                if window.start <= start <= window.end:
                    found.setdefault(name, start)
    return found


@pytest.mark.feature("C4")
async def test_favourites_who_are_free_then_stand_first(city: SmallCity) -> None:
    found = await city.finder.free(
        service_id=city.service("wiring").id, lat=LAT, lon=LON, window=Window(at(15), at(15)),
        page=0, now=NOW, favourites=[city.ids["李伟"], city.ids["陈军"]],
    )  # fmt: skip
    assert [offer.provider.name for offer in found.items] == ["李伟", "刘洋", "王建国", "张敏"]


@pytest.mark.feature("C3")
async def test_a_certain_start_lists_those_who_can_begin_right_then(city: SmallCity) -> None:
    assert set(await free(city, Window(at(15), at(15)))) == {*IN_REACH}
    assert set(await free(city, Window(at(10), at(10)))) == {"王建国", "张敏", "刘洋"}
    assert set(await free(city, Window(at(8), at(8)))) == {"刘洋"}
    assert await free(city, Window(at(3), at(3))) == {}


@pytest.mark.feature("C3")
async def test_a_window_gives_each_ones_first_start_in_it(city: SmallCity) -> None:
    window = Window(at(8, 30), at(14, 30))
    assert await free(city, window) == {
        "王建国": at(9), "张敏": at(9), "刘洋": at(8, 30), "李伟": at(14),
    }  # fmt: skip


@pytest.mark.feature("C3")
async def test_any_window_answers_as_looking_at_everybody_would(city: SmallCity) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(60):
        now = NOW + timedelta(minutes=rng.randrange(0, 3 * 24 * 60))
        start = now + timedelta(minutes=15 * rng.randrange(-40, 4 * 24 * 4))
        quarters = rng.choice([0, 0, 1, 8, 20, 96, 400])
        start = start.replace(minute=start.minute // 15 * 15)
        window = Window(start, start + timedelta(minutes=15 * quarters))
        assert await free(city, window, now) == await scanned(city, window, now), (now, window)


@pytest.mark.feature("C3")
async def test_where_nobody_can_the_nearest_starts_are_offered_in_their_order(
    city: SmallCity,
) -> None:
    service = city.service("wiring").id
    asked = {"service_id": service, "lat": LAT, "lon": LON, "now": NOW}
    near = await city.finder.nearest(**asked, wanted=at(6), limit=3)
    assert [(o.provider.name, o.earliest) for o in near] == [
        ("刘洋", at(8)), ("王建国", at(9)), ("张敏", at(9)),
    ]  # fmt: skip
    late = await city.finder.nearest(**asked, wanted=at(21))
    assert {offer.earliest.date() for offer in late} <= {at(8).date(), at(8).date() + timedelta(1)}
    nowhere = asked | {"service_id": city.service("haircut").id}
    assert await city.finder.nearest(**nowhere, wanted=at(15)) == []


@pytest.mark.feature("C3")
async def test_the_sooner_the_better_puts_the_earliest_first(city: SmallCity) -> None:
    said = read("尽快", now=NOW, zone=ZONE)
    assert said is not None
    found = await free(city, window_of(said=said, now=NOW))
    starts = list(found.values())
    assert starts == sorted(starts)
    assert set(found) == {*IN_REACH}


@pytest.mark.feature("C3")
async def test_pages_hold_everybody_once(city: SmallCity) -> None:
    service, window = city.service("wiring").id, Window(at(15), at(15))
    seen: list[str] = []
    for page in (0, 1):
        found = await city.finder.free(
            service_id=service, lat=LAT, lon=LON, window=window, page=page, now=NOW, size=3
        )
        assert (found.pages, found.total) == (2, 4)
        seen += [offer.provider.name for offer in found.items]
    assert sorted(seen) == sorted(IN_REACH)
