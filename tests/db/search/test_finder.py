"""What customers find: services by loose words, providers who really can come, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from core.catalog.model import Service
from core.changes import Changes, Update
from core.errors import Unknown
from core.people.model import Certificate, CertificateState, Provider, ProviderState, Skill
from core.search.finder import Wish, rounded
from core.search.nearby import Sort
from core.search.typed import surname
from db.engine import Database
from tests.db.search.small_city import HERE, NOW, SmallCity, build, favourite

LAT, LON = HERE


@pytest.fixture
async def city(db: Database) -> SmallCity:
    return await build(db)


async def _names(city: SmallCity, **wish: object) -> list[str]:
    found = await city.finder.offers(
        service_id=city.service("wiring").id, lat=LAT, lon=LON, wish=Wish(**wish), page=0, now=NOW
    )
    return [offer.provider.name for offer in found.items]


@pytest.mark.feature("C2")
async def test_loose_words_find_the_service_among_the_first_three(city: SmallCity) -> None:
    for text in ("修空调", "空调不冷", "空條維修", "kongtiao", "ac repair"):
        found = await city.finder.services(text=text, now=NOW, limit=3)
        assert "ac-repair" in [service.code for service in found], text


@pytest.mark.feature("C2")
async def test_what_is_no_service_finds_none_but_the_nearest_categories(city: SmallCity) -> None:
    for text in ("今天天气怎么样", "推荐电影", "rocket", "asdfgh", "帮我找个律师", "😀"):
        assert await city.finder.services(text=text, now=NOW) == [], text
        assert len(city.finder.nearest_categories(text=text)) == 4, text
    near = city.finder.nearest_categories(text="锁")
    assert near[0].code == "handy"


@pytest.mark.feature("C2")
async def test_a_provider_is_found_by_name_or_surname(city: SmallCity) -> None:
    for text in ("王建国", "王师傅", "王", "我想约王师傅", "找王建国"):
        found = await city.finder.providers_by_name(text=text, now=NOW)
        assert [provider.name for provider in found] == ["王建国"], text
    assert await city.finder.providers_by_name(text="建材市场", now=NOW) == []
    assert surname("师傅") == "师傅"


@pytest.mark.feature("C4")
async def test_each_order_puts_the_right_one_first_and_a_lone_five_star_does_not_win(
    city: SmallCity,
) -> None:
    assert await _names(city) == ["刘洋", "王建国", "张敏", "李伟"]
    assert await _names(city, sort=Sort.PRICE) == ["张敏", "李伟", "刘洋", "王建国"]
    assert await _names(city, sort=Sort.DISTANCE) == ["李伟", "王建国", "张敏", "刘洋"]
    assert (await _names(city, sort=Sort.EARLIEST))[-1] == "李伟"


@pytest.mark.feature("C4")
async def test_filters_add_up(city: SmallCity) -> None:
    assert set(await _names(city, min_rating=4.5)) == {"刘洋", "王建国", "张敏"}
    assert set(await _names(city, min_rating=4.5, max_price=12000)) == {"刘洋", "张敏"}
    assert await _names(city, min_rating=4.5, max_price=12000, max_km=5, verified=True) == ["张敏"]
    assert await _names(city, min_rating=4.5, max_price=8000) == []


@pytest.mark.feature("C4")
async def test_favourites_stand_first_in_every_order_and_only_if_they_fit(city: SmallCity) -> None:
    async def names(**wish: object) -> list[str]:
        found = await city.finder.offers(
            service_id=city.service("wiring").id, lat=LAT, lon=LON, wish=Wish(**wish), page=0,
            now=NOW, favourites=[city.ids["李伟"], city.ids["陈军"], city.ids["张敏"]],
        )  # fmt: skip
        return [offer.provider.name for offer in found.items]

    assert await names() == ["张敏", "李伟", "刘洋", "王建国"]
    assert await names(sort=Sort.DISTANCE) == ["李伟", "张敏", "王建国", "刘洋"]
    assert await names(min_rating=4.5) == ["张敏", "刘洋", "王建国"]


@pytest.mark.feature("C4")
async def test_those_asked_for_come_in_that_order_with_time_for_the_whole_visit(
    city: SmallCity,
) -> None:
    wanted = [city.ids[name] for name in ("李伟", "陈军", "王建国")]

    async def among(minutes: int) -> list[str]:
        found = await city.finder.among(
            service_id=city.service("wiring").id, provider_ids=wanted, lat=LAT, lon=LON, now=NOW,
            minutes=minutes,
        )  # fmt: skip
        return [offer.provider.name for offer in found]

    assert await among(0) == ["李伟", "王建国"]
    assert await among(300) == ["王建国"]


@pytest.mark.feature("C4")
async def test_verified_means_a_paper_that_is_good_today(city: SmallCity) -> None:
    paper = await city.store.get(Certificate, provider_id=city.ids["张敏"])
    assert paper is not None
    service = next(s for s in city.catalog.services() if s.certificate is None)
    await city.add(
        Skill(id=77, provider_id=city.ids["张敏"], service_id=service.id, price=9000),
    )
    for state, verified in ((CertificateState.VERIFIED, True), (CertificateState.SENT, False)):
        await city.store.apply(Changes().add(Update(Certificate, paper.id, {"state": state})))
        await city.indexer.provider(provider_id=city.ids["张敏"], now=NOW)
        found = await city.finder.offers(
            service_id=service.id, lat=LAT, lon=LON, wish=Wish(), page=0, now=NOW
        )
        assert [offer.verified for offer in found.items] == [verified]
        only = await city.finder.offers(
            service_id=service.id, lat=LAT, lon=LON, wish=Wish(verified=True), page=0, now=NOW
        )
        assert len(only.items) == verified


@pytest.mark.feature("C4")
async def test_only_who_reaches_the_place_and_has_time_is_listed(city: SmallCity) -> None:
    assert not {"陈军", "赵磊"} & set(await _names(city))
    everywhere = await city.finder.offers(
        service_id=city.service("wiring").id, lat=None, lon=None, wish=Wish(), page=0, now=NOW
    )
    assert "陈军" in [offer.provider.name for offer in everywhere.items]
    assert all(offer.km is None for offer in everywhere.items)


@pytest.mark.feature("C4")
async def test_the_start_shown_is_one_the_calendar_offers(city: SmallCity) -> None:
    service = city.service("wiring")
    found = await city.finder.offers(
        service_id=service.id, lat=LAT, lon=LON, wish=Wish(), page=0, now=NOW
    )
    for offer in found.items:
        calendar = await city.availability.calendar(provider=offer.provider, now=NOW)
        asked = {"calendar": calendar, "minutes": service.minutes, "now": NOW}
        assert city.availability.offers(**asked, start=offer.earliest)
        assert offer.earliest == city.availability.earliest(**asked)


@pytest.mark.feature("C4")
async def test_a_distance_is_rounded_so_that_no_home_is_given_away(city: SmallCity) -> None:
    found = await city.finder.offers(
        service_id=city.service("wiring").id, lat=LAT, lon=LON, wish=Wish(), page=0, now=NOW
    )
    km = {offer.provider.name: offer.km for offer in found.items}
    assert km == {"刘洋": 8.0, "王建国": 1.0, "张敏": 3.0, "李伟": 0.5}
    assert [rounded(value) for value in (None, 0.0, 0.74, 0.76)] == [None, 0.5, 0.5, 1.0]


@pytest.mark.feature("C4")
async def test_pages_hold_everybody_once(city: SmallCity) -> None:
    seen = []
    for number in (0, 1, 2, 99):
        found = await city.finder.offers(
            service_id=city.service("wiring").id, lat=LAT, lon=LON, wish=Wish(), page=number, now=NOW,
            size=2,
        )  # fmt: skip
        assert (found.pages, found.total, found.more) == (2, 4, False)
        seen.append([offer.provider.name for offer in found.items])
    assert seen == [["刘洋", "王建国"], ["张敏", "李伟"], ["张敏", "李伟"], ["张敏", "李伟"]]


@pytest.mark.feature("C1")
async def test_how_many_can_come_today_follows_the_clock(city: SmallCity) -> None:
    async def count(hour: int, minute: int = 0) -> int:
        moment = datetime(2026, 11, 23, hour - 8, minute, tzinfo=UTC)
        found = await city.finder.free_today(
            service_id=city.service("wiring").id, lat=LAT, lon=LON, now=moment
        )
        assert not found.more
        return found.count

    needed = (
        city.service("wiring").minutes + 30 + 60
    )  # with the way to the next one, and the notice
    last = 18 * 60 - needed
    assert await count(10) == 4
    assert await count(last // 60, last % 60) == 4
    assert await count(last // 60, last % 60 + 1) == 0
    assert await count(22) == 0


@pytest.mark.feature("C1")
async def test_the_price_from_is_the_lowest_of_those_who_can_come(city: SmallCity) -> None:
    wiring, haircut = city.service("wiring").id, city.service("haircut").id
    here = {"lat": LAT, "lon": LON, "now": NOW}
    assert await city.finder.price_from(service_id=wiring, **here) == 9000
    assert await city.finder.price_from(service_id=haircut, **here) is None


@pytest.mark.feature("C5")
async def test_an_expired_certificate_takes_the_provider_off_the_service(city: SmallCity) -> None:
    later = NOW + timedelta(days=10)
    wiring = city.service("wiring").id
    found = await city.finder.offers(
        service_id=wiring, lat=LAT, lon=LON, wish=Wish(), page=0, now=later
    )
    assert found.total == 0
    here = {"service_id": wiring, "lat": LAT, "lon": LON, "now": later}
    assert (await city.finder.free_today(**here)).count == 0
    page = await city.providers.page(provider_id=city.ids["王建国"], person_id=1, now=later)
    assert page.offers == ()
    assert not page.certificates[0].valid(today=page.today)


@pytest.mark.feature("C5")
async def test_a_page_shows_what_the_provider_offers_and_the_heart(city: SmallCity) -> None:
    provider_id = city.ids["王建国"]
    await city.add(favourite(1, 3, provider_id))
    page = await city.providers.page(provider_id=provider_id, person_id=3, now=NOW)
    assert page.price(service_id=city.service("wiring").id) == 13000
    assert page.price(service_id=city.service("haircut").id) is None
    assert page.favourite
    assert not (await city.providers.page(provider_id=provider_id, person_id=4, now=NOW)).favourite
    assert [p.id for p in await city.providers.favourites(person_id=3)] == [provider_id]


@pytest.mark.feature("C5")
async def test_who_is_frozen_has_no_page_and_is_nowhere_found(city: SmallCity) -> None:
    provider_id = city.ids["张敏"]
    provider = await city.providers.get(provider_id=provider_id)
    frozen = Update(Provider, provider.id, {"state": ProviderState.FROZEN})
    await city.store.apply(Changes().add(frozen))
    assert "张敏" not in await _names(city)
    with pytest.raises(Unknown):
        await city.providers.page(provider_id=provider_id, person_id=1, now=NOW)


@pytest.mark.feature("C1")
async def test_a_hidden_service_is_known_by_old_orders_but_cannot_be_opened(
    city: SmallCity,
) -> None:
    wiring = city.service("wiring")
    assert city.catalog.bookable(service_id=wiring.id) == wiring
    await city.store.apply(Changes().add(Update(Service, wiring.id, {"hidden": True})))
    await city.catalog.reload()
    assert city.catalog.service(service_id=wiring.id).code == "wiring"
    with pytest.raises(Unknown):
        city.catalog.bookable(service_id=wiring.id)


@pytest.mark.feature("C4")
async def test_who_is_found_as_he_must_be_is_not_written_anew(city: SmallCity) -> None:
    async def written() -> set[str]:
        who = await city.store.get(Provider, id=city.ids["张敏"])
        assert who is not None
        ops = await city.indexer.provider_ops(providers=[who], now=NOW)
        tables = ("cover", "home", "search_term")
        return {table for table in tables for op in ops if f"INTO {table} " in op.sql}

    assert await written() == set()
    change = Update(Provider, city.ids["张敏"], {"radius_m": 7_000})
    await city.store.apply(Changes().add(change))
    assert await written() == {"cover", "home"}
    await city.indexer.provider(provider_id=city.ids["张敏"], now=NOW)
    assert await written() == set()


@pytest.mark.feature("C4")
async def test_a_new_day_comes_to_everybody_though_an_order_brought_it_to_one(
    city: SmallCity,
) -> None:
    await city.indexer.all_providers(now=NOW)
    assert not await city.indexer.is_stale(now=NOW)
    morrow = NOW + timedelta(days=1)
    assert await city.indexer.is_stale(now=morrow)
    await city.indexer.provider(provider_id=city.ids["张敏"], now=morrow)
    assert await city.indexer.is_stale(now=morrow)
    await city.indexer.all_providers(now=morrow)
    assert not await city.indexer.is_stale(now=morrow)
