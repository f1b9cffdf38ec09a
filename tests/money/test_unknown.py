"""Answers that never come, thousands of them: every payment and every refund ends known, once, within minutes."""

import random
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.errors import PaymentUnavailable
from core.orders.model import Order, State
from core.payments.model import Payment
from tests.databases import scratch_url
from tests.money.house import House, house

pytestmark = pytest.mark.feature("C10")
# Not done and not answered, or done and not answered.
LOST = {"open": ("down", "lost"), "ask": ("down",), "close": ("down", "lost"),
        "refund": ("down", "lost", "unknown")}  # fmt: skip
WELL_AGAIN = timedelta(minutes=15)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[House]:
    async with (
        scratch_url("sqlite", tmp_path) as url,
        house(url, tmp_path) as one,
    ):
        yield one


async def _ends(here: House, *, settled: State) -> Order:
    """Time goes by, for a quarter of an hour at most after the last answer was lost."""
    until = here.now + WELL_AGAIN
    while here.now < until:
        order = await here.now_order()
        if order.state is settled and order.refunded == order.refund_due:
            return order
        left = len(here.gateway.trouble)
        await here.later(seconds=30)
        if len(here.gateway.trouble) < left:
            until = here.now + WELL_AGAIN
    raise AssertionError((await here.now_order(), here.gateway.trouble, await here.payments()))


async def _link(here: House) -> Payment:
    """The customer taps again while the link can't be had."""
    while True:
        try:
            return await here.link()
        except PaymentUnavailable:
            await here.later(seconds=20)


class Losing:
    """Answers to these calls will be lost while it lasts; `lost` counts those that were."""

    def __init__(self, here: House, rng: random.Random, *calls: str) -> None:
        self._trouble = here.gateway.trouble
        self._trouble += [
            f"{call}:{rng.choice(LOST[call])}" for call in calls for _ in range(rng.randrange(4))
        ]
        self._planned, self.lost = len(self._trouble), 0

    def __enter__(self) -> "Losing":
        return self

    def __exit__(self, *_: object) -> None:
        self.lost = self._planned - len(self._trouble)
        self._trouble.clear()


async def _one(here: House, rng: random.Random) -> int:
    """A visit booked, paid or left unpaid, cancelled and given back; how many answers were lost on the way."""
    pays, heard = rng.random() < 0.8, rng.random() < 0.5
    with Losing(here, rng, "open", "ask") as first:
        payment = await _link(here)
        if pays:
            told = here.gateway.pays(payment.number)
            if heard:  # else the notice is lost, too, and the question must do
                await here.hears(told)
            await _ends(here, settled=State.OFFERED)
    with Losing(here, rng, "refund" if pays else "close") as second:
        if pays:
            await here.cancels()
        else:
            here.now = payment.expires_at
            await here.later(seconds=0)
        order = await _ends(here, settled=State.CANCELLED)
        if not pays:  # the link is closed, whenever the answer comes
            for _ in range(30):
                await here.later(seconds=30)
            assert here.gateway.pays(payment.number) is None
    assert order.paid == order.refunded == (order.total if pays else 0)
    return first.lost + second.lost


async def _many(here: House, answers: int) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    [lin] = await here.opens()
    lost = 0
    while lost < answers:
        await here.books(lin, start=_tomorrow(here))
        lost += await _one(here, rng)
    charges, refunds = here.gateway.charges, here.gateway.refunds
    numbers = [number for number, _, _ in charges.values()]
    assert len(numbers) == len(set(numbers)), "somebody was charged twice"
    assert sorted(of for of, _ in refunds.values()) == sorted(charges), "not all came back, once"
    await here.is_right()


def _tomorrow(here: House) -> datetime:
    return (here.now + timedelta(days=1)).replace(hour=4, minute=0, second=0, microsecond=0)


async def test_of_hundreds_of_lost_answers_none_doubles_and_none_loses_money(here: House) -> None:
    await _many(here, 200)


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_of_10_000_lost_answers_none_doubles_and_none_loses_money(here: House) -> None:
    await _many(here, 10_000)
