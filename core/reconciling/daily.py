"""Every morning the statements of yesterday are asked for and compared, and finance is told.

A gateway that was silent is asked for the days that it missed, too; finance is told of its silence once, and of its
end.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.changes import Changes, Once, Timer
from core.errors import AlreadyDone
from core.events import Event
from core.payments.method import Method, NoAnswer
from core.ports import Store
from core.reconciling.model import Compared, span_of
from core.reconciling.service import Reconciling
from core.rules import Rules

AGAIN: Final = timedelta(hours=1)
# As many days as are made up for.
LOOKS_BACK: Final = 7


class DailyMoney:
    def __init__(
        self, *, store: Store, reconciling: Reconciling, methods: Mapping[str, Method],
        rules: Rules, zone: str,
    ) -> None:  # fmt: skip
        self._store = store
        self._reconciling = reconciling
        self._methods = dict(methods)
        self._rules = rules
        self._zone = ZoneInfo(zone)

    async def begin(self, *, now: datetime) -> None:
        """The clock's look at it is set, where it isn't."""
        timer = Timer("money.day", 0, self._next(now), "money.day", kept=True)
        await self._store.apply(Changes().add(timer))

    async def every_day(self, *, now: datetime) -> datetime:
        """When to look again: tomorrow, or soon where a gateway did not answer; that one keeps no other waiting."""
        day = self.yesterday(now=now)
        compared = [await self._answered(code, day, now) for code in self._methods]
        if None in compared:
            return now + AGAIN
        if any(compared) or await self._reconciling.waiting():
            told = Event("money.compared", day.toordinal(), 1, {}, {})
            await self._store.apply(Changes().tell(told))
        return self._next(now)

    async def _answered(self, method: str, day: date, now: datetime) -> bool | None:
        """As `ask`; None for a gateway that did not answer: some write a day's list only in the course of the next."""
        missed, last = await self._missed(method, day)
        try:
            compared = [await self.ask(method=method, day=one, now=now) for one in [*missed, day]]
        except NoAnswer:
            if last and missed and now >= self._clock_of(missed[0] + timedelta(days=2)):
                await self._tell_once("money.silent", method, last)
            return None
        if missed and last and any(compared):
            await self._tell_once("money.back", method, last)
        return any(compared)

    async def _missed(self, method: str, day: date) -> tuple[list[date], Compared | None]:
        """Days before this one that were never compared, and the last before them that was."""
        known = await self._store.find(Compared, method=method, order="-day", limit=100)
        before = [one for one in known if one.day < day]
        if not before:
            return [], None
        there, first = {one.day for one in before}, before[-1].day
        days = (day - timedelta(days=back) for back in range(LOOKS_BACK, 0, -1))
        missed = [one for one in days if one > first and one not in there]
        earlier = (one for one in before if missed and one.day < missed[0])
        return missed, next(earlier, None)

    async def _tell_once(self, event: str, method: str, last: Compared) -> None:
        told = Event(event, last.id, 1, {}, {"method": method, "day": last.day.isoformat()})
        with suppress(AlreadyDone):
            await self._store.apply(Changes().add(Once(f"{event}:{last.id}")).tell(told))

    async def ask(self, *, method: str, day: date, now: datetime) -> bool:
        """Whether that gateway has a list to ask for; then it was compared. Raises NoAnswer."""
        first, end = span_of(day, self._zone)
        lines = await self._methods[method].statement(first=first, end=end)
        if lines is None:
            return False
        await self._reconciling.compare(method=method, day=day, lines=lines, now=now)
        return True

    def yesterday(self, *, now: datetime) -> date:
        return now.astimezone(self._zone).date() - timedelta(days=1)

    def _next(self, now: datetime) -> datetime:
        at = self._clock_of(now.astimezone(self._zone).date())
        return at if at > now else at + timedelta(days=1)

    def _clock_of(self, day: date) -> datetime:
        """When the statements of the day before are asked for."""
        return datetime.combine(day, time(self._rules.number("report_clock")), self._zone)
