"""Promotions as one customer can really use them now, and the coupon taken before anybody is chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.catalog.model import Service
from core.catalog.service import Catalog
from core.errors import CouponGone, Unknown
from core.orders.booking import Bookings
from core.orders.model import Order
from core.people.model import Person
from core.ports import Store
from core.pricing import check_running, discount
from core.promotions.choosing import BOOKED
from core.promotions.codes import CODE, bring, coupon_of, folded, held
from core.promotions.model import Coupon, CouponCode, CouponUse
from core.search.finder import Finder
from core.search.normal import normalise


@dataclass(frozen=True, slots=True)
class Reduced:
    """A service and the lowest price anybody asks for it here, the coupon taken off (minor units)."""

    service: Service
    price: int


@dataclass(frozen=True, slots=True)
class Deal:
    """A coupon, the services it can be used for at the customer's place, how often they may still use it."""

    coupon: Coupon
    services: tuple[Reduced, ...]
    left: int


_AROUND = " .!?,，。！？“”\"'"


def _names(coupon: Coupon) -> set[str]:
    """The code, the names, and the first half of each: “新人见面礼，满 100 减 20” is called 新人见面礼."""
    names = [normalise(name) for name in (coupon.code, *coupon.names.values())]
    return {part.strip(_AROUND) for name in names for part in (name, name.split(",")[0])}


class Deals:
    def __init__(
        self, *, store: Store, catalog: Catalog, finder: Finder, bookings: Bookings
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._finder = finder
        self._bookings = bookings

    async def running(self, *, now: datetime) -> list[Coupon]:
        """What anybody finds and could use now, whoever they are: the one that ends first before the others."""
        everybodys = {"active": True, "public": True, "singly": False}
        coupons = await self._store.find(Coupon, order="ends_at", **everybodys)
        return [coupon for coupon in coupons if _runs(coupon, now)]

    async def named(self, *, text: str, person_id: int, now: datetime) -> Coupon | None:
        """The one whose code was typed, also where it doesn't count now, or the running one of that name.

        Words that only occur in a name may mean a service. Raises CouponGone for a code that is another's, or used.
        """
        said = normalise(text).strip(_AROUND)
        for one in await self.running(now=now):
            if said in _names(one):
                return one
        code = folded(text)
        if not CODE.fullmatch(code):
            return None
        single = await self._store.get(CouponCode, code=code)
        if single is not None:
            await bring(store=self._store, single=single, person_id=person_id)
        return await coupon_of(store=self._store, code=code)

    async def brought(self, *, code_id: int, person_id: int) -> Coupon:
        """Who comes by the link of a code that is good once holds it from now on. Raises CouponGone, Unknown."""
        single = await self._store.get(CouponCode, id=code_id)
        if single is None:
            raise Unknown("coupon")
        await bring(store=self._store, single=single, person_id=person_id)
        coupon = await coupon_of(store=self._store, code=single.code)
        if coupon is None:
            raise Unknown("coupon")
        return coupon

    async def usable(self, *, person: Person, now: datetime) -> list[Deal]:
        """Only what this customer can use now: in time, uses left, for them, for a service that can be booked here."""
        codes = await held(store=self._store, person_id=person.id)
        theirs = await self._store.find(Coupon, id=list(codes)) if codes else []
        vouchers = await self._store.find(Coupon, owner_id=person.id, active=True, order="ends_at")
        own = [one for one in (*vouchers, *theirs) if _runs(one, now)]
        coupons = [*own, *await self.running(now=now)]
        left = await self._left(person.id, coupons)
        deals = [
            await self._deal(coupon, left[coupon.id], person, now)
            for coupon in coupons
            if left[coupon.id] > 0
        ]
        return [deal for deal in deals if deal.services]

    async def deal(self, *, person: Person, coupon_id: int, now: datetime) -> Deal:
        """One of them. Raises Unknown, and CouponGone(code, why) for what this customer cannot use."""
        coupon = await self._store.get(Coupon, id=coupon_id)
        if coupon is None or coupon.owner_id not in (None, person.id):
            raise Unknown("coupon")
        check_running(coupon=coupon, now=now)
        codes = await held(store=self._store, person_id=person.id) if coupon.singly else {}
        if coupon.singly:
            if coupon.id not in codes:
                raise CouponGone(coupon.code, "code")
            coupon = coupon.model_copy(update={"code": codes[coupon.id].code})
        left = await self._left(person.id, [coupon])
        if left[coupon.id] <= 0:
            raise CouponGone(coupon.code, "newcomers" if left[coupon.id] < 0 else "used")
        deal = await self._deal(coupon, left[coupon.id], person, now)
        if not deal.services:
            raise CouponGone(coupon.code, "elsewhere")
        return deal

    async def _left(self, person_id: int, coupons: Iterable[Coupon]) -> dict[int, int]:
        """How often the person may still use each; -1 where it is for newcomers only and they are none."""
        uses = await self._store.find(CouponUse, person_id=person_id)
        used = [use.coupon_id for use in uses]
        left = {coupon.id: coupon.per_person - used.count(coupon.id) for coupon in coupons}
        fresh = [coupon.id for coupon in coupons if coupon.newcomers and left[coupon.id] > 0]
        if fresh and await self._store.count(Order, customer_id=person_id, state=BOOKED):
            left |= dict.fromkeys(fresh, -1)
        return left

    async def _deal(self, coupon: Coupon, left: int, person: Person, now: datetime) -> Deal:
        wanted = [
            service for service in self._catalog.services()
            if not coupon.service_ids or service.id in coupon.service_ids
        ]  # fmt: skip
        prices = await self._finder.lowest(
            service_ids=[service.id for service in wanted], lat=person.lat, lon=person.lon,
            least=coupon.minimum, now=now,
        )  # fmt: skip
        reduced = tuple(
            Reduced(service, price - discount(coupon=coupon, gross=price))
            for service in wanted
            if (price := prices.get(service.id)) is not None
        )
        return Deal(coupon, reduced, min(left, coupon.uses - coupon.used))

    async def take(
        self, *, person: Person, coupon_id: int, service_id: int, now: datetime
    ) -> Coupon:
        """The coupon goes into a draft for this service, before anybody is chosen. Raises CouponGone, Unknown."""
        deal = await self.deal(person=person, coupon_id=coupon_id, now=now)
        if service_id not in [reduced.service.id for reduced in deal.services]:
            raise CouponGone(deal.coupon.code, "elsewhere")
        await self._bookings.begin(
            customer_id=person.id, service_id=service_id, provider_id=None, now=now
        )
        await self._bookings.fill(customer_id=person.id, now=now, coupon=deal.coupon.code)
        return deal.coupon


def _runs(coupon: Coupon, now: datetime) -> bool:
    in_time = coupon.active and coupon.starts_at <= now < coupon.ends_at
    return in_time and coupon.used < coupon.uses
