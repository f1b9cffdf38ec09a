"""When a provider can come: hours and live claims read in one go, turned into starts by the slot pipeline."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.availability.cells import cell_of, instant_of
from core.availability.diary import Diary, week_of
from core.availability.intervals import Spans
from core.availability.masks import day_mask, first_cell
from core.availability.slots import (
    Need,
    Week,
    bookable_days,
    days_between,
    first_start,
    nearest,
    starts,
)
from core.availability.stops import jobs, taken
from core.availability.zones import local_date, local_minute
from core.changes import Claim
from core.distance import Point
from core.errors import DayFull, SlotTaken
from core.people.model import Certificate, Provider, ProviderState, last_day
from core.ports import Claims, Store
from core.rules import Rules

THINKING = timedelta(minutes=15)
"""How long after it was shown the soonest start can still be taken: an address is typed, a way to pay is chosen."""

ANY: Final = 1_000_000
"""As a daily maximum: what has its place on the day already is not counted against it."""
_FAR: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Calendar:
    """One provider's time as seen now: the week, the cells already taken, the days with no job left to give.

    Seen from the place of a visit, the ways to and from it are taken, too. `last` is the last day on which his papers
    allow the visit it was asked for.
    """

    provider: Provider
    week: Week
    claimed: Spans[int]
    full: frozenset[date] = frozenset()
    last: date = date.max

    def closed(self, day: date) -> bool:
        """Whether no visit may begin on that day, whatever time is free."""
        return day in self.full or day > self.last


class Availability:
    def __init__(self, *, store: Store, claims: Claims, rules: Rules, zone: str) -> None:
        self._store = store
        self._claims = claims
        self._rules = rules
        self.zone = zone

    def today(self, *, now: datetime) -> date:
        return local_date(zone=self.zone, moment=now)

    def minute(self, *, now: datetime) -> int:
        """How much of today is over, in minutes."""
        return local_minute(zone=self.zone, moment=now)

    def last_day(self, *, now: datetime) -> date:
        """The last day that can be booked."""
        return self.today(now=now) + timedelta(days=self._rules.number("horizon_days") - 1)

    def day_of(self, *, moment: datetime) -> int:
        """The local date of an instant as an ordinal: how days are kept in tables."""
        return local_date(zone=self.zone, moment=moment).toordinal()

    async def calendars(
        self, *, providers: Sequence[Provider], now: datetime, days: int | None = None,
        holds: bool = True, but: int | None = None, needs: frozenset[str] = frozenset(),
        at: Point | None = None,
    ) -> list[Calendar]:  # fmt: skip
        """The calendars of these providers over so many days (default: the whole horizon).

        The time of the order `but` counts as free: it may be exchanged for another. `needs` are the certificates
        that the visit asks for: no day is offered after one of them has run out. `at` is where it is to be.
        """
        ids = [provider.id for provider in providers]
        diaries, papers = await asyncio.gather(
            self._diaries(ids, now, days, holds=holds, but=but), self._papers(ids, needs)
        )
        return [
            self._calendar(provider, diaries[provider.id], at, papers.get(provider.id, ()), needs)
            for provider in providers
        ]

    async def calendars_of(
        self, *, provider_ids: Sequence[int], now: datetime, days: int,
        needs: frozenset[str] = frozenset(), at: Point | None = None,
    ) -> list[Calendar]:  # fmt: skip
        """The same of those among them who take orders, who they are being read beside."""
        ids = list(provider_ids)
        if not ids:
            return []
        providers, diaries, papers = await asyncio.gather(
            self._store.find(Provider, id=ids, state=ProviderState.APPROVED),
            self._diaries(ids, now, days), self._papers(ids, needs),
        )  # fmt: skip
        return [
            self._calendar(provider, diaries[provider.id], at, papers.get(provider.id, ()), needs)
            for provider in providers if provider.working
        ]  # fmt: skip

    async def _diaries(
        self, ids: Sequence[int], now: datetime, days: int | None, *, holds: bool = True,
        but: int | None = None,
    ) -> dict[int, Diary]:  # fmt: skip
        end = now + timedelta(days=(days or self._rules.number("horizon_days")) + 1)
        return await self._claims.diaries(
            provider_ids=ids, start=now - timedelta(days=1), end=end, now=now, holds=holds, but=but
        )

    def _calendar(
        self, provider: Provider, diary: Diary, at: Point | None, papers: Sequence[Certificate],
        needs: frozenset[str],
    ) -> Calendar:  # fmt: skip
        kmh = self._rules.number("city_kmh")
        return Calendar(
            provider, week_of(zone=self.zone, hours=diary.hours, dated=diary.dated),
            taken(stops=diary.stops, place=at, buffer=provider.buffer_min, kmh=kmh),
            _full(provider, jobs(stops=diary.stops)), last_day(papers=papers, needs=needs),
        )  # fmt: skip

    async def calendar(
        self, *, provider: Provider, now: datetime, but: int | None = None,
        needs: frozenset[str] = frozenset(), at: Point | None = None,
    ) -> Calendar:  # fmt: skip
        found = await self.calendars(providers=[provider], now=now, but=but, needs=needs, at=at)
        return found[0]

    async def _papers(self, ids: list[int], needs: frozenset[str]) -> dict[int, list[Certificate]]:
        found: dict[int, list[Certificate]] = {}
        if needs:
            for paper in await self._store.find(
                Certificate, provider_id=ids, kind=sorted(needs), limit=50_000
            ):
                found.setdefault(paper.provider_id, []).append(paper)
        return found

    def _notice(self) -> timedelta:
        return timedelta(minutes=self._rules.number("notice_minutes"))

    def days(self, *, calendar: Calendar, minutes: int, now: datetime) -> list[date]:
        """The days that can be tapped in the booking calendar: none of a provider who is off duty."""
        if not calendar.provider.working:
            return []
        found = bookable_days(
            week=calendar.week, need=_need(calendar, minutes), claimed=calendar.claimed, now=now,
            notice=self._notice(), horizon_days=self._rules.number("horizon_days"),
        )  # fmt: skip
        return [day for day in found if not calendar.closed(day)]

    def starts(
        self, *, calendar: Calendar, minutes: int, day: date, now: datetime,
        notice: timedelta | None = None,
    ) -> list[datetime]:  # fmt: skip
        """The starts offered on one local day: none off duty, or once the provider's daily maximum is reached.

        `notice` is the rule's, but where somebody must be found in a hurry.
        """
        soonest = self._notice() if notice is None else notice
        return self._starts(calendar, minutes, day, now, soonest)

    def _starts(
        self, calendar: Calendar, minutes: int, day: date, now: datetime, notice: timedelta
    ) -> list[datetime]:
        if not calendar.provider.working or calendar.closed(day):
            return []
        return starts(
            week=calendar.week, need=_need(calendar, minutes), day=day, claimed=calendar.claimed,
            now=now, notice=notice, horizon_days=self._rules.number("horizon_days"),
        )  # fmt: skip

    def full(self, *, calendar: Calendar, minutes: int, day: date, now: datetime) -> bool:
        """Whether nothing is left of that day only because of what is booked: it is a day of work, and not over."""
        empty = replace(calendar, claimed=Spans(), full=frozenset())
        return not self.starts(calendar=calendar, minutes=minutes, day=day, now=now) and bool(
            self.starts(calendar=empty, minutes=minutes, day=day, now=now)
        )

    def earliest(
        self, *, calendar: Calendar, minutes: int, now: datetime, days: int = 14
    ) -> datetime | None:
        """The first start within so many days, or None."""
        if not calendar.provider.working:
            return None
        today = self.today(now=now)
        last = min(today + timedelta(days=days - 1), self.last_day(now=now))
        return first_start(
            week=calendar.week, need=_need(calendar, minutes), claimed=calendar.claimed, now=now,
            notice=self._notice(),
            days=(day for day in days_between(today, last) if not calendar.closed(day)),
        )  # fmt: skip

    def like_then(
        self, *, calendar: Calendar, minutes: int, then: datetime, now: datetime, days: int
    ) -> datetime | None:
        """A start within a week on the weekday and at the time of day of `then`, else the first within so many days."""
        day = self.today(now=now)
        local = then.astimezone(ZoneInfo(self.zone))
        day += timedelta(days=(local.weekday() - day.weekday()) % 7)
        for wanted in (day, day + timedelta(days=7)):
            offered = self.starts(calendar=calendar, minutes=minutes, day=wanted, now=now)
            start = datetime.combine(wanted, local.time(), tzinfo=local.tzinfo).astimezone(UTC)
            if start in offered:
                return start
            if wanted > self.today(now=now):
                break
        return self.earliest(calendar=calendar, minutes=minutes, now=now, days=days)

    def alternatives(
        self, *, calendar: Calendar, minutes: int, wanted: datetime, now: datetime,
        never: datetime | None = None,
    ) -> list[datetime]:  # fmt: skip
        """Three starts (but `never` this one) near the one that is gone: the same day, else the days after it."""
        day, found = local_date(zone=self.zone, moment=wanted), list[datetime]()
        for ahead in range(7):
            on_day = self.starts(
                calendar=calendar, minutes=minutes, day=day + timedelta(days=ahead), now=now
            )
            found += [start for start in on_day if start != never]
            if len(found) >= 3:
                break
        return nearest(offered=found, wanted=wanted)

    def offers(self, *, calendar: Calendar, minutes: int, start: datetime, now: datetime) -> bool:
        """Whether exactly this start may be taken: it is offered now, or its notice has just begun to run."""
        day = local_date(zone=self.zone, moment=start)
        notice = max(self._notice() - THINKING, timedelta(0))
        return start in self._starts(calendar, minutes, day, now, notice)

    def fits(self, *, calendar: Calendar, start: datetime, minutes: int, now: datetime) -> bool:
        """Whether this start is free for somebody who steps in: as offered, but without the notice."""
        day = local_date(zone=self.zone, moment=start)
        return not calendar.closed(day) and start in starts(
            week=calendar.week, need=_need(calendar, minutes), day=day, claimed=calendar.claimed,
            now=now, notice=timedelta(0), horizon_days=self._rules.number("horizon_days"),
        )  # fmt: skip

    async def free_after(
        self, *, order_id: int, provider_id: int, at: Point, buffer: int, moment: datetime,
        most: int, now: datetime,
    ) -> int:  # fmt: skip
        """For how many minutes from this instant on, where its time ends, an order at that place can be longer.

        `most` at the most.
        """
        end = moment + timedelta(minutes=most)
        diaries = await self._claims.diaries(
            provider_ids=[provider_id], start=moment - _FAR, end=end + _FAR, now=now, but=order_id
        )
        kmh, first = self._rules.number("city_kmh"), cell_of(moment)
        busy = taken(stops=diaries[provider_id].stops, place=at, buffer=buffer, kmh=kmh)
        until = min((max(opens, first) for opens, closes in busy if closes > first), default=None)
        if until is None:
            return most
        return min(most, int((instant_of(until) - moment).total_seconds()) // 60)

    def mask_bits(self, *, start: datetime, minutes: int) -> tuple[int, int]:
        """(day ordinal, the quarters a claim of so many minutes takes out of that day's mask)."""
        day = local_date(zone=self.zone, moment=start)
        base = first_cell(zone=self.zone, day=day)
        first = (int(start.timestamp()) // 300 - base) // 3
        bits = sum(1 << q for q in range(first, first + -(-minutes // 15)) if 0 <= q < 64)
        return day.toordinal(), bits

    def hold(
        self, *, order_id: int, provider: Provider, start: datetime, minutes: int, at: Point,
        until: datetime | None, now: datetime,
    ) -> Claim:  # fmt: skip
        """The provider's time with the ways to and from it; `until` makes it a hold that runs out by itself."""
        return self.claim(
            order_id=order_id, provider_id=provider.id, start=start, minutes=minutes, until=until,
            buffer=provider.buffer_min, daily_max=provider.daily_max, at=at, now=now,
        )  # fmt: skip

    def claim(
        self, *, order_id: int, provider_id: int, start: datetime, minutes: int, buffer: int,
        now: datetime, at: Point | None, until: datetime | None = None, daily_max: int = ANY,
    ) -> Claim:  # fmt: skip
        """The same by figures alone; no place, no ways."""
        return Claim(
            provider_id=provider_id, order_id=order_id, starts_at=start, minutes=minutes + buffer,
            now=now, day=self.day_of(moment=start), daily_max=daily_max, until=until,
            buffer=buffer, at=at, kmh=self._rules.number("city_kmh"),
            otherwise=SlotTaken(provider_id, start), day_full=DayFull(provider_id),
        )  # fmt: skip

    def hours_mask(self, *, calendar: Calendar, day: int) -> int:
        """The quarters of a day in which the provider works, claims aside."""
        return day_mask(week=calendar.week, day=date.fromordinal(day), claimed=())


def _need(calendar: Calendar, minutes: int) -> Need:
    return Need(minutes=minutes, buffer=calendar.provider.buffer_min)


def _full(provider: Provider, jobs: dict[int, int]) -> frozenset[date]:
    return frozenset(
        date.fromordinal(day) for day, count in jobs.items() if count >= provider.daily_max
    )
