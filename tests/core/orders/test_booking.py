"""From a draft to an order on a real database: prices, coupons, rivals, limits, one order per draft."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.changes import Changes, Update
from core.errors import CouponGone, Frozen, Invalid, SlotTaken, TooManyHolds, Unknown
from core.ids import read_order_number
from core.orders.model import Order, Pay, State
from core.people.model import Person, Provider
from core.promotions.model import Coupon
from tests.builders import HOME, NOW, Town, town

START = NOW + timedelta(hours=3)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


@pytest.mark.feature("C7")
async def test_a_draft_is_priced_as_it_grows_and_survives_in_the_database(place: Town) -> None:
    service = await place.service()
    provider = await place.provider(service=service)
    ann = await place.person()
    await place.draft(customer=ann, service=service, provider=provider, start=START)
    await place.bookings.fill(
        customer_id=ann.id, now=NOW, options={"more": 2}, answers={"kind": "Wall unit"}
    )
    booking = await place.bookings.open(customer_id=ann.id)
    assert booking.quote is not None
    assert (booking.quote.total, booking.quote.minutes) == (30000, 180)
    assert booking.draft.starts_at is None, "a longer visit needs its time asked anew"
    assert booking.draft.answers == {"kind": "Wall unit"}


async def test_the_place_stays_for_the_next_draft_and_the_rest_does_not(place: Town) -> None:
    service = await place.service()
    provider = await place.provider(service=service)
    ann = await place.person()
    await place.draft(customer=ann, service=service, provider=provider, start=START, notes="x")
    again = await place.bookings.begin(
        customer_id=ann.id, service_id=service.id, provider_id=provider.id, now=NOW
    )
    assert (again.draft.detail, again.draft.notes, again.draft.starts_at) == (
        HOME["detail"], "", None,
    )  # fmt: skip


async def test_a_provider_is_not_sent_beyond_the_own_radius(place: Town) -> None:
    service = await place.service()
    provider = await place.provider(service=service, radius_m=5000)
    ann = await place.person()
    await place.bookings.begin(
        customer_id=ann.id, service_id=service.id, provider_id=provider.id, now=NOW
    )
    with pytest.raises(Invalid, match="too_far"):
        await place.bookings.choose_place(
            customer_id=ann.id, place="Pudong airport", detail="T2", lat=31.15, lon=121.80, now=NOW
        )


async def test_a_provider_whose_area_became_smaller_is_not_sent_there_any_more(
    place: Town,
) -> None:
    service = await place.service()
    provider = await place.provider(service=service, radius_m=5000)
    ann = await place.person()
    await place.draft(customer=ann, service=service, provider=provider, start=START)
    moved = {"lat": 31.15, "lon": 121.80}
    await place.store.apply(Changes().add(Update(Provider, provider.id, moved)))
    with pytest.raises(Invalid, match="too_far"):
        await place.placing.place(customer_id=ann.id, now=NOW)


@pytest.mark.feature("C7", "X3")
async def test_a_choice_made_once_more_leaves_the_summary_as_it_is(place: Town) -> None:
    """A tap is worked again when the process died right after it; the confirmation that follows must still fit."""
    service = await place.service()
    provider = await place.provider(service=service)
    ann = await place.person()
    await place.draft(customer=ann, service=service, provider=provider, start=START)
    first, again, other = [
        (await place.bookings.choose_pay(customer_id=ann.id, pay=pay, method="", now=NOW)).draft
        for pay in (Pay.ON_SITE, Pay.ON_SITE, Pay.FULL)
    ]
    assert again.version == first.version
    assert other.version == first.version + 1


@pytest.mark.feature("C7")
@pytest.mark.parametrize(("minutes", "given"), [(10, True), (20, False)])
async def test_the_soonest_start_waits_while_the_customer_fills_in_the_rest_but_not_for_ever(
    place: Town, minutes: int, given: bool
) -> None:
    """It is offered an hour ahead; the quarter it stands on passes while a door is typed."""
    service = await place.service()
    provider = await place.provider(service=service)
    ann, soonest = await place.person(), NOW + timedelta(hours=1)
    calendar = await place.availability.calendar(provider=provider, now=NOW)
    assert place.availability.earliest(calendar=calendar, minutes=90, now=NOW) == soonest
    await place.draft(customer=ann, service=service, provider=provider, start=soonest)
    later = NOW + timedelta(minutes=minutes)
    if given:
        assert (await place.placing.place(customer_id=ann.id, now=later)).starts_at == soonest
    else:
        with pytest.raises(SlotTaken):
            await place.placing.place(customer_id=ann.id, now=later)


@pytest.mark.feature("C9")
async def test_a_repeated_confirmation_gives_the_one_order(place: Town) -> None:
    service = await place.service()
    provider = await place.provider(service=service)
    ann = await place.person()
    await place.draft(customer=ann, service=service, provider=provider, start=START)
    made = await asyncio.gather(
        *(place.placing.place(customer_id=ann.id, now=NOW) for _ in range(5))
    )
    assert len({order.id for order in made}) == 1
    assert await place.store.count(Order) == 1
    assert made[0].state is State.OFFERED
    assert read_order_number(made[0].number) == made[0].number


@pytest.mark.feature("C8")
async def test_of_many_who_want_one_slot_one_gets_it_and_the_others_get_alternatives(
    place: Town,
) -> None:
    service = await place.service()
    provider = await place.provider(service=service)
    rivals = [await place.person(f"Rival {n}") for n in range(12)]
    for rival in rivals:
        await place.draft(customer=rival, service=service, provider=provider, start=START)
    ends = await asyncio.gather(
        *(place.placing.place(customer_id=rival.id, now=NOW) for rival in rivals),
        return_exceptions=True,
    )
    won = [end for end in ends if isinstance(end, Order)]
    lost = [end for end in ends if isinstance(end, SlotTaken)]
    assert (len(won), len(lost)) == (1, 11)
    calendar = await place.availability.calendar(provider=provider, now=NOW)
    for taken in lost:
        assert len(taken.alternatives) == 3
        assert all(
            place.availability.offers(calendar=calendar, minutes=90, start=start, now=NOW)
            for start in taken.alternatives
        )


@pytest.mark.feature("C8")
async def test_a_hold_is_free_again_when_its_time_is_over_even_if_nothing_runs(place: Town) -> None:
    service = await place.service()
    provider = await place.provider(service=service)
    ann = await place.person()
    order = await place.order(
        customer=ann, service=service, provider=provider, start=START, pay=Pay.DEPOSIT,
        method="stripe",
    )  # fmt: skip
    assert (order.state, order.due_now) == (State.UNPAID, 3600)

    async def offered(minutes: int) -> bool:
        now = NOW + timedelta(minutes=minutes)
        calendar = await place.availability.calendar(provider=provider, now=now)
        return place.availability.offers(calendar=calendar, minutes=90, start=START, now=now)

    assert not await offered(14)
    assert await offered(15)


@pytest.mark.feature("C8")
async def test_a_day_at_its_maximum_is_not_offered_and_not_given(place: Town) -> None:
    service = await place.service()
    provider = await place.provider(service=service, daily_max=2)
    late = await place.person("Late")
    last = START + timedelta(hours=4)
    told = {"service": service, "provider": provider}
    await place.draft(customer=late, start=last, **told)
    for number in range(2):
        await place.order(
            customer=await place.person(), start=START + timedelta(hours=2 * number), **told
        )
    calendar = await place.availability.calendar(provider=provider, now=NOW)
    day = place.availability.today(now=NOW)
    assert day not in place.availability.days(calendar=calendar, minutes=90, now=NOW)
    assert not place.availability.starts(calendar=calendar, minutes=90, day=day, now=NOW)
    with pytest.raises(SlotTaken) as taken:
        await place.placing.place(customer_id=late.id, now=NOW)
    assert taken.value.alternatives
    assert all(start - START > timedelta(hours=12) for start in taken.value.alternatives)


async def test_a_customer_holds_at_most_two_unpaid_slots(place: Town) -> None:
    service = await place.service()
    provider = await place.provider(service=service)
    ann = await place.person()
    told = {"customer": ann, "service": service, "provider": provider, "pay": Pay.FULL,
            "method": "stripe"}  # fmt: skip
    for number in range(2):
        await place.order(start=START + timedelta(hours=2 * number), **told)
    with pytest.raises(TooManyHolds):
        await place.order(start=START + timedelta(hours=4), **told)


async def test_the_last_use_of_a_coupon_goes_to_one_of_many(place: Town) -> None:
    service = await place.service()
    coupon = await place.coupon(uses=1)
    rivals = [await place.person(f"Rival {n}") for n in range(6)]
    for rival in rivals:
        provider = await place.provider(service=service)
        await place.draft(
            customer=rival, service=service, provider=provider, start=START, coupon="TEN"
        )
    ends = await asyncio.gather(
        *(place.placing.place(customer_id=rival.id, now=NOW) for rival in rivals),
        return_exceptions=True,
    )
    assert sum(isinstance(end, Order) for end in ends) == 1
    assert all(isinstance(end, Order | CouponGone) for end in ends)
    used = await place.store.get(Coupon, id=coupon.id)
    assert used is not None
    assert used.used == 1


async def test_coupons_are_offered_only_where_they_fit(place: Town) -> None:
    service = await place.service()
    provider = await place.provider(service=service)
    ann = await place.person()
    await place.coupon("SMALL", amount=500)
    await place.coupon("LARGE", amount=0, percent_bp=2000)
    await place.coupon("HIGH", minimum=50000)
    await place.coupon("OTHER", service_ids=[1])
    await place.draft(customer=ann, service=service, provider=provider, start=START)
    offered = await place.bookings.coupons(customer_id=ann.id, now=NOW)
    assert [coupon.code for coupon in offered] == ["LARGE", "SMALL"]
    booking = await place.bookings.use_coupon(customer_id=ann.id, code=" small ", now=NOW)
    assert booking.quote is not None
    assert booking.quote.total == 11500
    with pytest.raises(CouponGone):
        await place.bookings.use_coupon(customer_id=ann.id, code="HIGH", now=NOW)


@pytest.mark.parametrize("missing", ["starts_at", "detail", "pay", "method", "lat"])
async def test_an_incomplete_draft_is_no_order(place: Town, missing: str) -> None:
    service = await place.service()
    provider = await place.provider(service=service)
    ann = await place.person()
    await place.draft(customer=ann, service=service, provider=provider, start=START)
    empty = "" if missing == "detail" else None
    await place.bookings.fill(customer_id=ann.id, now=NOW, **{missing: empty})
    with pytest.raises(Invalid):
        await place.placing.place(customer_id=ann.id, now=NOW)


async def test_nobody_books_themselves_and_no_frozen_customer_books(place: Town) -> None:
    service = await place.service()
    provider = await place.provider(service=service)
    own = await place.people.get(person_id=provider.person_id)
    await place.draft(customer=own, service=service, provider=provider, start=START)
    with pytest.raises(Unknown):
        await place.placing.place(customer_id=own.id, now=NOW)
    customer = await place.person("Frozen")
    await place.draft(customer=customer, service=service, provider=provider, start=START)
    held = {"frozen": True, "frozen_reason": "No-show"}
    await place.store.apply(Changes().add(Update(Person, customer.id, held)))
    for refused in (
        place.placing.place(customer_id=customer.id, now=NOW),
        place.draft(customer=customer, service=service, provider=provider, start=START),
    ):
        with pytest.raises(Frozen) as said:
            await refused
        assert said.value.reason == "No-show"
