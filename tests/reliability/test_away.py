"""A provider who can't come: every visit in the time off is passed on or asked to be moved, once, whatever happens."""

import asyncio
from datetime import date, timedelta

import pytest

from core.errors import Unknown
from core.orders.lifecycle import Actor
from core.orders.model import Pay, State
from core.people.absence import Care
from core.people.amending import Amendment, Stretch
from core.people.model import Provider
from tests.db.invariants import broken
from tests.reliability.test_moving import START, Visit, opened, visit
from tests.reliability.town import Town

pytestmark = pytest.mark.feature("P8")
HOUR = timedelta(hours=1)


def day_of(here: Town) -> date:
    return here.availability.today(now=START)


async def leaves(here: Town, provider: Provider, care: Care, *, opens: int = 0) -> int:
    """The day of the visits, or its end, is taken off; how many visits it touched."""
    day = day_of(here)
    touched = await here.core.absence.leave(
        person_id=provider.person_id, amendment=Amendment(off=(Stretch(day, day, opens),)),
        care=care, now=here.now,
    )  # fmt: skip
    return len(touched)


async def steps(here: Town, visit: Visit, verb: str) -> int:
    return sum(step.verb == verb for step in await here.core.orders.timeline(order_id=visit.id))


async def test_all_visits_of_the_day_are_passed_on_once_however_often_it_is_said(
    here: Town,
) -> None:
    away = await opened(here)
    visits = [await (await visit(here, away, START + HOUR * 2 * n)).accepted() for n in range(3)]
    asked = await visit(here, away, START + HOUR * 7)
    other = await opened(here)
    assert await leaves(here, away, Care.PASS) == 4
    assert await leaves(here, away, Care.PASS) == 0
    await asyncio.gather(*(here.sweep.run() for _ in range(3)))
    await here.sweep.run()
    for each in visits:
        order = await each.now()
        assert (order.state, order.provider_id) == (State.OFFERED, other.id)
        assert await steps(here, each, "drop") == 1
        assert (await each.letters("customer"))["declined_searching"] == 1
    assert (await asked.now()).provider_id == other.id
    assert await steps(here, asked, "decline") == 1
    assert await broken(here.database, now=here.now) == {}


async def test_a_visit_beside_the_hours_off_stays(here: Town) -> None:
    away = await opened(here)
    early = await (await visit(here, away)).accepted()
    late = await (await visit(here, away, START + HOUR * 6)).accepted()
    assert await leaves(here, away, Care.PASS, opens=14 * 60) == 1
    await here.sweep.run()
    assert (await early.now()).state is State.ACCEPTED
    assert (await late.now()).state is not State.ACCEPTED


async def test_the_customer_is_asked_for_another_time_and_a_yes_moves_the_visit(
    here: Town,
) -> None:
    away = await opened(here)
    mine = await (await visit(here, away)).accepted()
    assert await leaves(here, away, Care.MOVE) == 1
    await here.sweep.run()
    order = await mine.now()
    assert order.away
    assert order.proposal is not None
    assert order.proposal.by == Actor.PROVIDER
    assert (await mine.letters("customer"))["move_asked"] == 1
    start = order.proposal.start
    assert here.availability.today(now=start) != day_of(here)
    await here.core.moving.agree(order_id=mine.id, by=mine.asks, start=start, now=here.now)
    await here.sweep.run()
    order = await mine.now()
    assert (order.state, order.starts_at, order.away) == (State.ACCEPTED, start, False)
    assert order.provider_id == away.id
    assert await broken(here.database, now=here.now) == {}


async def test_several_customers_are_asked_for_different_times_near_their_hour(here: Town) -> None:
    away = await opened(here)
    visits = [await (await visit(here, away, START + HOUR * 2 * n)).accepted() for n in range(3)]
    await leaves(here, away, Care.MOVE)
    await asyncio.gather(*(here.sweep.run() for _ in range(3)))
    proposals = [(await each.now()).proposal for each in visits]
    wanted = [START + timedelta(days=1) + HOUR * 2 * n for n in range(3)]
    assert [proposal and proposal.start for proposal in proposals] == wanted


