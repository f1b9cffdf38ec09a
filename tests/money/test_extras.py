"""Extra work on the bill: only after the customer's yes, by exactly what was shown, and never more is collected."""

import asyncio
from datetime import timedelta

import pytest

from core.errors import AlreadyDone, Invalid, NotAllowedNow, OutOfDate
from core.extras.model import Extra, ExtraState
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay, State
from db.errors import ConstraintBroken
from db.ops import Op
from tests.money.house import START, House

pytestmark = pytest.mark.feature("C16")


async def test_an_approved_extra_is_paid_in_cash_with_the_rest(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.DEPOSIT)
    await here.pays()
    await here.at_work()

    # Two parts for ¥160. Nothing counts before the customer's yes.
    extra = await here.proposes(10_000, 6_000)
    await here.shows({"gateway:card": 6_000, "customer": -6_000}, total=20_000, extra_total=0)
    await here.approves(extra)
    await here.shows(
        {"gateway:card": 6_000, "customer": -6_000}, total=36_000, extra_total=16_000, extra_id=None
    )

    # ¥300 at the door; 15 % of all ¥360 is ours.
    await here.finishes()
    await here.names_cash(30_000)
    await here.confirms_cash(30_000)
    await here.shows(
        {"gateway:card": 6_000, "lin debt": 30_000, "lin pending": -30_600, "commission": -5_400},
        state=State.CLOSED,
    )


