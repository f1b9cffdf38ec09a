"""The same over the wire: the product's Stripe method against the stand-in, whose book must say what ours says."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.ledger.postings import CAPTURED, REFUNDED
from core.orders.model import State
from tests.bot.payments.stripe_town import Town as Stripe
from tests.bot.payments.stripe_town import town
from tests.databases import scratch_url
from tests.money.house import House, house

pytestmark = pytest.mark.feature("C10")


class Desk:
    """A house whose cards go through Stripe."""

    def __init__(self, here: House, stripe: Stripe) -> None:
        self.here, self.stripe = here, stripe
        self._heard = 0

    async def books(self) -> None:
        self.stripe.clock.now = self.here.now
        [lin] = await self.here.opens()
        await self.here.books(lin)

    async def at_the_page(self, action: str) -> None:
        await self.stripe.tap((await self.here.link()).url, action)

    async def hears(self, notices: int) -> None:
        """So many notices more have come to the door, and are worked."""
        await self.stripe.wait(lambda: len(self.stripe.notices) >= self._heard + notices)
        for raw, headers in self.stripe.notices[self._heard :] * 2:
            await self.here.core.payments.notice(
                method="card", raw=raw, headers=headers, now=self.here.now
            )
        self._heard += notices
        await self.here.sweep.run()

    async def later(self, **span: float) -> None:
        await self.here.later(**span)
        self.stripe.clock.now = self.here.now

    async def reconciles(self) -> None:
        book = await self.stripe.book()
        charges = {str(charge["id"]): charge["amount"] for charge in book["charges"]}
        assert await self.here.posted(CAPTURED) == charges
        refunds = sorted(int(str(refund["amount"])) for refund in book["refunds"])
        assert sorted((await self.here.posted(REFUNDED)).values()) == refunds


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with (
        town() as stripe,
        scratch_url("sqlite", tmp_path) as url,
        house(url, tmp_path, methods={"card": stripe.method}) as here,
    ):
        desk = Desk(here, stripe)
        yield desk
        await here.is_right()
        await desk.reconciles()


async def test_paid_on_the_page_and_cancelled(desk: Desk) -> None:
    await desk.books()
    await desk.at_the_page("pay")
    await desk.hears(1)
    await desk.here.shows({"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED)
    await desk.here.cancels()
    await desk.here.shows({}, state=State.CANCELLED, refunded=20_000)
    await desk.hears(1)
    await desk.here.shows({}, refunded=20_000)
    assert await desk.here.told("refunded") == 1


async def test_paid_twice_on_the_page(desk: Desk) -> None:
    await desk.books()
    await desk.at_the_page("twice")
    await desk.hears(2)
    await desk.here.shows(
        {"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED, refunded=20_000
    )


async def test_no_notice_ever_comes_and_the_answer_to_the_refund_is_lost(desk: Desk) -> None:
    await desk.books()
    await desk.stripe.fault("lost", times=99)
    await desk.at_the_page("pay")
    await desk.later(seconds=5)
    await desk.here.shows({"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED)
    await desk.stripe.fault("drop_after", match="POST /sandbox/stripe/v1/refunds")
    await desk.here.cancels()
    await desk.here.shows({"gateway:card": 20_000, "owed back": -20_000}, refunded=0)
    await desk.later(minutes=1)
    await desk.here.shows({}, refunded=20_000)


async def test_the_hold_runs_out_and_the_page_is_closed_in_the_same_minute(desk: Desk) -> None:
    await desk.books()
    url = (await desk.here.link()).url
    await desk.later(minutes=14, seconds=59)
    await desk.later(seconds=1)
    await desk.later(seconds=5)
    await desk.stripe.tap(url, "pay")
    await desk.here.shows({}, state=State.CANCELLED, paid=0)
    assert (await desk.stripe.book())["charges"] == []


async def test_given_back_in_part_at_the_desk_of_stripe(desk: Desk) -> None:
    await desk.books()
    await desk.at_the_page("pay")
    await desk.hears(1)
    [charge] = (await desk.stripe.book())["charges"]
    with desk.stripe.stand_in.book.writing():
        desk.stripe.stand_in.account.refund({"payment_intent": charge["id"], "amount": "5000"})
    await desk.stripe.tap((await desk.here.payments())[0].url, "look")  # the bell of the stand-in
    await desk.hears(1)
    await desk.here.shows(
        {"gateway:card": 15_000, "customer": -15_000}, refund_due=5_000, refunded=5_000
    )
    assert await desk.here.staff_told("by_hand") == 1
