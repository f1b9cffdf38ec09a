"""Which visits a change of hours, days off or area would touch: asked before it is saved, for they stay booked."""

from datetime import datetime
from typing import Final

from core.availability.cells import cells_of
from core.availability.intervals import Spans
from core.availability.slots import Week, working
from core.availability.zones import local_date
from core.distance import km_between
from core.orders.lifecycle import HOLDING, THERE
from core.orders.model import Order, State
from core.people.amending import Amendment
from core.people.model import Provider
from core.people.schedule import Schedule
from core.ports import Store

# What takes time of a day to come: promised visits, those being asked for and those being paid. Who stands at the door
# already, even early, is there.
_COMING: Final = sorted((HOLDING | {State.UNPAID}) - {State.FINISHED, State.DISPUTED} - THERE)


class Touched:
    """`person_id` is the provider's own. All raise Unknown for somebody who never applied."""

    def __init__(self, *, store: Store, schedule: Schedule) -> None:
        self._store = store
        self._schedule = schedule

    async def by(self, *, person_id: int, amendment: Amendment, now: datetime) -> list[Order]:
        """Visits to come that the present plan holds and this one would not."""
        plan = await self._schedule.plan(person_id=person_id, now=now)
        week = amendment.of(week=plan.week)
        return [
            order
            for order in await self._coming(plan.provider, now)
            if inside(plan.week, order) and not inside(week, order)
        ]

    async def missed(self, *, person_id: int, now: datetime) -> list[Order]:
        """Visits to come that lie outside the plan as it is, and about which nobody is asked."""
        plan = await self._schedule.plan(person_id=person_id, now=now)
        return [
            order
            for order in await self._coming(plan.provider, now)
            if not inside(plan.week, order) and order.proposal is None
        ]

    async def by_area(
        self, *, person_id: int, lat: float, lon: float, radius_m: int, now: datetime
    ) -> list[Order]:
        """Visits to come that lie in the present area and not in this one."""
        provider = (await self._schedule.plan(person_id=person_id, now=now)).provider
        return [
            order
            for order in await self._coming(provider, now)
            if _within(order, provider.lat, provider.lon, provider.radius_m)
            and not _within(order, lat, lon, radius_m)
        ]

    async def _coming(self, provider: Provider, now: datetime) -> list[Order]:
        found = await self._store.find(
            Order, provider_id=provider.id, state=_COMING, order="starts_at"
        )
        return [order for order in found if order.starts_at > now]


def inside(week: Week, order: Order) -> bool:
    """All of the visit lies in working time."""
    cells = cells_of(order.starts_at, order.minutes)
    day = local_date(zone=week.zone, moment=order.starts_at)
    wanted = Spans.of([(cells.start, cells.stop)])
    return not wanted - working(week=week, day=day)


def _within(order: Order, lat: float | None, lon: float | None, radius_m: int) -> bool:
    if lat is None or lon is None:
        return False
    return km_between(one=(lat, lon), other=(order.lat, order.lon)) * 1000 <= radius_m