async def test_a_refused_extra_leaves_everything_as_it_was(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.at_work()
    await here.refuses(await here.proposes(16_000, minutes=30))
    await here.shows(total=20_000, extra_total=0, extra_id=None, extra_min=0, minutes=60)
    await here.finishes()
    await here.shows(
        {"gateway:card": 20_000, "lin pending": -17_000, "commission": -3_000}, state=State.CLOSED
    )


async def test_a_visit_paid_by_card_pays_its_extra_by_link(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.at_work()
    await here.approves(await here.proposes(16_000))
    link = await here.link_for_rest()
    assert link.amount == 16_000
    assert (await here.link_for_rest()).id == link.id, "asked again, the same link"
    await here.hears(here.gateway.pays(link.number))
    await here.shows(
        {"gateway:card": 36_000, "customer": -36_000}, paid=36_000, state=State.WORKING
    )
    with pytest.raises(NotAllowedNow):
        await here.link_for_rest()

    # Paid once more on the same page: it goes back.
    await here.hears(here.gateway.pays(link.number, late=True))
    await here.shows(paid=52_000, refund_due=16_000, refunded=16_000)
    await here.finishes()
    await here.shows(
        {"gateway:card": 36_000, "lin pending": -30_600, "commission": -5_400}, state=State.CLOSED
    )


async def test_a_link_paid_after_the_work_closes_the_order(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.at_work()
    await here.approves(await here.proposes(16_000))
    await here.finishes()
    await here.shows(state=State.FINISHED)
    await here.pays_rest()
    await here.shows(
        {"gateway:card": 36_000, "lin pending": -30_600, "commission": -5_400},
        state=State.CLOSED, cash_confirmed=None,
    )  # fmt: skip


async def test_what_was_given_in_cash_is_not_taken_by_link_too(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.at_work()
    await here.approves(await here.proposes(16_000))
    link = await here.link_for_rest()
    await here.finishes()
    await here.names_cash(16_000)
    await here.hears(here.gateway.pays(link.number))
    await here.shows(paid=36_000, refund_due=16_000, refunded=16_000, state=State.FINISHED)
    await here.confirms_cash(16_000)
    await here.shows(state=State.CLOSED, cash_confirmed=16_000)


async def test_two_extras_and_the_old_link_does_not_ask_too_much(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.at_work()
    await here.approves(await here.proposes(5_000))
    old = await here.link_for_rest()
    await here.approves(await here.proposes(7_000))
    fresh = await here.link_for_rest()
    assert (old.amount, fresh.amount) == (5_000, 12_000)
    await here.hears(here.gateway.pays(old.number, late=True))
    await here.hears(here.gateway.pays(fresh.number))
    # The old one is a part of what is owed; the other one is then too much and goes back.
    await here.shows(total=32_000, paid=37_000, refund_due=12_000)
    assert (await here.link_for_rest()).amount == 7_000
    await here.pays_rest()
    await here.finishes()
    await here.shows(state=State.CLOSED)


@pytest.mark.feature("C12")
async def test_two_different_amounts_with_an_extra_go_to_the_staff_with_both(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.ON_SITE)
    await here.at_work()
    await here.approves(await here.proposes(16_000))
    await here.finishes()
    with pytest.raises(Invalid):
        await here.names_cash(36_001)
    await here.names_cash(36_000)
    await here.confirms_cash(20_000)
    await here.shows(state=State.DISPUTED, cash_stated=36_000, cash_confirmed=20_000)
    with pytest.raises(Invalid):
        await here.core.cash.settle(
            order_id=here.order_id, amount=36_001, staff_id=1, reason="", now=here.now
        )
    await here.core.cash.settle(
        order_id=here.order_id, amount=36_000, staff_id=1, reason="", now=here.now
    )
    await here.shows({"lin debt": 36_000, "lin pending": -30_600, "commission": -5_400})


async def test_of_twenty_taps_one_counts(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.ON_SITE)
    await here.at_work()
    extra = await here.proposes(16_000)
    taps = [here.approves(extra) for _ in range(10)] + [here.refuses(extra) for _ in range(10)]
    ends = await asyncio.gather(*taps, return_exceptions=True)
    assert sum(end is None for end in ends) == 1
    odd = [
        end for end in ends if not isinstance(end, AlreadyDone | NotAllowedNow | OutOfDate | None)
    ]
    assert odd == []
    kept = await here.built.store.get(Extra, id=extra.id)
    assert kept is not None
    grown = 16_000 if kept.state is ExtraState.APPROVED else 0
    await here.shows(total=20_000 + grown, extra_total=grown)


async def test_approving_and_finishing_at_once_are_one_after_the_other(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.ON_SITE)
    await here.at_work()
    extra = await here.proposes(16_000, minutes=30)
    await asyncio.gather(here.approves(extra), here.finishes(), return_exceptions=True)
    kept, order = await here.built.store.get(Extra, id=extra.id), await here.now_order()
    assert kept is not None
    assert (kept.state, order.total) in [
        (ExtraState.APPROVED, 36_000), (ExtraState.WITHDRAWN, 20_000)
    ]  # fmt: skip
    assert order.extra_id is None
    await here.shows(extra_min=0)


async def test_what_waits_falls_with_the_end_of_the_work(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.ON_SITE)
    await here.at_work()
    extra = await here.proposes(16_000, minutes=45)
    await here.shows(extra_id=extra.id, extra_min=45)
    await here.finishes()
    await here.shows(total=20_000, extra_id=None, extra_min=0, minutes=60, state=State.FINISHED)
    with pytest.raises(NotAllowedNow):
        await here.approves(extra)


async def test_silence_is_no_yes(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.ON_SITE)
    await here.at_work()
    extra = await here.proposes(16_000, minutes=30)
    await here.later(minutes=29)
    await here.shows(extra_id=extra.id)
    await here.later(minutes=1)
    await here.shows(extra_id=None, extra_min=0, total=20_000)
    with pytest.raises(NotAllowedNow):
        await here.approves(extra)


async def test_the_rule_bounds_how_much_and_how_often(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.ON_SITE)
    await here.at_work()
    await here.rules(extra_most_bp=10_000)
    with pytest.raises(Invalid) as error:
        await here.proposes(20_001)
    assert (error.value.reason, error.value.facts) == ("too_much", {"most": 20_000})
    await here.approves(await here.proposes(15_000))
    with pytest.raises(Invalid):
        await here.proposes(5_001)
    await here.core.extras.allow(order_id=here.order_id, staff_id=1, reason="", now=here.now)
    await here.refuses(await here.proposes(90_000))
    await here.withdraws(await here.proposes(1_000))
    with pytest.raises(Invalid) as error:
        await here.proposes(1_000)
    assert error.value.reason == "too_many"
    await here.shows(total=35_000)


async def test_a_longer_visit_never_meets_the_next_one(here: House) -> None:
    [lin] = await here.opens()
    first = await here.books(lin, Pay.ON_SITE)
    gap = timedelta(minutes=first.minutes + first.buffer_min + 30)
    await here.books(lin, Pay.ON_SITE, start=START + gap)
    await here.accepts()
    here.order = first
    await here.at_work()
    with pytest.raises(Invalid) as error:
        await here.proposes(5_000, minutes=45)
    assert error.value.facts == {"most": 30}
    extra = await here.proposes(5_000, minutes=30)
    await here.approves(extra)
    await here.shows(minutes=first.minutes + 30, extra_min=0)


async def test_staff_cancel_while_a_longer_visit_is_proposed_and_all_time_is_free(
    here: House,
) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.accepts()
    await here.goes_until(hours_before=0)
    await here.core.jobs.arrive(order_id=here.order_id, person_id=lin.person_id, now=here.now)
    extra = await here.proposes(5_000, minutes=60)
    await here.cancels(Actor.STAFF, fee=0)
    rows = await here.database.fetch("SELECT COUNT(*) FROM slot_claim", [])
    assert rows[0][0] == 0
    kept = await here.built.store.get(Extra, id=extra.id)
    assert kept is not None
    assert kept.state is ExtraState.WITHDRAWN
    order = await here.built.store.get(Order, id=here.order_id)
    assert order is not None
    assert order.refunded == 20_000


async def test_of_what_was_taken_back_a_part_may_be_asked_for_again(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.ON_SITE)
    await here.at_work()
    whole = await here.proposes(10_000, 6_000)
    await here.withdraws(whole)
    part = await here.proposes_less()
    assert (part.amount, part.id != whole.id) == (6_000, True)
    with pytest.raises((NotAllowedNow, OutOfDate)):
        await here.approves(whole)
    await here.approves(part)
    await here.shows({}, total=26_000, extra_total=6_000)
    await here.finishes()
    await here.names_cash(26_000)
    await here.confirms_cash(26_000)
    await here.shows(state=State.CLOSED, cash_confirmed=26_000)


async def test_staff_cancel_after_a_yes_and_all_but_the_fee_goes_back(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.arrives()
    await here.approves(await here.proposes(16_000))
    await here.pays_rest()
    await here.cancels(Actor.STAFF, fee=500)
    await here.shows(state=State.CANCELLED, paid=36_000, refund_due=35_500, refunded=35_500)
    await here.closes_the_books()


async def test_neither_side_s_number_crosses_in_a_question_or_a_reason(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.ON_SITE)
    await here.at_work()
    who = {"order_id": here.order_id, "person_id": lin.person_id, "now": here.now}
    desk = await here.core.drafts.explain(reason="broken, call 138 0013 8000", **who)  # type: ignore[arg-type]
    assert "8000" not in desk.extra.reason
    extra = await here.proposes(5_000)
    customer = (await here.now_order()).customer_id
    asked = await here.core.extras.ask(
        extra_id=extra.id, customer_id=customer, text="why? 13800138000", now=here.now
    )
    assert [word["by"] for word in asked.extra.talk] == ["customer"]
    assert "1380013" not in str(asked.extra.talk)


BEYOND = (
    "UPDATE orders SET total = total + 1",
    "UPDATE orders SET total = total + 16000, extra_total = extra_total + 16000",
    "UPDATE orders SET paid = paid + 1",
    "UPDATE orders SET cash_confirmed = 1",
    "UPDATE extra SET amount = 1 WHERE state = 'open'",
    "UPDATE extra SET state = 'approved' WHERE state = 'refused'",
    "UPDATE extra SET state = 'open' WHERE state = 'refused'",
)


@pytest.mark.parametrize("sql", BEYOND)
async def test_the_database_itself_refuses_a_bill_that_nobody_approved(
    here: House, sql: str
) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.at_work()
    await here.refuses(await here.proposes(9_000))
    await here.proposes(16_000)
    with pytest.raises(ConstraintBroken, match="bill: "):
        await here.database.apply([Op(sql)])
