"""The book told as stories: each ends with a look at the balances. Debits are positive, all in fen."""

from collections.abc import AsyncIterator

import pytest

from core.errors import AlreadyDone
from core.ledger.service import Facts, cancellation, earning, release
from db.engine import Database
from db.errors import ConstraintBroken, GuardFailed
from tests.db.ledger_book import Book, open_book


@pytest.fixture
async def book(db: Database) -> AsyncIterator[Book]:
    book = await open_book(db)
    yield book
    assert await book.balances() == await book.replayed()
    assert sum((await book.balances()).values()) == 0


async def test_deposit_by_card_then_the_rest_in_cash(book: Book) -> None:
    # Mrs Li books a visit of ¥200 and pays a deposit of ¥60.
    await book.post("captured", {"amount": 6000}, part="pay-1")
    assert await book.balances() == {"gateway:card": 6000, "customer:7": -6000}

    # The provider finishes and takes the other ¥140 at the door.
    await book.post("cash_taken", {"amount": 14000})
    assert await book.balances() == {
        "gateway:card": 6000,
        "provider:3:debt": 14000,
        "customer:7": -20000,
    }

    # The order closes: 15 % of ¥200 is ours, ¥170 is his.
    earned = earning(total=20000, discount=0, commission_bp=1500)
    await book.post("earned", earned.figures())
    assert await book.balances() == {
        "gateway:card": 6000,
        "provider:3:debt": 14000,
        "provider:3:pending": -17000,
        "commission": -3000,
    }

    # Some days later he gets what he has not in his pocket already: ¥30.
    await book.post("released", release(net=earned.net, debt=14000))
    assert await book.balances() == {
        "gateway:card": 6000,
        "provider:3:available": -3000,
        "commission": -3000,
    }


async def test_all_in_cash_leaves_the_commission_as_a_debt_that_the_next_visit_pays(
    book: Book,
) -> None:
    earned = earning(total=20000, discount=0, commission_bp=1500)
    await book.post("cash_taken", {"amount": 20000})
    await book.post("earned", earned.figures())
    await book.post("released", release(net=earned.net, debt=20000))
    assert await book.balances() == {"provider:3:debt": 3000, "commission": -3000}

    # The next customer pays ¥100 by card.
    book.facts = Facts(8, "CNY", 3, "card")
    earned = earning(total=10000, discount=0, commission_bp=1500)
    await book.post("captured", {"amount": 10000}, part="pay-2")
    await book.post("earned", earned.figures())
    await book.post("released", release(net=earned.net, debt=3000))
    assert await book.balances() == {
        "gateway:card": 10000,
        "commission": -4500,
        "provider:3:available": -5500,
    }


async def test_a_coupon_is_on_the_house(book: Book) -> None:
    # ¥200 of work, ¥30 off: the customer pays ¥170, the provider earns as without the coupon.
    earned = earning(total=17000, discount=3000, commission_bp=1500)
    await book.post("captured", {"amount": 17000}, part="pay-1")
    await book.post("earned", earned.figures())
    assert await book.balances() == {
        "gateway:card": 17000,
        "discounts": 3000,
        "commission": -3000,
        "provider:3:pending": -17000,
    }


async def test_work_that_a_coupon_paid_whole_is_still_paid(book: Book) -> None:
    earned = earning(total=0, discount=5000, commission_bp=1000)
    await book.post("earned", earned.figures())
    assert await book.balances() == {
        "discounts": 5000,
        "commission": -500,
        "provider:3:pending": -4500,
    }


async def test_paid_in_full_then_cancelled_free(book: Book) -> None:
    await book.post("captured", {"amount": 20000}, part="pay-1")
    await book.post("cancelled", cancellation(paid=20000, fee=0))
    assert await book.balances() == {"gateway:card": 20000, "refunds_payable:7": -20000}

    # The payment company confirms that the money is on its way back.
    await book.post("refunded", {"amount": 20000}, part="refund-1")
    assert await book.balances() == {}


async def test_cancelled_late_for_a_fee_that_the_provider_shares(book: Book) -> None:
    await book.post("captured", {"amount": 20000}, part="pay-1")
    await book.post("cancelled", cancellation(paid=20000, fee=4000, provider_bp=5000))
    await book.post("refunded", {"amount": 16000}, part="refund-1")
    assert await book.balances() == {
        "gateway:card": 4000,
        "cancellation_fees": -2000,
        "provider:3:pending": -2000,
    }


async def test_the_fee_is_never_more_than_what_was_paid(book: Book) -> None:
    await book.post("captured", {"amount": 3000}, part="pay-1")
    await book.post("cancelled", cancellation(paid=3000, fee=4000))
    assert await book.balances() == {"gateway:card": 3000, "cancellation_fees": -3000}


async def test_declined_by_every_provider_everything_goes_back(book: Book) -> None:
    book.facts = Facts(7, "CNY", None, "card")
    await book.post("captured", {"amount": 6000}, part="pay-1")
    await book.post("cancelled", cancellation(paid=6000, fee=0))
    await book.post("refunded", {"amount": 6000}, part="refund-1")
    assert await book.balances() == {}


async def test_paid_twice_the_second_payment_goes_back_and_the_visit_is_as_usual(
    book: Book,
) -> None:
    await book.post("captured", {"amount": 20000}, part="pay-1")
    await book.post("captured", {"amount": 20000}, part="pay-2")
    await book.post("refund_owed", {"amount": 20000}, part="pay-2")
    await book.post("refunded", {"amount": 20000}, part="refund-1")
    assert await book.balances() == {"gateway:card": 20000, "customer:7": -20000}


async def test_the_same_event_is_booked_once(book: Book) -> None:
    await book.post("captured", {"amount": 6000}, part="pay-1")
    with pytest.raises(GuardFailed) as failed:
        await book.post("captured", {"amount": 6000}, part="pay-1")
    assert isinstance(failed.value.guard, AlreadyDone)
    assert await book.balances() == {"gateway:card": 6000, "customer:7": -6000}


async def test_nobody_gets_back_more_than_was_promised(book: Book) -> None:
    await book.post("captured", {"amount": 6000}, part="pay-1")
    await book.post("cancelled", cancellation(paid=6000, fee=0))
    await book.post("refunded", {"amount": 6000}, part="refund-1")
    with pytest.raises(ConstraintBroken, match="overdrawn"):
        await book.post("refunded", {"amount": 6000}, part="refund-2")
    assert await book.balances() == {}


async def test_a_debt_is_set_off_once_and_only_what_is_pending_is_released(book: Book) -> None:
    await book.post("captured", {"amount": 10000}, part="pay-1")
    await book.post("earned", earning(total=10000, discount=0, commission_bp=0).figures())
    for figures in ({"set_off": 1, "released": 9999}, {"set_off": 0, "released": 10001}):
        with pytest.raises(ConstraintBroken, match="overdrawn"):
            await book.post("released", figures)


async def test_nothing_is_earned_that_did_not_come_in(book: Book) -> None:
    await book.post("captured", {"amount": 10000}, part="pay-1")
    too_much = earning(total=10001, discount=0, commission_bp=1000)
    with pytest.raises(ConstraintBroken, match="overdrawn"):
        await book.post("earned", too_much.figures())
    with pytest.raises(ConstraintBroken, match="overdrawn"):
        await book.post("cancelled", cancellation(paid=10001, fee=0))
    assert await book.balances() == {"gateway:card": 10000, "customer:7": -10000}
