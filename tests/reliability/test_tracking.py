"""A provider's moving location goes to whom he set out to last, and to nobody he turned away from."""

from datetime import timedelta

import pytest

from core.orders.model import Order, Pay
from core.people.model import Provider
from tests.reliability.town import CENTRE, NOON, Town

ELSEWHERE = (CENTRE[0] + 0.03, CENTRE[1])
ON_THE_ROAD = (CENTRE[0] + 0.01, CENTRE[1])


async def agreed(here: Town, provider: Provider, hour: int, at: tuple[float, float]) -> Order:
    (customer,) = await here.customers(1)
    start = NOON + timedelta(days=1, hours=hour)
    await here.wants(customer, provider, start, pay=Pay.ON_SITE, at=at)
    order = await here.place(customer.id)
    await here.core.jobs.accept(order_id=order.id, person_id=provider.person_id, now=here.now)
    return order


async def departs(here: Town, order: Order, provider: Provider) -> None:
    here.now += timedelta(minutes=1)
    await here.core.jobs.depart(order_id=order.id, person_id=provider.person_id, now=here.now)


async def moves(here: Town, provider: Provider) -> Order | None:
    here.now += timedelta(minutes=1)
    lat, lon = ON_THE_ROAD
    return await here.core.tracking.position(
        person_id=provider.person_id, lat=lat, lon=lon, now=here.now
    )


async def followed(here: Town, *orders: Order) -> list[bool]:
    found = [(await here.core.orders.view(order_id=order.id)).order for order in orders]
    return [
        await here.core.tracking.whereabouts(order=order, now=here.now) is not None
        for order in found
    ]


@pytest.mark.feature("C13", "P5")
async def test_it_goes_to_the_visit_he_set_out_to_last_and_no_more_to_the_one_before(
    here: Town,
) -> None:
    await here.service(on_site=True)
    provider = await here.provider()
    early = await agreed(here, provider, 0, CENTRE)
    late = await agreed(here, provider, 4, ELSEWHERE)
    await departs(here, early, provider)
    await moves(here, provider)
    assert await followed(here, early, late) == [True, False]
    await departs(here, late, provider)
    shown = await moves(here, provider)
    assert shown is not None
    assert shown.id == late.id
    assert await followed(here, early, late) == [False, True]
    sql = "SELECT COUNT(*) FROM outbox WHERE kind = 'live_pin' AND subject = ?"
    pins = [(await here.database.fetch(sql, [order.id]))[0][0] for order in (early, late)]
    assert pins == [2, 1], "the former pin is told to stop"
    await moves(here, provider)
    assert (await here.database.fetch(sql, [early.id]))[0][0] == 2, "once"


@pytest.mark.feature("C13", "P5")
async def test_two_visits_at_one_place_are_one_way(here: Town) -> None:
    await here.service(on_site=True)
    provider = await here.provider()
    both = [await agreed(here, provider, hour, CENTRE) for hour in (0, 4)]
    for order in both:
        await departs(here, order, provider)
    await moves(here, provider)
    assert await followed(here, *both) == [True, True]
    await here.core.jobs.arrive(order_id=both[0].id, person_id=provider.person_id, now=here.now)
    await moves(here, provider)
    assert await followed(here, *both) == [False, True]
