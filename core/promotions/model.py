"""Coupons and their uses."""

from datetime import datetime

from pydantic import Field as F

from core.entity import Entity


class Coupon(Entity):
    """`amount` off (minor units) or `percent_bp` off, from `minimum`; `used` never passes `uses`."""

    code: str
    names: dict[str, str] = F(default_factory=dict)
    amount: int = 0
    percent_bp: int = 0
    minimum: int = 0
    service_ids: list[int] = F(default_factory=list)
    newcomers: bool = False
    uses: int = 1000
    used: int = 0
    per_person: int = 1
    starts_at: datetime
    ends_at: datetime
    active: bool = True


class CouponUse(Entity):
    """One use: `turn` counts 1.. per person, so the unique key (coupon, person, turn) holds the limit."""

    coupon_id: int
    person_id: int
    turn: int
    order_id: int
