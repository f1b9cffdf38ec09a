"""Who is free at a time somebody named: the half of the finder that answers one-sentence bookings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.availability.masks import QUARTERS, first_cell, quarter_from
from core.availability.service import Calendar
from core.availability.slots import QUARTER, earliest_cell, on_quarter
from core.availability.zones import local_date
from core.catalog.model import Service
from core.distance import Point
from core.people.model import Provider, ProviderState
from core.search.finder import CANDIDATES, WITHIN_DAYS, Finder, Offer, Offers, Wish, point, rounded
from core.search.nearby import Found, Query, Sort, When
from core.search.spoken_names import names
from core.search.typed import by_id
from core.search.words import FILLER_LATIN
from core.when.model import Kind, Said

AROUND_DAYS = 4
KNOWN_BY_NAME = 200
LONG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """To begin from `start` on, not later than `end`; both the same for one certain start."""

    start: datetime
    end: datetime


def window_of(*, said: Said, now: datetime) -> Window:
    """The starts that a time in words means; the sooner the better means the next two weeks."""
    if said.kind is Kind.MOMENT:
        return Window(on_quarter(said.start), on_quarter(said.start))
    last = said.end - timedelta(minutes=1) if said.end else now + timedelta(days=WITHIN_DAYS)
    return Window(said.start, last)


class TimedFinder(Finder):
    async def free(
        self, *, service_id: int, lat: float | None, lon: float | None, window: Window, page: int,
        now: datetime, size: int = 4, favourites: Sequence[int] = (), among: Sequence[int] = (),
    ) -> Offers:  # fmt: skip
        """One page of those (`among` these, if any) who can begin within the window, each with the first start in it.

        `favourites` stand before all others, then the best rated; where the window is longer than a day those with
        the earliest start.
        """
        service = self._catalog.service(service_id=service_id)
        wish = Wish(sort=Sort.EARLIEST) if window.end - window.start > LONG else Wish()
        when = self._span(service, window, now)
        query = replace(self._query(service, lat, lon, wish, when), among=tuple(among))
        dear = () if among else tuple(favourites)[:CANDIDATES]
        found = await self._found(query)
        more, found = len(found) > CANDIDATES, found[:CANDIDATES]
        if dear:
            first = await self._found(replace(query, among=dear))
            found = [*first, *(one for one in found if one.provider_id not in dear)]
        items = await self._beginning(service, found, window, now, point(lat, lon))
        if wish.sort is Sort.EARLIEST:
            items.sort(key=lambda offer: offer.earliest)
        items.sort(key=lambda offer: offer.provider.id not in dear)
        return Offers.page(items, page, size=size, more=more)

    async def nearest(
        self, *, service_id: int, lat: float | None, lon: float | None, wanted: datetime,
        now: datetime, limit: int = 4, among: Sequence[int] = (),
    ) -> list[Offer]:  # fmt: skip
        """Who (`among` these, if any) can come closest to a time at which nobody can, in the order of their starts."""
        service = self._catalog.service(service_id=service_id)
        around = Window(wanted - timedelta(days=1), wanted + timedelta(days=AROUND_DAYS))
        query = self._query(service, lat, lon, Wish(), self._span(service, around, now))
        at = point(lat, lon)
        found = (await self._found(replace(query, among=tuple(among))))[:CANDIDATES]
        each = 1 if len(among) != 1 else limit
        offers = [
            Offer(provider, one.price, rounded(one.km), start, one.verified)
            for one, provider, starts in await self._starts(service, found, around, now, at)
            for start in _closest(starts, wanted, each)
        ]
        closest = sorted(offers, key=lambda offer: abs(offer.earliest - wanted))[:limit]
        return sorted(closest, key=lambda offer: offer.earliest)

    async def named(
        self, *, service_id: int, lat: float | None, lon: float | None, text: str, now: datetime
    ) -> list[Provider]:
        """Those who do the service here and whose name is in the words, the best rated first."""
        query = Query(service_id=service_id, lat=lat, lon=lon, limit=KNOWN_BY_NAME)
        found = [one.provider_id for one in await self._search.find(query)]
        guessed = await self.providers_by_name(text=text, now=now, limit=20)
        more = tuple(one.id for one in guessed if one.id not in found)
        if more:
            found += [
                one.provider_id for one in await self._search.find(replace(query, among=more))
            ]
        people = by_id(await self._store.find(Provider, id=found, state=ProviderState.APPROVED))
        common = {*(await self._vocabulary("service", now)).spellings, *FILLER_LATIN}
        return [
            people[ref] for ref in found
            if ref in people and names(text=text, name=people[ref].name, common=common)
        ]  # fmt: skip

    async def _found(self, query: Query) -> list[Found]:
        if not query.when or query.when.days < 1:
            return []
        return await self._search.find(query)

    def _span(self, service: Service, window: Window, now: datetime) -> When:
        """The window as quarters of local days; what is too soon by the notice is cut off."""
        notice = timedelta(minutes=self._rules.number("notice_minutes"))
        zone = self._availability.zone
        start = max(window.start, now + notice)
        day, last_day = (local_date(zone=zone, moment=m) for m in (start, window.end))
        first = quarter_from(
            cell=earliest_cell(now=start, notice=timedelta(0)), base=first_cell(zone=zone, day=day)
        )
        last = QUARTERS - 1
        if day == last_day:
            base = first_cell(zone=zone, day=day)
            last = min(last, (int(window.end.timestamp()) // 300 - base) // 3)
        days = (last_day - day).days + 1 if window.end >= start else 0
        return When(
            day=day.toordinal(), first=first, last=last, days=days,
            quarters=-(-service.minutes // QUARTER),
        )  # fmt: skip

    async def _beginning(
        self, service: Service, found: Sequence[Found], window: Window, now: datetime,
        at: Point | None,
    ) -> list[Offer]:  # fmt: skip
        return [
            Offer(provider, one.price, rounded(one.km), starts[0], one.verified)
            for one, provider, starts in await self._starts(service, found, window, now, at)
        ]

    async def _starts(
        self, service: Service, found: Sequence[Found], window: Window, now: datetime,
        at: Point | None,
    ) -> list[tuple[Found, Provider, list[datetime]]]:  # fmt: skip
        """The starts of each within the window by the calendar itself, ways and holds included."""
        calendars = await self._availability.calendars_of(
            provider_ids=[one.provider_id for one in found], now=now,
            days=(window.end - now).days + 2, needs=service.needs, at=at,
        )  # fmt: skip
        able = {calendar.provider.id: calendar for calendar in calendars}
        begins = (
            (one, able[one.provider_id].provider,
             self._within(able[one.provider_id], service, window, now))
            for one in found if one.provider_id in able
        )  # fmt: skip
        return [(one, provider, starts) for one, provider, starts in begins if starts]

    def _within(
        self, calendar: Calendar, service: Service, window: Window, now: datetime
    ) -> list[datetime]:
        zone = self._availability.zone
        day, last = (local_date(zone=zone, moment=m) for m in (window.start, window.end))
        found: list[datetime] = []
        while day <= last:
            starts = self._availability.starts(
                calendar=calendar, minutes=service.minutes, day=day, now=now
            )
            found += [start for start in starts if window.start <= start <= window.end]
            day += timedelta(days=1)
        return found


def _closest(starts: Sequence[datetime], wanted: datetime, count: int) -> list[datetime]:
    return sorted(starts, key=lambda start: abs(start - wanted))[:count]
