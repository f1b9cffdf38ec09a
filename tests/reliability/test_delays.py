"""A delay that the provider announces himself: everything waits for the new moment, and the rule says how long."""

from datetime import timedelta

import pytest

from core.errors import Invalid, NotAllowedNow, Unknown
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Late, State
from core.orders.terms import cancel_terms
from tests.db.invariants import broken
from tests.reliability.test_moving import START, Visit, opened, visit
from tests.reliability.town import Town

pytestmark = pytest.mark.feature("C17")
MINUTE = timedelta(minutes=1)


async def coming(here: Town, *, before: timedelta) -> Visit:
    """An accepted visit, so long before its start."""
    made = await (await visit(here, await opened(here))).accepted()
    here.now = START - before
    await here.sweep.run()
    return made


async def announces(made: Visit, minutes: int) -> None:
    await made.here.core.lateness.announce(
        order_id=made.id, person_id=made.provider.person_id, minutes=minutes, now=made.here.now
    )


async def until(made: Visit, moment: timedelta) -> Late:
    """How far the lateness has come so long after the start, looked at every minute."""
    here = made.here
    while here.now < START + moment:
        here.now += MINUTE
        await here.sweep.run()
    assert await broken(here.database, now=here.now) == {}
    return (await made.now()).late


async def test_a_short_delay_moves_the_question_and_the_news_by_as_much(here: Town) -> None:
    made = await coming(here, before=20 * MINUTE)
    await announces(made, 10)
    assert (await made.now()).coming_at == START + 10 * MINUTE
    assert (await made.letters("customer"))["delay"] == 1
    assert await until(made, 9 * MINUTE) == Late.NOT
    assert await until(made, 10 * MINUTE) == Late.REMINDED
    assert await until(made, 19 * MINUTE) == Late.REMINDED
    assert await until(made, 20 * MINUTE) == Late.TOLD


async def test_a_long_delay_lets_the_customer_leave_free_or_take_somebody_else(here: Town) -> None:
    made = await coming(here, before=20 * MINUTE)
    await announces(made, 30)
    order = await made.now()
    assert order.running_late
    assert cancel_terms(order=order, now=here.now).bp == 0
    assert await until(made, 39 * MINUTE) == Late.WAITING
    view = await here.core.lateness.replace(
        order_id=made.id, customer_id=made.customer.id, now=here.now
    )
    assert view.order.state is State.SEARCHING
    assert view.order.coming_at is None


async def test_who_announces_and_does_not_come_is_told_of_and_replaced(here: Town) -> None:
    made = await coming(here, before=5 * MINUTE)
    await announces(made, 30)
    assert await until(made, 40 * MINUTE) == Late.TOLD
    await until(made, 45 * MINUTE)
    assert (await made.now()).state is not State.ACCEPTED


async def test_it_is_counted_from_now_once_the_start_is_over_and_never_passes_the_rule(
    here: Town,
) -> None:
    made = await coming(here, before=MINUTE)
    await until(made, 12 * MINUTE)
    assert (await made.now()).late == Late.TOLD
    with pytest.raises(Invalid) as refused:
        await announces(made, 20)
    assert refused.value.facts == {"most": 18}
    await announces(made, 18)
    order = await made.now()
    assert (order.coming_at, order.late) == (START + 30 * MINUTE, Late.WAITING)
    assert await until(made, 39 * MINUTE) == Late.WAITING


async def test_nobody_is_late_days_ahead_at_the_door_or_for_others(here: Town) -> None:
    made = await (await visit(here, await opened(here))).accepted()
    with pytest.raises(NotAllowedNow):
        await announces(made, 10)
    here.now = START - MINUTE
    other = await here.provider()
    with pytest.raises(Unknown):
        await here.core.lateness.announce(
            order_id=made.id, person_id=other.person_id, minutes=10, now=here.now
        )
    me = {"order_id": made.id, "person_id": made.provider.person_id, "now": here.now}
    await here.core.jobs.arrive(**me)
    with pytest.raises(NotAllowedNow):
        await announces(made, 10)


async def test_said_twice_it_is_one_and_another_time_makes_it_void(here: Town) -> None:
    made = await coming(here, before=90 * MINUTE)
    await announces(made, 20)
    await announces(made, 20)
    assert (await made.letters("customer"))["delay"] == 1
    await made.provider_asks(START + timedelta(hours=3))
    order = await made.now()
    assert order.proposal is not None
    by = By(Actor.CUSTOMER, made.customer.id)
    await here.core.moving.agree(order_id=made.id, by=by, start=order.proposal.start, now=here.now)
    order = await made.now()
    assert (order.coming_at, order.late) == (None, Late.NOT)
