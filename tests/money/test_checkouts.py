"""The last question before an invoice is paid: yes once, the time stays held until the money is here, else no."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from core.errors import CheckoutRefused, SlotTaken, StandsStill
from core.orders.model import State
from core.payments.model import Payment
from tests.money.house import START, House

pytestmark = pytest.mark.feature("C10")


async def asks(here: House, payment: Payment, query: str = "q1", **other: Any) -> str:
    """Why not; nothing if it may be paid."""
    said = {"method": "card", "number": payment.number, "amount": payment.amount,
            "currency": payment.currency, "query": query, "now": here.now}  # fmt: skip
    try:
        await here.core.payments.checkouts.allow(**(said | other))
    except CheckoutRefused as refused:
        return refused.why
    return ""


async def linked(here: House) -> Payment:
    [lin] = await here.opens()
    await here.books(lin)
    return await here.link()


async def comes(here: House, payment: Payment, *, late: bool = False) -> None:
    """The money does."""
    await here.hears(here.gateway.pays(payment.number, late=late))


async def test_asked_answered_and_paid_the_order_is_served(here: House) -> None:
    payment = await linked(here)
    assert await asks(here, payment) == ""
    await comes(here, payment)
    await here.shows(state=State.OFFERED, paid=20_000)
    assert await asks(here, payment, "q2") == "paid"


@pytest.mark.parametrize(("other", "why"), [
    ({"number": ""}, "unknown"), ({"number": "P1"}, "unknown"), ({"method": "other"}, "unknown"),
    ({"amount": 19_999}, "differs"), ({"amount": 20_001}, "differs"),
    ({"currency": "JPY"}, "differs"), ({"currency": ""}, "differs"),
])  # fmt: skip
async def test_only_what_was_asked_for_may_be_paid(
    here: House, other: dict[str, Any], why: str
) -> None:
    payment = await linked(here)
    assert await asks(here, payment, **other) == why
    assert await asks(here, payment) == ""


async def test_the_time_is_held_for_whoever_pays_in_the_last_minute(here: House) -> None:
    payment = await linked(here)
    here.now = payment.expires_at - timedelta(seconds=1)
    assert await asks(here, payment) == ""
    await here.later(minutes=9)
    assert (await here.now_order()).state is State.UNPAID
    assert (await here.link()).number == payment.number  # no second link meanwhile
    await here.is_right()
    [rival] = await here.customers(1)
    view = await here.core.orders.view(order_id=here.order_id)
    await here.wants(rival, view.provider, START)
    with pytest.raises(SlotTaken):
        await here.place(rival.id)
    await comes(here, payment)
    await here.shows({"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED)


async def test_who_began_and_never_paid_loses_the_time_in_the_end(here: House) -> None:
    payment = await linked(here)
    here.now = payment.expires_at - timedelta(seconds=1)
    assert await asks(here, payment) == ""
    await here.later(minutes=3)
    assert await asks(here, payment, "q2") == ""  # the card was declined, tried once more
    await here.later(minutes=9)
    assert await asks(here, payment, "q3") == "over"
    await here.later(minutes=2)
    await here.shows({}, state=State.CANCELLED, reason="unpaid")


async def test_a_second_person_who_pays_at_the_same_time_is_refused(here: House) -> None:
    payment = await linked(here)
    told = await asyncio.gather(*(asks(here, payment, f"q{n}") for n in range(20)))
    assert sorted(told) == [""] + ["under_way"] * 19


async def test_the_same_question_asked_again_after_a_kill_is_answered_alike(here: House) -> None:
    payment = await linked(here)
    assert [await asks(here, payment) for _ in range(3)] == ["", "", ""]
    assert await asks(here, payment, "q2") == "under_way"
    await here.later(minutes=2)
    assert await asks(here, payment, "q2") == ""


async def test_a_kill_between_yes_and_the_money_loses_nothing(here: House) -> None:
    """All there is of it is in the records: the word that it is paid comes to another process."""
    payment = await linked(here)
    assert await asks(here, payment) == ""
    paid = here.gateway.pays(payment.number)
    assert paid is not None
    here.now += timedelta(minutes=8)  # nobody is there
    assert await here.at_the_door(paid)
    assert not await here.at_the_door(paid)
    await here.sweep.run()
    await here.shows({"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED)


async def test_an_order_that_is_over_takes_no_money(here: House) -> None:
    payment = await linked(here)
    await here.cancels()
    assert await asks(here, payment) == "over"


async def test_paid_after_all_though_it_was_over_goes_back(here: House) -> None:
    payment = await linked(here)
    await here.cancels()
    await comes(here, payment, late=True)
    await here.shows({}, state=State.CANCELLED, refunded=20_000)


async def test_the_hold_ran_out_unseen_and_another_has_the_time(here: House) -> None:
    payment = await linked(here)
    here.now = payment.expires_at + timedelta(seconds=1)
    assert await asks(here, payment) == "over"


async def test_at_a_standstill_nobody_pays(here: House) -> None:
    payment = await linked(here)
    here.core.quarantine.standing = True
    with pytest.raises(StandsStill):
        await asks(here, payment)
