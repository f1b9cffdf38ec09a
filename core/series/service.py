"""Repeats a visit: books what is near, asks about a date that can't be had, goes on until it is stopped.

Each visit is an order like any other, so paying, moving, cancelling and stepping in are what they always are.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.anew import decided_anew
from core.availability.service import Availability
from core.catalog.service import Catalog
from core.changes import Changes, Insert, NoTimer, Timer, Update
from core.entity import NewId
from core.errors import DayFull, Invalid, NotAllowedNow, OutOfDate, SlotTaken, Unknown
from core.events import Event
from core.orders.lifecycle import OPEN, PROMISED
from core.orders.model import Order, State
from core.orders.tasks import pick_of
from core.people.model import Person, Provider
from core.ports import Store
from core.rules import Rules
from core.series.dates import first_after, opens_at, start_of
from core.series.model import DateState, Rhythm, Series, SeriesDate, SeriesState, Why
from core.series.open_dates import answered
from core.series.visits import Visits, way_of

REPEATABLE: Final = PROMISED | {State.CLOSED}
_DAY: Final = timedelta(days=1)
# Who begins a series settles its first dates at once; the timer does it only where that was cut off: both at the same
# time would ask about several dates in several messages.
_SPARED: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """What repeating would mean: the next starts that can be booked now, which of them are free, the price of each.

    `due` is how much of it is paid beforehand.
    """

    series: Series
    provider: Provider
    starts: tuple[datetime, ...]
    free: frozenset[datetime]
    minutes: int
    due: int


@dataclass(frozen=True, slots=True)
class Coming:
    """What lies ahead in a series: visits, and dates that wait for an answer."""

    series: Series
    orders: tuple[Order, ...]
    dates: tuple[SeriesDate, ...]


def _roll(series: Series) -> str:
    """The key of the timer that goes on with it."""
    return f"series.roll:{series.id}"


class Repeating:
    def __init__(
        self, *, store: Store, catalog: Catalog, visits: Visits, availability: Availability,
        rules: Rules, new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._catalog = catalog
        self._visits = visits
        self._availability = availability
        self._rules = rules
        self._new_id = new_id

    # --- begin

    async def plan(self, *, order_id: int, customer_id: int, rhythm: Rhythm, now: datetime) -> Plan:
        """Looks only.

        Raises SwitchedOff while no series begin, Unknown where the provider doesn't do it any more,
        Invalid("series", "pay") where it is paid otherwise.
        """
        self._rules.require("series_open")
        order = await self._order(order_id, customer_id)
        series = self._like(order, rhythm, now)
        visit = await self._visits.offered(series=series, now=now)
        quote = visit.quote
        series.pay, series.method = way_of(order=order, quote=quote)
        series.price = quote.total
        starts = self._openings(series, now)
        free = frozenset([
            start for start in starts
            if await self._visits.hindrance(visit=visit, start=start, now=now) is None
        ])  # fmt: skip
        due = quote.due(series.pay)
        return Plan(series, visit.provider, tuple(starts), free, quote.minutes, due)

    @decided_anew
    async def start(
        self, *, order_id: int, customer_id: int, rhythm: Rhythm, price: int, now: datetime
    ) -> Series:
        """Repeats the visit from now on, at the price that was shown; a repeated tap gets the same series.

        Raises as `plan`, Invalid("series", "too_many"), OutOfDate where the price is another.
        """
        order = await self._order(order_id, customer_id)
        if series := await self.of_order(order=order):
            return series
        series = (
            await self.plan(order_id=order_id, customer_id=customer_id, rhythm=rhythm, now=now)
        ).series
        if series.price != price:
            raise OutOfDate
        most = self._rules.number("series_per_person")
        if len(await self.of_person(person_id=customer_id)) >= most:
            raise Invalid("series", "too_many", {"most": most})
        mark = {"series_id": series.id, "rhythm": rhythm.value}
        changes = Changes().add(
            Update(Order, order.id, mark, expect={"series_id": order.series_id}), Insert(series),
            Timer("series.roll", series.id, now + _SPARED, _roll(series)),
        )  # fmt: skip
        await self._store.apply(changes)
        await self.roll(series_id=series.id, now=now)
        return await self.mine(series_id=series.id, person_id=customer_id)

    async def _order(self, order_id: int, customer_id: int) -> Order:
        order = await self._store.get(Order, id=order_id, customer_id=customer_id)
        if order is None:
            raise Unknown("order")
        if order.state not in REPEATABLE:
            raise NotAllowedNow(verb="repeat", state=order.state)
        return order

    def _like(self, order: Order, rhythm: Rhythm, now: datetime) -> Series:
        zone = self._availability.zone
        local = order.starts_at.astimezone(ZoneInfo(zone))
        main, *further = [
            pick_of(task=task, service=self._catalog.service(service_id=task.service_id))
            for task in order.tasks
        ]
        series = Series(
            id=self._new_id(), customer_id=order.customer_id, provider_id=order.provider_id,
            service_id=order.service_id, rhythm=rhythm, day=local.toordinal(),
            minute=local.hour * 60 + local.minute, zone=zone, price=0, next_index=1,
            created_at=now,
            wish={
                "options": main.options, "answers": main.answers, "notes": order.notes,
                "further": [pick.as_dict() for pick in further], "place": order.place,
                "detail": order.detail, "lat": order.lat, "lon": order.lon,
            },
        )  # fmt: skip
        notice = timedelta(minutes=self._rules.number("notice_minutes"))
        series.next_index = first_after(series=series, moment=now + notice)
        return series

    def _openings(self, series: Series, now: datetime) -> list[datetime]:
        """The starts that would be settled at once."""
        number, found = series.next_index, list[datetime]()
        while self._opens(series, number) <= now:
            found.append(start_of(series=series, number=number))
            number += 1
        return found

    def _opens(self, series: Series, number: int) -> datetime:
        ahead = self._rules.number("series_ahead")
        horizon = self._rules.number("horizon_days")
        return opens_at(series=series, number=number, ahead=ahead, horizon=horizon)

    # --- go on

    async def roll(self, *, series_id: int, now: datetime) -> datetime | None:
        """Settles every date whose turn it is; when to look again, or None once it was stopped.

        The dates that can't be had are one question.
        """
        asked = False
        while True:
            series = await self._store.get(Series, id=series_id, state=SeriesState.ACTIVE)
            if series is None:
                return None
            if (opens := self._opens(series, series.next_index)) > now:
                return opens
            customer = await self._store.get(Person, id=series.customer_id)
            if customer is None or customer.frozen:
                return now + _DAY
            asked = await self._settle(series, now, also=asked) or asked

    async def _settle(self, series: Series, now: datetime, *, also: bool) -> bool:
        """Books the next date or asks about it, and whether it asked; whoever else does the same is no trouble."""
        start = start_of(series=series, number=series.next_index)
        step = Update(
            Series, series.id, {"next_index": series.next_index + 1},
            expect={"next_index": series.next_index, "state": SeriesState.ACTIVE},
        )  # fmt: skip
        try:
            if start <= now:
                await self._store.apply(Changes().add(step))
            elif why := await self._refusal(series, start, step, now):
                asked = self._visits.question(
                    series=series,
                    number=series.next_index,
                    start=start,
                    why=why,
                    now=now,
                    also=also,
                )
                await self._store.apply(asked.add(step))
                return True
        except OutOfDate:
            pass
        return False

    async def _refusal(
        self, series: Series, start: datetime, step: Update, now: datetime
    ) -> Why | None:
        """Books this date; why not, where it can't be."""
        try:
            visit = await self._visits.agreed(series=series, now=now)
            if visit.quote.total > series.price:
                return Why.PRICE
            if why := await self._visits.hindrance(visit=visit, start=start, now=now):
                return why
            await self._visits.book(series=series, visit=visit, start=start, steps=[step], now=now)
        except (Unknown, Invalid):
            return Why.PROVIDER
        except (SlotTaken, DayFull):
            return Why.TAKEN
        return None

    # --- look, stop

    async def mine(self, *, series_id: int, person_id: int) -> Series:
        """Raises Unknown."""
        series = await self._store.get(Series, id=series_id, customer_id=person_id)
        if series is None:
            raise Unknown("series")
        return series

    async def of_person(self, *, person_id: int) -> list[Series]:
        """The series that go on."""
        return await self._store.find(Series, customer_id=person_id, state=SeriesState.ACTIVE)

    async def of_order(self, *, order: Order) -> Series | None:
        """The series this order belongs to, while it goes on."""
        if order.series_id is None:
            return None
        return await self._store.get(Series, id=order.series_id, state=SeriesState.ACTIVE)

    async def coming(self, *, series_id: int, person_id: int, now: datetime) -> Coming:
        """What lies ahead, the next first. Raises Unknown."""
        series = await self.mine(series_id=series_id, person_id=person_id)
        orders = await self._store.find(
            Order, series_id=series.id, state=sorted(OPEN), order="starts_at"
        )
        dates = await self._store.find(
            SeriesDate, series_id=series.id, state=DateState.OPEN, order="starts_at"
        )
        ahead = tuple(order for order in orders if order.starts_at > now)
        return Coming(series, ahead, tuple(date for date in dates if date.starts_at > now))

    @decided_anew
    async def stop(self, *, series_id: int, person_id: int) -> None:
        """Nothing more is booked or asked; the visits that are booked stay. Stopping again is fine. Raises Unknown."""
        series = await self.mine(series_id=series_id, person_id=person_id)
        dates = await self._store.find(
            SeriesDate, series_id=series.id, state=DateState.OPEN, limit=1000
        )
        changes = Changes().add(
            Update(Series, series.id, {"state": SeriesState.STOPPED}), NoTimer(_roll(series))
        )
        changes.add(*(answered(date=date, state=DateState.SKIPPED) for date in dates))
        await self._store.apply(
            changes.tell(Event("series.stopped", series.id, 1, {"person": person_id}))
        )
