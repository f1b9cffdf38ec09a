"""One visit of a series as a booking of today: what it costs, whether it can be had, the order it becomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.availability.service import Availability, Calendar
from core.catalog.service import Catalog
from core.changes import Changes, Insert, Timer, Update
from core.entity import NewId
from core.errors import Invalid, OutOfDate, Unknown
from core.events import Event
from core.orders.booking import Booking, Bookings
from core.orders.model import Draft, Order, Pay, State
from core.orders.night import not_at_night
from core.orders.place import Placing
from core.people.model import Provider
from core.ports import Store
from core.pricing import Quote
from core.rules import Rules
from core.series.model import Series, SeriesDate, Why
from core.waitlist.line import Line

# Who has not paid yet hears it once more so long before the time to pay is over.
LAST_CALL: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Visit:
    booking: Booking
    provider: Provider
    quote: Quote


class Visits:
    def __init__(
        self, *, store: Store, catalog: Catalog, bookings: Bookings, placing: Placing,
        availability: Availability, line: Line, rules: Rules, new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._catalog = catalog
        self._bookings = bookings
        self._placing = placing
        self._availability = availability
        self._line = line
        self._rules = rules
        self._new_id = new_id

    async def offered(
        self, *, series: Series, now: datetime, provider_id: int | None = None
    ) -> Visit:
        """As it could be booked today, in whatever way it is paid; with somebody else, if one is named.

        Raises Unknown, Invalid.
        """
        self._catalog.bookable(service_id=series.service_id)
        draft = Draft(
            id=0, customer_id=series.customer_id, service_id=series.service_id,
            provider_id=provider_id or series.provider_id, pay=series.pay, method=series.method,
            updated_at=now, **series.wish,
        )  # fmt: skip
        booking = await self._bookings.priced(draft=draft)
        provider, quote = booking.provider, booking.quote
        if provider is None or quote is None:
            raise Unknown("provider")
        await self._bookings.check_provider(booking=booking, now=now)
        lat, lon = draft.lat or 0.0, draft.lon or 0.0
        if not self._bookings.reaches(provider=provider, lat=lat, lon=lon):
            raise Invalid("lat", "too_far")
        return Visit(booking, provider, quote)

    async def agreed(
        self, *, series: Series, now: datetime, provider_id: int | None = None
    ) -> Visit:
        """The same, paid as the series is. Raises Unknown, Invalid."""
        visit = await self.offered(series=series, now=now, provider_id=provider_id)
        if series.pay not in visit.quote.ways:
            raise Invalid("series", "pay")
        return visit

    async def calendar(self, *, visit: Visit, now: datetime, but: int | None = None) -> Calendar:
        booking = visit.booking
        return await self._availability.calendar(
            provider=visit.provider, now=now, but=but, needs=booking.needs, at=booking.draft.point
        )

    async def hindrance(
        self, *, visit: Visit, start: datetime, now: datetime, but: Order | None = None
    ) -> Why | None:
        """Why this start can't be had; the time of the order `but` counts as free and says how long it takes."""
        calendar = await self.calendar(visit=visit, now=now, but=but.id if but else None)
        if self._availability.day_of(moment=start) > calendar.last.toordinal():
            return Why.PROVIDER
        minutes = but.minutes if but else visit.quote.minutes
        fits = self._availability.fits(calendar=calendar, start=start, minutes=minutes, now=now)
        return None if fits else Why.TAKEN

    async def offers(self, *, visit: Visit, start: datetime, now: datetime) -> bool:
        """Whether exactly this start may be taken, as any customer may take it."""
        calendar = await self.calendar(visit=visit, now=now)
        minutes = visit.quote.minutes
        return self._availability.offers(calendar=calendar, minutes=minutes, start=start, now=now)

    async def lost(self, *, series: Series, order: Order, now: datetime) -> Why | None:
        """Why a visit that is booked can't be had any more."""
        try:
            visit = await self.offered(series=series, now=now)
        except (Unknown, Invalid):
            return Why.PROVIDER
        return await self.hindrance(visit=visit, start=order.starts_at, now=now, but=order)

    async def book(
        self, *, series: Series, visit: Visit, start: datetime, steps: Sequence[Update],
        now: datetime, told: Sequence[Event] = (),
    ) -> Order:  # fmt: skip
        """Its order, with all that goes with one. Raises SlotTaken, DayFull, OutOfDate."""
        await self._line.first(provider=visit.provider, start=start, now=now)
        order = self._placing.order_of(
            booking=visit.booking, provider=visit.provider, quote=visit.quote, start=start, now=now
        )
        order.series_id, order.rhythm = series.id, series.rhythm.value
        changes = Changes().add(*steps).tell(*told)
        self._placing.write(changes=changes, order=order, provider=visit.provider, now=now)
        if order.state is State.UNPAID:
            changes.add(*self._asking(series, order, now))
        await self._placing.commit(changes=changes, order=order)
        return order

    def _asking(self, series: Series, order: Order, now: datetime) -> list[Timer]:
        """When its customer is asked to pay for it, at the time of day of the visit, and when once more."""
        zone, until = ZoneInfo(series.zone), order.asked_until or now
        ahead = timedelta(days=self._rules.number("series_pay_days"))
        asks = not_at_night(order.starts_at.astimezone(zone) - ahead, self._rules)
        calls = not_at_night(until.astimezone(zone) - LAST_CALL, self._rules)
        timers = [Timer("series.pay", order.id, max(asks, now), f"series.pay:{order.id}")]
        if calls > max(asks, now):
            timers.append(
                Timer("series.last_call", order.id, calls, f"series.last_call:{order.id}")
            )
        return timers

    def question(
        self, *, series: Series, number: int, start: datetime, why: Why, now: datetime,
        also: bool = False,
    ) -> Changes:  # fmt: skip
        """The customer is asked about this date until it is there; `also`: in what was just asked about another."""
        date = SeriesDate(
            id=self._new_id(), series_id=series.id, person_id=series.customer_id, number=number,
            starts_at=start, why=why, asked_at=now,
        )  # fmt: skip
        event = "series.also_asked" if also else "series.asked"
        lapse = Timer("series.lapse", date.id, start, f"series.lapse:{date.id}")
        return (
            Changes()
            .add(Insert(date, otherwise=OutOfDate()), lapse)
            .tell(Event(event, series.id, number, {"person": series.customer_id}))
        )


def way_of(*, order: Order, quote: Quote) -> tuple[Pay, str]:
    """How the visits are paid: at the door where that may be, else as the first one was. Raises Invalid."""
    if Pay.ON_SITE in quote.ways:
        return Pay.ON_SITE, "on_site"
    if order.pay not in quote.ways:
        raise Invalid("series", "pay")
    return order.pay, order.method
