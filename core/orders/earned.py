"""What a visit brings its provider: each service at its commission when placed, less what his level takes off."""

from collections import Counter
from datetime import datetime

from core.changes import Timer
from core.ledger.service import Earning
from core.money import share, split
from core.orders.model import Order


def earned(*, order: Order, total: int) -> Earning:
    """`total` is what the customer pays after the coupon; less than the order's is taken from all services alike.

    Commission is of the price before the coupon. Services with the same rate are taken together, so one rounding each.
    """
    rates: Counter[int] = Counter()
    for task in order.tasks:
        rates[task.commission_bp] += task.gross
    if not any(rates.values()):
        rates = Counter({order.lowered_bp(order.commission_bp): 1})
    gross = total + order.discount
    parts = split(total=gross, weights=list(rates.values()))
    commission = sum(share(amount=p, rate_bp=bp) for bp, p in zip(rates, parts, strict=True))
    return Earning(gross, order.discount, commission)


def release_due(*, order_id: int, now: datetime) -> Timer:
    """Looks at what was earned, and when it is free: see core/payouts/releasing.py."""
    return Timer("order.release", order_id, now, f"order.release:{order_id}")
