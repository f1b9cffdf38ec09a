"""The booking wizard's memory: one draft per customer, filled step by step, priced at any time."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from core.availability.service import Availability
from core.catalog.model import Service
from core.catalog.service import Catalog
from core.changes import Changes, Insert, Update
from core.distance import Point, km_between
from core.entity import NewId
from core.errors import CouponGone, Frozen, Invalid, OutOfDate, Unknown
from core.orders.model import Draft, Pay
from core.people.model import Person, Provider
from core.people.providers import Providers
from core.ports import Store
from core.pricing import Item, Quote, fits, quote
from core.promotions.choosing import Coupons
from core.promotions.model import Coupon
from core.rules import Rules


@dataclass(frozen=True, slots=True)
class Booking:
    """A draft with everything its screens need; `further` are the further services of the visit."""

    draft: Draft
    service: Service
    provider: Provider | None
    quote: Quote | None
    further: tuple[Service, ...] = ()

    @property
    def services(self) -> tuple[Service, ...]:
        """All of the visit, the main one first."""
        return (self.service, *self.further)

    @property
    def needs(self) -> frozenset[str]:
        """The certificates that whoever comes must have on the day of the visit."""
        return frozenset().union(*(service.needs for service in self.services))


PRICED_BY: Final = {"service_id", "provider_id", "options", "further", "coupon"}
"""What of a draft its price and its provider hang on."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a customer has chosen for a service before there is an order: extras, a coupon that still holds."""

    options: dict[str, int] = field(default_factory=dict)
    coupon: Coupon | None = None

    def total(self, service: Service, price: int) -> int:
        """What the visit costs at this price, in minor units."""
        return quote(items=[Item(service, price, self.options)], coupon=self.coupon).total


