"""Nobody opens: what the provider has to do before he may leave, and where the money goes. Fen, debits positive."""

from datetime import timedelta

import pytest

from core.errors import FeeChanged, NotAllowedNow
from core.orders.model import Pay, State
from tests.money.house import House

pytestmark = pytest.mark.feature("P17")


async def at_the_door(here: House, pay: Pay = Pay.FULL) -> dict[str, int]:
    """The provider stands there at the start."""
    [lin] = await here.opens()
    await here.books(lin, pay)
    if pay is not Pay.ON_SITE:
        await here.pays()
    await here.accepts()
    order = await here.now_order()
    here.now = order.starts_at
    who = {"order_id": order.id, "person_id": lin.person_id}
    await here.core.jobs.arrive(**who, now=here.now)
    return who


async def waited(here: House, who: dict[str, int]) -> None:
    """Knocked, called some minutes later, waited as long as the rule says."""
    await here.core.absent.knock(**who, now=here.now)
    here.now += timedelta(minutes=5)
    await here.core.absent.call(**who, now=here.now)
    here.now += timedelta(minutes=10)


async def test_after_waiting_and_two_tries_the_fee_is_kept_and_the_rest_goes_back(
    here: House,
) -> None:
    who = await at_the_door(here)
    await waited(here, who)
    await here.core.absent.leave(**who, shown=10_000, now=here.now)
    await here.later(minutes=5)
    await here.shows(
        {"gateway:card": 10_000, "cancellation_fees": -3_000, "lin pending": -7_000},
        state=State.CANCELLED, refund_due=10_000, refunded=10_000,
    )  # fmt: skip


async def test_of_a_deposit_no_more_is_kept_than_was_paid(here: House) -> None:
    who = await at_the_door(here, Pay.DEPOSIT)
    await waited(here, who)
    await here.core.absent.leave(**who, shown=6_000, now=here.now)
    await here.later(minutes=5)
    await here.shows(
        {"gateway:card": 6_000, "cancellation_fees": -1_800, "lin pending": -4_200},
        state=State.CANCELLED, refund_due=0,
    )  # fmt: skip


async def test_with_nothing_paid_beforehand_nobody_owes_anything(here: House) -> None:
    who = await at_the_door(here, Pay.ON_SITE)
    await waited(here, who)
    await here.core.absent.leave(**who, shown=0, now=here.now)
    await here.shows({}, state=State.CANCELLED, refund_due=0)


async def test_nobody_leaves_before_the_waiting_and_the_tries(here: House) -> None:
    who = await at_the_door(here)
    absent = here.core.absent
    with pytest.raises(NotAllowedNow):
        await absent.leave(**who, shown=10_000, now=here.now)
    await absent.call(**who, now=here.now)
    await absent.knock(**who, now=here.now)  # in one breath: one try
    here.now += timedelta(minutes=20)
    with pytest.raises(NotAllowedNow):
        await absent.leave(**who, shown=10_000, now=here.now)
    await absent.call(**who, now=here.now)
    with pytest.raises(FeeChanged):
        await absent.leave(**who, shown=1, now=here.now)
    await absent.leave(**who, shown=10_000, now=here.now)
    await here.shows(
        {"gateway:card": 20_000, "owed back": -10_000, "cancellation_fees": -3_000,
         "lin pending": -7_000}, state=State.CANCELLED, refund_due=10_000,
    )  # fmt: skip
