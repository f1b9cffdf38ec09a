"""Visits that move: one time is exchanged for another, with rivals, with questions, and with a cut in the middle."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.availability.cells import cells_of
from core.changes import Release
from core.errors import Invalid, NotAllowedNow, SlotTaken, TooLate, Unknown
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay, State
from core.orders.terms import cancel_terms
from core.people.model import Person, Provider
from db import store as db_store
from db.ops import Op
from tests.db.invariants import broken
from tests.reliability.town import NOON, Town

pytestmark = pytest.mark.feature("C15")

# 10:00 on the next day.
START = NOON + timedelta(days=1)
HOUR, HALF = timedelta(hours=1), timedelta(minutes=30)


class Visit:
    """One order with its two sides."""

    def __init__(self, here: Town, provider: Provider, customer: Person, order: Order) -> None:
        self.here, self.provider, self.customer, self.id = here, provider, customer, order.id
        self.asks = By(Actor.CUSTOMER, customer.id)
        self.answers = By(Actor.PROVIDER, provider.id)

    async def now(self) -> Order:
        found = await self.here.built.store.get(Order, id=self.id)
        assert found is not None
        return found

    async def accepted(self) -> "Visit":
        await self.here.core.jobs.accept(
            order_id=self.id, person_id=self.provider.person_id, now=self.here.now
        )
        return self

    async def moves(self, start: datetime) -> Order:
        await self.here.core.moving.move(
            order_id=self.id, customer_id=self.customer.id, start=start, now=self.here.now
        )
        return await self.now()

    async def provider_asks(self, start: datetime) -> Order:
        await self.here.core.moving.ask(
            order_id=self.id, person_id=self.provider.person_id, start=start, now=self.here.now
        )
        return await self.now()

    async def cells(self) -> set[int]:
        sql = "SELECT cell FROM slot_claim WHERE order_id = ?"
        return {int(cell) for [cell] in await self.here.database.fetch(sql, [self.id])}

    async def letters(self, bot: str) -> Counter[str]:
        sql = "SELECT kind FROM outbox WHERE bot = ? AND subject = ?"
        return Counter(kind for [kind] in await self.here.database.fetch(sql, [bot, self.id]))


async def visit(here: Town, provider: Provider, start: datetime = START) -> Visit:
    [customer] = await here.customers(1)
    await here.wants(customer, provider, start, pay=Pay.ON_SITE)
    return Visit(here, provider, customer, await here.place(customer.id))


async def opened(here: Town, **provider: Any) -> Provider:
    if not here.services:
        await here.service(minutes=60)
    return await here.provider(**provider)


async def whole(here: Town) -> None:
    assert await broken(here.database, now=here.now) == {}


def taken(start: datetime, minutes: int = 60) -> set[int]:
    return set(cells_of(start, minutes))


async def test_early_enough_it_counts_at_once_and_the_old_time_is_free_again(here: Town) -> None:
    provider = await opened(here)
    one = await (await visit(here, provider)).accepted()
    order = await one.moves(START + 3 * HOUR)
    assert (order.starts_at, order.state) == (START + 3 * HOUR, State.ACCEPTED)
    assert await one.cells() == taken(START + 3 * HOUR)
    await visit(here, provider, START)
    assert (await one.letters("provider"))["moved"] == 1
    assert cancel_terms(order=order, now=here.now).fee == 0
    await whole(here)


async def test_the_new_time_may_overlap_the_old_one(here: Town) -> None:
    """10:00–11:00 becomes 10:30–11:30: what both share is not given back in between."""
    provider = await opened(here, buffer_min=15)
    one = await (await visit(here, provider)).accepted()
    await one.moves(START + HALF)
    assert await one.cells() == taken(START + HALF, 75)
    await one.moves(START + timedelta(minutes=15))
    assert await one.cells() == taken(START + timedelta(minutes=15), 75)
    await whole(here)


async def test_a_time_that_is_not_free_is_refused_with_three_others_and_the_old_one_kept(
    here: Town,
) -> None:
    provider = await opened(here)
    one = await (await visit(here, provider)).accepted()
    await visit(here, provider, START + 2 * HOUR)
    with pytest.raises(SlotTaken) as refused:
        await one.moves(START + 2 * HOUR + HALF)
    near = refused.value.alternatives
    assert len(near) == 3
    assert START not in near
    assert await one.cells() == taken(START)
    for start in near[:1]:
        await one.moves(start)
    with pytest.raises(Invalid):
        await one.moves(near[0])
    await whole(here)


async def test_while_it_is_not_accepted_yet_the_provider_is_asked_anew_about_the_new_time(
    here: Town,
) -> None:
    provider = await opened(here)
    one = await visit(here, provider)
    here.now += timedelta(minutes=9)
    order = await one.moves(START + 5 * HOUR)
    assert order.state is State.OFFERED
    assert order.asked_until == here.now + timedelta(minutes=10)
    here.now += timedelta(minutes=2)
    await here.sweep.run()
    assert (await one.now()).state is State.OFFERED
    await one.accepted()
    await whole(here)


async def test_a_day_that_is_full_with_this_very_visit_has_room_for_its_move(here: Town) -> None:
    provider = await opened(here, daily_max=1)
    one = await (await visit(here, provider)).accepted()
    await one.moves(START + 4 * HOUR)
    other = await (await visit(here, provider, START + timedelta(days=1))).accepted()
    with pytest.raises(SlotTaken):
        await other.moves(START)
    await whole(here)


async def test_a_mover_and_a_booker_want_the_same_time_and_one_gets_it(here: Town) -> None:
    provider = await opened(here)
    ends: Counter[str] = Counter()
    for day in range(8):
        start = START + timedelta(days=day)
        one = await (await visit(here, provider, start)).accepted()
        [rival] = await here.customers(1)
        await here.wants(rival, provider, start + 3 * HOUR, pay=Pay.ON_SITE)
        with here.writing_together(2):
            both = await asyncio.gather(
                one.moves(start + 3 * HOUR), here.place(rival.id), return_exceptions=True
            )
        ends.update(type(end).__name__ for end in both)
        own = START + timedelta(days=day, hours=3 if isinstance(both[0], Order) else 0)
        assert await one.cells() == taken(own)
    assert ends == {"Order": 8, "SlotTaken": 8}
    await whole(here)


async def test_two_visits_cannot_take_the_same_time_by_moving(here: Town) -> None:
    provider = await opened(here)
    pair = [await (await visit(here, provider, START + n * HOUR)).accepted() for n in (0, 1)]
    with here.writing_together(2):
        ends = await asyncio.gather(
            *(one.moves(START + 4 * HOUR) for one in pair), return_exceptions=True
        )
    assert sorted(type(end).__name__ for end in ends) == ["Order", "SlotTaken"]
    await whole(here)


async def test_a_cut_between_the_new_claim_and_the_old_ones_end_leaves_exactly_the_old_one(
    here: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = await opened(here)
    one = await (await visit(here, provider)).accepted()
    release: Callable[..., list[Op]] = db_store.MAKERS[Release]

    def torn(change: Release, now: datetime, dialect: str) -> Sequence[Op]:
        return [*release(change, now, dialect), Op("INSERT INTO nowhere VALUES (1)")]

    monkeypatch.setitem(db_store.MAKERS, Release, torn)
    with pytest.raises(Exception, match="nowhere"):
        await one.moves(START + 3 * HOUR)
    monkeypatch.undo()
    assert (await one.now()).starts_at == START
    assert await one.cells() == taken(START)
    await whole(here)


async def test_search_sees_the_new_time_taken_and_the_old_one_free(here: Town) -> None:
    """The masks that search reads are the same as if they were made anew."""
    provider = await opened(here, buffer_min=15)
    sql = "SELECT day, mask FROM day_mask WHERE provider_id = ? ORDER BY day"
    one = await (await visit(here, provider)).accepted()
    for start in (START + HALF, START + 3 * HOUR, START + timedelta(days=1, hours=2)):
        await one.moves(start)
        kept = await here.database.fetch(sql, [provider.id])
        await here.core.index.provider(provider_id=provider.id, now=here.now)
        assert await here.database.fetch(sql, [provider.id]) == kept


# --- inside the window both sides agree


async def near(here: Town, **provider: Any) -> Visit:
    """Three hours before an accepted visit."""
    one = await (await visit(here, await opened(here, **provider))).accepted()
    here.now = START - 3 * HOUR
    return one


async def test_near_the_visit_the_provider_is_asked_and_both_times_are_held(here: Town) -> None:
    one = await near(here, daily_max=2)
    order = await one.moves(START + 30 * HOUR)
    assert (order.starts_at, order.proposed_start) == (START, START + 30 * HOUR)
    assert await one.cells() == taken(START) | taken(START + 30 * HOUR)
    [rival] = await here.customers(1)
    await here.wants(rival, one.provider, START + 30 * HOUR, pay=Pay.ON_SITE)
    with pytest.raises(SlotTaken):
        await here.place(rival.id)
    await visit(here, one.provider, START + 28 * HOUR)
    with pytest.raises(SlotTaken):  # with the question that day is full
        await visit(here, one.provider, START + 26 * HOUR)
    await whole(here)
    await here.core.moving.agree(
        order_id=one.id, by=one.answers, start=START + 30 * HOUR, now=here.now
    )
    order = await one.now()
    assert (order.starts_at, order.proposal) == (START + 30 * HOUR, None)
    assert await one.cells() == taken(START + 30 * HOUR)
    await whole(here)


async def test_a_question_may_overlap_the_time_it_asks_to_leave(here: Town) -> None:
    one = await near(here)
    await one.moves(START + HALF)
    await whole(here)
    await here.core.moving.withdraw(order_id=one.id, by=one.asks, now=here.now)
    assert await one.cells() == taken(START)
    await one.moves(START + HALF)
    await here.core.moving.agree(order_id=one.id, by=one.answers, start=START + HALF, now=here.now)
    assert await one.cells() == taken(START + HALF)
    await whole(here)


async def test_silence_keeps_the_old_time_and_the_customer_is_told(here: Town) -> None:
    one = await near(here)
    order = await one.moves(START + 5 * HOUR)
    assert order.proposed_until == here.now + timedelta(minutes=30)
    here.now += timedelta(minutes=30)
    await here.sweep.run()
    order = await one.now()
    assert (order.starts_at, order.proposal) == (START, None)
    assert await one.cells() == taken(START)
    assert (await one.letters("customer"))["move_off"] == 1
    with pytest.raises(NotAllowedNow):
        await here.core.moving.agree(
            order_id=one.id, by=one.answers, start=START + 5 * HOUR, now=here.now
        )
    await visit(here, one.provider, START + 5 * HOUR)
    await whole(here)


async def test_only_the_other_side_answers_and_only_what_was_asked(here: Town) -> None:
    one = await near(here)
    await one.moves(START + 5 * HOUR)
    moving, asked = here.core.moving, {"order_id": one.id, "now": here.now}
    for by, start in ((one.asks, START + 5 * HOUR), (one.answers, START + 6 * HOUR)):
        with pytest.raises(NotAllowedNow):
            await moving.agree(by=by, start=start, **asked)
    stranger = await opened(here)
    for by in (By(Actor.PROVIDER, stranger.id), By(Actor.CUSTOMER, stranger.person_id)):
        with pytest.raises(Unknown):
            await moving.agree(by=by, start=START + 5 * HOUR, **asked)
    with pytest.raises(NotAllowedNow):
        await one.provider_asks(START + 7 * HOUR)
    await moving.refuse(by=one.answers, start=START + 5 * HOUR, **asked)
    assert (await one.now()).proposal is None
    assert (await one.letters("customer"))["move_off"] == 1
    await whole(here)


async def test_a_yes_cannot_fail_even_when_the_provider_takes_fewer_visits_by_now(
    here: Town,
) -> None:
    one = await near(here, daily_max=2)
    await visit(here, one.provider, START + 28 * HOUR)
    await one.moves(START + 30 * HOUR)
    await here.database.apply([Op("UPDATE provider SET daily_max = 1", [])])
    await here.core.moving.agree(
        order_id=one.id, by=one.answers, start=START + 30 * HOUR, now=here.now
    )
    assert (await one.now()).starts_at == START + 30 * HOUR


async def test_setting_out_closes_the_question(here: Town) -> None:
    one = await near(here)
    await one.moves(START + 5 * HOUR)
    await here.core.jobs.depart(order_id=one.id, person_id=one.provider.person_id, now=here.now)
    order = await one.now()
    assert (order.state, order.proposal) == (State.ON_THE_WAY, None)
    assert await one.cells() == taken(START)
    await whole(here)


async def test_while_the_provider_asks_cancelling_is_free_and_not_after(here: Town) -> None:
    one = await near(here)
    order = await one.provider_asks(START + 5 * HOUR)
    assert cancel_terms(order=order, now=here.now).bp == 0
    here.now += timedelta(minutes=31)
    await here.sweep.run()
    assert cancel_terms(order=await one.now(), now=here.now).bp == 2_000
    assert (await one.letters("provider"))["move_off"] == 1
    order = await one.provider_asks(START + 6 * HOUR)
    await here.core.moving.agree(order_id=one.id, by=one.asks, start=START + 6 * HOUR, now=here.now)
    order = await one.now()
    assert order.starts_at == START + 6 * HOUR
    assert cancel_terms(order=order, now=here.now).bp == 0
    await whole(here)


async def test_cancelling_and_giving_back_close_the_question_and_free_both_times(
    here: Town,
) -> None:
    one = await near(here)
    await one.moves(START + 5 * HOUR)
    await here.core.orders.cancel(order_id=one.id, by=one.asks, now=here.now)
    assert await one.cells() == set()
    two = await (await visit(here, one.provider, START + HOUR)).accepted()
    await two.moves(START + 5 * HOUR)
    await here.core.jobs.drop(order_id=two.id, person_id=two.provider.person_id, now=here.now)
    assert await two.cells() == set()
    await whole(here)


async def test_too_near_for_an_answer_nobody_is_asked(here: Town) -> None:
    one = await near(here)
    here.now = START - timedelta(minutes=19)
    with pytest.raises(TooLate):
        await one.moves(START + 5 * HOUR)
    here.now = START
    with pytest.raises(TooLate):
        await one.moves(START + 5 * HOUR)


async def test_staff_move_without_asking_and_only_at_the_customers_wish_a_fee_stays(
    here: Town,
) -> None:
    one = await near(here)
    move = here.core.moving.override
    await move(order_id=one.id, staff_id=1, start=START + 30 * HOUR, reason="ill", now=here.now)
    order = await one.now()
    assert order.starts_at == START + 30 * HOUR
    assert cancel_terms(order=order, now=here.now).bp == 0
    here.now = START + 28 * HOUR
    await move(
        order_id=one.id, staff_id=1, start=START + 54 * HOUR, reason="", now=here.now, wished=True
    )
    assert cancel_terms(order=await one.now(), now=here.now).bp == 2_000
    await whole(here)
