"""Money comes in late, twice, unannounced, for nothing, or in the wrong amount: it is served or goes back."""

import asyncio

import pytest

from core.errors import NotAllowedNow, PaymentUnavailable
from core.orders.lifecycle import Actor
from core.orders.model import State
from core.payments.facts import Fact, Told
from core.payments.method import NoticeRefused
from core.payments.model import Notice, Payment, PaymentState
from tests.money.gateway import letter
from tests.money.house import START, House

pytestmark = pytest.mark.feature("C10")


async def test_a_hundred_deliveries_of_one_notice_are_one_posting(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.link()
    fact = here.gateway.pays(payment.number)
    assert fact is not None
    kept = await asyncio.gather(*(here.at_the_door(fact) for _ in range(100)))
    assert sum(kept) == 1
    await here.sweep.run()
    await here.shows({"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED)
    assert await here.told("paid") == 1


async def test_a_hundred_people_who_work_the_same_notice_serve_it_once(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.link()
    fact = here.gateway.pays(payment.number)
    assert fact is not None
    await here.at_the_door(fact)
    [kept] = await here.built.store.find(Notice)
    work = here.core.payments.work_notice
    await asyncio.gather(
        *(work(notice_id=kept.id, now=here.now) for _ in range(100)), return_exceptions=True
    )
    await here.sweep.run()
    await here.shows({"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED)


async def test_two_taps_on_pay_at_once_open_one_link(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    links = await asyncio.gather(*(here.link() for _ in range(5)))
    assert len({link.url for link in links}) == len(here.gateway.links) == 1


async def test_the_notice_may_come_before_the_answer_that_opens_the_link(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    here.gateway.trouble.append("open:lost")
    with pytest.raises(PaymentUnavailable):
        await here.link()
    [payment] = await here.payments()
    assert payment.state is PaymentState.UNKNOWN
    await here.hears(here.gateway.pays(payment.number))
    await here.shows({"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED)


async def test_a_link_whose_answer_was_lost_is_asked_for_again_under_the_same_number(
    here: House,
) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    here.gateway.trouble += ["open:lost", "open:down"]
    for _ in range(2):
        with pytest.raises(PaymentUnavailable):
            await here.link()
    link = await here.link()
    assert link.url
    assert len(here.gateway.links) == len(await here.payments()) == 1


async def test_nobody_told_us_but_we_ask(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.link()
    here.gateway.pays(payment.number)
    await here.later(seconds=5)
    await here.shows({"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED)


async def test_the_customer_says_it_is_paid_and_it_is(here: House) -> None:
    [lin] = await here.opens()
    order = await here.books(lin)
    payment = await here.link()
    here.gateway.pays(payment.number)
    checked = await here.core.payments.check(
        order_id=order.id, customer_id=order.customer_id, now=here.now
    )
    assert checked.state is State.OFFERED


async def test_the_hold_runs_out_and_the_link_is_closed_with_it(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.link()
    await here.later(minutes=15)
    await here.shows({}, state=State.CANCELLED, reason="unpaid")
    await here.later(seconds=5)
    assert payment.number in here.gateway.closed
    with pytest.raises(NotAllowedNow):
        await here.link()
    assert await here.told("refunded") == 0


async def test_paid_when_the_hold_had_run_out_and_nobody_had_looked_yet_is_served(
    here: House,
) -> None:
    [lin] = await here.opens()
    order = await here.books(lin)
    payment = await here.link()
    fact = here.gateway.pays(payment.number, late=True)
    assert fact is not None
    # A minute too late, and the sweep that would have ended the order did not run.
    here.now = order.created_at.replace(minute=16)
    await here.core.payments.absorb(fact=fact, now=here.now)
    await here.shows({"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED)


async def test_paid_late_with_the_slot_still_free_goes_back_in_full_and_once(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.link()
    await here.later(minutes=15)
    fact = here.gateway.pays(payment.number, late=True)
    await here.hears(fact, fact)
    await here.shows({}, state=State.CANCELLED, paid=20_000, refunded=20_000)
    assert len(here.gateway.refunds) == await here.told("refunded") == 1


async def test_paid_late_and_the_slot_went_to_somebody_else(here: House) -> None:
    [lin] = await here.opens()
    late = await here.books(lin)
    payment = await here.link()
    here.now = here.now.replace(minute=16)  # the hold is over, and no sweep has run
    [other] = await here.customers(1)
    await here.books(lin, customer=other)
    fact = here.gateway.pays(payment.number, late=True)
    assert fact is not None
    await here.core.payments.absorb(fact=fact, now=here.now)
    here.order = late
    await here.shows(
        {"gateway:card": 20_000, "owed back": -20_000}, state=State.CANCELLED, reason="slot_lost"
    )
    await here.sweep.run()
    await here.shows({}, refunded=20_000)
    assert await here.told("refunded") == 1


async def test_paid_twice_the_second_time_goes_back_and_the_visit_stays(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.link()
    first, second = (here.gateway.pays(payment.number) for _ in range(2))
    await here.hears(second, first)
    await here.shows(
        {"gateway:card": 20_000, "customer": -20_000},
        state=State.OFFERED, paid=40_000, refunded=20_000,
    )  # fmt: skip
    await here.does_the_job()
    await here.shows({"gateway:card": 20_000, "lin pending": -17_000, "commission": -3_000})


async def test_paid_twice_in_one_breath(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.link()
    facts = [here.gateway.pays(payment.number) for _ in range(3)]
    for fact in facts:
        assert fact is not None
        await here.at_the_door(fact)
    await here.later(seconds=0)
    await here.later(minutes=10)
    await here.shows(state=State.CANCELLED, paid=60_000, refunded=60_000)


async def test_paid_again_after_the_visit_is_over(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.pays()
    await here.does_the_job()
    await here.hears(here.gateway.pays(payment.number, late=True))
    await here.shows(
        {"gateway:card": 20_000, "lin pending": -17_000, "commission": -3_000},
        state=State.CLOSED, refunded=20_000,
    )  # fmt: skip


async def test_cancelled_while_paying(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.link()
    await here.cancels()
    await here.hears(here.gateway.pays(payment.number))
    await here.shows({}, state=State.CANCELLED, refunded=20_000)
    assert await here.told("refunded") == 1


async def test_after_another_amount_that_nobody_told_of_the_link_is_still_closed_in_time(
    here: House,
) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.link()
    here.gateway.pays(payment.number, amount=100)
    await here.later(minutes=1)
    await here.shows(state=State.UNPAID, paid=100, refunded=100)
    await here.later(minutes=20)
    await here.shows({}, state=State.CANCELLED, paid=100, refunded=100)


@pytest.mark.parametrize("amount", [19_999, 20_001, 1])
async def test_another_amount_than_was_asked_serves_nothing_and_calls_the_staff(
    here: House, amount: int
) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.link()
    await here.hears(here.gateway.pays(payment.number, amount=amount))
    await here.shows({}, state=State.UNPAID, paid=amount, refunded=amount)
    assert await here.staff_told("differs") == 1

    # The right amount is still welcome.
    await here.hears(here.gateway.pays(payment.number, late=True))
    await here.shows({"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED)
    assert await here.staff_told("differs") == 1


async def test_another_currency_serves_nothing_and_calls_the_staff(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.link()
    await here.hears(here.gateway.pays(payment.number, currency="JPY"))
    await here.shows({}, state=State.UNPAID, paid=0)
    assert await here.staff_told("differs") == 1


async def test_one_charge_with_two_amounts_calls_the_staff_and_the_book_says_what_came(
    here: House,
) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.link()
    fact = here.gateway.pays(payment.number)
    await here.hears(fact)
    assert fact is not None
    await here.hears(Fact(Told.PAID, payment.number, "e99", fact.reference, 15_000, "CNY"))
    await here.shows({"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED)
    assert await here.staff_told("differs") == 1


async def test_a_notice_about_a_number_nobody_knows_is_put_aside_for_the_staff(here: House) -> None:
    await here.opens()
    for kind in (Told.PAID, Told.EXPIRED):
        await here.hears(Fact(kind, "P404", f"e-{kind}", "c404", 500, "CNY"))
    await here.hears(
        Fact(Told.REFUNDED, "", "e-back", "r404", 5, "CNY", charge="c1", refund_number="R404")
    )
    notices = await here.built.store.find(Notice)
    assert [notice.worked_at for notice in notices] == [here.now] * 3
    assert await here.staff_told("stray") == 3
    rows = await here.database.fetch("SELECT COUNT(*) FROM timer WHERE kind = 'notice.work'")
    assert rows[0][0] == 0
    assert await here.book() == {}


async def test_a_notice_that_is_not_signed_is_not_kept(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.link()
    raw = letter(Fact(Told.PAID, payment.number, "e1", "c1", 20_000, "CNY"))
    with pytest.raises(NoticeRefused):
        await here.core.payments.notice(method="card", raw=raw, headers={}, now=here.now)
    with pytest.raises(PaymentUnavailable):
        await here.core.payments.notice(method="gold", raw=raw, headers={}, now=here.now)
    assert await here.built.store.count(Notice) == 0


async def test_the_gateway_is_down_for_hours_and_nothing_is_lost(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.link()
    here.gateway.pays(payment.number)
    here.gateway.is_down = True
    for _ in range(60):
        await here.later(minutes=5)
    await here.shows({}, state=State.CANCELLED)
    here.gateway.is_down = False
    await here.later(minutes=5)
    await here.shows({}, state=State.CANCELLED, paid=20_000, refunded=20_000)


async def test_money_that_came_for_a_slot_nobody_wants_any_more_is_told_to_its_customer_alone(
    here: House,
) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    payment = await here.link()
    await here.cancels(Actor.CUSTOMER)
    await here.hears(here.gateway.pays(payment.number))
    rows = await here.database.fetch(
        "SELECT person_id FROM outbox WHERE kind = 'refunded' AND bot = 'customer'"
    )
    assert [row[0] for row in rows] == [(await here.now_order()).customer_id]
    assert (await here.built.store.find(Payment))[0].state is PaymentState.PAID
    assert here.now < START
