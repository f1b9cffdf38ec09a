"""Numbers of orders are given by chance; one that is taken costs nobody a booking."""

import random
from datetime import timedelta

import pytest

from core.ids import order_number
from core.orders.model import Pay
from tests.reliability.town import Town


@pytest.mark.feature("C2")
async def test_a_number_that_an_order_has_already_is_not_given_again(here: Town) -> None:
    await here.service()
    numbers = set()
    for customer in await here.customers(3):
        provider = await here.provider()
        await here.wants(customer, provider, here.now + timedelta(days=1), pay=Pay.ON_SITE)
        here.core.placing._rng = random.Random(7)
        numbers.add((await here.place(customer.id)).number)
    kept = {number for (number,) in await here.database.fetch("SELECT number FROM orders")}
    assert kept == numbers
    assert len(numbers) == 3
    assert order_number(rng=random.Random(7)) in numbers
