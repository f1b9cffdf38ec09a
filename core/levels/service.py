"""Levels follow the records: looked at after each job and once a day; up at once, down only after a warning."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.changes import Changes, Timer, Update
from core.entity import NewId
from core.errors import OutOfDate
from core.events import Event
from core.figures.counting import Figures, share
from core.figures.model import Cause, Earned
from core.figures.reading import Reading
from core.figures.spans import Span, Unit
from core.levels.model import Standing, Step
from core.levels.table import UP, Criterion, Values, needs, next_up, off_bp, reached
from core.money import share as part_of
from core.orders.night import is_night
from core.people.model import Level, Provider, ProviderState
from core.people.own import provider_of
from core.ports import Ledger, Store
from core.rules import Rules

_AT_ONCE = 20
_A_DAY = timedelta(hours=20)
"""Whoever was looked at since is not looked at again by the clock."""


class Levels:
    """Raises Unknown for somebody who is no provider."""

    def __init__(
        self, *, store: Store, reading: Reading, ledger: Ledger, rules: Rules, zone: str,
        currency: str, new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._reading = reading
        self._ledger = ledger
        self._rules = rules
        self._zone = ZoneInfo(zone)
        self._currency = currency
        self._new_id = new_id

    async def standing(self, *, person_id: int, now: datetime) -> Standing:
        """Where somebody stands now, by the records of the rule's days."""
        provider = await provider_of(store=self._store, person_id=person_id)
        values = await self._values(provider, now)
        gross = await self._gross(provider, now)
        ahead = next_up(level=provider.level)
        return Standing(
            self._step(provider.level, gross), self._step(ahead, gross) if ahead else None, values,
            self._rules.number("level_days"), provider.falls_at,
            reached(values=values, rules=self._rules),
        )  # fmt: skip

    def every(self) -> list[Step]:
        """All levels, from the first to the highest."""
        return [self._step(level, 0) for level in UP]

    def _step(self, level: Level, gross: int) -> Step:
        off = off_bp(level=level, rules=self._rules)
        worth = part_of(amount=gross, rate_bp=off)
        return Step(level, needs(level=level, rules=self._rules), off, worth)

    def _since(self, now: datetime) -> datetime:
        return now - timedelta(days=self._rules.number("level_days"))

    async def _gross(self, provider: Provider, now: datetime) -> int:
        entries = await self._ledger.entries(
            provider_id=provider.id, currency=self._currency, first=self._since(now), last=now
        )
        return sum(entry.booked.gross for entry in entries if not entry.of_payout)

    async def _values(self, provider: Provider, now: datetime) -> Values:
        past = await self._reading.past(
            provider_id=provider.id, first=self._since(now), end=now + timedelta(seconds=1)
        )
        figures = Figures(Span.of(Unit.DAY, now.date()), past, Earned())
        mine = figures.lost[Cause.MINE]
        return {
            Criterion.JOBS: figures.done,
            Criterion.RATING: round(provider.rating * 100) if provider.rating_count else None,
            Criterion.ON_TIME: figures.on_time,
            Criterion.ACCEPTED: figures.acceptance,
            Criterion.DROPPED: share(mine, figures.done + mine),
        }

    async def look(self, *, provider_id: int, now: datetime) -> None:
        """Brings one level up to date: up at once; down when the warning has run out."""
        provider = await self._store.get(
            Provider, id=provider_id, state=[ProviderState.APPROVED, ProviderState.FROZEN]
        )
        if provider is not None:
            earned = reached(values=await self._values(provider, now), rules=self._rules)
            await self._store.apply(self._changes(provider, earned, now))

    def _changes(self, provider: Provider, earned: Level, now: datetime) -> Changes:
        first, place = provider.level_at is None, UP.index(provider.level)
        if earned is provider.level:
            return self._moved(provider, now, falls_at=None)
        if first or UP.index(earned) > place:
            moved = self._moved(provider, now, level=earned, falls_at=None)
            return moved if first else self._tells("level_up", moved, provider, earned, now)
        if provider.falls_at is None:
            falls = now + timedelta(days=self._rules.number("level_grace_days"))
            moved = self._moved(provider, now, falls_at=falls)
            return self._tells("level_falls", moved, provider, earned, now)
        if provider.falls_at > now:
            return self._moved(provider, now)
        moved = self._moved(provider, now, level=earned, falls_at=None)
        return self._tells("level_down", moved, provider, earned, now)

    def _moved(self, provider: Provider, now: datetime, **values: object) -> Changes:
        expect = {"level_at": provider.level_at, "level": provider.level}
        changes = Changes().add(Update(Provider, provider.id, {"level_at": now, **values}, expect))
        if values.get("level", provider.level) is not provider.level:
            key = f"reindex:{provider.id}:{int(now.timestamp() * 1000)}"
            changes.add(Timer("provider.reindex", provider.id, now, key))
        return changes

    @staticmethod
    def _tells(
        name: str, changes: Changes, provider: Provider, earned: Level, now: datetime
    ) -> Changes:
        facts = {"bot": "provider", "level": earned.value, "was": provider.level.value}
        people = {"person": provider.person_id}
        version = int(now.timestamp())
        return changes.tell(Event(f"provider.{name}", provider.id, version, people, facts))

    async def begin(self, *, now: datetime) -> None:
        """The clock's look at all of them is set, where it isn't."""
        timer = Timer("level.day", 0, self._next(now), "level.day", kept=True)
        await self._store.apply(Changes().add(timer))

    async def every_day(self, *, now: datetime) -> datetime:
        """Looks at all who were not looked at today; when to go on. What was never looked at is set without a word."""
        if is_night(now.astimezone(self._zone), self._rules):
            return self._next(now)
        known = await self._store.find(
            Provider, state=ProviderState.APPROVED, order="level_at", limit=_AT_ONCE, level_at=None
        )
        due = known or await self._store.find(
            Provider, state=ProviderState.APPROVED, order="level_at", limit=_AT_ONCE
        )
        due = [one for one in due if one.level_at is None or one.level_at <= now - _A_DAY]
        for provider in due:
            try:
                await self.look(provider_id=provider.id, now=now)
            except OutOfDate:  # somebody else has looked meanwhile
                continue
        return now + timedelta(seconds=1) if due else self._next(now)

    def _next(self, now: datetime) -> datetime:
        """At the rule's hour, today or tomorrow."""
        local = now.astimezone(self._zone)
        clock = time(self._rules.number("level_clock"))
        today = datetime.combine(local.date(), clock, self._zone)
        return today if today > local else today + timedelta(days=1)
