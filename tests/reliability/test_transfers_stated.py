"""Transfers to providers beside the statement of the gateway that sent them: what differs is found, none else."""

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from core.payouts.model import Payout, PayoutState
from core.reconciling.model import Kind, Line, Why
from tests.reliability.test_payouts_sent import OLIVIA, TEN, Gateway, approved, both, earner
from tests.reliability.town import Town

__all__ = ["both"]
pytestmark = pytest.mark.feature("A12")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def stated(payout: Payout, *, kind: Kind = Kind.TRANSFER, amount: int = TEN) -> Line:
    assert payout.ended_at is not None
    return Line(
        id=0, day=payout.ended_at.astimezone(SHANGHAI).date(), kind=kind, reference=payout.number,
        number=payout.number, amount=amount, currency=payout.currency, at=payout.ended_at,
    )  # fmt: skip


async def sent(here: Town, gateway: Gateway, count: int) -> list[Payout]:
    """By the gateway, within one day."""
    provider = await earner(here, count * TEN)
    for _ in range(count):
        await approved(here, provider)
    await here.sweep.run()
    made = await here.built.store.find(Payout, order="id")
    assert {one.state for one in made} == {PayoutState.PAID}
    assert len(gateway.money) == count
    return made


async def test_each_planted_difference_is_found_and_none_else(both: tuple[Town, Gateway]) -> None:
    here, gateway = both
    made = await sent(here, gateway, 7)
    gone, more, twice, back, *right = made
    lines = [stated(one) for one in (twice, back, *right)]
    lines += [stated(more, amount=TEN + 1), stated(twice), stated(back, kind=Kind.CAME_BACK)]
    stranger = stated(right[0]).model_copy(update={"reference": "W999", "number": "W999"})
    lines.append(stranger)
    planted = Counter([
        (Kind.TRANSFER, gone.number, Why.NOT_THERE), (Kind.TRANSFER, more.number, Why.AMOUNT),
        (Kind.TRANSFER, twice.number, Why.TWICE), (Kind.CAME_BACK, back.number, Why.NOT_HERE),
        (Kind.TRANSFER, "W999", Why.NOT_HERE),
    ])  # fmt: skip
    money, day = here.core.reconciling, lines[0].day
    for again in range(2):
        outcome = await money.compare(method="alipay", day=day, lines=lines, now=here.now)
        found = Counter((one.kind, one.reference, one.why) for one in outcome.open)
        assert found == planted, again

    # It came back at the gateway days before anybody booked it: then it is all right, on either day.
    here.now += timedelta(days=3)
    await here.core.deciding.returned(
        payout_id=back.id, by=OLIVIA, reason="It came back", now=here.now
    )
    later = here.now.astimezone(SHANGHAI).date()
    outcome = await money.compare(method="alipay", day=later, lines=[], now=here.now)
    del planted[Kind.CAME_BACK, back.number, Why.NOT_HERE]
    assert Counter((one.kind, one.reference, one.why) for one in outcome.open) == planted


async def test_what_people_sent_is_in_no_statement(both: tuple[Town, Gateway]) -> None:
    here, _ = both
    provider = await earner(here, TEN)
    payout = await approved(here, provider)
    paid = await here.core.deciding.paid(payout_id=payout.id, by=OLIVIA, now=here.now)
    day = stated(paid).day
    outcome = await here.core.reconciling.compare(method="alipay", day=day, lines=[], now=here.now)
    assert outcome.open == ()
