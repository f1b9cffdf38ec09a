"""A full day and a line of people: time that frees is held for one at a time, in order, and for nobody else."""

import asyncio
from datetime import datetime, timedelta

import pytest

from core.errors import DomainError, NotAllowedNow, SlotTaken
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay, State
from core.people.amending import Amendment
from core.people.model import Person, Provider
from core.waitlist.model import Waiting, WaitState
from tests.db.invariants import broken
from tests.reliability.town import NOON, Town

# The one hour of the one provider, 10:00 to 11:00 of the next day.
START = NOON + timedelta(days=1)
TEN = timedelta(minutes=10)


async def full(here: Town, *, waiting: int) -> tuple[Provider, Order, list[Waiting]]:
    """A day with room for one visit, taken; so many people in line for it."""
    await here.service(minutes=60)
    provider = await here.provider(opens=600, closes=660)
    owner, *others = await here.customers(waiting + 1)
    await here.wants(owner, provider, START, pay=Pay.ON_SITE)
    order = await here.place(owner.id)
    line = []
    for person in others:
        await here.wants(person, provider, START, pay=Pay.ON_SITE)
        line.append(await joins(here, person))
        here.now += timedelta(seconds=1)
    return provider, order, line


async def joins(here: Town, person: Person, *, anybody: bool = False) -> Waiting:
    day = here.availability.today(now=START)
    return await here.core.waitlist.join(
        customer_id=person.id, day=day, anybody=anybody, now=here.now
    )


async def cancelled(here: Town, order: Order) -> None:
    by = By(Actor.CUSTOMER, order.customer_id)
    await here.core.orders.cancel(order_id=order.id, by=by, now=here.now)
    await here.sweep.run()


async def states(here: Town) -> list[WaitState]:
    found = await here.built.store.find(Waiting, order="joined_at")
    return [WaitState(one.state) for one in found]


async def letters(here: Town, kind: str) -> list[int]:
    rows = await here.database.fetch(
        "SELECT person_id FROM outbox WHERE kind = ? ORDER BY id", [kind]
    )
    return [row[0] for row in rows]


async def books(here: Town, waiting: Waiting) -> Order:
    await here.core.waitlist.prepare(
        waiting_id=waiting.id, person_id=waiting.person_id, now=here.now
    )
    return await here.place(waiting.person_id)


@pytest.mark.feature("C8")
async def test_of_twenty_in_line_and_twenty_passing_by_one_has_the_hour(here: Town) -> None:
    provider, order, line = await full(here, waiting=20)
    passers = await here.customers(20)
    await here.insert([here.draft(who, provider, START, pay=Pay.ON_SITE) for who in passers])
    await cancelled(here, order)
    assert await letters(here, "slot_free") == [line[0].person_id]
    assert (await states(here)).count(WaitState.TOLD) == 1
    tries = [here.place(who.id) for who in passers] + [books(here, one) for one in line[1:]]
    ends = await asyncio.gather(*tries, return_exceptions=True)
    assert {type(end) for end in ends} == {SlotTaken, NotAllowedNow}
    taken = await asyncio.gather(*(books(here, line[0]) for _ in range(3)), return_exceptions=True)
    won = {end.id for end in taken if isinstance(end, Order)}
    assert len(won) == 1
    assert all(isinstance(end, Order | DomainError) for end in taken)
    assert (await states(here))[0] is WaitState.BOOKED
    assert await broken(here.database, now=here.now) == {}


@pytest.mark.feature("C8")
async def test_silence_and_no_pass_the_hour_on_and_nobody_is_told_twice(here: Town) -> None:
    _, order, line = await full(here, waiting=4)
    await cancelled(here, order)
    here.now += TEN
    await here.sweep.run()
    assert await states(here) == [
        WaitState.PASSED, WaitState.TOLD, WaitState.WAITING, WaitState.WAITING,
    ]  # fmt: skip
    with pytest.raises(NotAllowedNow):
        await books(here, line[0])
    await here.core.waitlist.leave(waiting_id=line[1].id, person_id=line[1].person_id, now=here.now)
    await here.sweep.run()
    booked = await books(here, line[2])
    await here.sweep.run()
    assert (booked.starts_at, booked.state) == (START, State.OFFERED)
    await cancelled(here, booked)
    assert await letters(here, "slot_free") == [one.person_id for one in line]
    here.now += TEN
    await here.sweep.run()
    # The hour is everybody's again, and who was told once is not told again.
    assert await letters(here, "slot_free") == [one.person_id for one in line]
    assert await broken(here.database, now=here.now) == {}


