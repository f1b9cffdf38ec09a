"""Visits from the payment to the provider's share. The page after every step: debits are positive, all in fen."""

import pytest

from core.errors import AlreadyDone, Invalid, NotAllowedNow
from core.income import expected
from core.orders.model import Pay, State
from tests.money.house import House

pytestmark = pytest.mark.feature("P11")


async def test_paid_in_full_by_card_and_done(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.FULL)
    await here.shows({}, state=State.UNPAID, due_now=20_000)

    # The whole ¥200 by card.
    await here.pays()
    await here.shows(
        {"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED, paid=20_000
    )

    # The visit is done: 15 % is ours, the rest is Lin's and held for some days.
    await here.does_the_job()
    await here.shows(
        {"gateway:card": 20_000, "lin pending": -17_000, "commission": -3_000}, state=State.CLOSED
    )


async def test_a_deposit_by_card_and_the_rest_in_cash(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.DEPOSIT)
    await here.pays()
    await here.shows({"gateway:card": 6_000, "customer": -6_000}, paid=6_000)

    # Done, and Lin says that he got the other ¥140: nothing is booked on his word alone.
    await here.does_the_job()
    await here.names_cash(14_000)
    await here.shows({"gateway:card": 6_000, "customer": -6_000}, state=State.FINISHED)

    # The customer says so too.
    await here.confirms_cash(14_000)
    await here.shows(
        {"gateway:card": 6_000, "lin debt": 14_000, "lin pending": -17_000, "commission": -3_000},
        state=State.CLOSED,
    )


@pytest.mark.feature("C12")
async def test_all_of_it_on_site(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.ON_SITE)
    await here.shows({}, state=State.OFFERED, due_now=0)
    await here.does_the_job()
    await here.names_cash(20_000)
    await here.confirms_cash(20_000)
    await here.shows(
        {"lin debt": 20_000, "lin pending": -17_000, "commission": -3_000}, state=State.CLOSED
    )


async def test_a_coupon_is_on_the_house_and_the_provider_earns_the_same(here: House) -> None:
    [lin] = await here.opens()
    await here.coupon(uses=1)
    await here.books(lin, Pay.FULL, coupon="SPRING")
    await here.pays()
    await here.shows({"gateway:card": 19_000, "customer": -19_000})
    await here.does_the_job()
    await here.shows(
        {"gateway:card": 19_000, "discounts": 1_000, "lin pending": -17_000, "commission": -3_000}
    )


async def test_a_coupon_and_a_deposit_and_cash(here: House) -> None:
    [lin] = await here.opens()
    await here.coupon(uses=1)
    await here.books(lin, Pay.DEPOSIT, coupon="SPRING")
    await here.pays()
    await here.shows({"gateway:card": 5_700, "customer": -5_700})
    await here.does_the_job()
    await here.names_cash(13_300)
    await here.confirms_cash(13_300)
    await here.shows(
        {
            "gateway:card": 5_700,
            "lin debt": 13_300,
            "discounts": 1_000,
            "lin pending": -17_000,
            "commission": -3_000,
        }
    )


@pytest.mark.feature("C12")
async def test_two_different_amounts_of_cash_are_settled_by_staff(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.DEPOSIT)
    await here.pays()
    await here.does_the_job()
    await here.names_cash(14_000)

    # The customer says it was only ¥100: a dispute with both numbers, and nothing is booked.
    await here.confirms_cash(10_000)
    await here.shows(
        {"gateway:card": 6_000, "customer": -6_000},
        state=State.DISPUTED, cash_stated=14_000, cash_confirmed=10_000,
    )  # fmt: skip
    with pytest.raises(AlreadyDone):
        await here.confirms_cash(14_000)

    # Staff believe the customer: the visit was worth ¥160, of which 15 % is ours.
    await here.core.cash.settle(
        order_id=here.order_id, amount=10_000, staff_id=1, reason="photo", now=here.now
    )
    await here.shows(
        {"gateway:card": 6_000, "lin debt": 10_000, "lin pending": -13_600, "commission": -2_400},
        state=State.CLOSED,
    )
    settled = (await here.core.orders.view(order_id=here.order_id)).order
    assert expected(order=settled).net == 13_600, "his card says what the book does"
    with pytest.raises(NotAllowedNow):
        await here.core.cash.settle(
            order_id=here.order_id, amount=14_000, staff_id=1, reason="", now=here.now
        )


@pytest.mark.feature("C12")
async def test_twenty_four_hours_of_silence_about_cash_call_the_staff(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.ON_SITE)
    await here.does_the_job()
    await here.names_cash(20_000)
    await here.later(hours=23, minutes=59)
    await here.shows({}, state=State.FINISHED)
    await here.later(minutes=1)
    await here.shows({}, state=State.DISPUTED, cash_confirmed=None)
    await here.core.cash.settle(
        order_id=here.order_id, amount=0, staff_id=1, reason="nothing was paid", now=here.now
    )
    await here.shows({}, state=State.CLOSED)


@pytest.mark.feature("C12")
async def test_a_provider_who_names_no_cash_for_a_day_calls_the_staff_too(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.ON_SITE)
    await here.does_the_job()
    await here.later(hours=24)
    await here.shows({}, state=State.DISPUTED, cash_stated=None)


@pytest.mark.feature("C12")
async def test_nobody_can_name_more_cash_than_the_bill(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.DEPOSIT)
    await here.pays()
    await here.does_the_job()
    for amount in (14_001, -1):
        with pytest.raises(Invalid):
            await here.names_cash(amount)
    await here.names_cash(14_000)
    with pytest.raises(Invalid):
        await here.confirms_cash(14_001)
    await here.confirms_cash(14_000)


async def test_the_commission_is_the_one_that_was_agreed(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    service = here.services[0]
    service.commission_bp = 5_000
    await here.core.catalog.reload()
    await here.does_the_job()
    await here.shows({"gateway:card": 20_000, "lin pending": -17_000, "commission": -3_000})
