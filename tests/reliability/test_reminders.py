"""Reminders: one of each per visit, at decent hours, none that is out of date."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay
from core.orders.reminders import REMINDERS
from tests.db.invariants import broken
from tests.reliability.test_moving import Visit, opened, visit
from tests.reliability.town import NOON, Town

pytestmark = pytest.mark.feature("C22")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """By the clock of Shanghai; day 0 is the Monday on which everything begins, at 10:00."""
    return datetime(2026, 5, 4, tzinfo=UTC) + timedelta(days=day, hours=hour - 8, minutes=minute)


assert at(0, 10) == NOON


async def reminded(here: Town, until: datetime, *, order: int) -> list[tuple[str, datetime]]:
    """Time goes by in steps of five minutes; what was said when about this order."""
    while here.now < until:
        here.now = min(until, here.now + timedelta(minutes=5))
        await here.sweep.run()
    steps = await here.core.orders.timeline(order_id=order)
    return [(step.verb, step.at) for step in steps if step.verb in REMINDERS]


async def booked(here: Town, start: datetime) -> Visit:
    return await (await visit(here, await opened(here), start)).accepted()


async def test_the_evening_before_two_hours_before_and_the_provider_an_hour_before(
    here: Town,
) -> None:
    one = await booked(here, at(2, 14))
    said = await reminded(here, at(2, 16), order=one.id)
    assert said == [
        ("remind_day", at(1, 18)), ("remind_soon", at(2, 12)), ("remind_job", at(2, 13)),
    ]  # fmt: skip
    assert (await one.letters("customer"))["remind_day"] == 1
    assert (await one.letters("customer"))["remind_soon"] == 1
    assert (await one.letters("provider"))["remind_job"] == 1
    assert await broken(here.database, now=here.now) == {}


async def test_none_after_a_cancel(here: Town) -> None:
    one = await booked(here, at(2, 14))
    await here.core.orders.cancel(order_id=one.id, by=one.asks, now=here.now)
    assert await reminded(here, at(2, 16), order=one.id) == []


@pytest.mark.parametrize(
    ("moved_at", "to", "said"),
    [
        (at(0, 11), at(4, 14), [at(3, 18), at(4, 12), at(4, 13)]),
        (at(0, 11), at(1, 14), [at(0, 18), at(1, 12), at(1, 13)]),
        # The evening before has been spoken of already: a new day, a new word.
        (at(1, 19), at(5, 14), [at(1, 18), at(4, 18), at(5, 12), at(5, 13)]),
        (at(1, 9), at(1, 15), [at(1, 13), at(1, 14)]),
    ],
    ids=["later", "earlier", "after the first one", "too near for the first one"],
)
async def test_exactly_one_set_after_a_move(
    here: Town, moved_at: datetime, to: datetime, said: list[datetime]
) -> None:
    one = await booked(here, at(2, 14))
    await reminded(here, moved_at, order=one.id)
    await one.moves(to)
    if (await one.now()).proposal is not None:
        await here.core.moving.agree(order_id=one.id, by=one.answers, start=to, now=here.now)
    found = await reminded(here, at(6, 12), order=one.id)
    assert [when for _, when in found] == said
    assert all(count <= 2 for count in Counter(verb for verb, _ in found).values())


async def test_none_for_what_is_booked_too_late_for_it(here: Town) -> None:
    here.now = at(0, 19)
    one = await booked(here, at(1, 9))
    assert await reminded(here, at(1, 10), order=one.id) == [
        ("remind_soon", at(1, 7)), ("remind_job", at(1, 8)),
    ]  # fmt: skip
    here.now = at(2, 12, 30)
    late = await booked(here, at(2, 14))
    assert await reminded(here, at(2, 15), order=late.id) == [("remind_job", at(2, 13))]


async def test_nobody_is_woken_up(here: Town) -> None:
    """Early visits are spoken of the evening before, once; the same for one that was booked after it."""
    early = await (await visit(here, await opened(here, opens=360), at(2, 6))).accepted()
    assert await reminded(here, at(2, 7), order=early.id) == [
        ("remind_day", at(1, 18)), ("remind_job", at(1, 21, 30)),
    ]  # fmt: skip
    here.now = at(3, 20)
    late = await (await visit(here, early.provider, at(4, 6))).accepted()
    found = await reminded(here, at(4, 7), order=late.id)
    # Both are due in the same moment: one of them is said a look later.
    assert sorted(verb for verb, _ in found) == ["remind_job", "remind_soon"]
    assert all(at(3, 21, 30) <= when <= at(3, 21, 35) for _, when in found)


@pytest.mark.parametrize(
    ("back", "said"),
    [(at(1, 21), ["remind_day"]), (at(1, 23), []), (at(2, 12, 50), ["remind_soon"]), (at(2, 13, 20), ["remind_job"]),
     (at(2, 13, 40), []), (at(3, 9), [])],
)  # fmt: skip
async def test_after_a_standstill_nothing_stale_is_said(
    here: Town, back: datetime, said: list[str]
) -> None:
    one = await booked(here, at(2, 14))
    await reminded(here, at(1, 17), order=one.id)
    here.now = back
    await here.sweep.run()
    steps = await here.core.orders.timeline(order_id=one.id)
    assert [step.verb for step in steps if step.verb in REMINDERS] == said


async def test_nothing_is_said_about_a_visit_nobody_has_promised(here: Town) -> None:
    here.core.rules.update({"accept_minutes": "120"})
    [customer] = await here.customers(1)
    await here.wants(customer, await opened(here), at(0, 13), pay=Pay.ON_SITE)
    order = await here.place(customer.id)
    assert await reminded(here, at(0, 11, 55), order=order.id) == []


async def test_one_word_confirms_it_and_a_move_asks_anew(here: Town) -> None:
    one = await booked(here, at(2, 14))
    confirm = here.core.reminding.confirm
    for _ in range(2):
        await confirm(order_id=one.id, customer_id=one.customer.id, now=here.now)
    steps = await here.core.orders.timeline(order_id=one.id)
    assert [step.verb for step in steps].count("confirm") == 1
    assert (await one.now()).confirmed_at == here.now
    await one.moves(at(3, 14))
    assert (await one.now()).confirmed_at is None


async def test_a_change_of_the_hours_counts_for_what_is_still_to_be_said(here: Town) -> None:
    one = await booked(here, at(2, 14))
    here.core.rules.update({"reminder_clock": "20"})
    said = await reminded(here, at(2, 9), order=one.id)
    assert said == [("remind_day", at(1, 20))]


async def test_two_sweeps_at_once_say_it_once(here: Town) -> None:
    one = await booked(here, at(2, 14))
    here.now = at(1, 18)
    for _ in range(3):
        await here.core.reminding.remind(order_id=one.id, verb="remind_day", now=here.now)
    assert (await one.letters("customer"))["remind_day"] == 1
    order = await here.built.store.get(Order, id=one.id)
    assert order is not None
    by = By(Actor.CUSTOMER, one.customer.id)
    await here.core.orders.cancel(order_id=one.id, by=by, now=here.now)
