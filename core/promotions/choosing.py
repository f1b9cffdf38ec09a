"""Which coupons a customer could use for a price, and the one that was chosen looked at once more."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from core.errors import CouponGone
from core.orders.model import Order, State
from core.ports import Store
from core.pricing import Line, check_coupon, taken_off, usable
from core.promotions.codes import coupon_of, held
from core.promotions.model import Coupon, CouponCode, CouponUse

# What makes somebody no newcomer any more: a visit that was cancelled never took place.
BOOKED: Final = sorted(frozenset(State) - {State.CANCELLED})


class Coupons:
    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def coded(self, *, code: str) -> Coupon | None:
        """The coupon that this code opens."""
        return await coupon_of(store=self._store, code=code)

    async def of(
        self, *, customer_id: int, lines: Sequence[Line], now: datetime
    ) -> list[Coupon]:  # fmt: skip
        """Those the customer could use for this very price, the largest first."""
        found = [
            coupon
            for coupon in await self._open_to(customer_id)
            if usable(coupon=coupon, lines=lines, now=now)
            and await self.may_use(coupon=coupon, customer_id=customer_id)
        ]
        return sorted(found, key=lambda coupon: -taken_off(coupon=coupon, lines=lines))

    async def _open_to(self, customer_id: int) -> list[Coupon]:
        """Without a code, and those of which the customer holds one."""
        everybodys = await self._store.find(Coupon, active=True, public=True, singly=False)
        codes = await held(store=self._store, person_id=customer_id)
        theirs = await self._store.find(Coupon, id=list(codes), active=True) if codes else []
        return everybodys + [
            coupon.model_copy(update={"code": codes[coupon.id].code}) for coupon in theirs
        ]

    async def checked(
        self, *, code: str, customer_id: int, lines: Sequence[Line], now: datetime
    ) -> Coupon:
        """Raises CouponGone for one that may not be used (any more)."""
        coupon = await self.coded(code=code)
        if coupon is None:
            raise CouponGone(code, "unknown")
        if coupon.singly:
            await self._check_single(coupon, customer_id)
        check_coupon(coupon=coupon, lines=lines, now=now)
        why = await self._refusal(coupon, customer_id)
        if why:
            raise CouponGone(coupon.code, why)
        return coupon

    async def _check_single(self, coupon: Coupon, customer_id: int) -> None:
        single = await self._store.get(CouponCode, code=coupon.code)
        if single is None or single.order_id is not None:
            raise CouponGone(coupon.code, "spent")
        if single.holder_id not in (None, customer_id):
            raise CouponGone(coupon.code, "taken")

    async def may_use(self, *, coupon: Coupon, customer_id: int) -> bool:
        """Whether the customer has a use of it left, is new where it is for newcomers, and the owner of a voucher."""
        return not await self._refusal(coupon, customer_id)

    async def _refusal(self, coupon: Coupon, customer_id: int) -> str:
        if coupon.owner_id not in (None, customer_id):
            return "taken"
        used = await self._store.count(CouponUse, coupon_id=coupon.id, person_id=customer_id)
        if used >= coupon.per_person:
            return "used"
        booked = {"customer_id": customer_id, "state": BOOKED}
        if coupon.newcomers and await self._store.count(Order, **booked):
            return "newcomers"
        return ""
