"""Complaints and what they bring: money back at once, a voucher, the work once more, and who bears it."""

import asyncio
import random
from datetime import timedelta

import pytest

from core.errors import AlreadyDone, DomainError, GivenMeanwhile, Invalid, NotAllowedNow
from core.orders.model import Pay, State
from core.redress.bearing import Stake
from core.redress.model import Outcome, Remedy
from core.support.model import Ticket, TicketKind, TicketState
from tests.money.house import START, House

pytestmark = pytest.mark.feature("A4", "A5")
NAMES = {"en": "Our apology", "zh_CN": "致歉券"}


async def settled(here: House, pay: Pay = Pay.FULL, **service: int) -> None:
    [lin] = await here.opens(**service)
    await here.books(lin, pay)
    if pay is not Pay.ON_SITE:
        await here.pays()
    await here.does_the_job()


async def back(here: House, amount: int, *, by_provider: bool, before: int = 0) -> None:
    await here.core.refunds.refund(
        order_id=here.order_id, amount=amount, by_provider=by_provider, before=before, staff_id=1,
        reason="Two hours late", now=here.now,
    )  # fmt: skip
    await here.sweep.run()


async def complains(here: House, bot: str = "customer") -> Ticket:
    order = await here.now_order()
    view = await here.core.orders.view(order_id=order.id)
    person = order.customer_id if bot == "customer" else view.provider.person_id
    return await here.core.support.open(
        person_id=person, bot=bot, author="Ann", text="It leaks again", files=[],
        key=f"c:{here.now}:{bot}", now=here.now, order_id=order.id, kind=TicketKind.COMPLAINT,
    )  # fmt: skip


async def ends(
    here: House, ticket: Ticket, outcome: Outcome, amount: int = 0, *, by: bool = False
) -> Ticket:
    done = await here.core.closing.close(
        ticket_id=ticket.id, staff_id=1, names=NAMES, now=here.now,
        remedy=Remedy(outcome, amount, by, "We are sorry."),
    )  # fmt: skip
    await here.sweep.run()
    return done


async def test_a_part_goes_back_and_the_platform_bears_it(here: House) -> None:
    await settled(here)
    await back(here, 5_000, by_provider=False)
    await here.shows(
        {"gateway:card": 15_000, "goodwill": 5_000, "lin pending": -17_000, "commission": -3_000},
        refund_due=5_000, refunded=5_000, given_back=5_000, state=State.CLOSED,
    )  # fmt: skip
    assert await here.told("gave_back") == 1


async def test_the_provider_bears_his_part_and_the_platform_gives_up_its_commission(
    here: House,
) -> None:
    await settled(here)
    await back(here, 5_000, by_provider=True)
    await here.shows(
        {"gateway:card": 15_000, "lin pending": -12_750, "commission": -2_250}, refunded=5_000
    )
    await back(here, 15_000, by_provider=True, before=5_000)
    await here.shows({}, refunded=20_000)


@pytest.mark.feature("P11", "A13")
async def test_all_that_a_customer_with_a_coupon_paid_goes_back_and_the_coupons_part_stays(
    here: House,
) -> None:
    """The provider gives up his share of what goes back and no more: a coupon is on the house."""
    [lin] = await here.opens()
    made = await here.coupon(uses=1)
    await here.books(lin, Pay.FULL, coupon="SPRING")
    await here.pays()
    await here.does_the_job()
    with pytest.raises(Invalid):
        await back(here, 20_000, by_provider=True)
    await back(here, 9_000, by_provider=True)
    await back(here, 10_000, by_provider=True, before=9_000)
    await here.shows(
        {"discounts": 1_000, "lin pending": -850, "commission": -150},
        refunded=19_000, given_back=19_000, state=State.CLOSED,
    )  # fmt: skip
    await here.is_right()
    look = await here.core.promotions.look(coupon_id=made.id)
    assert look.coupon.used == 1, "the visit was done"


async def test_what_is_free_already_becomes_a_debt_that_the_next_earnings_pay(here: House) -> None:
    await settled(here)
    await here.later(days=4)
    await back(here, 20_000, by_provider=True)
    await here.shows({"lin available": -17_000, "lin debt": 17_000}, refunded=20_000)


