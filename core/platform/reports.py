"""The statistics tell themselves: yesterday's every morning, last week's once a week, each once."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.changes import Changes, Timer
from core.events import Event
from core.figures.spans import Span, Unit
from core.ports import Store
from core.rules import Rules


class Reports:
    def __init__(self, *, store: Store, rules: Rules, zone: str) -> None:
        self._store = store
        self._rules = rules
        self._zone = ZoneInfo(zone)

    async def begin(self, *, now: datetime) -> None:
        """The clock's look at them is set, where it isn't."""
        timers = [
            Timer(kind, 0, due, kind, kept=True)
            for kind, due in (
                ("report.day", self._next_day(now)), ("report.week", self._next_week(now)),
            )
        ]  # fmt: skip
        await self._store.apply(Changes().add(*timers))

    async def every_day(self, *, now: datetime) -> datetime:
        """Tells of yesterday; when the next one is due."""
        if self._rules.number("report_daily"):
            await self._tell("report.day", Span.of(Unit.DAY, self._today(now)).before)
        return self._next_day(now)

    async def every_week(self, *, now: datetime) -> datetime:
        """Tells of the week before this one."""
        if self._rules.number("report_weekly"):
            await self._tell("report.week", Span.of(Unit.WEEK, self._today(now)).before)
        return self._next_week(now)

    async def _tell(self, name: str, span: Span) -> None:
        """The first day names it, so that it exists once whoever tells it."""
        facts = {"first": span.first.toordinal(), "last": span.last.toordinal()}
        event = Event(name, span.first.toordinal(), 1, {}, facts)
        await self._store.apply(Changes().tell(event))

    def _today(self, now: datetime) -> date:
        return now.astimezone(self._zone).date()

    def _at(self, now: datetime, ahead: int) -> datetime:
        day = self._today(now) + timedelta(days=ahead)
        return datetime.combine(day, time(self._rules.number("report_clock")), self._zone)

    def _next_day(self, now: datetime) -> datetime:
        at = self._at(now, 0)
        return at if at > now else self._at(now, 1)

    def _next_week(self, now: datetime) -> datetime:
        ahead = (self._rules.number("report_weekday") - 1 - self._today(now).weekday()) % 7
        at = self._at(now, ahead)
        return at if at > now else self._at(now, ahead + 7)
