"""Money on its way back: answers lost, late, refused, or nobody of us asked for it."""

import asyncio

import pytest

from core.orders.model import State
from core.payments.facts import Fact, Told
from core.payments.model import RefundState
from tests.money.house import House

pytestmark = pytest.mark.feature("C15")


async def paid_and_cancelled(here: House, *trouble: str) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    here.gateway.trouble += trouble
    await here.cancels()


@pytest.mark.parametrize("trouble", ["refund:lost", "refund:unknown", "refund:down"])
async def test_an_answer_is_lost_and_the_same_number_is_sent_again(
    here: House, trouble: str
) -> None:
    await paid_and_cancelled(here, trouble)
    [refund] = await here.core.payments.refunds_of(order_id=here.order_id)
    await here.shows({"gateway:card": 20_000, "owed back": -20_000}, refunded=0)
    await here.later(minutes=1)
    await here.shows({}, refunded=20_000)
    assert list(here.gateway.refunds) == [refund.number]
    assert await here.told("refunded") == 1


async def test_the_notice_of_a_refund_comes_before_its_answer_and_again_after(here: House) -> None:
    await paid_and_cancelled(here, "refund:lost")
    told = here.gateway.notices[-1]
    assert told.told is Told.REFUNDED
    await here.hears(told)
    await here.shows({}, refunded=20_000)
    await here.later(minutes=1)
    await here.hears(told)
    await here.shows({}, refunded=20_000)
    assert await here.told("refunded") == 1
    assert here.gateway.calls["refund"] == 1


async def test_a_refund_that_is_accepted_arrives_later(here: House) -> None:
    await paid_and_cancelled(here, "refund:pending")
    [refund] = await here.core.payments.refunds_of(order_id=here.order_id)
    assert refund.state is RefundState.PENDING
    await here.shows({"gateway:card": 20_000, "owed back": -20_000})
    here.gateway.pending.clear()
    await here.later(minutes=10)
    await here.shows({}, refunded=20_000)


async def test_a_refund_that_is_refused_calls_the_staff_and_stays_owed(here: House) -> None:
    await paid_and_cancelled(here, "refund:refused")
    await here.later(hours=2)
    await here.shows({"gateway:card": 20_000, "owed back": -20_000}, refunded=0)
    assert await here.staff_told("alert") == 1
    assert here.gateway.calls["refund"] == 1

    # They give it back at the company's own desk, and the book follows.
    [charge] = here.gateway.charges
    await here.hears(here.gateway.refunds_by_hand(charge, 20_000))
    await here.shows({}, refunded=20_000)
    assert await here.told("refunded") == 1


async def test_a_refused_refund_made_by_hand_in_two_parts(here: House) -> None:
    await paid_and_cancelled(here, "refund:refused")
    [charge] = here.gateway.charges
    await here.hears(here.gateway.refunds_by_hand(charge, 5_000))
    await here.shows({"gateway:card": 15_000, "owed back": -15_000}, refunded=5_000)
    await here.hears(here.gateway.refunds_by_hand(charge, 15_000))
    await here.later(hours=1)
    await here.shows({}, refund_due=20_000, refunded=20_000)


async def test_a_hundred_sweeps_send_one_refund(here: House) -> None:
    await paid_and_cancelled(here, "refund:down")
    await asyncio.gather(
        *(
            here.core.payments.give_back(order_id=here.order_id, tries=1, now=here.now)
            for _ in range(100)
        )
    )
    await here.shows({}, refunded=20_000)
    assert len(here.gateway.refunds) == await here.told("refunded") == 1


async def test_the_bank_is_down_for_two_days_and_the_refund_outlives_it(here: House) -> None:
    await paid_and_cancelled(here, "refund:down")
    here.gateway.is_down = True
    for _ in range(48):
        await here.later(hours=1)
    await here.shows({"gateway:card": 20_000, "owed back": -20_000})
    here.gateway.is_down = False
    await here.later(minutes=5)
    await here.shows({}, refunded=20_000)


async def test_our_own_trouble_never_makes_a_refund_forgotten(
    here: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    refund = here.gateway.refund

    async def crash(**_: object) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(here.gateway, "refund", crash)
    await here.cancels()
    for _ in range(10):
        await here.later(hours=1)
    monkeypatch.setattr(here.gateway, "refund", refund)
    await here.later(hours=1)
    await here.shows({}, refunded=20_000)


async def test_money_given_back_by_hand_for_a_visit_to_come_is_collected_at_the_door(
    here: House,
) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    [charge] = here.gateway.charges
    fact = here.gateway.refunds_by_hand(charge, 5_000)
    await here.hears(fact, fact)
    await here.shows(
        {"gateway:card": 15_000, "customer": -15_000}, refund_due=5_000, refunded=5_000
    )
    [payment] = await here.payments()
    assert payment.returns == {fact.reference: 5_000}
    assert await here.staff_told("by_hand") == 1
    assert (await here.now_order()).to_pay_on_site == 5_000

    # Cancelled afterwards: only the rest goes back.
    await here.cancels()
    await here.shows({}, refunded=20_000)


async def test_money_given_back_by_hand_after_the_visit_is_on_the_house(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.does_the_job()
    [charge] = here.gateway.charges
    await here.hears(here.gateway.refunds_by_hand(charge, 3_000))
    await here.shows(
        {"gateway:card": 17_000, "goodwill": 3_000, "lin pending": -17_000, "commission": -3_000},
        state=State.CLOSED, refunded=3_000,
    )  # fmt: skip
    await here.later(hours=1)
    assert len(here.gateway.refunds) == 1


async def test_a_refund_of_another_amount_than_ours_calls_the_staff(here: House) -> None:
    await paid_and_cancelled(here, "refund:down")
    [refund] = await here.core.payments.refunds_of(order_id=here.order_id)
    await here.hears(
        Fact(Told.REFUNDED, "", "e99", "r_other", 1, "CNY", charge=refund.charge,
             refund_number=refund.number)
    )  # fmt: skip
    assert await here.staff_told("differs") == 1
    await here.shows({"gateway:card": 20_000, "owed back": -20_000}, refunded=0)


async def test_each_part_goes_back_to_the_charge_it_came_from(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.link()
    facts = [here.gateway.pays(payment.number) for _ in range(2)]
    here.gateway.is_down = True
    await here.hears(*facts)
    await here.cancels()
    here.gateway.is_down = False
    await here.later(minutes=5)
    await here.shows({}, refunded=40_000)
    assert {row[0] for row in here.gateway.refunds.values()} == set(here.gateway.charges)
