"""When and where a provider works: hours with breaks, days off, area, limits.

What a change would touch is asked before it is saved (touched.py); visits that are booked stay booked in any case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.availability.diary import week_of
from core.availability.service import Availability
from core.availability.slots import QUARTER, DayPart, Week
from core.changes import Change, Changes, Insert, Remove, Timer, Update
from core.entity import NewId
from core.errors import Invalid, OutOfDate
from core.people.amending import Amendment
from core.people.applications import LARGEST_RADIUS_M, SMALLEST_RADIUS_M
from core.people.model import DayHours, Hours, Provider
from core.people.own import provider_of
from core.ports import Store
from core.waitlist.model import freed

MOST_JOBS, MOST_BUFFER = 20, 180


@dataclass(frozen=True, slots=True)
class Plan:
    """The provider's rules as they stand: hours by weekday (Monday is 0), time off and extra hours to come in order."""

    provider: Provider
    week: Week
    off: tuple[DayPart, ...]
    more: tuple[DayPart, ...] = ()

    @property
    def days_off(self) -> tuple[date, ...]:
        """The whole days of it."""
        return tuple(off.day for off in self.off if off.whole)

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
        provider = await provider_of(store=self._store, person_id=person_id)
        hours = await self._store.find(Hours, provider_id=provider.id)
        dated = await self._store.find(DayHours, provider_id=provider.id)
        week = week_of(
            zone=self._availability.zone,
            hours=((one.weekday, one.start_min, one.end_min) for one in hours),
            dated=((one.day, one.start_min, one.end_min, one.works) for one in dated),
        )  # fmt: skip
        today = self._availability.today(now=now)
        off, more = (
            tuple(sorted(one for one in parts if one.day >= today))
            for parts in (week.off, week.more)
        )
        return Plan(provider, week, off, more)

    def check(self, *, amendment: Amendment, now: datetime) -> None:
        """Raises Invalid as `Amendment.check`, by the clock of the platform."""
        at = self._availability
        amendment.check(today=at.today(now=now), minute=at.minute(now=now))

    async def amend(
        self, *, person_id: int, amendment: Amendment, now: datetime, also: Sequence[Change] = ()
    ) -> Plan:
        """Hours, time off, time worked after all and extra hours, in one go with what must happen `also`.

        Raises Invalid as `Amendment.check`.
        """
        self.check(amendment=amendment, now=now)
        plan = await self.plan(person_id=person_id, now=now)
        week, provider_id = amendment.of(week=plan.week), plan.provider.id
        hours = [
            Hours(
                id=self._new_id(), provider_id=provider_id, weekday=shift.weekday,
                start_min=shift.opens, end_min=shift.closes,
            )
            for shift in week.hours if shift.weekday in amendment.hours
        ]  # fmt: skip
        dated = [
            DayHours(
                id=self._new_id(), provider_id=provider_id, day=one.day, start_min=one.opens,
                end_min=one.closes, works=works,
            )
            for works, parts in ((False, week.off), (True, week.more))
            for one in sorted(parts) if one.day in amendment.days
        ]  # fmt: skip
        former = (
            Remove(Hours, {"provider_id": provider_id, "weekday": sorted(amendment.hours)}),
            Remove(DayHours, {"provider_id": provider_id, "day": amendment.days}),
        )
        await self._save(
            plan.provider, now, *former, *(Insert(row) for row in (*hours, *dated)), *also
        )
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
        await self._save(await provider_of(store=self._store, person_id=person_id), now, **values)
        return await provider_of(store=self._store, person_id=person_id)

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