async def test_never_more_than_was_paid_and_nothing_twice(here: House) -> None:
    await settled(here, Pay.DEPOSIT)
    order = await here.now_order()
    with pytest.raises(NotAllowedNow):  # the rest is not paid yet: it isn't over
        await back(here, 1, by_provider=False)
    await here.core.jobs.state_cash(
        order_id=order.id,
        person_id=(await here.core.orders.view(order_id=order.id)).provider.person_id,
        amount=14_000,
        now=here.now,
    )
    await here.core.cash.confirm(
        order_id=order.id, customer_id=order.customer_id, amount=14_000, now=here.now
    )
    for amount in (6_001, 0, -5):
        with pytest.raises(Invalid):
            await back(here, amount, by_provider=True)
    told = await asyncio.gather(
        *(back(here, 2_000, by_provider=True) for _ in range(4)), return_exceptions=True
    )
    assert sum(isinstance(one, GivenMeanwhile) for one in told) == 3
    order = await here.now_order()
    assert (order.refunded, order.to_pay_on_site) == (2_000, 14_000), "its bill stays"


async def test_a_complaint_brings_the_money_back_once_whoever_taps(here: House) -> None:
    await settled(here)
    ticket = await complains(here)
    told = await asyncio.gather(
        *(ends(here, ticket, Outcome.REFUND, 8_000, by=True) for _ in range(3)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, AlreadyDone) for one in told) == 2
    await here.shows(
        {"gateway:card": 12_000, "lin pending": -10_200, "commission": -1_800}, refunded=8_000
    )
    kept = await here.core.support.ticket(ticket_id=ticket.id)
    assert (kept.state, kept.outcome) == (TicketState.CLOSED, "refund")
    assert kept.given == {"amount": 8_000, "borne": 6_800}
    assert await here.told("ticket_closed") == 1
    assert await here.told("gave_back") == 1  # it says nothing then: the ticket does


async def test_a_voucher_is_its_owners_alone_and_the_visit_it_pays_is_paid_in_full(
    here: House,
) -> None:
    await settled(here, Pay.ON_SITE)
    ticket = await complains(here)
    done = await ends(here, ticket, Outcome.COMPENSATION, 3_000)
    code = done.given["voucher"]
    [other] = await here.customers(1)
    lin = (await here.core.orders.view(order_id=here.order_id)).provider
    later = START + timedelta(days=1)
    with pytest.raises(DomainError):
        await here.books(lin, customer=other, coupon=code, start=later)
    assert here.customer is not None
    assert code not in [c.code for c in await here.core.deals.running(now=here.now)]
    assert code not in [
        one.coupon.code for one in await here.core.promotions.all(over=False, now=here.now)
    ]
    order = await here.books(lin, coupon=code, start=later)
    assert (order.total, order.discount) == (17_000, 3_000)


async def test_the_work_is_done_once_more_for_nothing_and_the_first_provider_pays(
    here: House,
) -> None:
    await settled(here)
    done = await ends(here, await complains(here), Outcome.REDO, by=True)
    assert done.given["borne"] == 17_000
    await here.shows({"gateway:card": 20_000, "goodwill": -17_000, "commission": -3_000})
    lin = (await here.core.orders.view(order_id=here.order_id)).provider
    order = await here.books(lin, coupon=done.given["voucher"], start=START + timedelta(days=1))
    assert (order.state, order.total, order.discount) == (State.OFFERED, 0, 20_000)


async def test_a_provider_gets_something_for_his_trouble(here: House) -> None:
    await settled(here)
    ticket = await complains(here, "provider")
    with pytest.raises(NotAllowedNow):
        await ends(here, ticket, Outcome.REFUND, 100)
    with pytest.raises(Invalid):
        await ends(here, ticket, Outcome.COMPENSATION, 50_001)
    await ends(here, ticket, Outcome.COMPENSATION, 1_000)
    await here.shows(
        {"gateway:card": 20_000, "goodwill": 1_000, "lin pending": -18_000, "commission": -3_000}
    )