@pytest.mark.feature("C8")
async def test_any_way_in_which_time_frees_reaches_the_line(here: Town) -> None:
    provider, order, [waiting] = await full(here, waiting=1)
    # Longer hours are time that frees.
    longer = Amendment({day: [(600, 720)] for day in range(7)})
    await here.core.schedule.amend(person_id=provider.person_id, amendment=longer, now=here.now)
    await here.sweep.run()
    told = await here.built.store.get(Waiting, id=waiting.id)
    assert told is not None
    assert (told.state, told.starts_at) == (WaitState.TOLD, START + timedelta(hours=1))
    assert order.provider_id == told.offered_by


@pytest.mark.feature("C8")
async def test_a_slot_held_for_paying_goes_to_the_line_when_it_runs_out(here: Town) -> None:
    await here.service(minutes=60)
    provider = await here.provider(opens=600, closes=660)
    owner, other = await here.customers(2)
    await here.wants(owner, provider, START)
    await here.place(owner.id)
    await here.wants(other, provider, START, pay=Pay.ON_SITE)
    waiting = await joins(here, other)
    here.now += timedelta(minutes=15)
    await here.sweep.run()
    told = await here.built.store.get(Waiting, id=waiting.id)
    assert told is not None
    assert told.state is WaitState.TOLD


@pytest.mark.feature("C8")
async def test_anybody_will_do_and_whoever_books_leaves_the_line(here: Town) -> None:
    provider, order, _ = await full(here, waiting=0)
    [other] = await here.customers(1)
    await here.wants(other, provider, START, pay=Pay.ON_SITE)
    waiting = await joins(here, other, anybody=True)
    second = await here.provider(opens=600, closes=660)
    await here.core.schedule.set_radius(person_id=second.person_id, radius_m=9_000, now=here.now)
    await here.sweep.run()
    told = await here.built.store.get(Waiting, id=waiting.id)
    assert told is not None
    assert told.offered_by == second.id
    booked = await books(here, told)
    assert booked.provider_id == second.id
    assert await states(here) == [WaitState.BOOKED]
    assert order.state is State.OFFERED


@pytest.mark.feature("C8")
async def test_the_line_ends_with_the_day_and_the_same_wish_stands_once(here: Town) -> None:
    _, _, [waiting] = await full(here, waiting=1)
    person = await here.built.store.get(Person, id=waiting.person_id)
    assert person is not None
    assert (await joins(here, person)).id == waiting.id
    here.now = datetime(2026, 5, 5, 16, 0, tzinfo=NOON.tzinfo)  # midnight in Shanghai
    await here.sweep.run()
    assert await states(here) == [WaitState.OVER]
    assert await letters(here, "slot_ended") == [person.id]


@pytest.mark.feature("C8")
async def test_taps_in_one_moment_take_one_place_and_never_more_than_the_rule_allows(
    here: Town,
) -> None:
    await here.service(minutes=60)
    provider = await here.provider(opens=600, closes=660)
    (person,) = await here.customers(1)
    await here.wants(person, provider, START, pay=Pay.ON_SITE)
    with here.writing_together(4):
        same = await asyncio.gather(*(joins(here, person) for _ in range(4)))
    assert len({one.id for one in same}) == 1
    most, today = here.core.rules.number("waits_per_person"), here.availability.today(now=START)
    days = [today + timedelta(days=number) for number in range(1, most + 3)]
    with here.writing_together(len(days)):
        ends = await asyncio.gather(
            *(
                here.core.waitlist.join(customer_id=person.id, day=day, anybody=False, now=here.now)
                for day in days
            ),
            return_exceptions=True,
        )
    refused = [end for end in ends if isinstance(end, DomainError)]
    assert all(isinstance(end, Waiting | DomainError) for end in ends), ends
    alive = await here.core.waitlist.of_person(person_id=person.id)
    assert len(alive) == len(ends) - len(refused) + 1 <= most


