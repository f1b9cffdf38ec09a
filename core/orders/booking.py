"""The booking wizard's memory: one draft per customer, filled step by step, priced at any time."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.availability.service import Availability
from core.catalog.model import Service
from core.catalog.service import Catalog
from core.changes import Changes, Insert, Update
from core.distance import km_between
from core.entity import NewId
from core.errors import CouponGone, Invalid, OutOfDate, Unknown
from core.orders.model import Draft, Order, Pay
from core.people.model import Provider, ProviderState, Skill
from core.ports import Store
from core.pricing import Quote, check_coupon, fits, quote
from core.promotions.model import Coupon, CouponUse


@dataclass(frozen=True, slots=True)
class Booking:
    """A draft with everything its screens need."""

    draft: Draft
    service: Service
    provider: Provider | None
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a customer has chosen for a service before there is an order: extras, a coupon that still holds."""

    options: dict[str, int] = field(default_factory=dict)
    coupon: Coupon | None = None

    def total(self, service: Service, price: int) -> int:
        """What the visit costs at this price, in minor units."""
        return quote(service=service, price=price, options=self.options, coupon=self.coupon).total


class Bookings:
    def __init__(
        self, *, store: Store, catalog: Catalog, availability: Availability, new_id: NewId
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._availability = availability
        self._new_id = new_id

    async def begin(
        self, *, customer_id: int, service_id: int, provider_id: int | None, now: datetime,
        keep_place: bool = True,
    ) -> Booking:  # fmt: skip
        """A fresh draft for this service; the place of the last one stays unless told otherwise, a coupon too."""
        self._catalog.service(service_id=service_id)
        former = await self._store.get(Draft, customer_id=customer_id)
        fresh = Draft(
            id=self._new_id(), customer_id=customer_id, service_id=service_id,
            provider_id=provider_id, updated_at=now,
        )  # fmt: skip
        if former is None:
            await self._store.apply(Changes().add(Insert(fresh, otherwise=OutOfDate())))
            return await self.open(customer_id=customer_id)
        values = fresh.model_dump(exclude={"id", "customer_id", "version"})
        if keep_place and former.order_id is None:
            kept = {name: getattr(former, name) for name in ("lat", "lon", "place", "detail")}
            values |= kept
        if former.order_id is None and former.service_id == service_id:
            values["coupon"] = former.coupon
        await self._write(former, now, **values)
        return await self.open(customer_id=customer_id)

    async def open(self, *, customer_id: int) -> Booking:
        """The customer's draft as it stands. Raises Unknown where there is none (or it became an order)."""
        draft = await self._store.get(Draft, customer_id=customer_id)
        if draft is None or draft.service_id is None:
            raise Unknown("draft")
        service = self._catalog.service(service_id=draft.service_id)
        provider = None
        if draft.provider_id is not None:
            provider = await self._store.get(Provider, id=draft.provider_id)
        return Booking(draft, service, provider, await self._quote(draft, service))

    async def chosen(self, *, customer_id: int, service_id: int, now: datetime) -> Chosen:
        """What the customer has chosen for this service so far; nothing once it was ordered."""
        draft = await self._store.get(Draft, customer_id=customer_id, service_id=service_id)
        if draft is None or draft.order_id is not None:
            return Chosen()
        service = self._catalog.service(service_id=service_id)
        known = {option["code"] for option in service.options}
        options = {code: n for code, n in draft.options.items() if n and code in known}
        return Chosen(options, await self._held(draft, now))

    async def _held(self, draft: Draft, now: datetime) -> Coupon | None:
        """The draft's coupon if the customer may still use it for some price."""
        coupon = await self._store.get(Coupon, code=draft.coupon) if draft.coupon else None
        if coupon is None or draft.service_id is None:
            return None
        good = fits(
            coupon=coupon, service_id=draft.service_id, gross=coupon.minimum, now=now
        ) and await self._may_use(coupon, draft.customer_id)
        return coupon if good else None

    async def choose_options(
        self, *, customer_id: int, service_id: int, options: dict[str, int], now: datetime
    ) -> None:
        """Extras for a service before anybody is chosen to do it. Raises Invalid, Unknown."""
        draft = await self._store.get(Draft, customer_id=customer_id, service_id=service_id)
        quote(service=self._catalog.service(service_id=service_id), price=0, options=options)
        if draft is None or draft.order_id is not None:
            await self.begin(
                customer_id=customer_id, service_id=service_id, provider_id=None, now=now
            )
        await self.fill(customer_id=customer_id, now=now, options=options)

    async def _quote(self, draft: Draft, service: Service) -> Quote | None:
        if draft.provider_id is None:
            return None
        price = await self.price(provider_id=draft.provider_id, service_id=service.id)
        coupon = await self._store.get(Coupon, code=draft.coupon) if draft.coupon else None
        return quote(service=service, price=price, options=draft.options, coupon=coupon)

    async def price(self, *, provider_id: int, service_id: int) -> int:
        """The provider's price for the service. Raises Unknown when it isn't offered (any more)."""
        skill = await self._store.get(
            Skill, provider_id=provider_id, service_id=service_id, active=True
        )
        provider = await self._store.get(Provider, id=provider_id, state=ProviderState.APPROVED)
        if skill is None or provider is None:
            raise Unknown("provider")
        return skill.price

    async def _write(self, draft: Draft, now: datetime, **values: Any) -> None:
        values = {**values, "version": draft.version + 1, "updated_at": now}
        change = Update(Draft, draft.id, values, expect={"version": draft.version})
        await self._store.apply(Changes().add(change))

    async def fill(self, *, customer_id: int, now: datetime, **values: Any) -> Booking:
        """Sets fields of the draft (see Draft); saying the same again changes nothing. Raises Unknown, Invalid."""
        booking = await self.open(customer_id=customer_id)
        if booking.draft.order_id is not None:
            raise Unknown("draft")
        if "notes" in values:
            values["notes"] = str(values["notes"])[:1000]
        if len(values.get("photos", ())) > 10:
            raise Invalid("photos", "too_many", {"most": 10})
        if "options" in values or "provider_id" in values:
            values.setdefault("starts_at", None)
        if all(getattr(booking.draft, name) == value for name, value in values.items()):
            return booking
        await self._write(booking.draft, now, **values)
        return await self.open(customer_id=customer_id)

    @staticmethod
    def reaches(*, provider: Provider, lat: float, lon: float) -> bool:
        """Whether the provider comes to this point."""
        if provider.lat is None or provider.lon is None:
            return True
        km = km_between(one=(provider.lat, provider.lon), other=(lat, lon))
        return km * 1000 <= provider.radius_m

    async def choose_place(
        self, *, customer_id: int, place: str, detail: str, lat: float, lon: float, now: datetime
    ) -> Booking:
        """Where to come. Raises Invalid("lat", "too_far") where the provider doesn't go."""
        booking = await self.open(customer_id=customer_id)
        provider = booking.provider
        if provider is not None and not self.reaches(provider=provider, lat=lat, lon=lon):
            raise Invalid("lat", "too_far")
        return await self.fill(
            customer_id=customer_id, now=now, place=place[:80], detail=detail[:200], lat=lat,
            lon=lon,
        )  # fmt: skip

    async def coupons(self, *, customer_id: int, now: datetime) -> list[Coupon]:
        """Coupons the customer could use for this very draft, the largest first."""
        booking = await self.open(customer_id=customer_id)
        if booking.quote is None:
            return []
        gross = booking.quote.total + booking.quote.discount
        found = []
        for coupon in await self._store.find(Coupon, active=True):
            good = fits(coupon=coupon, service_id=booking.service.id, gross=gross, now=now)
            if good and await self._may_use(coupon, customer_id):
                found.append(coupon)
        return sorted(found, key=lambda c: -(c.amount + gross * c.percent_bp // 10_000))

    async def _may_use(self, coupon: Coupon, customer_id: int) -> bool:
        used = await self._store.count(CouponUse, coupon_id=coupon.id, person_id=customer_id)
        if used >= coupon.per_person:
            return False
        return not coupon.newcomers or not await self._store.count(Order, customer_id=customer_id)

    async def use_coupon(self, *, customer_id: int, code: str | None, now: datetime) -> Booking:
        """Takes a coupon into the draft, or none. Raises CouponGone."""
        if code is not None:
            code = code.strip().upper()
            if code not in [c.code for c in await self.coupons(customer_id=customer_id, now=now)]:
                raise CouponGone(code)
        return await self.fill(customer_id=customer_id, now=now, coupon=code)

    async def choose_start(self, *, customer_id: int, start: datetime, now: datetime) -> Booking:
        """Takes a start that is offered, or was until just now. Raises Invalid("starts_at", "not_offered")."""
        booking = await self.open(customer_id=customer_id)
        if booking.provider is None or booking.quote is None:
            raise Unknown("draft")
        calendar = await self._availability.calendar(provider=booking.provider, now=now)
        minutes = booking.quote.minutes
        if not self._availability.offers(calendar=calendar, minutes=minutes, start=start, now=now):
            raise Invalid("starts_at", "not_offered")
        return await self.fill(customer_id=customer_id, now=now, starts_at=start)

    async def choose_pay(
        self, *, customer_id: int, pay: Pay, method: str, now: datetime
    ) -> Booking:
        """Takes one of the ways the service allows. Raises Invalid("pay", "not_offered")."""
        booking = await self.open(customer_id=customer_id)
        if booking.quote is None or pay not in booking.quote.ways:
            raise Invalid("pay", "not_offered")
        return await self.fill(customer_id=customer_id, now=now, pay=pay, method=method)

    async def checked_coupon(self, *, booking: Booking, now: datetime) -> Coupon | None:
        """The draft's coupon, looked at once more before it is taken; None where none counts. Raises CouponGone."""
        if booking.draft.coupon is None or booking.quote is None or not booking.quote.coupon:
            return None
        coupon = await self._store.get(Coupon, code=booking.draft.coupon)
        if coupon is None or not await self._may_use(coupon, booking.draft.customer_id):
            raise CouponGone(booking.draft.coupon)
        gross = booking.quote.total + booking.quote.discount
        check_coupon(coupon=coupon, service_id=booking.service.id, gross=gross, now=now)
        return coupon
