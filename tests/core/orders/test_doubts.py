"""Why staff must say what was paid at the door."""

import pytest

from core.orders.doubts import Doubt, doubt
from core.orders.model import State
from tests.bot.customer.test_booking_screens import view


@pytest.mark.feature("C12")
@pytest.mark.parametrize(
    ("stated", "confirmed", "why"),
    [
        (None, None, Doubt.UNSTATED),
        (8000, None, Doubt.UNANSWERED),
        (8000, 8000, Doubt.SHORT),
        (8000, 5000, Doubt.DIFFERS),
        (0, 0, Doubt.SHORT),
    ],
)
def test_what_each_side_said_tells_why(
    stated: int | None, confirmed: int | None, why: Doubt
) -> None:
    order = view("王建国", State.DISPUTED, cash_stated=stated, cash_confirmed=confirmed).order
    assert doubt(order=order) is why
