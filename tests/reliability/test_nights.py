"""What is asked at night waits for the morning: a provider's yes, another time, what to do, a place in line."""

from datetime import datetime, timedelta

import pytest

from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay, State
from core.people.model import Person, Provider
from core.waitlist.model import Waiting, WaitState
from tests.reliability.town import NOON, Town

# 23:00 in Shanghai, and the morning after it.
LATE = NOON + timedelta(hours=13)
MORNING = LATE + timedelta(hours=8)
VISIT = MORNING + timedelta(hours=8)
MINUTE = timedelta(minutes=1)


async def asked_at_night(here: Town, *, others: int = 0) -> tuple[Person, Provider, Order]:
    await here.service(minutes=60)
    provider = await here.provider()
    for _ in range(others):
        await here.provider()
    [customer] = await here.customers(1)
    here.now = LATE
    await here.wants(customer, provider, VISIT, pay=Pay.ON_SITE)
    return customer, provider, await here.place(customer.id)


async def at(here: Town, moment: datetime, order: Order) -> Order:
    """The order after everything due by then was done."""
    here.now = moment
    await here.sweep.run()
    found = await here.built.store.get(Order, id=order.id)
    assert found is not None
    return found


@pytest.mark.feature("C17", "P2")
async def test_an_offer_of_the_night_is_open_until_the_morning_and_passed_on_then(
    here: Town,
) -> None:
    _, provider, order = await asked_at_night(here, others=1)
    for slept in (MINUTE * 11, timedelta(hours=4), timedelta(hours=8, minutes=9)):
        order = await at(here, LATE + slept, order)
        assert (order.state, order.provider_id) == (State.OFFERED, provider.id)
    order = await at(here, MORNING + MINUTE * 10, order)
    order = await at(here, MORNING + MINUTE * 11, order)
    assert (order.state, order.refused_by) == (State.OFFERED, [provider.id])


@pytest.mark.feature("C17")
async def test_with_nobody_left_the_customer_has_until_the_morning_to_choose(here: Town) -> None:
    _, provider, order = await asked_at_night(here)
    await here.core.jobs.decline(
        order_id=order.id, person_id=provider.person_id, now=LATE + MINUTE, reason=""
    )
    order = await at(here, LATE + MINUTE * 2, order)
    assert (order.state, order.asked_until) == (State.CHOOSING, MORNING + timedelta(hours=1))


@pytest.mark.feature("C15")
async def test_another_time_that_is_asked_for_at_night_is_answered_in_the_morning(
    here: Town,
) -> None:
    _, provider, order = await asked_at_night(here)
    who = {"order_id": order.id, "person_id": provider.person_id}
    await here.core.jobs.accept(**who, now=LATE + MINUTE)
    await here.core.moving.ask(**who, start=VISIT + timedelta(hours=2), now=LATE + MINUTE * 2)
    order = await at(here, MORNING, order)
    assert order.proposal is not None
    assert order.proposal.until == MORNING + MINUTE * 30
    order = await at(here, MORNING + MINUTE * 30, order)
    assert (order.proposal, order.starts_at) == (None, VISIT)


@pytest.mark.feature("C8")
async def test_time_that_frees_at_night_is_held_until_the_morning(here: Town) -> None:
    customer, provider, order = await asked_at_night(here)
    [other] = await here.customers(1)
    await here.wants(other, provider, VISIT, pay=Pay.ON_SITE)
    day = here.availability.today(now=VISIT)
    waiting = await here.core.waitlist.join(customer_id=other.id, day=day, anybody=False, now=LATE)
    by = By(Actor.CUSTOMER, customer.id)
    await here.core.orders.cancel(order_id=order.id, by=by, now=LATE + MINUTE)
    await at(here, LATE + MINUTE * 2, order)
    told = await here.built.store.get(Waiting, id=waiting.id)
    assert told is not None
    assert (told.state, told.until) == (WaitState.TOLD, MORNING + MINUTE * 10)
