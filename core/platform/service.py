"""The platform's statistics: any days, those before them, and the row of spans for a chart."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.catalog.service import Catalog
from core.errors import Unknown
from core.figures.spans import SHOWN, Span, Unit
from core.platform.facts import (
    TRACED,
    Fact,
    Facts,
    Happened,
    Kind,
    PlatformRecords,
    Totals,
    sorted_out,
)
from core.platform.measures import Whole
from core.platform.sums import Sums
from core.platform.traces import Traces
from core.ports import Geography
from core.rules import Rules

LONGEST = 3 * 366
BEGINNING = date(2000, 1, 1)
WEEK, MONTH = 7, 30
_PLACE_DIGITS = 3  # about a hundred metres: near enough for a district


@dataclass(frozen=True, slots=True)
class Active:
    """How many different people wrote or tapped on one day, and in the last 7 and 30 up to it."""

    day: int
    week: int
    month: int


@dataclass(frozen=True, slots=True)
class Look:
    """The span that was asked for, the one before it, and the row for a chart: it is the last, or has these parts."""

    now: Facts
    before: Whole
    row: tuple[Whole, ...]
    users: int
    active: Active
    going_on: bool

    @property
    def span(self) -> Span:
        return self.now.span


class PlatformFigures:
    def __init__(
        self, *, records: PlatformRecords, traces: Traces, catalog: Catalog, places: Geography, rules: Rules,
        zone: str, currency: str,
    ) -> None:  # fmt: skip
        self._records = records
        self._traces = traces
        self._catalog = catalog
        self._places = places
        self._rules = rules
        self._zone = ZoneInfo(zone)
        self._currency = currency
        self._district = lru_cache(maxsize=65_536)(self._district_at)

    def today(self, *, now: datetime) -> date:
        return now.astimezone(self._zone).date()

    def span(self, *, first: date, last: date, now: datetime) -> Span:
        """These days as they can be counted: not all in the future, no more than a few years."""
        today = self.today(now=now)
        first = min(max(first, BEGINNING), today)
        last = max(last, first)
        return Span.between(max(first, last - timedelta(days=LONGEST)), last)

    async def look(self, *, span: Span, now: datetime) -> Look:
        await self.bring_in(now=now)
        row = span.parts() if span.unit is Unit.DAYS else span.row(SHOWN[span.unit])
        mine, totals = await self._facts(span), await self._totals([span.before, *row])
        today = self.today(now=now)
        end = self._moment(span.end)
        return Look(
            mine, totals[span.before], tuple(totals[one] for one in row), await self._records.users(before=end),
            await self._active(min(span.last, today)), span.first <= today < span.end,
        )  # fmt: skip

    async def of(self, *, span: Span, now: datetime) -> Facts:
        """What happened in these days alone."""
        await self.bring_in(now=now)
        return await self._facts(span)

    async def _facts(self, span: Span) -> Facts:
        first, end = span.moments(self._zone)
        happened = await self._records.happened(first=first, end=end, currency=self._currency)
        active = await self._records.active(first=span.first.toordinal(), end=span.end.toordinal())
        return await asyncio.to_thread(self._sorted, happened, active, span)

    async def _totals(self, spans: Sequence[Span]) -> dict[Span, Totals]:
        """Added up by the database: nothing else is wanted of them."""
        each = list(dict.fromkeys(spans))
        found = await self._records.totals(
            spans=[span.moments(self._zone) for span in each], currency=self._currency,
            late_minutes=self._rules.number("late_minutes"),
        )  # fmt: skip
        days = [(span.first.toordinal(), span.end.toordinal()) for span in each]
        active = await self._records.active_people(spans=days)
        return {
            span: Totals(span, of | {Kind.ACTIVE: Sums(people=people)})
            for span, of, people in zip(each, found, active, strict=True)
        }

    def _sorted(
        self, happened: Sequence[Happened], active: Sequence[tuple[int, int]], span: Span
    ) -> Facts:
        """Seconds of counting for a big city's month: done beside the bots, not in their way."""
        facts = [self._fact(one) for one in happened]
        return sorted_out(facts=[*facts, *self._days(active)], span=span)

    def _days(self, active: Iterable[tuple[int, int]]) -> list[Fact]:
        """Nobody is active at a certain hour: it is the day that counts."""
        return [
            Fact(
                Kind.ACTIVE, self._moment(date.fromordinal(day)), day, 0, 0, person, 0, 0, 0, "", 0,
                0, "",
            )
            for day, person in active
        ]  # fmt: skip

    async def _active(self, last: date) -> Active:
        day = last.toordinal()
        found = await self._records.active(first=day - MONTH + 1, end=day + 1)
        return Active(*(
            len({person for on, person in found if on > day - days}) for days in (1, WEEK, MONTH)
        ))  # fmt: skip

    def _fact(self, one: Happened) -> Fact:
        visit = (one.starts_at or one.at).astimezone(self._zone)
        day = one.at.astimezone(self._zone).toordinal()
        detail = "" if one.kind is Kind.DONE or one.kind in TRACED else one.detail
        return Fact(
            one.kind, one.at, day, visit.hour, one.order_id, one.person_id, one.provider_id,
            one.service_id, self._category(one.service_id), self._where(one), one.amount,
            self._part(one), detail, visit.toordinal() - day, one.pay,
        )  # fmt: skip

    def _part(self, one: Happened) -> int:
        """Of a finished visit: at the door before anybody is told that he is late."""
        if one.kind is not Kind.DONE:
            return one.part
        if not one.detail or one.starts_at is None:
            return -1
        late = timedelta(minutes=self._rules.number("late_minutes"))
        return int(datetime.fromisoformat(one.detail) <= one.starts_at + late)

    def _category(self, service_id: int) -> int:
        """The highest it hangs on."""
        try:
            found = self._catalog.category(
                category_id=self._catalog.service(service_id=service_id).category_id
            )
            while found.parent_id is not None:
                found = self._catalog.category(category_id=found.parent_id)
        except Unknown:
            return 0
        return found.id

    def _where(self, one: Happened) -> str:
        if one.kind in TRACED:
            return one.detail
        if one.lat is None or one.lon is None:
            return ""
        return self._district(round(one.lat, _PLACE_DIGITS), round(one.lon, _PLACE_DIGITS))

    def _district_at(self, lat: float, lon: float) -> str:
        return self._places.district_at(lat=lat, lon=lon)

    def _moment(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone)

    async def bring_in(self, *, now: datetime) -> None:
        """What is not in the records yet, of this process."""
        await self._traces.write()
        await self.note_active(now=now)

    async def note_active(self, *, now: datetime) -> None:
        """Who wrote or tapped since the last time; what came is forgotten after two days."""
        earliest = await self._records.earliest()
        today = self.today(now=now)
        if earliest is not None:
            first = max(self.today(now=earliest), today - timedelta(days=MONTH))
            days = (first + timedelta(days=ahead) for ahead in range((today - first).days + 1))
            await self._records.gather(days=[
                (day.toordinal(), self._moment(day), self._moment(day + timedelta(days=1)))
                for day in days
            ])  # fmt: skip
