"""Money back within what companies allow: never more than was paid, in so many parts, so long, a minute apart."""

import asyncio
from datetime import timedelta

import pytest

from core.errors import AlreadyDone, DomainError, Invalid
from core.orders.model import State
from core.payments import returning
from core.payments.limits import LIMITS, Limits
from core.payments.model import RefundState
from tests.money.house import House

pytestmark = pytest.mark.feature("C15", "A5")


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """The town's bank is as WeChat Pay."""
    monkeypatch.setitem(returning.LIMITS, "card", LIMITS["wechat"])


async def done(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.does_the_job()
    assert (await here.now_order()).state is State.CLOSED


async def gives_back(here: House, amount: int, *, before: int, staff: int = 1) -> bool:
    try:
        await here.core.refunds.refund(
            order_id=here.order_id, amount=amount, by_provider=False, before=before,
            staff_id=staff, reason="agreed", now=here.now,
        )  # fmt: skip
    except DomainError:
        return False
    return True


async def states(here: House) -> list[RefundState]:
    refunds = await here.core.payments.refunds_of(order_id=here.order_id)
    return [one.state for one in reversed(refunds)]


async def test_two_of_the_staff_tap_a_hundred_times_and_no_more_goes_back_than_came(
    here: House,
) -> None:
    await done(here)
    given = await asyncio.gather(
        *(gives_back(here, 3_000, before=n % 7 * 3_000, staff=1 + n % 2) for n in range(100))
    )
    await here.later(minutes=1)
    order = await here.now_order()
    assert order.refund_due == order.refunded == 3_000 * sum(given) <= 20_000
    back = sum(amount for _, amount in here.gateway.refunds.values())
    assert back == order.refunded
    while await gives_back(here, 3_000, before=(await here.now_order()).refund_due):
        await here.later(minutes=1)
    await here.later(minutes=5)
    order = await here.now_order()
    assert order.refund_due == order.refunded == 18_000
    assert not await gives_back(here, 2_001, before=18_000)
    assert await gives_back(here, 2_000, before=18_000)
    await here.later(minutes=5)
    await here.shows(refund_due=20_000, refunded=20_000)


@pytest.mark.usefixtures("strict")
async def test_the_fifty_first_part_is_refused_and_goes_back_another_way(here: House) -> None:
    await done(here)
    for part in range(51):
        assert await gives_back(here, 100, before=part * 100)
        await here.later(minutes=2)
    assert await states(here) == [RefundState.DONE] * 50 + [RefundState.FAILED]
    assert len(here.gateway.refunds) == 50
    assert await here.staff_told("alert") == 1
    await here.shows(refund_due=5_100, refunded=5_000)

    [failed, *_] = await here.core.payments.refunds_of(order_id=here.order_id)
    [charge] = here.gateway.charges
    told = here.gateway.refunds_by_hand(charge, 100)
    await by_hand(here, failed.id, f"{told.reference}, too many parts")
    await here.hears(told)
    await here.shows(refund_due=5_100, refunded=5_100)


async def by_hand(here: House, refund_id: int, reference: str) -> None:
    await here.core.payments.given_by_hand(
        refund_id=refund_id, reference=reference, staff_id=1, now=here.now
    )
    await here.sweep.run()


@pytest.mark.usefixtures("strict")
async def test_after_a_year_nobody_is_asked(here: House) -> None:
    await done(here)
    await here.later(days=366)
    assert await gives_back(here, 100, before=0)
    await here.later(minutes=2)
    assert await states(here) == [RefundState.FAILED]
    assert here.gateway.calls["refund"] == 0
    assert await here.staff_told("alert") == 1


@pytest.mark.usefixtures("strict")
async def test_what_may_be_at_the_bank_is_asked_for_again_even_after_a_year(here: House) -> None:
    await done(here)
    here.gateway.trouble.append("refund:lost")
    await here.later(days=363, hours=20)
    assert await gives_back(here, 100, before=0)
    await here.sweep.run()
    assert len(here.gateway.refunds) == 1
    await here.later(days=2)
    assert await states(here) == [RefundState.DONE]
    assert len(here.gateway.refunds) == 1


@pytest.mark.usefixtures("strict")
async def test_two_parts_go_a_minute_apart(here: House) -> None:
    await done(here)
    assert await gives_back(here, 100, before=0)
    await here.sweep.run()
    assert await gives_back(here, 200, before=100)
    for _ in range(5):
        await here.later(seconds=10)
        assert len(here.gateway.refunds) == 1
    await here.later(seconds=61)
    assert len(here.gateway.refunds) == 2
    first, second = reversed(await here.core.payments.refunds_of(order_id=here.order_id))
    assert first.sent_at is not None
    assert second.sent_at is not None
    assert second.sent_at - first.sent_at >= timedelta(minutes=1)


async def test_a_method_without_limits_has_none() -> None:
    assert "stripe" not in LIMITS
    assert Limits() == Limits(parts=0, days=0, pause=timedelta())


async def test_given_by_hand_is_booked_once_however_often_it_is_said(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    here.gateway.trouble.append("refund:refused")
    await here.cancels()
    await here.shows({"gateway:card": 20_000, "owed back": -20_000}, refunded=0)
    assert await here.told("back_by_hand") == 1
    [failed] = await here.core.payments.refunds_of(order_id=here.order_id)
    [charge] = here.gateway.charges
    desk = here.gateway.refunds_by_hand(charge, 20_000)
    said = [by_hand(here, failed.id, f"{desk.reference}, said by {n}") for n in range(10)]
    told = await asyncio.gather(*said, return_exceptions=True)
    assert all(one is None or isinstance(one, AlreadyDone) for one in told), told
    await here.shows({}, refunded=20_000)
    assert await here.told("refunded") == 1
    with pytest.raises(AlreadyDone):
        await by_hand(here, failed.id, "desk 11")


async def test_one_number_of_the_desk_stands_for_one_refund(here: House) -> None:
    await done(here)
    ids = []
    for part in range(2):
        here.gateway.trouble.append("refund:refused")
        assert await gives_back(here, 100, before=part * 100)
        await here.later(minutes=1)
        ids.append((await here.core.payments.refunds_of(order_id=here.order_id))[0].id)
    [charge] = here.gateway.charges
    first, second = (here.gateway.refunds_by_hand(charge, 100).reference for _ in range(2))
    await by_hand(here, ids[0], first)
    with pytest.raises(Invalid):
        await by_hand(here, ids[1], first)
    await by_hand(here, ids[1], second)
    await here.shows(refund_due=200, refunded=200)
