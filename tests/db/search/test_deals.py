"""Promotions: only what this customer can really use now is listed, each refusal says why, a taken one stays taken."""

from datetime import timedelta
from itertools import count

import pytest

from core.changes import Changes, Update
from core.errors import CouponGone, Unknown
from core.orders.booking import Bookings
from core.orders.model import Order, Pay, State
from core.people.model import Person
from core.promotions.deals import Deals
from core.promotions.model import Coupon, CouponUse
from core.rules import Rules
from db.engine import Database
from tests.db.search.small_city import HERE, NOW, SmallCity, build

DAY = timedelta(days=1)
_IDS = count(9000)


@pytest.fixture
async def city(db: Database) -> SmallCity:
    return await build(db)


@pytest.fixture
def deals(city: SmallCity) -> Deals:
    bookings = Bookings(
        store=city.store, catalog=city.catalog, providers=city.providers,
        availability=city.availability, rules=Rules(), new_id=lambda: next(_IDS),
    )  # fmt: skip
    return Deals(store=city.store, catalog=city.catalog, finder=city.finder, bookings=bookings)


async def customer(city: SmallCity, lat: float | None = HERE[0]) -> Person:
    person = Person(
        id=next(_IDS), telegram_id=next(_IDS), lat=lat, lon=lat and HERE[1], created_at=NOW,
        seen_at=NOW,
    )  # fmt: skip
    await city.add(person)
    return person


async def coupon(city: SmallCity, **more: object) -> Coupon:
    number = next(_IDS)
    given = {"amount": 2000, "starts_at": NOW - DAY, "ends_at": NOW + DAY} | more
    made = Coupon(id=number, code=f"C{number}", names={"en": "Gift"}, **given)
    await city.add(made)
    return made


async def order(city: SmallCity, person: Person, state: State = State.CLOSED) -> Order:
    made = Order(
        id=next(_IDS), number=str(next(_IDS)), customer_id=person.id,
        provider_id=city.ids["李伟"], service_id=city.service("wiring").id, state=state,
        starts_at=NOW - DAY, minutes=60, buffer_min=30, place="", lat=HERE[0], lon=HERE[1],
        currency="CNY", total=100, pay=Pay.FULL, method="card", due_now=100, commission_bp=0,
        start_code="0000", created_at=NOW - DAY,
    )  # fmt: skip
    await city.add(made)
    return made


async def listed(deals: Deals, person: Person) -> list[int]:
    return [deal.coupon.id for deal in await deals.usable(person=person, now=NOW)]


async def why(deals: Deals, person: Person, of: Coupon) -> str:
    with pytest.raises(CouponGone) as refused:
        await deals.deal(person=person, coupon_id=of.id, now=NOW)
    assert of.id not in await listed(deals, person)
    return refused.value.why


@pytest.mark.feature("C2")
async def test_what_can_be_used_is_listed_with_the_price_less_the_coupon(
    city: SmallCity, deals: Deals
) -> None:
    person, gift = await customer(city), await coupon(city, minimum=10000)
    assert await listed(deals, person) == [gift.id]
    deal = await deals.deal(person=person, coupon_id=gift.id, now=NOW)
    # 张敏 asks less than the minimum; the next one asks 110.
    assert [(r.service.code, r.price) for r in deal.services] == [("wiring", 9000)]
    share = await coupon(city, amount=0, percent_bp=1500)
    deal = await deals.deal(person=person, coupon_id=share.id, now=NOW)
    assert deal.services[0].price == 9000 - 1350


@pytest.mark.feature("C2")
async def test_what_cannot_be_used_is_not_listed_and_says_why(
    city: SmallCity, deals: Deals
) -> None:
    person = await customer(city)
    haircut = city.service("haircut").id
    cases = [
        (await coupon(city, ends_at=NOW), "over"),
        (await coupon(city, starts_at=NOW + DAY / 2), "soon"),
        (await coupon(city, active=False), "paused"),
        (await coupon(city, uses=3, used=3), "empty"),
        (await coupon(city, minimum=13001), "elsewhere"),
        (await coupon(city, service_ids=[haircut]), "elsewhere"),
    ]
    for made, expected in cases:
        assert await why(deals, person, made) == expected, made
    with pytest.raises(Unknown):
        await deals.deal(person=person, coupon_id=1, now=NOW)


@pytest.mark.feature("C2")
async def test_each_person_has_so_many_uses_and_newcomers_only_a_first_order(
    city: SmallCity, deals: Deals
) -> None:
    person, twice = await customer(city), await coupon(city, per_person=2)
    welcome = await coupon(city, newcomers=True)
    await order(city, person, State.CANCELLED)  # never took place
    assert set(await listed(deals, person)) == {twice.id, welcome.id}
    for turn in (1, 2):
        made = await order(city, person)
        await city.add(
            CouponUse(
                id=next(_IDS), coupon_id=twice.id, person_id=person.id, turn=turn, order_id=made.id
            )
        )
        assert (twice.id in await listed(deals, person)) is (turn == 1)
    assert await why(deals, person, twice) == "used"
    assert await why(deals, person, welcome) == "newcomers"
    assert set(await listed(deals, await customer(city))) == {twice.id, welcome.id}


@pytest.mark.feature("C2")
async def test_only_what_can_be_booked_at_the_place_counts(city: SmallCity, deals: Deals) -> None:
    gift = await coupon(city, minimum=10000)
    assert await why(deals, await customer(city, lat=45.0), gift) == "elsewhere"
    assert await listed(deals, await customer(city, lat=None)) == [gift.id]


@pytest.mark.feature("C2")
async def test_a_taken_coupon_waits_in_the_draft_for_whoever_is_chosen(
    city: SmallCity, deals: Deals
) -> None:
    person, gift = await customer(city), await coupon(city, minimum=10000)
    wiring = city.service("wiring")
    await deals.take(person=person, coupon_id=gift.id, service_id=wiring.id, now=NOW)
    bookings = deals._bookings
    for name, total in (("王建国", 11000), ("李伟", 9000), ("张敏", 9000)):
        booking = await bookings.begin(
            customer_id=person.id, service_id=wiring.id, provider_id=city.ids[name], now=NOW
        )
        assert booking.quote is not None
        assert booking.quote.total == total, name
        used = await bookings.checked_coupon(booking=booking, now=NOW)
        assert (used is None) is (name == "张敏")  # her price does not reach the minimum
    other = city.service("haircut").id
    booking = await bookings.begin(
        customer_id=person.id, service_id=other, provider_id=None, now=NOW
    )
    assert booking.draft.coupon is None
    with pytest.raises(CouponGone):
        await deals.take(person=person, coupon_id=gift.id, service_id=other, now=NOW)


@pytest.mark.feature("C2")
async def test_a_coupon_in_hand_that_ran_out_no_longer_lowers_a_price(
    city: SmallCity, deals: Deals
) -> None:
    person, gift = await customer(city), await coupon(city)
    wiring, bookings = city.service("wiring"), deals._bookings
    await deals.take(person=person, coupon_id=gift.id, service_id=wiring.id, now=NOW)
    held = await bookings.chosen(customer_id=person.id, service_id=wiring.id, now=NOW)
    assert held.total(wiring, 12000) == 10000
    await city.store.apply(Changes().add(Update(Coupon, gift.id, {"active": False})))
    held = await bookings.chosen(customer_id=person.id, service_id=wiring.id, now=NOW)
    assert held.coupon is None
    assert held.total(wiring, 12000) == 12000
