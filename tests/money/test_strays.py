"""Money that came for no order of ours: staff give it back once, and both books say the same of it."""

import asyncio

import pytest

from core.errors import AlreadyDone, Invalid
from core.payments.facts import Fact, Told
from core.payments.model import RefundState
from core.payments.stray import Stray
from core.reconciling.model import Difference, Kind, Line
from tests.money.house import House

pytestmark = pytest.mark.feature("A12")
SUM = 7_700


async def came(here: House) -> Difference:
    """A notice that the money of nobody's payment is here; what staff can decide on."""
    here.gateway.charges["c_lost"] = ("P-nobody", SUM, "CNY")
    told = Fact(Told.PAID, "P-nobody", "e_lost", reference="c_lost", amount=SUM, currency="CNY")
    await here.hears(told)
    assert await here.staff_told("stray") == 1
    [one] = await here.core.reconciling.waiting()
    assert (one.reference, one.stated) == ("c_lost", SUM)
    return one


async def gives_back(here: House, one: Difference) -> None:
    await here.core.reconciling.give_back(
        difference_id=one.id, by=7, reason="Paid to the wrong shop", now=here.now
    )


async def the_stray(here: House) -> Stray:
    [one] = await here.core.store.find(Stray)
    return one


@pytest.mark.parametrize("trouble", ["", "lost", "unknown", "down", "pending"])
async def test_it_goes_back_once_whatever_is_lost_on_the_way(here: House, trouble: str) -> None:
    one = await came(here)
    with pytest.raises(Invalid):
        await here.core.reconciling.give_back(difference_id=one.id, by=7, reason=" ", now=here.now)
    here.gateway.trouble += [f"refund:{trouble}"] if trouble else []
    taps = await asyncio.gather(*(gives_back(here, one) for _ in range(3)), return_exceptions=True)
    assert [type(each) for each in taps if each] == [AlreadyDone, AlreadyDone]
    await here.sweep.run()
    here.gateway.pending.clear()
    await here.later(hours=1)
    assert list(here.gateway.refunds.values()) == [("c_lost", SUM)]
    assert (await the_stray(here)).state is RefundState.DONE
    assert await here.staff_told("stray_ended") == 1
    assert (await here.book()) == {}
    await here.hears(*here.gateway.notices)
    assert await here.staff_told("stray") == 1, "the gateway's word of it is no news"
    await here.is_right()

    # What the statement says of either way is no difference any more.
    stray, day = await the_stray(here), one.day
    lines = [
        Line(id=0, day=day, kind=kind, reference=reference, amount=SUM, currency="CNY", at=here.now)
        for kind, reference in ((Kind.PAYMENT, "c_lost"), (Kind.REFUND, stray.reference))
    ]
    outcome = await here.core.reconciling.compare(method="card", day=day, lines=lines, now=here.now)
    assert outcome.open == ()


async def test_what_the_gateway_refuses_is_left_to_people(here: House) -> None:
    one = await came(here)
    here.gateway.trouble.append("refund:refused")
    await gives_back(here, one)
    await here.later(hours=1)
    assert (await the_stray(here)).state is RefundState.FAILED
    assert await here.staff_told("stray_ended") == 1
    assert here.gateway.refunds == {}
    await here.is_right()
