"""What cancelling costs: a table of cases played through to the last fen, and what holds whatever anybody does."""

import csv
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.errors import FeeChanged
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Pay, State
from core.orders.terms import cancel_terms
from core.people.model import Provider
from tests.money.house import START, House

pytestmark = pytest.mark.feature("C15")

TABLE = Path(__file__).with_name("cancelling.csv")
CASES: list[dict[str, str]] = list(csv.DictReader(TABLE.open(encoding="utf-8")))
# A week between two cases, so that they share a house and never a day.
APART = timedelta(days=7)


@dataclass
class Play:
    """One case on the stage: an order whose visit begins at `start`, wherever it is moved to."""

    here: House
    lin: Provider
    case: dict[str, str]
    start: Any

    async def until(self, hours_before: float) -> None:
        self.here.now = self.start - timedelta(hours=hours_before)

    async def booked(self) -> None:
        case, here = self.case, self.here
        await self.until(float(case["booked_before_h"]))
        await here.books(self.lin, Pay(case["pay"]), start=self.start)
        if case["state"] != "unpaid" and case["pay"] != "on_site":
            await here.pays()
        if case["state"] not in ("unpaid", "offered", "searching"):
            await here.accepts()

    async def moved(self, how: str) -> None:
        """`3:48`: three hours before, to two days later; with a p it is the provider who wishes for it."""
        here, order_id = self.here, self.here.order_id
        before, later = how.removeprefix("p").split(":")
        await self.until(float(before))
        new = self.start + timedelta(hours=float(later))
        customer = By(Actor.CUSTOMER, (await here.now_order()).customer_id)
        provider = By(Actor.PROVIDER, self.lin.id)
        if how.startswith("p"):
            await here.core.moving.ask(
                order_id=order_id, person_id=self.lin.person_id, start=new, now=here.now
            )
            asked = customer
        else:
            await here.core.moving.move(
                order_id=order_id, customer_id=customer.id, start=new, now=here.now
            )
            asked = provider
        if (await here.now_order()).proposal is not None:
            await here.core.moving.agree(order_id=order_id, by=asked, start=new, now=here.now)
        assert (await here.now_order()).starts_at == new
        self.start = new

    async def led_on(self) -> None:
        """To the state of the case."""
        await self.until(float(self.case["hours_before"]))
        here, order_id = self.here, self.here.order_id
        me = {"order_id": order_id, "person_id": self.lin.person_id, "now": here.now}
        state = self.case["state"]
        if state == "searching":
            await here.core.passing.reassign(
                order_id=order_id,
                staff_id=1,
                now=here.now,
                reason="",
                search_after=timedelta(hours=1),
            )
        if state in ("on_the_way", "arrived"):
            await here.core.jobs.depart(**me)
        if state == "arrived":
            await here.core.jobs.arrive(**me)
        if extra := int(self.case["extra"] or 0):
            await here.approves(await here.proposes(extra))
        assert (await here.now_order()).state == state

    async def cancelled(self) -> tuple[int, int]:
        """(fee, refund) as they were shown and as they came to be."""
        here, order = self.here, await self.here.now_order()
        shown = cancel_terms(order=order, now=here.now)
        staff = order.state is State.ARRIVED
        by = By(Actor.STAFF, 1) if staff else By(Actor.CUSTOMER, order.customer_id)
        await here.core.orders.cancel(order_id=order.id, by=by, now=here.now, shown=shown.fee)
        await here.sweep.run()
        order = await here.now_order()
        assert (order.state, order.refunded) == (State.CANCELLED, shown.refund)
        assert order.paid - order.refunded == shown.fee
        return shown.fee, shown.refund


def test_the_table_has_its_thirty_cases() -> None:
    assert len(CASES) >= 30
    assert len({case["case"] for case in CASES}) == len(CASES)


async def test_every_case_of_the_table_costs_what_it_says(here: House) -> None:
    """All in one house: at the end its books must still be right."""
    [lin] = await here.opens()
    await here.rules(horizon_days=60)
    wrong = []
    kept = 0
    for number, case in enumerate(CASES):
        play = Play(here, lin, case, START + APART * (number + 1))
        await play.booked()
        for how in case["moved"].split():
            await play.moved(how)
        await play.led_on()
        found = await play.cancelled()
        kept += found[0]
        if found != (int(case["fee"]), int(case["refund"])):
            wrong.append((case["case"], found))
    assert wrong == []
    book = await here.book()
    fees = -book["cancellation_fees"]
    share = -book["lin pending"] - book["lin available"]
    assert (fees + share, book["gateway:card"]) == (kept, kept)
    assert share == pytest.approx(kept * 0.7)


async def test_rules_that_change_later_leave_a_placed_order_alone(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.accepts()
    await here.rules(free_cancel_hours=24, late_cancel_bp=9_000, last_cancel_bp=10_000)
    await here.goes_until(hours_before=5)
    order = await here.now_order()
    assert cancel_terms(order=order, now=here.now).fee == 0
    assert cancel_terms(order=order, now=here.now + timedelta(hours=2)).fee == 4_000


async def test_a_fee_that_was_not_shown_is_never_charged(here: House) -> None:
    """Shown free, tapped a minute too late: nothing happens, the new fee is told."""
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.accepts()
    await here.goes_until(hours_before=4)
    shown = cancel_terms(order=await here.now_order(), now=here.now).fee
    await here.goes_until(hours_before=3.9)
    with pytest.raises(FeeChanged) as refused:
        await here.cancels(shown=shown)
    assert refused.value.fee == 4_000
    await here.shows(state=State.ACCEPTED, paid=20_000)
