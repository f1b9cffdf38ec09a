"""Many people want the same time at once: one gets it, everybody else hears a clear no with other times."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from core.errors import SlotTaken
from core.orders.model import Order, Pay, State
from tests.db.invariants import broken
from tests.reliability.town import NOON, Town

START = NOON + timedelta(days=1)


async def rivals(here: Town, count: int) -> list[Order | BaseException]:
    """So many customers confirm the same hour of the same provider in the same moment."""
    await here.service()
    provider = await here.provider()
    customers = await here.customers(count)
    await here.insert([here.draft(who, provider, START) for who in customers])
    return await asyncio.gather(*(here.place(who.id) for who in customers), return_exceptions=True)


async def check_one_winner(here: Town, ends: list[Order | BaseException]) -> None:
    winners = [end for end in ends if isinstance(end, Order)]
    others = Counter(type(end).__name__ for end in ends if not isinstance(end, Order))
    assert len(winners) == 1, (len(winners), others)
    assert others == {"SlotTaken": len(ends) - 1}
    for end in ends:
        if isinstance(end, SlotTaken):
            assert len(end.alternatives) == 3
            assert START not in end.alternatives
    assert await here.built.store.count(Order) == 1
    assert await broken(here.database, now=here.now) == {}


async def test_of_five_hundred_rivals_for_one_hour_one_wins_and_all_others_get_other_times(
    here: Town,
) -> None:
    await check_one_winner(here, await rivals(here, 500))


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_of_ten_thousand_rivals_for_one_hour_one_wins(here: Town) -> None:
    await check_one_winner(here, await rivals(here, 10_000))


async def contest(here: Town, slots: int, each: int) -> list[Order | BaseException]:
    """`slots` different hours, each wanted by `each` people, all in one moment and in mixed order."""
    service = await here.service()
    providers = [await here.provider(service) for _ in range(slots // 10)]
    customers = await here.customers(slots * each)
    wanted = [
        (providers[slot // 10], START + timedelta(hours=slot % 10 - 2))
        for slot in range(slots)
        for _ in range(each)
    ]
    here.rng.shuffle(wanted)
    pays = (Pay.FULL, Pay.DEPOSIT, Pay.ON_SITE)
    drafts = [
        here.draft(who, provider, start, pay=here.rng.choice(pays))
        for who, (provider, start) in zip(customers, wanted, strict=True)
    ]
    await here.insert(drafts)
    return await asyncio.gather(*(here.place(who.id) for who in customers), return_exceptions=True)


async def check_no_slot_doubled(here: Town, ends: list[Order | BaseException], slots: int) -> None:
    orders = [end for end in ends if isinstance(end, Order)]
    assert len({(order.provider_id, order.starts_at) for order in orders}) == len(orders) == slots
    assert {type(end) for end in ends} == {Order, SlotTaken}
    assert {order.state for order in orders} <= {State.UNPAID, State.OFFERED}
    assert await broken(here.database, now=here.now) == {}


async def test_of_forty_hours_wanted_by_ten_people_each_none_is_given_twice(here: Town) -> None:
    await check_no_slot_doubled(here, await contest(here, 40, 10), 40)


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_of_two_hundred_hours_wanted_by_twenty_people_each_none_is_given_twice(
    here: Town,
) -> None:
    await check_no_slot_doubled(here, await contest(here, 200, 20), 200)


async def test_a_triple_tap_on_confirm_makes_one_order(here: Town) -> None:
    await check_triple_tap(here)


async def check_triple_tap(here: Town) -> None:
    await here.service()
    provider = await here.provider()
    [customer] = await here.customers(1)
    await here.wants(customer, provider, START)
    orders = await asyncio.gather(*(here.place(customer.id) for _ in range(3)))
    assert len({order.id for order in orders}) == 1
    assert await broken(here.database, now=here.now) == {}
