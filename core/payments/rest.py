"""The rest of a bill that grew during the visit, paid by link: what is asked for, and what of it is taken."""

from datetime import timedelta
from typing import Final

from core.orders.lifecycle import THERE
from core.orders.model import Order, Pay, State
from core.payments.model import Payment, Purpose

OPEN_FOR: Final = timedelta(minutes=30)
_PAYABLE: Final = THERE | {State.FINISHED}


def rest_by_link(*, order: Order) -> int:
    """What a link asks for now: nothing before extra work was approved, once cash is spoken of, or all on site."""
    grown = order.state in _PAYABLE and order.extra_total > 0
    linked = grown and order.pay is not Pay.ON_SITE and order.cash_stated is None
    return order.to_pay_on_site if linked else 0


def is_rest(*, payment: Payment) -> bool:
    return payment.purpose is Purpose.BALANCE


def takes(*, order: Order, amount: int) -> bool:
    """Whether so much is still owed; what either side says was paid in cash is not paid once more."""
    if order.state not in _PAYABLE | {State.DISPUTED}:
        return False
    in_cash = max(order.cash_stated or 0, order.cash_confirmed or 0)
    return 0 < amount <= order.to_pay_on_site - in_cash


def still_due(*, order: Order, payment: Payment) -> bool:
    """Whether the link still asks for what is owed."""
    if is_rest(payment=payment):
        return rest_by_link(order=order) == payment.amount
    return order.state is State.UNPAID
