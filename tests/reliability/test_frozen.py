"""A frozen provider's orders go to others: those he has at once, those that are paid for later the moment they are."""

from datetime import timedelta

import pytest

from core.orders.model import Order
from tests.reliability.test_series import START
from tests.reliability.test_series_paid import prepaid, visits_of
from tests.reliability.town import Town

pytestmark = pytest.mark.feature("C17", "C20")


async def test_a_reserved_visit_wakes_nobody_until_it_is_paid_and_goes_to_somebody_else_then(
    here: Town,
) -> None:
    provider, order, series = await prepaid(here)
    await here.provider()
    core = here.core
    await core.freezing.freeze(provider_id=provider.id, staff_id=1, reason="x", now=here.now)
    await here.sweep.run()
    assert await _of(here, order) != provider.id
    looks = "SELECT COUNT(*) FROM timer WHERE kind = 'provider.pass_on'"
    assert [tuple(row) for row in await here.database.fetch(looks, [])] == [(0,)]
    visit = (await visits_of(here, series))[0]
    here.now = START + timedelta(days=3)
    assert await here.pay(visit)
    await here.sweep.run()
    assert await _of(here, visit) != provider.id


async def _of(here: Town, order: Order) -> int:
    found = await here.built.store.get(Order, id=order.id)
    assert found is not None
    return found.provider_id
