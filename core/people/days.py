"""The days that follow from hours and orders: each with its working time, its visits and the ways between them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from core.availability.cells import instant_of
from core.availability.slots import working
from core.availability.zones import local_date
from core.distance import HERE_KM, km_between, minutes_for
from core.orders.lifecycle import HOLDING
from core.orders.model import Order, State
from core.people.schedule import Plan, Schedule
from core.ports import Store
from core.rules import Rules

# More visits than lie ahead of anybody: with them those of the last weeks.
_LATEST: Final = 1500
# What takes, or took, time of a day: promised visits, those being asked for, and what is done.
_SHOWN: Final = sorted(HOLDING | {State.CLOSED})


@dataclass(frozen=True, slots=True)
class Visit:
    """A job in its day, with the way to it from the one before (or from the base).

    `gap` is how many minutes lie between the end of the one before and its start.
    """

    order: Order
    km: float
    gap: int | None = None
    kmh: int = 18

    @property
    def way(self) -> int:
        """How many minutes the way takes; none to the same place."""
        return 0 if self.km <= HERE_KM else minutes_for(km=self.km, kmh=self.kmh)

    @property
    def tight(self) -> bool:
        """The way takes longer than there is time for it."""
        return self.gap is not None and self.gap < self.way


@dataclass(frozen=True, slots=True)
class Day:
    """One local date: the working time by the clock, whether it was taken off, the visits in order."""

    day: date
    off: bool
    spans: tuple[tuple[datetime, datetime], ...]
    visits: tuple[Visit, ...]


class Days:
    """`person_id` is the provider's own. Raises Unknown for somebody who never applied."""

    def __init__(self, *, store: Store, schedule: Schedule, rules: Rules) -> None:
        self._store = store
        self._rules = rules
        self._schedule = schedule

    async def look(
        self, *, person_id: int, first: date, count: int, now: datetime
    ) -> tuple[Plan, list[Day]]:
        """So many days from `first`, each with its hours and its visits."""
        plan = await self._schedule.plan(person_id=person_id, now=now)
        latest = await self._store.find(
            Order, provider_id=plan.provider.id, state=_SHOWN, order="-starts_at", limit=_LATEST
        )
        orders = reversed(latest)
        by_day: dict[date, list[Order]] = {}
        for order in orders:
            day = local_date(zone=plan.week.zone, moment=order.starts_at)
            by_day.setdefault(day, []).append(order)
        dates = [first + timedelta(days=ahead) for ahead in range(count)]
        kmh = self._rules.number("city_kmh")
        return plan, [_day(plan, day, by_day.get(day, []), kmh) for day in dates]


def _day(plan: Plan, day: date, orders: list[Order], kmh: int) -> Day:
    spans = tuple(
        (instant_of(opens), instant_of(closes))
        for opens, closes in working(week=plan.week, day=day)
    )
    return Day(day, day in plan.week.days_off, spans, tuple(_visits(plan, orders, kmh)))


def _visits(plan: Plan, orders: list[Order], kmh: int) -> list[Visit]:
    """Each with the way from where the provider is before it."""
    lat, lon = plan.provider.lat, plan.provider.lon
    here = (lat, lon) if lat is not None and lon is not None else None
    visits: list[Visit] = []
    ended: datetime | None = None
    for order in orders:
        there = (order.lat, order.lon)
        km = km_between(one=here, other=there) if here else 0.0
        # Where an offered visit is may be told only roughly.
        asked = order.state is State.OFFERED
        gap = int((order.starts_at - ended).total_seconds()) // 60 if ended else None
        visits.append(Visit(order, max(0.5, round(km * 2) / 2) if asked else km, gap, kmh))
        here, ended = there, order.starts_at + timedelta(minutes=order.minutes)
    return visits
