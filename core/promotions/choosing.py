"""Which coupons a customer could use for a price, and the one that was chosen looked at once more."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from core.errors import CouponGone
from core.orders.model import Order, State
from core.ports import Store
from core.pricing import Line, check_coupon, taken_off, usable
from core.promotions.model import Coupon, CouponUse

# What makes somebody no newcomer any more: a visit that was cancelled never took place.
BOOKED: Final = sorted(frozenset(State) - {State.CANCELLED})


class Coupons:
    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def of(
        self, *, customer_id: int, lines: Sequence[Line], now: datetime
    ) -> list[Coupon]:  # fmt: skip
        """Those the customer could use for this very price, the largest first."""
        found = [
            coupon
            for coupon in await self._store.find(Coupon, active=True)
            if usable(coupon=coupon, lines=lines, now=now)
            and await self.may_use(coupon=coupon, customer_id=customer_id)
        ]
        return sorted(found, key=lambda coupon: -taken_off(coupon=coupon, lines=lines))

    async def checked(
        self, *, code: str, customer_id: int, lines: Sequence[Line], now: datetime
    ) -> Coupon:
        """Raises CouponGone for one that may not be used (any more)."""
        coupon = await self._store.get(Coupon, code=code)
        if coupon is None or not await self.may_use(coupon=coupon, customer_id=customer_id):
            raise CouponGone(code)
        check_coupon(coupon=coupon, lines=lines, now=now)
        return coupon

    async def may_use(self, *, coupon: Coupon, customer_id: int) -> bool:
        """Whether the customer has a use of it left, and is new where it is for newcomers."""
        used = await self._store.count(CouponUse, coupon_id=coupon.id, person_id=customer_id)
        if used >= coupon.per_person:
            return False
        booked = {"customer_id": customer_id, "state": BOOKED}
        return not coupon.newcomers or not await self._store.count(Order, **booked)
