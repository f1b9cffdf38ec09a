"""One time of an order exchanged for another: the new one is claimed before the old one goes, in one transaction."""

from datetime import datetime
from typing import Any

from core.availability.service import ANY, Availability, Calendar
from core.changes import Changes, Claim, Mask, Release, Timer
from core.entity import NewId
from core.errors import DayFull, Invalid, SlotTaken
from core.orders.advance import NO_PROPOSAL, ON_TIME, By, advance
from core.orders.contact import contact_by, contact_timer, silent
from core.orders.countdown import answer_by, answer_timers, late_timer
from core.orders.model import Order, State
from core.orders.reminders import Reminding
from core.orders.service import Orders, OrderView
from core.orders.terms import after_move
from core.ports import Store
from core.rules import Rules
from core.waitlist.line import Line
from core.waitlist.model import freed


class Times:
    def __init__(
        self, *, store: Store, orders: Orders, reminding: Reminding, availability: Availability,
        line: Line, rules: Rules, new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._orders = orders
        self._reminding = reminding
        self._availability = availability
        self._line = line
        self._rules = rules
        self._new_id = new_id

    @property
    def zone(self) -> str:
        """Of the place, where the hours of the day are counted."""
        return self._availability.zone

    async def calendar(self, *, view: OrderView, now: datetime) -> Calendar:
        """The provider's time for this visit; what it takes itself counts as free."""
        return await self._availability.calendar(
            provider=view.provider, now=now, but=view.order.id, needs=view.order.needs,
            at=view.order.point,
        )  # fmt: skip

    async def check(self, *, view: OrderView, start: datetime, now: datetime) -> None:
        """Raises SlotTaken with alternatives for a start that is not offered, Invalid for the one it has."""
        if start == view.order.starts_at:
            raise Invalid("starts_at", "same")
        calendar = await self.calendar(view=view, now=now)
        if not self._availability.offers(
            calendar=calendar, minutes=view.order.minutes, start=start, now=now
        ):
            raise self._taken(view, calendar, start, now)
        await self._line.first(provider=view.provider, start=start, now=now)

    def _taken(
        self, view: OrderView, calendar: Calendar, start: datetime, now: datetime
    ) -> SlotTaken:
        near = self._availability.alternatives(
            calendar=calendar, minutes=view.order.minutes, wanted=start, now=now,
            never=view.order.starts_at,
        )  # fmt: skip
        return SlotTaken(view.provider.id, start, near)

    def claim(
        self, *, view: OrderView, start: datetime, now: datetime, until: datetime | None = None,
        held: bool = False,
    ) -> Claim:  # fmt: skip
        """The provider's time from `start`: firm, or a hold `until` then; `held`: it is kept for it already."""
        order, provider = view.order, view.provider
        return self._availability.claim(
            order_id=order.id, provider_id=provider.id, start=start, minutes=order.minutes,
            buffer=order.buffer_min, at=order.point, until=until,
            daily_max=ANY if held else provider.daily_max, now=now,
        )  # fmt: skip

    async def exchange(
        self, *, view: OrderView, by: By, start: datetime, bp: int, now: datetime,
        facts: dict[str, Any], held: bool = False,
    ) -> Changes:  # fmt: skip
        """The changes that give the order this start; `bp` is what cancelling costs at least from now on."""
        order, old = view.order, view.order.starts_at
        claim = self.claim(view=view, start=start, now=now, held=held)
        values: dict[str, Any] = (
            NO_PROPOSAL
            | ON_TIME
            | {
                "starts_at": start,
                "confirmed_at": None,
                "terms": after_move(order=order, bp=bp),
            }
        )
        waits, by_then = silent(order=order), self._in_touch(start, now)
        if waits:
            values["contact_by"] = by_then
        asked = self._asked_anew(order, start, now) if order.state is State.OFFERED else []
        if asked:
            values["asked_until"] = asked[0].due_at
        facts = facts | {"from": old.isoformat(), "to": start.isoformat(), "actor": by.actor.value}
        changes = advance(
            order=order, verb="reschedule", by=by, now=now, new_id=self._new_id,
            people=view.people, facts=facts, **values,
        )  # fmt: skip
        changes.add(claim, Release(order.id, but=claim), *await self._masks(view, old, claim, now))
        awaited = [late_timer(order=order)] if order.state is State.ACCEPTED else []
        if waits and by_then is not None:
            awaited.append(contact_timer(order_id=order.id, by=by_then, now=now, rules=self._rules))
        why = f"order:{order.id}:{order.version}"
        changes.add(freed(provider_id=order.provider_id, now=now, why=why))
        return changes.add(*asked, *awaited, *self._reminding.timers(order=order, now=now))

    def _in_touch(self, start: datetime, now: datetime) -> datetime | None:
        """By when a provider who has said no word yet has to, as if he had accepted the new time now."""
        return contact_by(start=start, now=now, rules=self._rules, zone=self._availability.zone)

    def _asked_anew(self, order: Order, start: datetime, now: datetime) -> list[Timer]:
        """A provider who has not answered yet thinks about the new time from the beginning."""
        until = answer_by(start=start, now=now, rules=self._rules, zone=self._availability.zone)
        return answer_timers(
            order=order, by=until, now=now, rules=self._rules, version=order.version + 1
        )

    async def _masks(
        self, view: OrderView, old: datetime, claim: Claim, now: datetime
    ) -> list[Mask]:
        calendar = await self.calendar(view=view, now=now)
        day, given = self._availability.mask_bits(start=old, minutes=claim.minutes)
        within = self._availability.hours_mask(calendar=calendar, day=day)
        new_day, taken = self._availability.mask_bits(start=claim.starts_at, minutes=claim.minutes)
        return [
            Mask(claim.provider_id, day, give=given, within=within),
            Mask(claim.provider_id, new_day, take=taken),
        ]

    async def apply(
        self, *, view: OrderView, start: datetime, changes: Changes, now: datetime
    ) -> OrderView:
        """Writes them; where somebody was faster SlotTaken says what is still free, and the old time is kept."""
        try:
            await self._store.apply(changes)
        except (SlotTaken, DayFull):
            fresh = await self._orders.view(order_id=view.order.id)
            calendar = await self.calendar(view=fresh, now=now)
            raise self._taken(fresh, calendar, start, now) from None
        return view
