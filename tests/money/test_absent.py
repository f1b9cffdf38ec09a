"""Nobody opens: what the provider has to do before he may leave, and where the money goes. Fen, debits positive."""

import asyncio
from datetime import timedelta

import pytest

from core.errors import FeeChanged, NotAllowedNow
from core.orders.model import Pay, State, Step
from tests.money.house import House

pytestmark = pytest.mark.feature("P17")


async def at_the_door(here: House, pay: Pay = Pay.FULL) -> dict[str, int]:
    """The provider stands there at the start."""
    [lin] = await here.opens()
    await here.books(lin, pay)
    if pay is not Pay.ON_SITE:
        await here.pays()
    await here.accepts()
    order = await here.now_order()
    here.now = order.starts_at
    who = {"order_id": order.id, "person_id": lin.person_id}
    await here.core.jobs.arrive(**who, now=here.now)
    return who


async def told_of(here: House, verb: str) -> list[Step]:
    """The lines of this verb in the order's timeline."""
    steps = await here.core.orders.timeline(order_id=here.order_id)
    return [one for one in steps if one.verb == verb]


async def waited(here: House, who: dict[str, int]) -> None:
    """Knocked, called some minutes later, waited as long as the rule says."""
    await here.core.absent.knock(**who, now=here.now)
    here.now += timedelta(minutes=5)
    await here.core.absent.call(**who, now=here.now)
    here.now += timedelta(minutes=10)


async def test_after_waiting_and_two_tries_the_fee_is_kept_and_the_rest_goes_back(
    here: House,
) -> None:
    who = await at_the_door(here)
    await waited(here, who)
    await here.core.absent.leave(**who, shown=10_000, now=here.now)
    await here.later(minutes=5)
    await here.shows(
        {"gateway:card": 10_000, "cancellation_fees": -3_000, "lin pending": -7_000},
        state=State.CANCELLED, refund_due=10_000, refunded=10_000,
    )  # fmt: skip


async def test_of_a_deposit_no_more_is_kept_than_was_paid(here: House) -> None:
    who = await at_the_door(here, Pay.DEPOSIT)
    await waited(here, who)
    await here.core.absent.leave(**who, shown=6_000, now=here.now)
    await here.later(minutes=5)
    await here.shows(
        {"gateway:card": 6_000, "cancellation_fees": -1_800, "lin pending": -4_200},
        state=State.CANCELLED, refund_due=0,
    )  # fmt: skip


async def test_with_nothing_paid_beforehand_nobody_owes_anything(here: House) -> None:
    who = await at_the_door(here, Pay.ON_SITE)
    await waited(here, who)
    await here.core.absent.leave(**who, shown=0, now=here.now)
    await here.shows({}, state=State.CANCELLED, refund_due=0)


async def test_nobody_leaves_before_the_waiting_and_the_tries(here: House) -> None:
    who = await at_the_door(here)
    absent = here.core.absent
    with pytest.raises(NotAllowedNow):
        await absent.leave(**who, shown=10_000, now=here.now)
    await absent.call(**who, now=here.now)
    await absent.knock(**who, now=here.now)  # in one breath: one try
    here.now += timedelta(minutes=20)
    with pytest.raises(NotAllowedNow):
        await absent.leave(**who, shown=10_000, now=here.now)
    await absent.call(**who, now=here.now)
    with pytest.raises(FeeChanged):
        await absent.leave(**who, shown=1, now=here.now)
    await absent.leave(**who, shown=10_000, now=here.now)
    await here.shows(
        {"gateway:card": 20_000, "owed back": -10_000, "cancellation_fees": -3_000,
         "lin pending": -7_000}, state=State.CANCELLED, refund_due=10_000,
    )  # fmt: skip


@pytest.mark.feature("A4")
async def test_staff_end_it_in_his_place_at_the_same_fee(here: House) -> None:
    who = await at_the_door(here)
    by = {"order_id": who["order_id"], "staff_id": 1, "reason": "He called us", "now": here.now}
    with pytest.raises(FeeChanged):
        await here.core.absent.override(**by, shown=9_999)
    await here.core.absent.override(**by, shown=10_000)
    with pytest.raises(NotAllowedNow):
        await here.core.absent.override(**by, shown=10_000)
    assert (await told_of(here, "absent"))[0].facts["override"] == "He called us"
    await here.later(minutes=5)
    await here.shows(
        {"gateway:card": 10_000, "cancellation_fees": -3_000, "lin pending": -7_000},
        state=State.CANCELLED, refund_due=10_000, refunded=10_000,
    )  # fmt: skip
    assert await here.told("absent") == 1


@pytest.mark.feature("A4")
async def test_who_did_not_come_loses_the_visit_and_everything_goes_back(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.FULL)
    await here.pays()
    await here.accepts()
    told = {"order_id": here.order_id, "staff_id": 1, "reason": "Nobody came"}
    with pytest.raises(NotAllowedNow):
        await here.core.reassigning.did_not_come(**told, now=here.now)
    here.now = (await here.now_order()).starts_at
    await here.core.reassigning.did_not_come(**told, now=here.now)
    await here.later(minutes=5)
    await here.shows({}, state=State.CANCELLED, refund_due=20_000, refunded=20_000)
    steps = await here.core.orders.timeline(order_id=here.order_id)
    assert [one.verb for one in steps][-3:-1] == ["reassign", "cancel"]
    assert (await here.now_order()).refused_by == [lin.id]


@pytest.mark.feature("A4")
async def test_earnings_are_freed_early_once(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.FULL)
    await here.pays()
    await here.does_the_job()
    early = {"order_id": here.order_id, "staff_id": 1, "reason": "Rent is due", "now": here.now}
    assert await here.core.releasing.held(order_id=here.order_id) == 17_000
    assert await here.core.releasing.early(**early) == 17_000
    [said] = await told_of(here, "release")
    assert (said.actor_id, said.facts) == (1, {"amount": 17_000, "reason": "Rent is due"})
    with pytest.raises(NotAllowedNow):
        await here.core.releasing.early(**early)
    await here.later(days=30)
    await here.shows(
        {"gateway:card": 20_000, "lin available": -17_000, "commission": -3_000},
        state=State.CLOSED,
    )  # fmt: skip


@pytest.mark.feature("A4")
async def test_two_who_free_the_earnings_at_once_free_and_tell_it_once(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.FULL)
    await here.pays()
    await here.does_the_job()
    early = {"order_id": here.order_id, "staff_id": 1, "reason": "Rent is due", "now": here.now}
    rivals = (here.core.releasing.early(**early) for _ in range(3))
    came = await asyncio.gather(*rivals, return_exceptions=True)
    assert [one for one in came if isinstance(one, int)] == [17_000]
    assert sum(isinstance(one, NotAllowedNow) for one in came) == 2
    assert len(await told_of(here, "release")) == 1
