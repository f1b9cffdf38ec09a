"""The record of refused attempts: each is counted, and yet nobody can fill the database with them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.anew import decided_anew
from core.changes import Changes, Insert, Remove, Timer, Update
from core.entity import NewId
from core.errors import OutOfDate
from core.ports import Store
from core.rules import Rules
from core.security.model import NOBODY, Refusal, Why

_AT_ONCE = 200
_PRUNED_AT = time(3, 30)


@dataclass(frozen=True, slots=True)
class Tally:
    """All attempts of some days; `senders` are those known by name."""

    attempts: int
    senders: int
    whys: Mapping[Why, int]


class Refusals:
    def __init__(self, *, store: Store, rules: Rules, zone: str, new_id: NewId) -> None:
        self._store = store
        self._rules = rules
        self._zone = ZoneInfo(zone)
        self._new_id = new_id

    @decided_anew
    async def note(
        self, *, telegram_id: int, name: str, chat_id: int, action: str, why: Why, now: datetime
    ) -> None:
        """One more attempt. Above the rules' numbers of a day it is only counted, without a name."""
        who = {"telegram_id": telegram_id, "chat_id": chat_id, "action": action, "why": why}
        day = self._day(now)
        known = await self._store.get(Refusal, **who, day=day)
        if known is None and not await self._room(telegram_id, day):
            who |= {"telegram_id": NOBODY, "chat_id": NOBODY, "action": ""}
            name, known = "", await self._store.get(Refusal, **who, day=day)
        await self._store.apply(Changes().add(self._once_more(known, who, name, day, now)))

    def _once_more(
        self, known: Refusal | None, who: dict[str, Any], name: str, day: int, now: datetime
    ) -> Insert | Update:
        if known is not None:
            values = {"times": known.times + 1, "last_at": now}
            return Update(Refusal, known.id, values, expect={"times": known.times})
        fresh = Refusal(
            id=self._new_id(), name=name[:64], day=day, first_at=now, last_at=now, **who
        )
        return Insert(fresh, otherwise=OutOfDate())

    async def _room(self, telegram_id: int, day: int) -> bool:
        mine = await self._store.count(Refusal, telegram_id=telegram_id, day=day)
        if mine >= self._rules.number("refusals_per_sender"):
            return False
        return await self._store.count(Refusal, day=day) < self._rules.number("refusals_per_day")

    async def lately(self, *, days: int, now: datetime, limit: int = 200) -> list[Refusal]:
        """Those of the last `days`, today included; the latest first."""
        return await self._store.find(
            Refusal, day=self._days(days, now), order="-last_at", limit=limit
        )

    async def tally(self, *, days: int, now: datetime) -> Tally:
        """How many attempts there were in the last `days`, by how many, and why they were refused."""
        most = days * (self._rules.number("refusals_per_day") + len(Why))
        found = await self.lately(days=days, now=now, limit=most)
        whys: Counter[Why] = Counter()
        for one in found:
            whys[one.why] += one.times
        senders = {one.telegram_id for one in found} - {NOBODY}
        return Tally(attempts=whys.total(), senders=len(senders), whys=whys)

    def _day(self, now: datetime) -> int:
        return now.astimezone(self._zone).date().toordinal()

    def _days(self, days: int, now: datetime) -> list[int]:
        today = self._day(now)
        return list(range(today - days + 1, today + 1))

    # --- the clock

    async def begin(self, *, now: datetime) -> None:
        """The clock's look at what is too old is set, where it isn't."""
        timer = Timer("refusal.prune", 0, self._next(now), "refusal.prune", kept=True)
        await self._store.apply(Changes().add(timer))

    async def prune(self, *, now: datetime) -> datetime:
        """Forgets what is older than the rule's days; when to go on."""
        first = self._day(now) - self._rules.number("refusal_keep_days")
        oldest = await self._store.find(Refusal, order="day", limit=_AT_ONCE)
        gone = [one.id for one in oldest if one.day < first]
        if not gone:
            return self._next(now)
        await self._store.apply(Changes().add(Remove(Refusal, {"id": gone})))
        return now + timedelta(seconds=1)

    def _next(self, now: datetime) -> datetime:
        """In the quiet of the night."""
        local = now.astimezone(self._zone)
        tonight = datetime.combine(local.date(), _PRUNED_AT, self._zone)
        return tonight if tonight > local else tonight + timedelta(days=1)
