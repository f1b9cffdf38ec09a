"""Facts about one order arrive in every order, one of them twice, and always end in the same books."""

import random
from datetime import timedelta
from itertools import permutations

import pytest

from core.errors import PaymentUnavailable
from core.orders.model import Order, State
from core.payments.facts import Fact, Told
from core.payments.model import Payment
from core.people.model import Provider
from tests.money.house import START, House

pytestmark = [
    pytest.mark.feature("C10"),
    pytest.mark.parametrize("here", ["sqlite"], indirect=True),
]
Page = dict[str, int]


async def asked(here: House, lin: Provider, day: int) -> Payment:
    """A visit is booked; the answer that opens its link was lost on the way."""
    await here.books(lin, start=START + timedelta(days=day))
    here.gateway.trouble.append("open:lost")
    with pytest.raises(PaymentUnavailable):
        await here.link()
    [payment] = await here.payments()
    return payment


async def ends(here: House, facts: tuple[Fact, ...], again: Fact) -> tuple[Page, Order, Payment]:
    """Told one by one, with everything worked in between; then some time goes by."""
    for fact in (*facts, again):
        await here.hears(fact)
    start = here.now
    for minutes in (1, 2, 5):
        await here.later(minutes=minutes)
    page, order, [payment] = (
        await here.page_of_order(),
        await here.now_order(),
        await here.payments(),
    )
    here.now = start
    return page, order, payment


def opened(payment: Payment) -> Fact:
    return Fact(Told.OPENED, payment.number, reference="s1", url="https://bank/1")


@pytest.mark.parametrize("cancelled", [False, True])
async def test_opened_paid_twice_and_expired_in_all_orders(here: House, cancelled: bool) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    [lin] = await here.opens()
    wanted = (
        ({}, State.CANCELLED, 40_000)
        if cancelled
        else ({"gateway:card": 20_000, "customer": -20_000}, State.OFFERED, 20_000)
    )
    for day, turn in enumerate(permutations(range(4))):
        payment = await asked(here, lin, day)
        if cancelled:
            await here.cancels()
        paid = [here.gateway.pays(payment.number, late=True) for _ in range(2)]
        told = [opened(payment), Fact(Told.EXPIRED, payment.number), *filter(None, paid)]
        here.gateway.trouble += ["refund:lost"] * rng.randrange(3)
        page, order, grown = await ends(here, tuple(told[i] for i in turn), rng.choice(told))
        assert (page, order.state, order.refunded) == wanted, turn
        assert (order.paid, grown.paid, grown.state) == (40_000, 40_000, "paid"), turn
        here.gateway.trouble.clear()


async def test_paid_rightly_and_wrongly_in_all_orders(here: House) -> None:
    [lin] = await here.opens()
    for day, turn in enumerate(permutations(range(3))):
        payment = await asked(here, lin, day)
        amounts = (20_000, 30_000, 5_000)
        facts = [here.gateway.pays(payment.number, amount=n) for n in amounts]
        told = [fact for fact in facts if fact]
        page, order, grown = await ends(here, tuple(told[i] for i in turn), told[0])
        assert page == {"gateway:card": 20_000, "customer": -20_000}, turn
        assert (order.state, order.paid, order.refunded) == (State.OFFERED, 55_000, 35_000), turn
        assert grown.differs


async def test_paid_and_given_back_in_part_by_hand_in_all_orders(here: House) -> None:
    [lin] = await here.opens()
    for day, turn in enumerate(permutations(range(3))):
        payment = await asked(here, lin, day)
        paid = here.gateway.pays(payment.number)
        assert paid is not None
        by_hand = here.gateway.refunds_by_hand(paid.reference, 5_000)
        told = (paid, by_hand, opened(payment))
        page, order, grown = await ends(here, tuple(told[i] for i in turn), by_hand)
        assert page == {"gateway:card": 15_000, "customer": -15_000}, turn
        assert (order.refund_due, order.refunded, grown.returned) == (5_000, 5_000, 5_000), turn
