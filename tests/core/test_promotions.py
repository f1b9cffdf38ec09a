"""Coupons as the staff make and change them, and as they are refused: what is granted stays, limits hold."""

import random
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.errors import AlreadyDone, CouponGone, Invalid, NotAllowedNow
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay
from core.promotions.deals import Deals
from core.promotions.model import Coupon, CouponCode, CouponUse
from core.promotions.service import Promotions
from db.promotions import CouponReads
from tests.builders import NOW, Town, town
from tests.db.invariants import broken

pytestmark = pytest.mark.feature("A13")
DAY = timedelta(days=1)
START = NOW + DAY + timedelta(hours=1)  # 10:00 of the next day


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as made:
        yield made


@pytest.fixture
def promotions(place: Town) -> Promotions:
    return Promotions(
        store=place.store, catalog=place.catalog, spending=CouponReads(place.database),
        new_id=place.new_id, rng=random.Random(5),
    )  # fmt: skip


def wanted(**values: Any) -> Coupon:
    given: dict[str, Any] = {
        "id": 0, "code": "SPRING", "names": {"en": "Spring"}, "amount": 2000, "uses": 50,
        "starts_at": NOW - DAY, "ends_at": NOW + 30 * DAY,
    }  # fmt: skip
    return Coupon(**(given | values))


async def booked(place: Town, code: str | None, hour: int = 0, **who: Any) -> Order:
    """An order with this coupon, ¥120 before it."""
    customer, provider, service = who["customer"], who["provider"], who["service"]
    await place.draft(customer=customer, service=service, provider=provider,
                      start=START + timedelta(days=hour))  # fmt: skip
    await place.bookings.use_coupon(customer_id=customer.id, code=code, now=NOW)
    return await place.placing.place(customer_id=customer.id, now=NOW)


async def cast(place: Town) -> dict[str, Any]:
    service = await place.service()
    provider = await place.provider(service=service)
    return {"customer": await place.person(), "service": service, "provider": provider}


@pytest.mark.parametrize(
    ("values", "name", "why"),
    [
        ({"amount": 0}, "coupon_gives", "nothing"),
        ({"percent_bp": 1000}, "coupon_gives", "both"),
        ({"amount": 0, "percent_bp": 10_001}, "coupon_percent_bp", "bounds"),
        ({"amount": -1}, "coupon_amount", "bounds"),
        ({"uses": 0}, "coupon_uses", "bounds"),
        ({"per_person": 0}, "coupon_per_person", "bounds"),
        ({"code": "A"}, "coupon_code", "form"),
        ({"code": "TEN"}, "coupon_code", "taken"),
        ({"ends_at": NOW}, "coupon_ends_at", "over"),
        ({"ends_at": NOW - 2 * DAY}, "coupon_ends_at", "order"),
        ({"ends_at": NOW + 2000 * DAY}, "coupon_ends_at", "far"),
        ({"singly": True, "uses": 501}, "coupon_codes", "bounds"),
        ({"names": {"en": "x" * 61}}, "names", "length"),
    ],
)
async def test_what_no_coupon_can_be_is_refused(
    place: Town, promotions: Promotions, values: dict[str, Any], name: str, why: str
) -> None:
    await place.coupon("TEN")
    with pytest.raises(Invalid) as refused:
        await promotions.create(coupon=wanted(**values), now=NOW)
    assert (refused.value.name, refused.value.reason) == (name, why)
    assert await place.store.count(Coupon) == 1


async def test_a_share_is_capped(place: Town, promotions: Promotions) -> None:
    made = await promotions.create(coupon=wanted(amount=0, percent_bp=2000, cap=1500), now=NOW)
    order = await booked(place, made.code, **await cast(place))
    assert (order.discount, order.total) == (1500, 10500), "a fifth of ¥120 would be ¥24"


async def test_its_cost_is_what_the_records_say_and_the_provider_earns_the_same(
    place: Town, promotions: Promotions
) -> None:
    who = await cast(place)
    made = await promotions.create(coupon=wanted(per_person=3), now=NOW)
    done = await booked(place, "spring ", **who)
    await booked(place, "ＳＰＲＩＮＧ", 1, **who)
    account = await promotions.look(coupon_id=made.id)
    assert (account.coupon.used, account.granted, account.borne) == (2, 4000, 0)
    await place.done(done, who["provider"])
    assert (await promotions.look(coupon_id=made.id)).granted == 4000


