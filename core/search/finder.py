"""Finding, as customers see it: services and people by typed words, providers who really can come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.availability.masks import first_cell, quarter_from
from core.availability.service import Availability, Calendar
from core.availability.slots import QUARTER, earliest_cell
from core.availability.zones import local_date
from core.catalog.model import Service
from core.catalog.service import Catalog
from core.distance import Point
from core.people.model import Provider
from core.ports import SearchIndex, Store
from core.rules import Rules
from core.search.nearby import Found, ProviderSearch, Query, Sort, When
from core.search.typed import Typed

WITHIN_DAYS = 14
CANDIDATES = 50
FEWEST = 3  # looked at in one go


@dataclass(frozen=True, slots=True)
class Wish:
    """How the customer wants the list: one order, filters that add up."""

    sort: Sort = Sort.RATING
    min_rating: float | None = None
    min_price: int | None = None
    max_price: int | None = None
    max_km: float | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A provider who can come: the price for this service, how far (never exact), the first start."""

    provider: Provider
    price: int
    km: float | None
    earliest: datetime
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Offers:
    """One page of offers; `total` is how many fit, at least that many where `more` is set."""

    items: tuple[Offer, ...]
    number: int
    pages: int
    total: int
    more: bool

    @classmethod
    def page(
        cls, items: Sequence[Offer], wanted: int, *, size: int, more: bool, unseen: int = 0
    ) -> "Offers":
        """The wanted page, or the nearest there is; so many more than `items` fit as far as the index knows."""
        total = len(items) + unseen
        pages = max(1, -(-total // size))
        number = min(max(wanted, 0), pages - 1)
        shown = items[number * size : (number + 1) * size]
        return cls(tuple(shown), number, pages, total, more)


@dataclass(frozen=True, slots=True)
class Number:
    """A count that stops counting: exact unless `more`."""

    count: int
    more: bool = False


class Finder(Typed):
    def __init__(
        self, *, store: Store, catalog: Catalog, availability: Availability, rules: Rules,
        index: SearchIndex, search: ProviderSearch,
    ) -> None:  # fmt: skip
        super().__init__(store=store, catalog=catalog, index=index)
        self._availability = availability
        self._rules = rules
        self._search = search

    async def offers(
        self, *, service_id: int, lat: float | None, lon: float | None, wish: Wish, page: int,
        now: datetime, size: int = 5, favourites: Sequence[int] = (),
    ) -> Offers:  # fmt: skip
        """One page of those who reach the place and have time within two weeks, `favourites` before all others."""
        service = self._catalog.service(service_id=service_id)
        query = self._query(service, lat, lon, wish, self._when(service, now, WITHIN_DAYS))
        dear = tuple(favourites)[:CANDIDATES]
        found = await self._search.find(query)
        more, found = len(found) > CANDIDATES, found[:CANDIDATES]
        if dear:
            first = await self._search.find(replace(query, among=dear))
            found = [*first, *(one for one in found if one.provider_id not in dear)]
        # Where there are many, those who come after the page count as the index knows them.
        enough = (page + 1) * size if more and wish.sort is not Sort.EARLIEST else len(found)
        items, unseen = await self._first(service, found, now, point(lat, lon), enough)
        if wish.sort is Sort.EARLIEST:
            items.sort(key=lambda offer: offer.earliest)
        items.sort(key=lambda offer: offer.provider.id not in dear)
        return Offers.page(items, page, size=size, more=more, unseen=unseen)

    async def _first(
        self, service: Service, found: Sequence[Found], now: datetime, at: Point | None, enough: int
    ) -> tuple[list[Offer], int]:
        """The first of them who really can come, and how many were not looked at once there were `enough`."""
        items, looked_at = list[Offer](), 0
        while len(items) < enough and looked_at < len(found):
            some = found[looked_at : looked_at + max(enough - len(items), FEWEST)]
            items += await self._offers(service, some, now, at)
            looked_at += len(some)
        return items, len(found) - looked_at

    async def among(
        self, *, service_id: int, provider_ids: Sequence[int], lat: float | None,
        lon: float | None, now: datetime, minutes: int = 0,
    ) -> list[Offer]:  # fmt: skip
        """Those of these providers who can come, in the given order; `minutes` where extras make the visit longer."""
        if not provider_ids:
            return []
        service = self._catalog.service(service_id=service_id)
        when = self._when(service, now, WITHIN_DAYS)
        query = Query(
            service_id=service_id, lat=lat, lon=lon, among=tuple(provider_ids), when=when,
            limit=len(provider_ids),
        )  # fmt: skip
        found = await self._search.find(query)
        order = list(provider_ids)
        found.sort(key=lambda one: order.index(one.provider_id))
        return await self._offers(service, found, now, point(lat, lon), minutes=minutes)

    def _query(
        self, service: Service, lat: float | None, lon: float | None, wish: Wish, when: When
    ) -> Query:
        return Query(
            service_id=service.id, lat=lat, lon=lon, sort=wish.sort, min_rating=wish.min_rating,
            min_price=wish.min_price, max_price=wish.max_price, max_km=wish.max_km,
            verified=wish.verified, when=when, limit=CANDIDATES + 1,
        )  # fmt: skip

    def _when(self, service: Service, now: datetime, days: int) -> When:
        """Free for the visit itself; the provider's way to the next one is judged on those who remain."""
        notice = timedelta(minutes=self._rules.number("notice_minutes"))
        zone, today = self._availability.zone, self._availability.today(now=now)
        first_day = local_date(zone=zone, moment=now + notice)
        quarter = quarter_from(
            cell=earliest_cell(now=now, notice=notice), base=first_cell(zone=zone, day=first_day)
        )
        left = days - (first_day - today).days
        return When(
            day=first_day.toordinal(), first=quarter, days=left, quarters=-(-service.minutes // QUARTER)
        )  # fmt: skip

    async def _offers(
        self, service: Service, found: Sequence[Found], now: datetime, at: Point | None, *,
        minutes: int = 0,
    ) -> list[Offer]:  # fmt: skip
        length = minutes or service.minutes
        starts = await self._earliest(service, length, found, now, WITHIN_DAYS, at)
        return [
            Offer(provider, one.price, rounded(one.km), start, one.verified)
            for one in found if one.provider_id in starts
            for provider, start in (starts[one.provider_id],)
        ]  # fmt: skip

    async def _earliest(
        self, service: Service, minutes: int, found: Sequence[Found], now: datetime, days: int,
        at: Point | None,
    ) -> dict[int, tuple[Provider, datetime]]:  # fmt: skip
        """The first start of each who has one within so many days, by the calendar itself."""
        calendars = await self._availability.calendars_of(
            provider_ids=[one.provider_id for one in found], now=now, days=days,
            needs=service.needs, at=at,
        )  # fmt: skip
        starts = (
            (calendar.provider, self._start(calendar, minutes, now, days)) for calendar in calendars
        )
        return {provider.id: (provider, start) for provider, start in starts if start}

    def _start(self, calendar: Calendar, minutes: int, now: datetime, days: int) -> datetime | None:
        return self._availability.earliest(calendar=calendar, minutes=minutes, now=now, days=days)

    async def free_today(
        self, *, service_id: int, lat: float | None, lon: float | None, now: datetime
    ) -> Number:
        """How many can still come today, judged by their real free starts."""
        service = self._catalog.service(service_id=service_id)
        when = self._when(service, now, 1)
        if when.days < 1:
            return Number(0)
        query = self._query(service, lat, lon, Wish(), when)
        found = await self._search.find(query)
        starts = await self._earliest(service, service.minutes, found, now, 1, point(lat, lon))
        return Number(min(len(starts), CANDIDATES), len(found) > CANDIDATES)

    async def price_from(
        self, *, service_id: int, lat: float | None, lon: float | None, now: datetime
    ) -> int | None:
        """The lowest price anybody asks who can come soon; None where nobody comes."""
        found = await self.lowest(service_ids=[service_id], lat=lat, lon=lon, now=now)
        return found.get(service_id)

    async def lowest(
        self, *, service_ids: Sequence[int], lat: float | None, lon: float | None, now: datetime,
        least: int = 0,
    ) -> dict[int, int]:  # fmt: skip
        """Per service the lowest price, from `least` on, anybody asks who can come soon; those without are left out."""
        queries = [
            Query(
                service_id=service.id, lat=lat, lon=lon, sort=Sort.PRICE, limit=1, min_price=least,
                when=self._when(service, now, WITHIN_DAYS),
            )
            for service in map(self._service, service_ids)
        ]  # fmt: skip
        # The index knows who may do it today; whose paper lasts until he comes is judged here.
        judged = [query for query in queries if self._service(query.service_id).needs]
        found = await self._search.lowest([query for query in queries if query not in judged])
        for query in judged:
            many = await self._search.find(replace(query, limit=CANDIDATES))
            offers = await self._offers(self._service(query.service_id), many, now, point(lat, lon))
            if offers:
                found[query.service_id] = offers[0].price
        return found

    def _service(self, service_id: int) -> Service:
        return self._catalog.service(service_id=service_id)

    async def earliest(
        self, *, provider: Provider, service_id: int, lat: float | None, lon: float | None,
        now: datetime,
    ) -> datetime | None:  # fmt: skip
        """The first start of one provider for one service at that place."""
        service = self._catalog.service(service_id=service_id)
        (calendar,) = await self._availability.calendars(
            providers=[provider], now=now, days=WITHIN_DAYS, needs=service.needs,
            at=point(lat, lon),
        )  # fmt: skip
        return self._start(calendar, service.minutes, now, WITHIN_DAYS)


def point(lat: float | None, lon: float | None) -> Point | None:
    return None if lat is None or lon is None else (lat, lon)


def rounded(km: float | None) -> float | None:
    """Half kilometres, never less than one: a home is not to be found from a distance."""
    return None if km is None else max(0.5, round(km * 2) / 2)
