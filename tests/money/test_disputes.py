"""A bank takes money back for its customer: booked once, the staff are called; and here again once it is won."""

import random
from dataclasses import replace
from itertools import permutations

import pytest

from core.orders.model import State
from core.payments.facts import Fact, Told
from core.payments.model import Payment
from core.people.model import Provider
from tests.money.house import House
from tests.money.test_any_order import asked, ends, opened

pytestmark = [
    pytest.mark.feature("C10", "C15"),
    pytest.mark.parametrize("here", ["sqlite"], indirect=True),
]


def disputed(here: House, charge: str, amount: int, *, won: bool = False) -> Fact:
    told = Told.DISPUTE_WON if won else Told.DISPUTED
    fact = Fact(told, "", f"e_{charge}_{won}", reference=f"dp_{charge}", amount=amount,
                currency="CNY", charge=charge)  # fmt: skip
    if not won:
        here.gateway.taken[charge] = amount
    else:
        here.gateway.taken.pop(charge)
    return fact


async def test_taken_back_by_the_bank_and_won_again(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    [charge] = here.gateway.charges
    taken = disputed(here, charge, 20_000)
    await here.hears(taken, taken)
    await here.shows({"chargebacks": 20_000, "customer": -20_000}, state=State.OFFERED)
    assert await here.staff_told("charged_back") == 1
    won = disputed(here, charge, 20_000, won=True)
    await here.hears(won, won, taken)
    await here.shows({"gateway:card": 20_000, "customer": -20_000})
    assert await here.staff_told("charge_regained") == 1


async def test_lost_it_is_told_once_and_nothing_moves_any_more(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    [charge] = here.gateway.charges
    taken = disputed(here, charge, 20_000)
    lost = [replace(taken, told=Told.DISPUTE_LOST, key=key) for key in ("e_lost", "e_lost_again")]
    await here.hears(taken, *lost, lost[0])
    await here.shows({"chargebacks": 20_000, "customer": -20_000}, state=State.OFFERED)
    assert await here.staff_told("dispute_lost") == 1


async def test_won_is_told_before_taken(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    [charge] = here.gateway.charges
    taken = disputed(here, charge, 20_000)
    await here.hears(disputed(here, charge, 20_000, won=True), taken)
    await here.shows({"gateway:card": 20_000, "customer": -20_000})


async def test_after_the_visit_it_is_the_platforms_loss(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.does_the_job()
    before = await here.book()
    [charge] = here.gateway.charges
    await here.hears(disputed(here, charge, 20_000))
    after = await here.book()
    assert after.pop("chargebacks") == before.pop("gateway:card") == 20_000
    assert after == before
    await here.is_right()


async def six_events(here: House, payment: Payment) -> tuple[Fact, ...]:
    paid = here.gateway.pays(payment.number, late=True)
    assert paid is not None
    by_hand = here.gateway.refunds_by_hand(paid.reference, 5_000)
    accepted = Fact(Told.REFUND_PENDING, "", f"a_{by_hand.key}", reference=by_hand.reference,
                    amount=5_000, currency="CNY", charge=paid.reference)  # fmt: skip
    expired = Fact(Told.EXPIRED, payment.number, f"x_{payment.number}")
    dispute = disputed(here, paid.reference, 15_000)
    return opened(payment), paid, expired, accepted, by_hand, dispute


async def end_alike(
    here: House, lin: Provider, day: int, turn: tuple[int, ...], again: int
) -> None:
    payment = await asked(here, lin, day)
    told = await six_events(here, payment)
    page, order, grown = await ends(here, tuple(told[i] for i in turn), told[again])
    assert page == {"chargebacks": 15_000, "customer": -15_000}, turn
    assert (order.state, order.paid) == (State.OFFERED, 20_000), turn
    assert (order.refund_due, order.refunded, grown.returned) == (5_000, 5_000, 5_000), turn
    assert grown.disputes == {told[5].reference: 15_000}, turn


async def test_six_events_in_some_orders(here: House) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    [lin] = await here.opens()
    for day, turn in enumerate(rng.sample(list(permutations(range(6))), 12)):
        await end_alike(here, lin, day, turn, rng.randrange(6))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(30))
async def test_six_events_in_all_720_orders(here: House, part: int) -> None:
    rng = random.Random(part)
    [lin] = await here.opens()
    for day, turn in enumerate(list(permutations(range(6)))[part * 24 : part * 24 + 24]):
        await end_alike(here, lin, day, turn, rng.randrange(6))
