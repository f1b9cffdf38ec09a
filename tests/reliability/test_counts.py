"""The last unit of anything counted goes to one of many rivals: day's maximum, unpaid holds, coupons."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from core.changes import Changes
from core.errors import (
    AlreadyDone,
    CouponGone,
    DomainError,
    OutOfDate,
    SlotTaken,
    TooManyHolds,
)
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Draft, Order, Pay
from core.people.model import Person, Provider
from core.promotions.model import Coupon, CouponUse
from core.promotions.using import use
from tests.db.invariants import broken
from tests.reliability.town import NOON, Town

START = NOON + timedelta(days=1)
RIVALS = 60


async def confirm_all(here: Town, drafts: list[Draft]) -> Counter[str]:
    """Everybody confirms in the same moment; how it ended for them."""
    await here.insert(drafts)
    ends = await asyncio.gather(
        *(here.place(draft.customer_id) for draft in drafts), return_exceptions=True
    )
    return Counter(type(end).__name__ for end in ends)


async def test_a_provider_with_room_for_two_visits_gets_two_of_many_at_free_hours(
    here: Town,
) -> None:
    await check_full_day(here)


async def check_full_day(here: Town) -> None:
    await here.service()
    provider = await here.provider(daily_max=2)
    hours = [START + timedelta(hours=number % 10 - 2) for number in range(RIVALS)]
    drafts = [
        here.draft(who, provider, start, pay=here.rng.choice([Pay.FULL, Pay.ON_SITE]))
        for who, start in zip(await here.customers(RIVALS), hours, strict=True)
    ]
    ends = await confirm_all(here, drafts)
    assert ends == {"Order": 2, "SlotTaken": RIVALS - 2}
    assert await broken(here.database, now=here.now) == {}


async def test_the_last_coupon_goes_to_one_of_many(here: Town) -> None:
    await check_last_coupon(here)


async def check_last_coupon(here: Town) -> None:
    service = await here.service()
    await here.coupon(uses=1)
    customers = await here.customers(RIVALS)
    providers = [await here.provider(service) for _ in range(RIVALS // 10)]
    drafts = [
        here.draft(
            who, providers[number // 10], START + timedelta(hours=number % 10), coupon="SPRING"
        )
        for number, who in enumerate(customers)
    ]
    ends = await confirm_all(here, drafts)
    assert ends == {"Order": 1, "CouponGone": RIVALS - 1}
    coupon = await here.built.store.get(Coupon, code="SPRING")
    assert coupon is not None
    assert coupon.used == coupon.uses == 1
    assert await broken(here.database, now=here.now) == {}


@pytest.mark.feature("A13")
async def test_fifty_uses_go_to_fifty_of_two_hundred_whatever_the_staff_do_meanwhile(
    here: Town,
) -> None:
    service = await here.service()
    made = await here.coupon(uses=50)
    customers = await here.customers(200)
    providers = [await here.provider(service) for _ in range(20)]
    drafts = [
        here.draft(who, providers[number // 10], START + timedelta(hours=number % 10 - 2),
                   coupon="SPRING", pay=Pay.ON_SITE)
        for number, who in enumerate(customers)
    ]  # fmt: skip
    await here.insert(drafts)

    async def booked(customer_id: int) -> Order:
        while True:
            try:
                return await here.place(customer_id)
            except OutOfDate:  # the terms were changed under the finger; they look again
                continue

    async def changed() -> None:
        """Fewer uses are asked for all the time; none below what was granted."""
        for _ in range(20):
            coupon = (await here.core.promotions.look(coupon_id=made.id)).coupon
            try:
                await here.core.promotions.change(
                    coupon_id=made.id, values={"uses": max(50, coupon.used)},
                    version=coupon.version, now=here.now,
                )  # fmt: skip
            except (AlreadyDone, OutOfDate):
                await asyncio.sleep(0)

    *ends, meanwhile = await asyncio.gather(
        *(booked(who.id) for who in customers), changed(), return_exceptions=True
    )
    assert meanwhile is None, meanwhile
    assert Counter(type(end).__name__ for end in ends) == {"Order": 50, "CouponGone": 150}
    coupon = await here.built.store.get(Coupon, code="SPRING")
    assert coupon is not None
    assert coupon.used == coupon.uses == await here.built.store.count(CouponUse)
    assert await broken(here.database, now=here.now) == {}


@pytest.mark.feature("A13", "C8")
async def test_orders_in_parallel_pass_neither_a_persons_limit_nor_the_whole(here: Town) -> None:
    await here.service()
    made = await here.coupon(uses=7, per_person=2)
    orders = [
        await booked(here, who, await here.provider(), hour)
        for who in await here.customers(5)
        for hour in range(5)
    ]
    store, refused = here.built.store, 0

    async def takes(order: Order) -> None:
        coupon = await store.get(Coupon, id=made.id)
        assert coupon is not None
        changes = await use(store=store, coupon=coupon, order=order, new_id=here.new_id)
        await store.apply(Changes().add(*changes))

    with here.writing_together(len(orders)):
        ends = await asyncio.gather(*map(takes, orders), return_exceptions=True)
    assert Counter(type(end).__name__ for end in ends) == {"NoneType": 5, "CouponGone": 20}
    for _ in range(3):  # whoever was outrun looks again, all at once
        left = [one for one, end in zip(orders, ends, strict=True) if end is not None]
        ends = await asyncio.gather(*map(takes, left), return_exceptions=True)
        refused, orders = sum(isinstance(end, CouponGone) for end in ends), left
    assert refused == len(orders) == 18
    uses = await store.find(CouponUse, coupon_id=made.id)
    assert len(uses) == 7
    assert max(Counter(one.person_id for one in uses).values()) == 2
    coupon = await store.get(Coupon, id=made.id)
    assert coupon is not None
    assert coupon.used == 7


async def booked(here: Town, who: Person, provider: Provider, hour: int) -> Order:
    await here.wants(who, provider, START + timedelta(hours=hour), pay=Pay.ON_SITE)
    return await here.place(who.id)


@pytest.mark.feature("A13")
async def test_a_code_that_is_good_once_is_held_by_one_of_many_who_bring_it(here: Town) -> None:
    await here.service()
    terms = await here.coupon(uses=1)
    single = terms.model_copy(update={"code": "LEAF", "singly": True, "public": False})
    made = await here.core.promotions.create(coupon=single, now=here.now)
    [code] = await here.core.promotions.codes(coupon_id=made.id)
    people = await here.customers(20)
    ends = await asyncio.gather(
        *(here.core.deals.brought(code_id=code.id, person_id=who.id) for who in people),
        return_exceptions=True,
    )
    assert Counter(type(end).__name__ for end in ends) == {"Coupon": 1, "CouponGone": 19}


async def test_nobody_holds_more_unpaid_hours_than_the_rule_allows(here: Town) -> None:
    await check_holds(here)


async def check_holds(here: Town) -> None:
    await here.service()
    provider = await here.provider()
    [customer] = await here.customers(1)
    for number in range(2):
        await here.wants(customer, provider, START + timedelta(hours=number))
        await here.place(customer.id)
    await here.wants(customer, provider, START + timedelta(hours=2))
    with pytest.raises(TooManyHolds) as refusal:
        await here.place(customer.id)
    assert refusal.value.limit == 2
    # A hold that ran out counts no more, with no background work at all.
    here.now += timedelta(minutes=16)
    assert await here.place(customer.id)
    assert await broken(here.database, now=here.now) == {}


async def test_a_person_uses_a_coupon_as_often_as_it_allows_and_gets_a_use_back_on_cancel(
    here: Town,
) -> None:
    await here.service()
    provider = await here.provider()
    [customer] = await here.customers(1)
    await here.coupon(uses=100, per_person=2)

    async def book(hour: int) -> Order:
        start = START + timedelta(hours=hour)
        await here.wants(customer, provider, start, coupon="SPRING", pay=Pay.ON_SITE)
        return await here.place(customer.id)

    first = await book(0)
    await book(1)
    by = By(Actor.CUSTOMER, customer.id)
    await here.core.orders.cancel(order_id=first.id, by=by, now=here.now)
    assert await broken(here.database, now=here.now) == {}
    await book(2)
    with pytest.raises(CouponGone):
        await book(3)
    assert await here.built.store.count(CouponUse, person_id=customer.id) == 2
    assert await broken(here.database, now=here.now) == {}


async def test_an_hour_whose_hold_ran_out_is_booked_by_the_next_request_without_background_work(
    here: Town,
) -> None:
    await here.service()
    provider = await here.provider()
    slow, quick = await here.customers(2)
    await here.wants(slow, provider, START)
    late = await here.place(slow.id)
    payment = await here.core.payments.begin(
        order_id=late.id, customer_id=slow.id, language="en", now=here.now
    )
    await here.wants(quick, provider, START)
    with pytest.raises(SlotTaken):
        await here.place(quick.id)
    here.now += timedelta(minutes=15)
    calendar = await here.availability.calendar(provider=provider, now=here.now)
    assert here.availability.offers(calendar=calendar, minutes=60, start=START, now=here.now)
    assert (await here.place(quick.id)).starts_at == START
    # The late payer's money goes back by itself.
    here.bank.pays(payment.number)
    await here.sweep.run()
    await here.sweep.run()
    order = await here.built.store.get(Order, id=late.id)
    assert order is not None
    assert (order.paid, order.refunded) == (20_000, 20_000)
    assert sum(amount for _, amount in here.bank.refunds.values()) == 20_000
    assert await broken(here.database, now=here.now) == {}


async def test_a_search_index_made_anew_during_a_hold_still_knows_the_hour_once_the_hold_ran_out(
    here: Town,
) -> None:
    await here.service()
    provider = await here.provider()
    slow, quick = await here.customers(2)

    async def masks() -> list[int]:
        asked = "SELECT mask FROM day_mask WHERE provider_id = ? ORDER BY day LIMIT 3"
        return [mask for (mask,) in await here.database.fetch(asked, [provider.id])]

    free = await masks()
    await here.wants(slow, provider, START)
    await here.place(slow.id)
    await here.core.index.provider(provider_id=provider.id, now=here.now)
    assert await masks() == free
    here.now += timedelta(minutes=16)
    await here.wants(quick, provider, START, pay=Pay.ON_SITE)
    await here.place(quick.id)
    booked = await masks()
    assert booked != free
    await here.core.index.provider(provider_id=provider.id, now=here.now)
    assert await masks() == booked


async def test_a_cancelled_hour_can_be_booked_again_a_hundred_times(here: Town) -> None:
    await here.service()
    provider = await here.provider(daily_max=1)
    people = await here.customers(2)
    for turn in range(100):
        who = people[turn % 2]
        await here.wants(who, provider, START, pay=Pay.ON_SITE)
        order = await here.place(who.id)
        by = By(Actor.CUSTOMER, who.id)
        await here.core.orders.cancel(order_id=order.id, by=by, now=here.now)
    assert await broken(here.database, now=here.now) == {}


async def test_of_two_who_decide_on_one_order_at_once_one_decides(here: Town) -> None:
    await check_one_decides(here)


async def check_one_decides(here: Town) -> None:
    await here.service()
    provider = await here.provider()
    [customer] = await here.customers(1)
    await here.wants(customer, provider, START, pay=Pay.ON_SITE)
    order = await here.place(customer.id)
    jobs, who = here.core.jobs, {"order_id": order.id, "person_id": provider.person_id}
    with here.writing_together(3):
        ends = await asyncio.gather(
            jobs.accept(**who, now=here.now), jobs.decline(**who, now=here.now),
            jobs.accept(**who, now=here.now), return_exceptions=True,
        )  # fmt: skip
    refusals = [end for end in ends if isinstance(end, BaseException)]
    assert len(refusals) == 2
    assert all(isinstance(refusal, DomainError) for refusal in refusals)
    assert await broken(here.database, now=here.now) == {}
