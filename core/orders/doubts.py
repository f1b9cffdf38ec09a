"""Why staff have to say what was paid at the door: what each side said, or did not say."""

from enum import StrEnum

from core.orders.model import Order


class Doubt(StrEnum):
    """How the two words about the cash stand to each other."""

    UNSTATED = "unstated"  # the provider said nothing
    UNANSWERED = "unanswered"  # the customer said nothing
    SHORT = "short"  # both say the same, less than was due
    DIFFERS = "differs"


def doubt(*, order: Order) -> Doubt:
    if order.cash_stated is None:
        return Doubt.UNSTATED
    if order.cash_confirmed is None:
        return Doubt.UNANSWERED
    return Doubt.SHORT if order.cash_stated == order.cash_confirmed else Doubt.DIFFERS
