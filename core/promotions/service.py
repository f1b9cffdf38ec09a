"""Coupons as the staff make, change, pause and stop them; what an order was granted stays as it is."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from core.anew import decided_anew
from core.catalog.service import Catalog
from core.changes import Changes, Insert, Update
from core.entity import NewId
from core.errors import AlreadyDone, Invalid, NotAllowedNow, OutOfDate, Unknown
from core.ports import Store
from core.promotions.codes import made_up
from core.promotions.model import Coupon, CouponCode, CouponUse, Spending
from core.promotions.terms import CHANGEABLE, MOST_CODES, check, check_future

OWN_LENGTH: Final = 6
SINGLE_LENGTH: Final = 8


@dataclass(frozen=True, slots=True)
class Account:
    """A coupon and what it has cost so far (minor units): taken off orders, and of that paid out of the book."""

    coupon: Coupon
    granted: int = 0
    borne: int = 0


class Promotions:
    def __init__(
        self, *, store: Store, catalog: Catalog, spending: Spending, new_id: NewId,
        rng: random.Random,
    ) -> None:  # fmt: skip
        self._store = store
        self._catalog = catalog
        self._spending = spending
        self._new_id = new_id
        self._rng = rng

    async def all(self, *, over: bool, now: datetime) -> list[Account]:
        """Those that can still be used some day, or those that are over, no voucher among them; the latest first."""
        coupons = await self._store.find(Coupon, owner_id=None, order="-id")
        return await self._accounts([one for one in coupons if (one.ends_at <= now) is over])

    async def look(self, *, coupon_id: int) -> Account:
        """Raises Unknown."""
        return (await self._accounts([await self._coupon(coupon_id)]))[0]

    async def _accounts(self, coupons: list[Coupon]) -> list[Account]:
        ids = [one.id for one in coupons]
        granted = await self._spending.granted(coupon_ids=ids)
        borne = await self._spending.borne(coupon_ids=ids)
        return [Account(one, granted.get(one.id, 0), borne.get(one.id, 0)) for one in coupons]

    async def _coupon(self, coupon_id: int) -> Coupon:
        coupon = await self._store.get(Coupon, id=coupon_id)
        if coupon is None:
            raise Unknown("coupon")
        return coupon

    def code(self) -> str:
        """One that nobody has yet, most likely."""
        return made_up(rng=self._rng, length=OWN_LENGTH)

    async def check(self, *, coupon: Coupon, now: datetime) -> None:
        """Whether it could be made like this. Raises Invalid."""
        check(coupon)
        check_future(coupon, now=now)
        if coupon.singly and coupon.uses > MOST_CODES:
            raise Invalid("coupon_codes", "bounds", {"low": 1, "high": MOST_CODES})
        self._known(coupon.service_ids)
        if await self._taken(coupon.code):
            raise Invalid("coupon_code", "taken")

    def _known(self, service_ids: list[int]) -> None:
        for service_id in service_ids:
            self._catalog.service(service_id=service_id)

    async def _taken(self, code: str) -> bool:
        used = await self._store.count(Coupon, code=code)
        return bool(used or await self._store.count(CouponCode, code=code))

    async def create(self, *, coupon: Coupon, now: datetime) -> Coupon:
        """With as many codes as uses, where each is good once. Raises Invalid, Unknown."""
        await self.check(coupon=coupon, now=now)
        made = coupon.model_copy(update={"id": self._new_id(), "used": 0, "version": 1})
        taken = Invalid("coupon_code", "taken")
        changes = Changes().add(Insert(made, otherwise=taken))
        if made.singly:
            changes.add(*self._codes(made, made.uses))
        await self._store.apply(changes)
        return made

    def _codes(self, coupon: Coupon, count: int) -> list[Insert]:
        return [
            Insert(
                CouponCode(
                    id=self._new_id(), coupon_id=coupon.id,
                    code=f"{coupon.code[:12]}-{made_up(rng=self._rng, length=SINGLE_LENGTH)}",
                ),
                otherwise=OutOfDate(),
            )
            for _ in range(count)
        ]  # fmt: skip

    async def codes(self, *, coupon_id: int) -> list[CouponCode]:
        return await self._store.find(CouponCode, coupon_id=coupon_id, limit=100_000)

    @decided_anew
    async def more_codes(self, *, coupon_id: int, count: int, version: int) -> Coupon:
        """Each is one use more. `version` is the coupon as it was shown. Raises Invalid, NotAllowedNow, AlreadyDone."""
        coupon = await self._coupon(coupon_id)
        if not coupon.singly:
            raise NotAllowedNow("more_codes", "common")
        if not 1 <= count <= MOST_CODES:
            raise Invalid("coupon_codes", "bounds", {"low": 1, "high": MOST_CODES})
        if coupon.version != version:
            raise AlreadyDone()
        values = {"uses": coupon.uses + count, "version": coupon.version + 1}
        wide = Update(Coupon, coupon.id, values, {"version": coupon.version}, AlreadyDone())
        await self._store.apply(Changes().add(wide, *self._codes(coupon, count)))
        return coupon.model_copy(update=values)

    async def changed(
        self, *, coupon_id: int, values: Mapping[str, Any], now: datetime
    ) -> tuple[Coupon, Coupon]:
        """(now, as it would be); nothing is written. Raises Invalid, Unknown."""
        coupon = await self._coupon(coupon_id)
        new = coupon.model_copy(update={k: v for k, v in values.items() if k in CHANGEABLE})
        check(new)
        if new.ends_at != coupon.ends_at:
            check_future(new, now=now)
        self._known(new.service_ids)
        await self._check_granted(coupon, new)
        return coupon, new

    async def _check_granted(self, coupon: Coupon, new: Coupon) -> None:
        """No limit is drawn below what people have been granted already."""
        if new.uses < coupon.used:
            raise Invalid("coupon_uses", "used", {"used": coupon.used})
        if coupon.singly and new.uses != coupon.uses:
            raise Invalid("coupon_uses", "codes")
        if new.per_person < coupon.per_person:
            uses = await self._store.find(CouponUse, coupon_id=coupon.id, order="-turn", limit=1)
            if uses and uses[0].turn > new.per_person:
                raise Invalid("coupon_per_person", "used", {"used": uses[0].turn})

    @decided_anew
    async def change(
        self, *, coupon_id: int, values: Mapping[str, Any], version: int, now: datetime
    ) -> tuple[Coupon, Coupon]:
        """(before, after). `version` is the coupon as it was shown. Raises Invalid, Unknown, AlreadyDone."""
        coupon, new = await self.changed(coupon_id=coupon_id, values=values, now=now)
        if coupon.version != version:
            raise AlreadyDone()
        written = {name: getattr(new, name) for name in CHANGEABLE}
        await self._write(coupon, written)
        return coupon, new

    @decided_anew
    async def pause(self, *, coupon_id: int, active: bool, now: datetime) -> Coupon:
        """Nobody can use it for now, or everybody again. Raises AlreadyDone, NotAllowedNow for one that is over."""
        coupon = await self._coupon(coupon_id)
        if coupon.ends_at <= now:
            raise NotAllowedNow("change", "over")
        if coupon.active is active:
            raise AlreadyDone()
        return await self._write(coupon, {"active": active})

    @decided_anew
    async def stop(self, *, coupon_id: int, now: datetime) -> Coupon:
        """For good, unless it is given another end. Raises AlreadyDone."""
        coupon = await self._coupon(coupon_id)
        if coupon.ends_at <= now:
            raise AlreadyDone()
        begins = min(coupon.starts_at, now)
        return await self._write(coupon, {"ends_at": now, "starts_at": begins})

    async def _write(self, coupon: Coupon, values: Mapping[str, Any]) -> Coupon:
        """Guarded by how often it was used, too: a use that came in between counts for the limits."""
        set_ = {**values, "version": coupon.version + 1}
        seen = {"version": coupon.version, "used": coupon.used}
        await self._store.apply(Changes().add(Update(Coupon, coupon.id, set_, seen, OutOfDate())))
        return coupon.model_copy(update=set_)