async def test_what_was_granted_stays_when_it_is_changed_or_stopped(
    place: Town, promotions: Promotions
) -> None:
    who = await cast(place)
    made = await promotions.create(coupon=wanted(per_person=2), now=NOW)
    order = await booked(place, "SPRING", **who)
    await promotions.change(
        coupon_id=made.id, values={"amount": 500, "per_person": 1}, version=made.version, now=NOW
    )
    with pytest.raises(AlreadyDone):  # the screen that was looked at is an old one
        await promotions.change(
            coupon_id=made.id, values={"amount": 5000}, version=made.version, now=NOW
        )
    await promotions.stop(coupon_id=made.id, now=NOW)
    kept = await place.store.get(Order, id=order.id)
    assert kept is not None
    assert (kept.discount, kept.total) == (2000, 10000)
    with pytest.raises(CouponGone) as gone:
        await booked(place, "SPRING", 1, **who)
    assert gone.value.why == "over"
    with pytest.raises(NotAllowedNow):
        await promotions.pause(coupon_id=made.id, active=False, now=NOW)
    version = (await promotions.look(coupon_id=made.id)).coupon.version
    _, longer = await promotions.change(
        coupon_id=made.id, values={"ends_at": NOW + DAY, "per_person": 2}, version=version, now=NOW
    )
    again = await booked(place, "SPRING", 1, **who)
    assert (longer.code, again.discount) == ("SPRING", 500)


@pytest.mark.parametrize(
    ("values", "name"), [({"uses": 1}, "coupon_uses"), ({"per_person": 1}, "coupon_per_person")]
)
async def test_no_limit_is_drawn_below_what_was_granted(
    place: Town, promotions: Promotions, values: dict[str, int], name: str
) -> None:
    who = await cast(place)
    made = await promotions.create(coupon=wanted(per_person=2), now=NOW)
    for hour in range(2):
        await booked(place, "SPRING", hour, **who)
    with pytest.raises(Invalid) as refused:
        await promotions.change(coupon_id=made.id, values=values, version=1, now=NOW)
    assert (refused.value.name, refused.value.facts) == (name, {"used": 2})


@pytest.mark.parametrize(
    ("values", "why", "facts"),
    [
        ({"minimum": 15000}, "minimum", {"least": 15000, "lacking": 3000}),
        ({"starts_at": NOW + DAY}, "soon", {"starts_at": NOW + DAY}),
        ({"active": False}, "paused", {}),
        ({"uses": 5, "used": 5}, "empty", {}),
        ({"ends_at": NOW}, "over", {}),
    ],
)
async def test_why_a_code_does_not_count_and_what_would_make_it_count(
    place: Town, values: dict[str, Any], why: str, facts: dict[str, Any]
) -> None:
    who = await cast(place)
    await place.coupon("SPRING", **values)
    with pytest.raises(CouponGone) as gone:
        await booked(place, "SPRING", **who)
    assert (gone.value.why, gone.value.facts) == (why, facts)


async def test_a_code_for_other_services_names_them(place: Town) -> None:
    who, other = await cast(place), await place.service(names={"en": "Piano tuning"})
    await place.coupon("SPRING", service_ids=[other.id])
    with pytest.raises(CouponGone) as gone:
        await booked(place, "SPRING", **who)
    assert gone.value.facts["names"] == [{"en": "Repair"}], "the whole category of it"
    with pytest.raises(CouponGone) as unknown:
        await booked(place, "SUMMER", **who)
    assert unknown.value.why == "unknown"


async def test_only_with_its_code_it_stands_in_no_list(place: Town) -> None:
    who = await cast(place)
    await place.coupon("SECRET", public=False)
    me = who["customer"].id
    await place.draft(start=START, **who)
    assert await place.bookings.coupons(customer_id=me, now=NOW) == []
    order = await booked(place, "secret", **who)
    assert order.discount == 1000


@pytest.fixture
def deals(place: Town) -> Deals:
    """Without a finder: nothing here asks for prices."""
    return Deals(
        store=place.store,
        catalog=place.catalog,
        finder=None,
        bookings=place.bookings,  # type: ignore[arg-type]
    )


