"""Visits that do not happen: who gets what back, and when. Pages in fen, debits positive."""

import pytest

from core.errors import NotAllowedNow, OutOfDate
from core.orders.lifecycle import Actor
from core.orders.model import Pay, State
from core.orders.terms import cancel_terms
from tests.money.house import House

pytestmark = pytest.mark.feature("C15")


async def test_cancelled_in_time_all_of_it_goes_back(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.accepts()
    order = await here.now_order()
    terms = cancel_terms(order=order, now=here.now)
    assert (terms.fee, terms.refund) == (0, 20_000)

    # The bank cannot be reached just now: the money is promised, and the customer can count on it.
    here.gateway.is_down = True
    await here.cancels()
    await here.shows(
        {"gateway:card": 20_000, "owed back": -20_000}, state=State.CANCELLED, refund_due=20_000,
        refunded=0,
    )  # fmt: skip
    here.gateway.is_down = False
    await here.later(minutes=5)
    await here.shows({}, refund_due=20_000, refunded=20_000)
    assert await here.told("refunded") == 1


async def test_cancelled_late_for_just_the_fee_that_was_shown(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.accepts()
    await here.goes_until(hours_before=3)
    terms = cancel_terms(order=await here.now_order(), now=here.now)
    assert (terms.fee, terms.refund) == (4_000, 16_000)
    await here.cancels()
    await here.shows(
        {"gateway:card": 4_000, "cancellation_fees": -1_200, "lin pending": -2_800},
        state=State.CANCELLED,
        refunded=16_000,
    )  # fmt: skip


async def test_the_fee_comes_out_of_the_deposit_and_is_never_more(here: House) -> None:
    await here.rules(late_cancel_bp=5_000)
    [lin] = await here.opens()
    await here.books(lin, Pay.DEPOSIT)
    await here.pays()
    await here.accepts()
    await here.goes_until(hours_before=3)
    terms = cancel_terms(order=await here.now_order(), now=here.now)
    assert (terms.fee, terms.refund) == (6_000, 0)
    await here.cancels()
    await here.shows(
        {"gateway:card": 6_000, "cancellation_fees": -1_800, "lin pending": -4_200}, refund_due=0
    )


async def test_an_unpaid_visit_costs_nothing_and_moves_nothing(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.ON_SITE)
    await here.accepts()
    await here.goes_until(hours_before=1)
    assert cancel_terms(order=await here.now_order(), now=here.now).fee == 0
    await here.cancels()
    await here.shows({}, state=State.CANCELLED)


async def test_staff_name_the_fee(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.accepts()
    await here.goes_until(hours_before=1)
    await here.cancels(Actor.STAFF, fee=500, reason="illness")
    await here.shows(
        {"gateway:card": 500, "cancellation_fees": -150, "lin pending": -350}, refunded=19_500
    )


async def test_two_taps_on_cancel_give_the_money_back_once(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.cancels()
    with pytest.raises((NotAllowedNow, OutOfDate)):
        await here.cancels()
    await here.shows({}, refunded=20_000)
    assert len(here.gateway.refunds) == 1


@pytest.mark.feature("C17")
async def test_declined_and_taken_by_the_next_one_for_no_more(here: House) -> None:
    lin, _dear, mei = await here.opens("lin:200", "dear:260", "mei:180")
    await here.books(lin)
    await here.pays()
    await here.declines()
    order = await here.now_order()
    assert (order.provider_id, order.state, order.total) == (mei.id, State.OFFERED, 20_000)
    await here.shows({"gateway:card": 20_000, "customer": -20_000})
    await here.does_the_job()
    await here.shows(
        {"gateway:card": 18_000, "mei pending": -15_300, "commission": -2_700}, refunded=2_000
    )


@pytest.mark.feature("C17")
async def test_declined_and_nobody_else_there_everything_goes_back_by_itself(here: House) -> None:
    lin, _dear = await here.opens("lin:200", "dear:260")
    await here.books(lin)
    await here.pays()
    await here.declines()
    await here.shows({"gateway:card": 20_000, "customer": -20_000}, state=State.CHOOSING)
    await here.later(minutes=60)  # he could come at another time, but the customer says nothing
    await here.shows({}, state=State.CANCELLED, refunded=20_000, reason="no_choice")
    assert (await here.told("no_provider"), await here.told("refunded")) == (1, 1)


@pytest.mark.feature("C17")
async def test_silence_of_everybody_gives_the_money_back_by_itself(here: House) -> None:
    lin, _mei = await here.opens("lin:200", "mei:200")
    await here.books(lin)
    await here.pays()
    await here.later(minutes=10)
    await here.shows({"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED)
    await here.later(minutes=10)
    await here.shows({}, state=State.CANCELLED, refunded=20_000)


async def test_a_coupon_comes_back_with_the_money(here: House) -> None:
    [lin] = await here.opens()
    await here.coupon(uses=1)
    await here.books(lin, coupon="SPRING")
    await here.pays()
    await here.cancels()
    await here.shows({}, refunded=19_000)
    await here.books(lin, coupon="SPRING")
    await here.pays()
    await here.shows({"gateway:card": 19_000, "customer": -19_000}, discount=1_000)