async def tries(here: Town, people: list[Person]) -> list[Order | BaseException]:
    """All of them confirm in one moment."""
    return await asyncio.gather(
        *(here.place(person.id) for person in people), return_exceptions=True
    )


@pytest.mark.feature("C8")
async def test_nobody_gets_past_the_line_between_a_cancellation_and_the_look_at_it(
    here: Town,
) -> None:
    _, order, line = await full(here, waiting=2)
    passers = await here.customers(4)
    provider = await here.built.store.get(Provider, id=order.provider_id)
    assert provider is not None
    await here.insert([here.draft(who, provider, START, pay=Pay.ON_SITE) for who in passers])
    by = By(Actor.CUSTOMER, order.customer_id)
    await here.core.orders.cancel(order_id=order.id, by=by, now=here.now)
    # No sweep has run: the hour is free, and the line has not been looked at.
    ends = await tries(here, passers)
    assert {type(end) for end in ends} == {SlotTaken}
    assert await states(here) == [WaitState.TOLD, WaitState.WAITING]
    booked = await books(here, line[0])
    await here.sweep.run()
    assert booked.starts_at == START
    assert await letters(here, "slot_free") == [line[0].person_id]
    assert await broken(here.database, now=here.now) == {}


@pytest.mark.feature("C8")
async def test_cancelling_and_passing_by_in_one_moment_give_the_hour_to_the_line(
    here: Town,
) -> None:
    _, order, line = await full(here, waiting=3)
    passers = await here.customers(6)
    provider = await here.built.store.get(Provider, id=order.provider_id)
    assert provider is not None
    await here.insert([here.draft(who, provider, START, pay=Pay.ON_SITE) for who in passers])
    by = By(Actor.CUSTOMER, order.customer_id)
    cancels = here.core.orders.cancel(order_id=order.id, by=by, now=here.now)
    ends, _, _ = await asyncio.gather(tries(here, passers), cancels, here.sweep.run())
    assert {type(end) for end in ends} == {SlotTaken}
    await here.sweep.run()
    assert (await states(here)).count(WaitState.TOLD) == 1
    assert await letters(here, "slot_free") == [line[0].person_id]
    assert await broken(here.database, now=here.now) == {}


@pytest.mark.feature("C8")
@pytest.mark.parametrize("how", ["a payment", "an answer"])
async def test_a_hold_that_runs_out_by_the_clock_alone_is_the_lines_too(
    here: Town, how: str
) -> None:
    """Nothing runs at that moment: who comes by is the first to see that the hour is free."""
    await here.service(minutes=60)
    provider = await here.provider(opens=600, closes=660)
    owner, first, second, passer = await here.customers(4)
    pay = Pay.FULL if how == "a payment" else Pay.ON_SITE
    await here.wants(owner, provider, START, pay=pay)
    order = await here.place(owner.id)
    for person in (first, second):
        await here.wants(person, provider, START, pay=Pay.ON_SITE)
        await joins(here, person)
        here.now += timedelta(seconds=1)
    await here.wants(passer, provider, START, pay=Pay.ON_SITE)
    if how == "a payment":
        here.now += timedelta(minutes=15)
    else:
        await cancelled(here, order)
        here.now += TEN
    [end] = await tries(here, [passer])
    assert isinstance(end, SlotTaken)
    told = await letters(here, "slot_free")
    assert told == ([first.id] if how == "a payment" else [first.id, second.id])


@pytest.mark.feature("C8")
async def test_a_visit_is_not_moved_past_the_line(here: Town) -> None:
    _, order, line = await full(here, waiting=1)
    [mover] = await here.customers(1)
    provider = await here.built.store.get(Provider, id=order.provider_id)
    assert provider is not None
    later = START + timedelta(days=1)
    await here.wants(mover, provider, later, pay=Pay.ON_SITE)
    visit = await here.place(mover.id)
    by = By(Actor.CUSTOMER, order.customer_id)
    await here.core.orders.cancel(order_id=order.id, by=by, now=here.now)
    with pytest.raises(SlotTaken):
        await here.core.moving.move(
            order_id=visit.id, customer_id=mover.id, start=START, now=here.now
        )
    assert await letters(here, "slot_free") == [line[0].person_id]


