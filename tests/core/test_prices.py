"""A provider's prices: inside the band at once, outside it with staff's leave, one outcome whoever is faster."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from core.catalog.model import Service
from core.changes import Changes, Update
from core.errors import DomainError, Invalid, NotAllowedNow, OutOfDate, Unknown
from core.people.model import Certificate, CertificateState, Provider, ProviderState, Skill
from core.prices.deciding import PriceDesk
from core.prices.market import Market, market
from core.prices.model import PriceRequest, RequestState
from core.prices.service import Prices
from core.rules import Rules
from db.search.indexing import Indexer
from db.search.market import MarketPrices
from tests.builders import NOW, Town, town

pytestmark = pytest.mark.feature("P15")


@dataclass
class Shop:
    town: Town
    prices: Prices
    desk: PriceDesk
    service: Service
    provider: Provider

    @property
    def me(self) -> int:
        return self.provider.person_id

    async def ask(self, price: int, note: str = "") -> PriceRequest | None:
        return await self.prices.ask(
            person_id=self.me, service_id=self.service.id, price=price, note=note, now=NOW
        )

    async def price(self) -> int:
        skill = await self.town.store.get(
            Skill, provider_id=self.provider.id, service_id=self.service.id
        )
        assert skill is not None
        return skill.price

    async def request(self) -> PriceRequest:
        found = await self.town.store.find(PriceRequest, order="-id", limit=1)
        return found[0]


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with town(tmp_path) as place:
        prices = Prices(
            store=place.store, catalog=place.catalog, availability=place.availability,
            reads=MarketPrices(place.database), rules=Rules(), new_id=place.new_id,
        )  # fmt: skip
        service = await place.service(price_low=8000, price_high=20000, commission_bp=1500)
        provider = await place.provider(service=service, price=12000)
        desk = PriceDesk(store=place.store, catalog=place.catalog, prices=prices)
        yield Shop(place, prices, desk, service, provider)


async def test_inside_the_band_it_counts_at_once(shop: Shop) -> None:
    assert await shop.ask(20000) is None
    assert await shop.price() == 20000
    one = await shop.prices.one(person_id=shop.me, service_id=shop.service.id, now=NOW)
    assert one.net(price=20000) == 17000


async def test_outside_it_waits_and_the_old_one_counts(shop: Shop) -> None:
    request = await shop.ask(25000, "far  away")
    assert request is not None
    assert (request.former, request.price, request.note) == (12000, 25000, "far away")
    assert await shop.price() == 12000
    await shop.desk.approve(request_id=request.id, price=25000, by=7, now=NOW)
    assert await shop.price() == 25000
    done = await shop.request()
    assert (done.state, done.decided_by) == (RequestState.APPROVED, 7)


async def test_rejected_with_a_reason_everything_stays(shop: Shop) -> None:
    request = await shop.ask(25000)
    assert request is not None
    with pytest.raises(Invalid):
        await shop.desk.reject(request_id=request.id, by=7, reason="  ", now=NOW)
    await shop.desk.reject(request_id=request.id, by=7, reason="too much", now=NOW)
    assert await shop.price() == 12000
    with pytest.raises(NotAllowedNow):
        await shop.desk.approve(request_id=request.id, price=25000, by=7, now=NOW)


async def test_one_request_per_service_is_amended_and_what_was_on_the_card_counts(
    shop: Shop,
) -> None:
    first = await shop.ask(25000, "far away")
    second = await shop.ask(26000)
    assert first is not None
    assert second is not None
    assert (second.id, second.price, second.note) == (first.id, 26000, "far away")
    assert await shop.town.store.count(PriceRequest) == 1
    with pytest.raises(OutOfDate):
        await shop.desk.approve(request_id=first.id, price=25000, by=7, now=NOW)


async def test_a_price_inside_overtakes_the_request(shop: Shop) -> None:
    await shop.ask(25000)
    await shop.ask(13000)
    assert (await shop.request()).state is RequestState.WITHDRAWN
    assert await shop.price() == 13000


async def test_staff_and_provider_at_once_have_one_outcome(shop: Shop) -> None:
    for _ in range(10):
        request = await shop.ask(25000)
        assert request is not None
        outcomes = await asyncio.gather(
            shop.desk.approve(request_id=request.id, price=25000, by=7, now=NOW),
            shop.prices.withdraw(person_id=shop.me, service_id=shop.service.id, now=NOW),
            shop.desk.reject(request_id=request.id, by=8, reason="no", now=NOW),
            return_exceptions=True,
        )
        refused = [one for one in outcomes if isinstance(one, BaseException)]
        assert len(refused) == 2
        assert all(isinstance(one, DomainError) for one in refused)
        approved = (await shop.request()).state is RequestState.APPROVED
        assert await shop.price() == (25000 if approved else 12000)
        await shop.ask(12000)


@pytest.mark.parametrize("price", [0, -5, 1, 60_001, 10**9, 10**18])
async def test_absurd_prices_are_refused_with_what_may_be_asked(shop: Shop, price: int) -> None:
    with pytest.raises(Invalid) as refused:
        await shop.ask(price)
    assert refused.value.facts == {"low": 2000, "high": 60000}
    assert await shop.town.store.count(PriceRequest) == 0


async def test_who_does_not_work_or_offer_it_changes_nothing(shop: Shop) -> None:
    stranger = await shop.town.person("Nobody")
    other = await shop.town.service()
    applicant = await shop.town.provider(service=shop.service, state=ProviderState.APPLIED)
    with pytest.raises(Unknown):
        await shop.prices.mine(person_id=stranger.id, now=NOW)
    with pytest.raises(NotAllowedNow):
        await shop.prices.mine(person_id=applicant.person_id, now=NOW)
    with pytest.raises(Unknown):
        await shop.prices.ask(person_id=shop.me, service_id=other.id, price=9000, now=NOW)


async def test_services_are_added_paused_and_given_up_but_not_the_last(shop: Shop) -> None:
    who = {"person_id": shop.me, "now": NOW}
    more = await shop.town.service(price_low=5000, price_high=9000)
    with pytest.raises(Invalid):
        await shop.prices.give_up(service_id=shop.service.id, **who)
    with pytest.raises(Invalid):
        await shop.prices.add(service_id=more.id, price=9001, **who)
    await shop.prices.add(service_id=more.id, price=9000, **who)
    await shop.prices.pause(service_id=more.id, active=False, **who)
    assert [each.skill.active for each in await shop.prices.mine(**who)] == [True, False]
    await shop.ask(25000)
    await shop.prices.give_up(service_id=shop.service.id, **who)
    assert (await shop.request()).state is RequestState.WITHDRAWN
    assert [each.service.id for each in await shop.prices.mine(**who)] == [more.id]


async def test_a_certificate_sent_later_is_being_checked(shop: Shop) -> None:
    who = {"person_id": shop.me, "now": NOW}
    gas = await shop.town.service(certificate="gas", price_low=5000, price_high=9000)
    await shop.prices.add(service_id=gas.id, price=9000, **who)
    assert (await shop.prices.one(service_id=gas.id, **who)).lacks == "gas"
    for number in ("G-1", "G-2"):  # sent again, the former one is not looked at any more
        await shop.prices.show_paper(**who, kind="gas", number=number)
    one = await shop.prices.one(service_id=gas.id, **who)
    assert (one.lacks, one.being_checked) == ("gas", True)
    papers = await shop.town.store.find(Certificate, provider_id=shop.provider.id)
    assert [(p.number, p.state) for p in papers] == [("G-2", CertificateState.SENT)]


async def banded(shop: Shop, high: int) -> None:
    """Another band is published, of which the memory of this process knows nothing yet."""
    change = Update(Service, shop.service.id, {"price_high": high})
    await shop.town.store.apply(Changes().add(change))


async def test_a_new_band_lets_through_what_lies_in_it_and_leaves_the_rest(shop: Shop) -> None:
    await shop.ask(25000)
    await banded(shop, 30000)
    assert await shop.desk.follow_band(service_id=shop.service.id, now=NOW) == 0
    assert await shop.price() == 25000
    await banded(shop, 10000)
    assert await shop.desk.follow_band(service_id=shop.service.id, now=NOW) == 1
    assert await shop.price() == 25000
    await shop.town.catalog.reload()
    [mine] = await shop.prices.mine(person_id=shop.me, now=NOW + timedelta(days=1))
    assert not mine.inside


async def test_the_market_is_told_from_five_others_on_who_come_here(shop: Shop) -> None:
    index = Indexer(
        database=shop.town.database,
        store=shop.town.store,
        rules=Rules(),
        availability=shop.town.availability,
    )
    for number in range(4):
        other = await shop.town.provider(service=shop.service, price=10000 + number * 1000)
        await index.provider(provider_id=other.id, now=NOW)
    far = await shop.town.provider(service=shop.service, price=1, lat=39.9, lon=116.4)
    await index.provider(provider_id=far.id, now=NOW)
    await index.provider(provider_id=shop.provider.id, now=NOW)
    around = {"provider": shop.provider, "service_id": shop.service.id}
    assert await shop.prices.around(**around) is None
    fifth = await shop.town.provider(service=shop.service, price=20000)
    await index.provider(provider_id=fifth.id, now=NOW)
    assert await shop.prices.around(**around) == Market(10000, 20000, 5)


def test_percentiles_are_prices_that_somebody_asks() -> None:
    assert market(prices=range(1, 101), least=5) == Market(10, 90, 100)
    assert market(prices=[7] * 5, least=5) == Market(7, 7, 5)
    assert market(prices=[1, 2, 3, 4], least=5) is None