class Bookings:
    def __init__(
        self, *, store: Store, catalog: Catalog, providers: Providers, availability: Availability,
        rules: Rules, new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._catalog = catalog
        self._providers = providers
        self._availability = availability
        self._coupons = Coupons(store=store)
        self._rules = rules
        self._new_id = new_id

    async def begin(
        self, *, customer_id: int, service_id: int, provider_id: int | None, now: datetime
    ) -> Booking:
        """A fresh draft for this service with the place of the last one.

        Where the last one only lacks its provider, everything that fits the chosen one stays; a coupon stays with its
        service. Raises SwitchedOff while no bookings are taken, Frozen, Unknown.
        """
        self._rules.require("bookings_open")
        self._catalog.bookable(service_id=service_id)
        await self._may_book(customer_id)
        former = await self._store.get(Draft, customer_id=customer_id)
        fresh = Draft(
            id=self._new_id(), customer_id=customer_id, service_id=service_id,
            provider_id=provider_id, updated_at=now,
        )  # fmt: skip
        if former is None:
            await self._store.apply(Changes().add(Insert(fresh, otherwise=OutOfDate())))
            return await self.open(customer_id=customer_id)
        waits = former.order_id is None and former.provider_id is None
        if waits and provider_id is not None and former.service_id == service_id:
            return await self._come_instead(former, provider_id, now)
        values = fresh.model_dump(exclude={"id", "customer_id", "version"})
        if former.order_id is None:
            kept = {name: getattr(former, name) for name in ("lat", "lon", "place", "detail")}
            values |= kept
        if former.order_id is None and former.service_id == service_id:
            values["coupon"] = former.coupon
        await self._write(former, now, **values)
        return await self.open(customer_id=customer_id)

    async def _may_book(self, customer_id: int) -> None:
        """Said at the first step, not after all of them."""
        frozen = await self._store.get(Person, id=customer_id, frozen=True)
        if frozen is not None:
            raise Frozen(frozen.frozen_reason)

    async def _come_instead(self, draft: Draft, provider_id: int, now: datetime) -> Booking:
        """The chosen provider does what he offers of it, at the time that was chosen if he has it."""
        offers = await self._providers.offers(provider_id=provider_id, now=now)
        able = {offer.service.id for offer in offers}
        further = [one for one in draft.further if one["service_id"] in able]
        await self._write(draft, now, provider_id=provider_id, further=further)
        booking = await self.open(customer_id=draft.customer_id)
        start = booking.draft.starts_at
        if start is None or await self._offered(booking, start, now, at=booking.draft.point):
            return booking
        return await self.fill(customer_id=draft.customer_id, now=now, starts_at=None)

    async def seek_provider(self, *, customer_id: int, now: datetime) -> Booking:
        """Everything stays but who comes, whatever became of the one chosen before. Raises Unknown("draft")."""
        draft = await self._store.get(Draft, customer_id=customer_id, order_id=None)
        if draft is None or draft.service_id is None:
            raise Unknown("draft")
        await self._write(draft, now, provider_id=None)
        return await self.open(customer_id=customer_id)

    async def drop(self, *, customer_id: int, now: datetime) -> None:
        """The customer gave it up: nothing is kept of it but the place for the next one."""
        draft = await self._store.get(Draft, customer_id=customer_id, order_id=None)
        if draft is not None:
            await self._write(draft, now, service_id=None)

    async def open(self, *, customer_id: int) -> Booking:
        """The customer's draft as it stands.

        Raises Unknown: "draft" where there is none, "provider" when he doesn't offer all of it (any more).
        """
        draft = await self._store.get(Draft, customer_id=customer_id)
        if draft is None or draft.service_id is None:
            raise Unknown("draft")
        return await self.priced(draft=draft)

    async def priced(self, *, draft: Draft) -> Booking:
        """A draft, kept or not, with its services, its provider and its price. Raises Unknown, Invalid."""
        services = [self._catalog.service(service_id=p.service_id) for p in draft.picks]
        provider = None
        if draft.provider_id is not None:
            provider = await self._store.get(Provider, id=draft.provider_id)
        priced = await self._quote(draft, services, provider)
        return Booking(draft, services[0], provider, priced, tuple(services[1:]))

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
        coupon = await self._coupons.coded(code=draft.coupon) if draft.coupon else None
        if coupon is None or draft.service_id is None:
            return None
        good = fits(
            coupon=coupon, service_id=draft.service_id, gross=coupon.minimum, now=now
        ) and await self._coupons.may_use(coupon=coupon, customer_id=draft.customer_id)
        return coupon if good else None

    async def choose_options(
        self, *, customer_id: int, service_id: int, options: dict[str, int], now: datetime
    ) -> None:
        """Extras for a service before anybody is chosen to do it. Raises Invalid, Unknown."""
        draft = await self._store.get(Draft, customer_id=customer_id, service_id=service_id)
        quote(items=[Item(self._catalog.service(service_id=service_id), 0, options)])
        if draft is None or draft.order_id is not None:
            await self.begin(
                customer_id=customer_id, service_id=service_id, provider_id=None, now=now
            )
        await self.fill(customer_id=customer_id, now=now, options=options)

    async def _quote(
        self, draft: Draft, services: list[Service], provider: Provider | None
    ) -> Quote | None:
        if draft.provider_id is None:
            return None
        prices = await self._providers.prices(
            provider=provider, service_ids=[service.id for service in services]
        )
        coupon = await self._coupons.coded(code=draft.coupon) if draft.coupon else None
        items = [
            Item(self._as_sold(service), prices[service.id], pick.options)
            for service, pick in zip(services, draft.picks, strict=True)
        ]
        return quote(items=items, coupon=coupon)

    def _as_sold(self, service: Service) -> Service:
        """Nothing is paid on site, no rest of a deposit either, while the platform has turned that off."""
        if self._rules.on("on_site_open"):
            return service
        return service.model_copy(update={"on_site": False, "payment": "full"})

    async def check_provider(self, *, booking: Booking, now: datetime) -> None:
        """Raises Unknown when he may not do all of it today."""
        wanted = [service.id for service in booking.services]
        provider_id = booking.draft.provider_id or 0
        await self._providers.check(provider_id=provider_id, service_ids=wanted, now=now)

    async def _write(self, draft: Draft, now: datetime, **values: Any) -> Draft:
        """The draft as it is now."""
        values = {**values, "version": draft.version + 1, "updated_at": now}
        change = Update(Draft, draft.id, values, expect={"version": draft.version})
        await self._store.apply(Changes().add(change))
        return draft.model_copy(update=values)

    async def fill(self, *, customer_id: int, now: datetime, **values: Any) -> Booking:
        """Sets fields of the draft (see Draft); saying the same again changes nothing. Raises Unknown, Invalid."""
        return await self._filled(await self.open(customer_id=customer_id), now, **values)

    async def _filled(self, booking: Booking, now: datetime, **values: Any) -> Booking:
        if booking.draft.order_id is not None:
            raise Unknown("draft")
        if "notes" in values:
            values["notes"] = str(values["notes"])[:1000]
        if len(values.get("photos", ())) > 10:
            raise Invalid("photos", "too_many", {"most": 10})
        if values.keys() & {"options", "further", "provider_id"}:
            values.setdefault("starts_at", None)
        if all(getattr(booking.draft, name) == value for name, value in values.items()):
            return booking
        draft = await self._write(booking.draft, now, **values)
        if values.keys() & PRICED_BY:
            return await self.priced(draft=draft)
        return replace(booking, draft=draft)

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
        """Where to come; a start at which nobody can be there in time is chosen no more.

        Raises Invalid("lat", "too_far") where the provider doesn't go.
        """
        booking = await self.open(customer_id=customer_id)
        provider = booking.provider
        if provider is not None and not self.reaches(provider=provider, lat=lat, lon=lon):
            raise Invalid("lat", "too_far")
        values: dict[str, Any] = {
            "place": place[:80],
            "detail": detail[:200],
            "lat": lat,
            "lon": lon,
        }
        if booking.draft.starts_at and not await self._in_time(booking, (lat, lon), now):
            values["starts_at"] = None
        return await self._filled(booking, now, **values)

    async def _in_time(self, booking: Booking, at: Point, now: datetime) -> bool:
        """Whether the ways leave the chosen start at that place; what else hinders it is said elsewhere."""
        start = booking.draft.starts_at
        if booking.provider is None or start is None or at == booking.draft.point:
            return True
        near = await self._offered(booking, start, now, at=at)
        return near or not await self._offered(booking, start, now, at=None)

    async def leave_place(self, *, customer_id: int, now: datetime) -> None:
        """Where an unfinished booking was to be is not where the next one will be."""
        draft = await self._store.get(Draft, customer_id=customer_id)
        if draft is not None and draft.order_id is None and draft.lat is not None:
            await self._write(draft, now, lat=None, lon=None, place="", detail="")

    async def coupons(self, *, customer_id: int, now: datetime) -> list[Coupon]:
        """Coupons the customer could use for this very draft, the largest first."""
        booking = await self.open(customer_id=customer_id)
        if booking.quote is None:
            return []
        return await self._coupons.of(customer_id=customer_id, lines=booking.quote.lines, now=now)

    async def use_coupon(self, *, customer_id: int, code: str | None, now: datetime) -> Booking:
        """Takes a coupon into the draft, or none. Raises CouponGone with what would make it count."""
        if code is not None:
            code = await self._fitting(customer_id, code, now)
        return await self.fill(customer_id=customer_id, now=now, coupon=code)

    async def _fitting(self, customer_id: int, code: str, now: datetime) -> str:
        booking = await self.open(customer_id=customer_id)
        lines = booking.quote.lines if booking.quote else ()
        try:
            coupon = await self._coupons.checked(
                code=code, customer_id=customer_id, lines=lines, now=now
            )
        except CouponGone as gone:
            if gone.why == "other":
                fit = self._catalog.covered(service_ids=gone.facts["service_ids"])  # type: ignore[arg-type]
                gone.facts["names"] = [thing.names for thing in fit]
            raise
        return coupon.code

    async def choose_start(self, *, customer_id: int, start: datetime, now: datetime) -> Booking:
        """Takes a start that is offered, or was until just now. Raises Invalid("starts_at", "not_offered")."""
        booking = await self.open(customer_id=customer_id)
        if not await self._offered(booking, start, now, at=booking.draft.point):
            raise Invalid("starts_at", "not_offered")
        return await self._filled(booking, now, starts_at=start)

    async def _offered(
        self, booking: Booking, start: datetime, now: datetime, *, at: Point | None
    ) -> bool:
        if booking.provider is None or booking.quote is None:
            raise Unknown("draft")
        calendar = await self._availability.calendar(
            provider=booking.provider, now=now, needs=booking.needs, at=at
        )
        minutes = booking.quote.minutes
        return self._availability.offers(calendar=calendar, minutes=minutes, start=start, now=now)

    async def choose_pay(
        self, *, customer_id: int, pay: Pay, method: str, now: datetime
    ) -> Booking:
        """Takes one of the ways the service allows. Raises Invalid("pay", "not_offered")."""
        booking = await self.open(customer_id=customer_id)
        if booking.quote is None or pay not in booking.quote.ways:
            raise Invalid("pay", "not_offered")
        return await self._filled(booking, now, pay=pay, method=method)

    async def checked_coupon(self, *, booking: Booking, now: datetime) -> Coupon | None:
        """The draft's coupon, looked at once more before it is taken; None where none counts. Raises CouponGone."""
        draft, priced = booking.draft, booking.quote
        if draft.coupon is None or priced is None or not priced.coupon:
            return None
        return await self._coupons.checked(
            code=draft.coupon, customer_id=draft.customer_id, lines=priced.lines, now=now
        )
