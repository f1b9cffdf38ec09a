"""When and where a provider works: hours with breaks, days off, area, limits.

What a change would touch is asked before it is saved (touched.py); visits that are booked stay booked in any case.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from core.availability.service import Availability
from core.availability.slots import QUARTER, Shift, Week
from core.changes import Change, Changes, Insert, Remove, Timer, Update
from core.entity import NewId
from core.errors import Invalid, OutOfDate, Unknown
from core.people.applications import LARGEST_RADIUS_M, SMALLEST_RADIUS_M
from core.people.model import DayOff, Hours, Provider
from core.ports import Store
from core.waitlist.model import freed

MOST_JOBS, MOST_BUFFER, LONGEST_HOLIDAY = 20, 180, 60


@dataclass(frozen=True, slots=True)
class Plan:
    """The provider's rules as they stand: hours by weekday (Monday is 0), days off to come."""

    provider: Provider
    week: Week
    days_off: tuple[date, ...]

    def hours(self, *, weekday: int) -> list[tuple[int, int]]:
        """The stretches of a weekday in minutes after midnight."""
        return sorted((s.opens, s.closes) for s in self.week.hours if s.weekday == weekday)


class Schedule:
    """`person_id` is the provider's own. All raise Unknown for somebody who never applied."""

    def __init__(self, *, store: Store, availability: Availability, new_id: NewId) -> None:
        self._store = store
        self._availability = availability
        self._new_id = new_id

    async def plan(self, *, person_id: int, now: datetime) -> Plan:
        provider = await self._provider(person_id)
        hours = await self._store.find(Hours, provider_id=provider.id)
        off = await self._store.find(DayOff, provider_id=provider.id, order="day")
        today = self._availability.today(now=now)
        week = Week(
            zone=self._availability.zone,
            hours=tuple(Shift(h.weekday, h.start_min, h.end_min) for h in hours),
            days_off=frozenset(d.day for d in off),
        )
        return Plan(provider, week, tuple(d.day for d in off if d.day >= today))

    async def _provider(self, person_id: int) -> Provider:
        provider = await self._store.get(Provider, person_id=person_id)
        if provider is None:
            raise Unknown("provider")
        return provider

    async def set_hours(
        self, *, person_id: int, weekdays: Iterable[int], spans: Sequence[tuple[int, int]],
        now: datetime,
    ) -> Plan:  # fmt: skip
        """These weekdays get these stretches (none: not a working day).

        Raises Invalid("hours", "outside_day" | "not_on_quarter" | "overlap").
        """
        days = sorted(set(weekdays))
        check_hours(weekdays=days, spans=spans)
        provider = await self._provider(person_id)
        rows = [
            Insert(
                Hours(
                    id=self._new_id(), provider_id=provider.id, weekday=day, start_min=opens,
                    end_min=closes,
                )
            )
            for day in days
            for opens, closes in spans
        ]  # fmt: skip
        former = Remove(Hours, {"provider_id": provider.id, "weekday": days})
        await self._save(provider, now, former, *rows)
        return await self.plan(person_id=person_id, now=now)

    async def set_day_off(self, *, person_id: int, day: date, off: bool, now: datetime) -> Plan:
        """Raises Invalid("day", "over") for a day that is past."""
        if day < self._availability.today(now=now):
            raise Invalid("day", "over")
        provider = await self._provider(person_id)
        row = DayOff(id=self._new_id(), provider_id=provider.id, day=day)
        where = {"provider_id": provider.id, "day": day}
        change: Change = Insert(row, or_ignore=True) if off else Remove(DayOff, where)
        await self._save(provider, now, change)
        return await self.plan(person_id=person_id, now=now)

    async def take_off(self, *, person_id: int, first: date, last: date, now: datetime) -> Plan:
        """A holiday: every day from `first` to `last`. Raises Invalid("day", "over" | "too_many")."""
        if first < self._availability.today(now=now):
            raise Invalid("day", "over")
        days = days_between(first=first, last=last)
        provider = await self._provider(person_id)
        rows = [DayOff(id=self._new_id(), provider_id=provider.id, day=day) for day in days]
        await self._save(provider, now, *(Insert(row, or_ignore=True) for row in rows))
        return await self.plan(person_id=person_id, now=now)

    async def set_working(self, *, person_id: int, working: bool, now: datetime) -> Provider:
        """The switch of the day: who is off is not found and gets no new orders."""
        return await self._set(person_id, now, working=working)

    async def set_base(
        self, *, person_id: int, lat: float, lon: float, place: str, now: datetime
    ) -> Provider:
        """Where the provider sets out from. Raises Invalid("lat", "bounds")."""
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise Invalid("lat", "bounds")
        return await self._set(person_id, now, lat=lat, lon=lon, place=place[:80])

    async def set_radius(self, *, person_id: int, radius_m: int, now: datetime) -> Provider:
        if not SMALLEST_RADIUS_M <= radius_m <= LARGEST_RADIUS_M:
            raise Invalid("radius", "bounds")
        return await self._set(person_id, now, radius_m=radius_m)

    async def set_daily_max(self, *, person_id: int, jobs: int, now: datetime) -> Provider:
        if not 1 <= jobs <= MOST_JOBS:
            raise Invalid("daily_max", "bounds", {"most": MOST_JOBS})
        return await self._set(person_id, now, daily_max=jobs)

    async def set_buffer(self, *, person_id: int, minutes: int, now: datetime) -> Provider:
        """The time kept free after each visit, in quarters. Visits that are booked keep theirs."""
        if not 0 <= minutes <= MOST_BUFFER or minutes % QUARTER:
            raise Invalid("buffer", "bounds", {"most": MOST_BUFFER})
        return await self._set(person_id, now, buffer_min=minutes)

    async def _set(self, person_id: int, now: datetime, **values: Any) -> Provider:
        await self._save(await self._provider(person_id), now, **values)
        return await self._provider(person_id)

    async def _save(
        self, provider: Provider, now: datetime, *others: Change, **values: Any
    ) -> None:  # fmt: skip
        """Writes and has search find the provider anew; a rival change makes this one try again."""
        version = provider.version + 1
        key = f"provider.reindex:{provider.id}:{version}"
        await self._store.apply(
            Changes().add(
                Update(
                    Provider, provider.id, values | {"version": version},
                    expect={"version": provider.version}, otherwise=OutOfDate(),
                ),
                *others,
                Timer("provider.reindex", provider.id, now, key),
                freed(provider_id=provider.id, now=now, why=f"provider:{provider.id}:{version}"),
            )
        )  # fmt: skip


def check_hours(*, weekdays: Sequence[int], spans: Sequence[tuple[int, int]]) -> None:
    """Raises Invalid for stretches outside 06:00 to 22:00, off the quarter, or over each other."""
    shifts = [Shift(day, opens, closes) for day in weekdays for opens, closes in spans]
    ordered = sorted(spans)
    if any(one[1] > other[0] for one, other in pairwise(ordered)):
        raise Invalid("hours", "overlap")
    if len(spans) > 4 or len(shifts) > 28:
        raise Invalid("hours", "too_many")


def days_between(*, first: date, last: date) -> list[date]:
    """All of them. Raises Invalid("day", "too_many") for none or for more than a holiday has."""
    count = (last - first).days + 1
    if not 1 <= count <= LONGEST_HOLIDAY:
        raise Invalid("day", "too_many", {"most": LONGEST_HOLIDAY})
    return [first + timedelta(days=ahead) for ahead in range(count)]