def test_any_amount_is_borne_to_the_fen() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(1_500):
        gross = rng.randrange(10**6)
        commission = rng.randrange(gross + 1)
        net, left = gross - commission, gross
        taken = given_up = 0
        while left:
            amount = rng.randint(1, left)
            borne = Stake(left, net - taken, gross, commission).borne(
                amount=amount, by_provider=rng.random() < 0.8
            )
            assert borne.amount == amount
            assert min(borne.figures().values()) >= 0
            taken, given_up, left = (
                taken + borne.by_provider,
                given_up + borne.commission,
                left - amount,
            )
        assert taken <= net
        assert given_up <= commission


async def test_any_sequence_of_refunds_stays_within_what_was_paid(here: House) -> None:
    await settled(here)
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(12):
        order = await here.now_order()
        amount, bears = rng.randint(-100, 9_000), rng.random() < 0.5
        try:
            await back(here, amount, by_provider=bears, before=order.refund_due)
        except Invalid:
            assert not 0 < amount <= order.paid - order.refund_due
        if rng.random() < 0.3:
            await here.later(days=2)
        now = await here.now_order()
        assert now.refunded == now.refund_due <= now.paid == 20_000


async def test_staff_lead_a_visit_that_hangs_to_its_end_with_a_reason(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.ON_SITE)
    await here.accepts()
    await here.goes_until(hours_before=0)
    by = {"order_id": here.order_id, "staff_id": 1, "reason": "His phone is off"}
    await here.core.jobs.override_arrive(**by, now=here.now)
    with pytest.raises(NotAllowedNow):
        await here.core.jobs.override_arrive(**by, now=here.now)
    await here.core.jobs.override_start(**by, now=here.now)
    await here.core.jobs.override_finish(**by, now=here.now)
    await here.core.cash.settle(**by, amount=20_000, now=here.now)  # nobody has spoken of cash
    await here.shows(
        {"lin debt": 20_000, "lin pending": -17_000, "commission": -3_000}, state=State.CLOSED
    )
    steps = await here.core.orders.timeline(order_id=here.order_id)
    ours = [s.verb for s in steps if s.actor == "staff" and "His phone" in str(s.facts)]
    assert ours == ["arrive", "start", "finish", "close"]


async def promised(here: House, pay: Pay = Pay.FULL) -> None:
    """Paid for and accepted, not yet done."""
    [lin] = await here.opens()
    await here.books(lin, pay)
    await here.pays()
    await here.accepts()


async def test_before_the_visit_the_price_falls_and_the_provider_earns_as_promised(
    here: House,
) -> None:
    await promised(here)
    await back(here, 5_000, by_provider=False)
    await here.shows({"gateway:card": 15_000, "customer": -15_000}, total=15_000, refunded=5_000)
    assert await here.told("gave_back") == 1
    await back(here, 1_000, by_provider=True, before=5_000)
    await here.does_the_job(accept=False)
    await here.shows(
        {"gateway:card": 14_000, "discounts": 6_000, "lin pending": -17_000, "commission": -3_000},
        state=State.CLOSED, refund_due=6_000, refunded=6_000,
    )  # fmt: skip
    await here.is_right()


async def test_of_a_deposit_a_part_goes_back_and_the_rest_at_the_door_stays(here: House) -> None:
    await promised(here, Pay.DEPOSIT)
    rest = (await here.now_order()).to_pay_on_site
    with pytest.raises(Invalid):
        await back(here, 6_001, by_provider=False)
    await back(here, 2_000, by_provider=False)
    assert (await here.now_order()).to_pay_on_site == rest
    await here.is_right()


async def test_after_a_part_went_back_cancelling_returns_the_rest_and_no_more(here: House) -> None:
    await promised(here)
    await back(here, 20_000, by_provider=False)
    with pytest.raises(Invalid):
        await back(here, 1, by_provider=False, before=20_000)
    await here.cancels()
    await here.later(minutes=5)
    await here.shows({}, state=State.CANCELLED, refund_due=20_000, refunded=20_000)


async def test_a_free_visit_is_done_and_earned_all_the_same(here: House) -> None:
    await promised(here)
    await back(here, 20_000, by_provider=False)
    await here.does_the_job(accept=False)
    await here.shows(
        {"discounts": 20_000, "lin pending": -17_000, "commission": -3_000}, state=State.CLOSED
    )
