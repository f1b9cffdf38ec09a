"""What a customer gets instead of money: an amount off a later visit, or the same work once more for nothing."""

import random
from datetime import datetime, timedelta
from typing import Final

from core.money import BASIS
from core.orders.model import Order
from core.promotions.model import Coupon

# Without letters and digits that are taken for one another.
_SIGNS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH: Final = 8


def _code(rng: random.Random) -> str:
    return "V-" + "".join(rng.choice(_SIGNS) for _ in range(_LENGTH))


def voucher(
    *, id: int, owner_id: int, amount: int, names: dict[str, str], rng: random.Random,
    now: datetime, days: int,
) -> Coupon:  # fmt: skip
    """`amount` (minor units) off one visit of the owner's; nobody else can use it."""
    return Coupon(
        id=id, code=_code(rng), names=names, amount=amount, uses=1, owner_id=owner_id,
        public=False,
        starts_at=now, ends_at=now + timedelta(days=days),
    )  # fmt: skip


def free_visit(
    *, id: int, order: Order, names: dict[str, str], rng: random.Random, now: datetime, days: int
) -> Coupon:
    """One visit for the same services that costs its customer nothing, by whichever provider."""
    return Coupon(
        id=id, code=_code(rng), names=names, percent_bp=BASIS, uses=1, owner_id=order.customer_id,
        public=False,
        service_ids=[task.service_id for task in order.tasks], starts_at=now,
        ends_at=now + timedelta(days=days),
    )  # fmt: skip
