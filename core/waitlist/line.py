"""Time that frees goes to the line: each start to the first who can use it, told one at a time and held for a while.

Whatever frees a provider's time sets a timer in its own transaction (`freed`), at which the line is looked at. Nobody
gets past it in the meantime: before a start goes to somebody who did not wait, the line of that day is served first.

But for an order that lost its provider: whoever can come instead is asked without a look at the line, one after the
other, at once or by the staff. Its visit was promised before the line's could be; what is held for the line already is
taken by nobody, and what the one asked gives back is the line's again.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.availability.service import Availability, Calendar
from core.catalog.model import Service
from core.changes import Changes, Timer, Update
from core.distance import Point
from core.errors import DayFull, OutOfDate, SlotTaken
from core.orders.booking import Bookings
from core.orders.night import counts_from
from core.people.model import Provider, ProviderState, Skill
from core.ports import Of, Store
from core.rules import Rules
from core.waitlist.model import ALIVE, Waiting, WaitState, event, in_order

_MOST: Final = 2000


class Line:
    def __init__(self, *, store: Store, availability: Availability, rules: Rules) -> None:
        self._store = store
        self._availability = availability
        self._rules = rules

    async def of_day(self, *, provider: Provider, start: datetime) -> list[Waiting]:
        """Who waits for the day of this start, or is held time on it, for what this provider does."""
        day = self._availability.day_of(moment=start)
        return await self._store.find(
            Waiting, service_id=_done_by(provider), state=sorted(ALIVE), day=day, limit=_MOST
        )

    async def first(self, *, provider: Provider, start: datetime, now: datetime) -> None:
        """Before this start goes to somebody who did not wait: whoever waits for its day is told of what is free.

        It then is held for them, and the claim of the one who came by fails as for any taken time.
        """
        line = await self.of_day(provider=provider, start=start)
        await self.serve(provider=provider, line=line, now=now)

    async def look(self, *, provider_id: int, now: datetime) -> None:
        """Gives each start that is free to the first in line who can use it, whatever the day."""
        provider = await self._store.get(Provider, id=provider_id)
        if provider is not None and _takes_visits(provider):
            line = await self._store.find(
                Waiting, service_id=_done_by(provider), state=WaitState.WAITING, limit=_MOST,
                order="joined_at",
            )  # fmt: skip
            await self.serve(provider=provider, line=line, now=now)

    async def serve(self, *, provider: Provider, line: Sequence[Waiting], now: datetime) -> bool:
        """The same for those of the line alone; whether anybody was told."""
        able = await self._able(provider, line, now) if _takes_visits(provider) else []
        seen: dict[tuple[frozenset[str], Point], Calendar] = {}
        told = False
        for waiting, needs in able:
            asked = needs, (waiting.lat, waiting.lon)
            if asked not in seen:
                seen[asked] = await self._availability.calendar(
                    provider=provider, now=now, needs=needs, at=asked[1]
                )
            for start in self._starts(seen[asked], waiting, now):
                if await self._tell(waiting, provider, start, now):
                    seen.clear()
                    told = True
                    break
        return told

    async def _able(
        self, provider: Provider, line: Sequence[Waiting], now: datetime
    ) -> list[tuple[Waiting, frozenset[str]]]:
        """Whom this provider could serve, in order, with the certificates that each visit asks for."""
        today = self._availability.today(now=now).toordinal()
        usable = [
            one for one in sorted(line, key=in_order)
            if one.state is WaitState.WAITING and one.provider_id in (None, provider.id)
            and one.day >= today and one.person_id != provider.person_id
            and Bookings.reaches(provider=provider, lat=one.lat, lon=one.lon)
        ]  # fmt: skip
        wanted = {service_id for one in usable for service_id in _services(one)}
        if not wanted:
            return []
        done = await self._store.find(Service, id=_done_by(provider))
        asked = {service.id: service.needs for service in done if service.id in wanted}
        return [
            (one, frozenset().union(*(asked[service_id] for service_id in _services(one))))
            for one in usable
            if _services(one) <= asked.keys()
        ]

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
        begins = counts_from(start=start, now=now, rules=self._rules, zone=self._availability.zone)
        until = begins + timedelta(minutes=self._rules.number("waitlist_minutes"))
        hold = self._availability.hold(
            order_id=waiting.id, provider=provider, start=start, minutes=waiting.minutes,
            at=(waiting.lat, waiting.lon), until=until, now=now,
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


def _takes_visits(provider: Provider) -> bool:
    return provider.working and provider.state is ProviderState.APPROVED


def _done_by(provider: Provider) -> Of:
    return Of(Skill, "service_id", {"provider_id": provider.id, "active": True})


def _services(waiting: Waiting) -> set[int]:
    """All that is to be done in the visit waited for."""
    further = waiting.wish.get("further", ())
    return {waiting.service_id, *(int(one["service_id"]) for one in further)}


def _minute(local: datetime) -> int:
    return local.hour * 60 + local.minute
