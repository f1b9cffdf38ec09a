"""Coupons, the codes that are good once, and their uses."""

from datetime import datetime
from typing import Protocol

from pydantic import Field as F

from core.entity import Entity


class Coupon(Entity):
    """`amount` off (minor units) or `percent_bp` off, no more than `cap` (0: any), from `minimum`.

    `used` never passes `uses`. `public`: found without knowing its code. `singly`: its own code is good for nothing,
    those made for it (CouponCode) are, each once. `version` grows with every change of its terms.
    One with an `owner_id` is a voucher: only this person sees and may use it.
    """

    code: str
    names: dict[str, str] = F(default_factory=dict)
    amount: int = 0
    percent_bp: int = 0
    cap: int = 0
    minimum: int = 0
    service_ids: list[int] = F(default_factory=list)
    newcomers: bool = False
    public: bool = True
    singly: bool = False
    uses: int = 1000
    used: int = 0
    per_person: int = 1
    owner_id: int | None = None
    starts_at: datetime
    ends_at: datetime
    active: bool = True
    version: int = 1


class CouponCode(Entity):
    """A code that is good for one use: whoever brings it first holds it, `order_id` is where it was used."""

    coupon_id: int
    code: str
    holder_id: int | None = None
    order_id: int | None = None


class CouponUse(Entity):
    """One use: `turn` counts 1.. per person, so the unique key (coupon, person, turn) holds the limit."""

    coupon_id: int
    person_id: int
    turn: int
    order_id: int


class Spending(Protocol):
    """What coupons have cost so far, in minor units, by their ids; where there is nothing, nothing stands."""

    async def granted(self, *, coupon_ids: list[int]) -> dict[int, int]:
        """Taken off the orders that use them."""

    async def borne(self, *, coupon_ids: list[int]) -> dict[int, int]:
        """What of that the platform has paid in the book, because the work was done."""
