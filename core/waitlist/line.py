"""Time that frees goes to the line: each start to the first who can use it, told one at a time and held for a while.

Whatever frees a provider's time sets a timer in its own transaction (`freed`), at which the line is looked at. Nobody
gets past it in the meantime: before a start goes to somebody who did not wait, the line of that day is served first.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.availability.service import Availability, Calendar
from core.catalog.model import Service
from core.changes import Changes, Timer, Update
from core.errors import DayFull, OutOfDate, SlotTaken
from core.orders.booking import Bookings
from core.people.model import Provider, ProviderState, Skill
from core.ports import Store
from core.rules import Rules
from core.waitlist.model import Waiting, WaitState, event, in_order


class Line:
    def __init__(self, *, store: Store, availability: Availability, rules: Rules) -> None:
        self._store = store
        self._availability = availability
        self._rules = rules

    async def first(self, *, provider_id: int, start: datetime, now: datetime) -> None:
        """Before this start goes to somebody who did not wait: whoever waits for its day is told of what is free.

        It then is held for them, and the claim of the one who came by fails as for any taken time.
        """
        day = self._availability.day_of(moment=start)
        if await self._store.find(Waiting, day=day, state=WaitState.WAITING, limit=1):
            await self.look(provider_id=provider_id, now=now)

    async def look(self, *, provider_id: int, now: datetime) -> None:
        """Gives each start that is free to the first in line who can use it."""
        provider = await self._store.get(
            Provider, id=provider_id, state=ProviderState.APPROVED, working=True
        )
        line = await self._line(provider, now) if provider else []
        if provider is None or not line:
            return
        asked = {service.id: service.needs for service in await self._store.find(Service)}
        seen: dict[frozenset[str], Calendar] = {}
        for waiting in line:
            needs = frozenset().union(*(asked[service_id] for service_id in _services(waiting)))
            if needs not in seen:
                seen[needs] = await self._availability.calendar(
                    provider=provider, now=now, needs=needs
                )
            for start in self._starts(seen[needs], waiting, now):
                if await self._tell(waiting, provider, start, now):
                    seen.clear()
                    break

    async def _line(self, provider: Provider, now: datetime) -> list[Waiting]:
        skills = await self._store.find(Skill, provider_id=provider.id, active=True)
        does = {skill.service_id for skill in skills}
        today = self._availability.today(now=now).toordinal()
        found = await self._store.find(
            Waiting, service_id=does, state=WaitState.WAITING, order="joined_at", limit=2000
        )
        line = [
            one for one in found
            if one.provider_id in (None, provider.id) and one.day >= today
            and one.person_id != provider.person_id
            and _services(one) <= does
            and Bookings.reaches(provider=provider, lat=one.lat, lon=one.lon)
        ]  # fmt: skip
        return sorted(line, key=in_order)

    def _starts(self, calendar: Calendar, waiting: Waiting, now: datetime) -> Sequence[datetime]:
        day = date.fromordinal(waiting.day)
        found = self._availability.starts(
            calendar=calendar, minutes=waiting.minutes, day=day, now=now
        )
        zone = ZoneInfo(self._availability.zone)
        return [
            start for start in found
            if waiting.first_min <= _minute(start.astimezone(zone)) < waiting.last_min
        ][:3]  # fmt: skip

    async def _tell(
        self, waiting: Waiting, provider: Provider, start: datetime, now: datetime
    ) -> bool:
        until = now + timedelta(minutes=self._rules.number("waitlist_minutes"))
        hold = self._availability.hold(
            order_id=waiting.id, provider=provider, start=start, minutes=waiting.minutes,
            until=until, now=now,
        )  # fmt: skip
        values = {
            "state": WaitState.TOLD, "offered_by": provider.id, "starts_at": start, "until": until,
        }  # fmt: skip
        changes = Changes().add(
            Update(Waiting, waiting.id, values, expect={"state": WaitState.WAITING}), hold,
            Timer("waitlist.over", waiting.id, until, f"waitlist.over:{waiting.id}"),
        )  # fmt: skip
        changes.tell(event("free", waiting))
        try:
            await self._store.apply(changes)
        except (SlotTaken, DayFull, OutOfDate):
            return False
        return True


def _services(waiting: Waiting) -> set[int]:
    """All that is to be done in the visit waited for."""
    further = waiting.wish.get("further", ())
    return {waiting.service_id, *(int(one["service_id"]) for one in further)}


def _minute(local: datetime) -> int:
    return local.hour * 60 + local.minute