@pytest.mark.parametrize("silent", [False, True])
async def test_without_a_yes_somebody_else_comes_at_the_same_time(here: Town, silent: bool) -> None:
    away, other = await opened(here), await opened(here)
    mine = await (await visit(here, away)).accepted()
    await leaves(here, away, Care.MOVE)
    await here.sweep.run()
    proposal = (await mine.now()).proposal
    assert proposal is not None
    if silent:
        here.now = proposal.until
    else:
        await here.core.moving.refuse(
            order_id=mine.id, by=mine.asks, start=proposal.start, now=here.now
        )
    for _ in range(4):  # another timer of the same moment may be first: then it is tried again
        await here.sweep.run()
        here.now += timedelta(minutes=1)
    order = await mine.now()
    assert (order.state, order.provider_id, order.starts_at) == (State.OFFERED, other.id, START)
    assert await steps(here, mine, "drop") == 1
    assert await broken(here.database, now=here.now) == {}


async def test_who_takes_the_question_back_still_comes(here: Town) -> None:
    away = await opened(here)
    mine = await (await visit(here, away)).accepted()
    await leaves(here, away, Care.MOVE)
    await here.sweep.run()
    await here.core.moving.withdraw(order_id=mine.id, by=mine.answers, now=here.now)
    await here.sweep.run()
    order = await mine.now()
    assert (order.state, order.provider_id, order.away) == (State.ACCEPTED, away.id, False)


async def test_who_can_work_after_all_before_anything_was_done_keeps_the_visit(here: Town) -> None:
    away = await opened(here)
    mine = await (await visit(here, away)).accepted()
    await leaves(here, away, Care.PASS)
    day = day_of(here)
    await here.core.schedule.amend(
        person_id=away.person_id, amendment=Amendment(back=(Stretch(day, day),)), now=here.now
    )
    await here.sweep.run()
    assert (await mine.now()).state is State.ACCEPTED


async def test_kept_visits_stay_and_one_of_them_can_be_passed_on_later(here: Town) -> None:
    away, other = await opened(here), await opened(here)
    one, two = [await (await visit(here, away, START + HOUR * 3 * n)).accepted() for n in range(2)]
    assert await leaves(here, away, Care.KEEP) == 2
    await here.sweep.run()
    assert [(await each.now()).state for each in (one, two)] == [State.ACCEPTED] * 2
    missed = await here.core.touched.missed(person_id=away.person_id, now=here.now)
    assert [order.id for order in missed] == [one.id, two.id]
    await here.core.absence.settle(
        person_id=away.person_id, order_id=two.id, care=Care.PASS, now=here.now
    )
    await here.sweep.run()
    await here.sweep.run()
    assert (await one.now()).provider_id == away.id
    assert (await two.now()).provider_id == other.id


async def test_a_visit_that_is_being_paid_is_passed_on_once_it_is_paid(here: Town) -> None:
    away, other = await opened(here), await opened(here)
    [customer] = await here.customers(1)
    await here.wants(customer, away, START, pay=Pay.FULL)
    mine = Visit(here, away, customer, await here.place(customer.id))
    assert (await mine.now()).state is State.UNPAID
    assert await leaves(here, away, Care.PASS) == 1
    await here.sweep.run()
    assert (await mine.now()).state is State.UNPAID
    await here.pay(await mine.now())
    here.now += timedelta(minutes=1)
    await here.sweep.run()
    await here.sweep.run()
    assert (await mine.now()).provider_id == other.id
    assert await broken(here.database, now=here.now) == {}


async def test_a_stranger_settles_nothing(here: Town) -> None:
    away, other = await opened(here), await opened(here)
    mine = await (await visit(here, away)).accepted()
    with pytest.raises(Unknown):
        await here.core.absence.settle(
            person_id=other.person_id, order_id=mine.id, care=Care.PASS, now=here.now
        )
