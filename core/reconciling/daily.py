"""Every morning the statements of yesterday are asked for and compared, and finance is told."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.changes import Changes, Timer
from core.events import Event
from core.payments.method import Method, NoAnswer
from core.ports import Store
from core.reconciling.model import span_of
from core.reconciling.service import Reconciling
from core.rules import Rules

AGAIN: Final = timedelta(hours=1)


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
        try:
            return await self.ask(method=method, day=day, now=now)
        except NoAnswer:
            return None

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
        clock = time(self._rules.number("report_clock"))
        at = datetime.combine(now.astimezone(self._zone).date(), clock, self._zone)
        return at if at > now else at + timedelta(days=1)