async def test_a_code_that_is_good_once_belongs_to_who_brings_it_and_comes_back_with_a_cancel(
    place: Town, promotions: Promotions, deals: Deals
) -> None:
    who, other = await cast(place), await place.person("Bob")
    made = await promotions.create(
        coupon=wanted(singly=True, public=False, uses=3, per_person=3), now=NOW
    )
    codes = [one.code for one in await promotions.codes(coupon_id=made.id)]
    assert len({*codes}) == 3
    assert all(code.startswith("SPRING-") for code in codes)
    me = who["customer"].id
    with pytest.raises(CouponGone):
        await booked(place, "SPRING", **who)  # its own code is good for nothing
    found = await deals.named(text=codes[0].lower(), person_id=me, now=NOW)
    assert found is not None
    await place.draft(start=START, **who)
    offered = await place.bookings.coupons(customer_id=me, now=NOW)
    assert [one.code for one in offered] == [codes[0]], "in hand, so it is offered"
    with pytest.raises(CouponGone) as taken:
        await deals.named(text=codes[0], person_id=other.id, now=NOW)
    assert taken.value.why == "taken"
    order = await booked(place, codes[0], **who)
    assert order.coupon == codes[0]
    with pytest.raises(CouponGone) as spent:
        await booked(place, codes[0], 1, **who)
    assert spent.value.why == "spent"
    for _ in range(2):  # a repeated tap gives nothing back twice
        try:
            await place.orders.cancel(order_id=order.id, by=By(Actor.CUSTOMER, me), now=NOW)
        except (AlreadyDone, NotAllowedNow):
            pass
    free = await place.store.get(CouponCode, code=codes[0])
    assert free is not None
    assert (free.order_id, free.holder_id) == (None, me)
    assert (await promotions.look(coupon_id=made.id)).coupon.used == 0
    again = await booked(place, codes[0], 2, **who)
    assert again.discount == 2000
    assert await broken(place.database, now=NOW) == {}


async def test_more_codes_are_more_uses_once_per_look(place: Town, promotions: Promotions) -> None:
    made = await promotions.create(coupon=wanted(singly=True, uses=2), now=NOW)
    await promotions.more_codes(coupon_id=made.id, count=5, version=1)
    with pytest.raises(AlreadyDone):
        await promotions.more_codes(coupon_id=made.id, count=5, version=1)
    assert (await promotions.look(coupon_id=made.id)).coupon.uses == 7
    assert await place.store.count(CouponCode, coupon_id=made.id) == 7
    with pytest.raises(Invalid):
        await promotions.changed(coupon_id=made.id, values={"uses": 99}, now=NOW)


@pytest.mark.parametrize("seed", range(2))
async def test_uses_are_the_orders_that_have_it_whatever_happens_in_any_order(
    place: Town, promotions: Promotions, seed: int
) -> None:
    """Booked, cancelled, left unpaid, changed, paused: the count is that of the orders alive, never past a limit."""
    rng, day = random.Random(seed), 0
    service = await place.service(payment="full")
    provider = await place.provider(service=service)
    people = [await place.person(f"P{n}") for n in range(3)]
    made = await promotions.create(coupon=wanted(uses=4, per_person=2), now=NOW)
    alive: dict[int, int] = {}
    for _ in range(30):
        coupon = (await promotions.look(coupon_id=made.id)).coupon
        match rng.choice(["book", "book", "book", "cancel", "cancel", "pause", "uses"]):
            case "book":
                who, day = rng.choice(people), day + 1
                mine = sum(owner == who.id for owner in alive.values())
                fits = coupon.active and len(alive) < coupon.uses and mine < coupon.per_person
                try:
                    await place.draft(customer=who, service=service, provider=provider,
                                      start=START + timedelta(days=day % 12, hours=day // 12 * 2),
                                      pay=Pay.ON_SITE)  # fmt: skip
                    await place.bookings.use_coupon(customer_id=who.id, code="SPRING", now=NOW)
                    order = await place.placing.place(customer_id=who.id, now=NOW)
                    assert fits, seed
                    alive[order.id] = who.id
                except CouponGone:
                    assert not fits, seed
            case "cancel" if alive:
                order_id = rng.choice(sorted(alive))
                by = By(Actor.CUSTOMER, alive.pop(order_id))
                await place.orders.cancel(order_id=order_id, by=by, now=NOW)
            case "pause":
                await promotions.pause(coupon_id=made.id, active=not coupon.active, now=NOW)
            case "uses":
                values = {"uses": rng.randint(1, 6)}
                try:
                    await promotions.change(
                        coupon_id=made.id, values=values, version=coupon.version, now=NOW
                    )
                    assert values["uses"] >= len(alive), seed
                except Invalid:
                    assert values["uses"] < len(alive), seed
        coupon = (await promotions.look(coupon_id=made.id)).coupon
        assert coupon.used == len(alive) == await place.store.count(CouponUse)
    assert await broken(place.database, now=NOW) == {}