@pytest.mark.feature("C8")
async def test_what_was_held_for_somebody_who_books_another_hour_goes_to_the_next(
    here: Town,
) -> None:
    provider, order, [told] = await full(here, waiting=1)
    [second] = await here.customers(1)
    await here.wants(second, provider, START, pay=Pay.ON_SITE)
    # Only ten o'clock will do.
    next_one = await here.core.waitlist.join(
        customer_id=second.id, day=here.availability.today(now=START), anybody=False,
        span=(600, 660), now=here.now,
    )  # fmt: skip
    await cancelled(here, order)
    shorter = Amendment({day: [(600, 900)] for day in range(7)})
    await here.core.schedule.amend(person_id=provider.person_id, amendment=shorter, now=here.now)
    owner = await here.built.store.get(Person, id=told.person_id)
    assert owner is not None
    await here.wants(owner, provider, START + timedelta(hours=2), pay=Pay.ON_SITE)
    await here.place(owner.id)
    await here.sweep.run()
    found = await here.built.store.get(Waiting, id=next_one.id)
    assert found is not None
    assert (found.state, found.starts_at) == (WaitState.TOLD, START)


async def two_of_whom_one_fails(here: Town) -> tuple[Order, Provider, Waiting]:
    """An order that has just lost its provider, the only other one free for it, and somebody in line for that one."""
    failing, order, _ = await full(here, waiting=0)
    other = await here.provider(opens=600, closes=660)
    owner, third = await here.customers(2)
    await here.wants(owner, other, START, pay=Pay.ON_SITE)
    taken = await here.place(owner.id)
    await here.wants(third, other, START, pay=Pay.ON_SITE)
    waiting = await joins(here, third)
    by = By(Actor.CUSTOMER, taken.customer_id)
    await here.core.orders.cancel(order_id=taken.id, by=by, now=here.now)
    await here.core.jobs.decline(order_id=order.id, person_id=failing.person_id, now=here.now)
    return order, other, waiting


@pytest.mark.feature("C17", "C8")
@pytest.mark.parametrize("near", [False, True], ids=["one after the other", "at once"])
async def test_an_order_that_lost_its_provider_goes_before_the_line(here: Town, near: bool) -> None:
    if near:
        here.now = START - timedelta(minutes=90)
    order, other, waiting = await two_of_whom_one_fails(here)
    await here.core.matching.rematch(order_id=order.id, now=here.now)
    await here.sweep.run()
    assert await states(here) == [WaitState.WAITING], "nobody is told of a time that went elsewhere"
    # Once he says no the time is the line's, before anybody who comes by has it.
    await here.core.jobs.decline(order_id=order.id, person_id=other.person_id, now=here.now)
    await here.sweep.run()
    assert await letters(here, "slot_free") == [waiting.person_id]
    assert await broken(here.database, now=here.now) == {}


@pytest.mark.feature("C17", "C8")
async def test_what_is_held_for_the_line_is_taken_by_no_order(here: Town) -> None:
    order, other, waiting = await two_of_whom_one_fails(here)
    await here.core.line.look(provider_id=other.id, now=here.now)
    assert await states(here) == [WaitState.TOLD]
    await here.sweep.run()
    assert await here.core.matching.suitable(order_id=order.id, now=here.now) == []
    assert (await books(here, waiting)).provider_id == other.id
    assert await broken(here.database, now=here.now) == {}


async def test_a_visit_that_staff_pass_on_goes_before_the_line_which_has_the_rest(
    here: Town,
) -> None:
    """It was promised before: but what its new provider gives back is the line's."""
    provider, order, _ = await full(here, waiting=1)
    other = await here.provider(opens=600, closes=660)
    [customer] = await here.customers(1)
    await here.wants(customer, other, START, pay=Pay.ON_SITE)
    visit = await here.place(customer.id)
    by = By(Actor.CUSTOMER, order.customer_id)
    await here.core.orders.cancel(order_id=order.id, by=by, now=here.now)
    passed = await here.core.reassigning.to(
        order_id=visit.id, provider_id=provider.id, staff_id=1, reason="ill", now=here.now
    )
    await here.sweep.run()
    assert passed.order.provider_id == provider.id
    assert await states(here) == [WaitState.WAITING]
    await here.core.jobs.decline(order_id=visit.id, person_id=provider.person_id, now=here.now)
    await here.sweep.run()
    assert await states(here) == [WaitState.TOLD]
