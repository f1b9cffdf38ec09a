"""Twenty are asked at once: exactly one gets the visit, and whoever the question never reached was not silent."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from core.errors import DomainError
from core.orders.model import Answer, Ask, Order, Pay, State, Step
from core.orders.offers import Gone
from core.people.model import Provider
from tests.db.invariants import broken
from tests.reliability.town import NOON, Town

RIVALS = 20
SOON = NOON + timedelta(minutes=45)


async def offered(here: Town, start: object = SOON) -> tuple[Order, list[Provider]]:
    """An order that is offered to the first of many who could do it."""
    here.core.rules.update({"notice_minutes": "0", "together_count": str(RIVALS)})
    await here.service()
    providers = [await here.provider() for _ in range(RIVALS + 1)]
    [customer] = await here.customers(1)
    await here.wants(customer, providers[0], start, pay=Pay.ON_SITE)  # type: ignore[arg-type]
    return await here.place(customer.id), providers


async def asked_at_once(here: Town) -> tuple[Order, list[Provider]]:
    order, providers = await offered(here)
    first = providers[0].person_id
    await here.core.jobs.decline(order_id=order.id, person_id=first, now=here.now)
    await here.sweep.run()
    return order, providers[1:]


async def now_of(here: Town, order: Order) -> Order:
    return (await here.core.orders.view(order_id=order.id)).order


@pytest.mark.feature("P2", "C17")
async def test_of_twenty_who_accept_in_one_moment_one_wins_and_all_other_cards_go_dead(
    here: Town,
) -> None:
    order, asked = await asked_at_once(here)
    jobs = here.core.jobs
    with here.writing_together(RIVALS):
        ends = await asyncio.gather(
            *(jobs.accept(order_id=order.id, person_id=one.person_id, now=here.now) for one in asked),
            return_exceptions=True,
        )  # fmt: skip
    won = [one for one, end in zip(asked, ends, strict=True) if not isinstance(end, BaseException)]
    assert len(won) == 1, ends
    assert all(isinstance(end, DomainError) for end in ends if isinstance(end, BaseException)), ends
    order = await now_of(here, order)
    assert (order.state, order.provider_id) == (State.ACCEPTED, won[0].id)
    gone = {
        one.id: (await here.core.offers.offer(order_id=order.id, person_id=one.person_id)).gone
        for one in asked
    }
    assert Counter(gone.values()) == {Gone.MINE: 1, Gone.TAKEN: RIVALS - 1}
    told = await here.database.fetch("SELECT person_id FROM outbox WHERE kind = 'offer_card'")
    losers = {one.person_id for one in asked} - {won[0].person_id}
    assert losers <= {person for (person,) in told}, "everybody's card goes dead by a letter"
    assert await broken(here.database, now=here.now) == {}


@pytest.mark.feature("P2")
async def test_an_offer_that_never_arrived_goes_on_at_once_and_is_nobodys_silence(
    here: Town,
) -> None:
    order, providers = await offered(here, NOON + timedelta(hours=5))
    unreached, stranger = providers[0].person_id, providers[1].person_id
    await here.core.jobs.unseen(order_id=order.id, person_id=stranger, now=here.now)
    assert (await now_of(here, order)).state is State.OFFERED, "it was not asked of that one"
    await here.core.jobs.unseen(order_id=order.id, person_id=unreached, now=here.now)
    await here.sweep.run()
    order = await now_of(here, order)
    assert order.state is State.OFFERED
    assert order.provider_id != providers[0].id
    verbs = [step.verb for step in await here.built.store.find(Step, order_id=order.id)]
    assert "unseen" in verbs
    assert "time_out" not in verbs
    lost = await here.core.offers.offer(order_id=order.id, person_id=unreached)
    assert lost.gone is Gone.UNSEEN
    assert await broken(here.database, now=here.now) == {}


@pytest.mark.feature("P2")
async def test_when_none_of_those_asked_at_once_can_be_reached_nobody_waits_for_them(
    here: Town,
) -> None:
    order, asked = await asked_at_once(here)
    jobs = here.core.jobs
    await asyncio.gather(
        *(jobs.unseen(order_id=order.id, person_id=one.person_id, now=here.now) for one in asked)
    )
    answers = Counter(ask.answer for ask in await here.built.store.find(Ask, order_id=order.id))
    assert answers == {Answer.UNSEEN: RIVALS}
    await here.sweep.run()
    assert (await now_of(here, order)).state in (State.CHOOSING, State.CANCELLED)
    assert await broken(here.database, now=here.now) == {}
