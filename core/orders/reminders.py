"""Reminders of a visit: the day before and shortly before for the customer, shortly before for the provider.

Each is one timer per order, set with the order and set anew when it moves; what is said is decided when it is due.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.availability.service import Availability
from core.changes import Once, Timer
from core.entity import NewId
from core.errors import AlreadyDone, NotAllowedNow
from core.orders.advance import By, note
from core.orders.lifecycle import FINAL, Actor
from core.orders.model import Order, State
from core.orders.night import is_night, not_at_night
from core.orders.service import Orders, OrderView
from core.ports import Store
from core.rules import Rules

CLOCK: Final = By(Actor.CLOCK)


def the_day_before(start: datetime, rules: Rules) -> datetime:
    """At a decent hour of the day before; `start` by the clock of the place."""
    day = start.date() - timedelta(days=1)
    return datetime.combine(day, time(rules.number("reminder_clock")), start.tzinfo)


def hours_before(start: datetime, rules: Rules) -> datetime:
    lead = timedelta(hours=rules.number("reminder_hours"))
    return not_at_night(start - lead, rules)


def before_the_job(start: datetime, rules: Rules) -> datetime:
    lead = timedelta(minutes=rules.number("job_reminder_minutes"))
    return not_at_night(start - lead, rules)


@dataclass(frozen=True, slots=True)
class Reminder:
    """`verb` names its timer, its line in the timeline and its letter; `late` is how long it still makes sense."""

    verb: str
    due: Callable[[datetime, Rules], datetime]
    late: timedelta


REMINDERS: Final = {
    each.verb: each
    for each in (
        Reminder("remind_day", the_day_before, timedelta(hours=4)),
        Reminder("remind_soon", hours_before, timedelta(minutes=60)),
        Reminder("remind_job", before_the_job, timedelta(minutes=30)),
    )
}


class Reminding:
    def __init__(
        self, *, store: Store, orders: Orders, availability: Availability, rules: Rules,
        new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._orders = orders
        self._zone = ZoneInfo(availability.zone)
        self._rules = rules
        self._new_id = new_id

    def due(self, *, verb: str, start: datetime) -> datetime:
        """When a visit that begins then is reminded of."""
        return REMINDERS[verb].due(start.astimezone(self._zone), self._rules)

    def timers(self, *, order: Order, now: datetime) -> list[Timer]:
        """Those whose moment is still to come; the key lets a moved order have one of each, never two."""
        moments = {verb: self.due(verb=verb, start=order.starts_at) for verb in REMINDERS}
        return [
            Timer(f"order.{verb}", order.id, due, f"order.{verb}:{order.id}")
            for verb, due in moments.items()
            if due > now
        ]

    def timely(self, *, order: Order, verb: str, now: datetime) -> bool:
        """Whether it makes sense to say it now: of a promised visit, when it is due or a little later, not at night."""
        due = self.due(verb=verb, start=order.starts_at)
        awake = not is_night(now.astimezone(self._zone), self._rules)
        coming = order.state is State.ACCEPTED and now < order.starts_at
        return coming and awake and due <= now <= due + REMINDERS[verb].late

    async def remind(self, *, order_id: int, verb: str, now: datetime) -> datetime | None:
        """Reminds of a promised visit, once for each start; when to look again, if it moved away meanwhile.

        After a standstill what is out of date stays unsaid, and so does what the evening has said already.
        """
        view = await self._orders.view(order_id=order_id)
        start, due = view.order.starts_at, self.due(verb=verb, start=view.order.starts_at)
        if now < due and view.order.state not in FINAL:
            return due
        if not self.timely(order=view.order, verb=verb, now=now):
            return None
        if verb == "remind_soon" and await self._said_today(view, now):
            return None
        changes = note(
            order=view.order, verb=verb, by=CLOCK, now=now, new_id=self._new_id,
            people=view.people, facts={"start": start.isoformat()},
        )  # fmt: skip
        changes.add(Once(f"{verb}:{order_id}:{int(start.timestamp())}"))
        try:
            await self._store.apply(changes)
        except AlreadyDone:
            pass
        return None

    async def _said_today(self, view: OrderView, now: datetime) -> bool:
        """The one of the day before was given a few hours ago, as the visit is early in the morning."""
        start = view.order.starts_at.isoformat()
        steps = await self._orders.timeline(order_id=view.order.id)
        return any(
            step.verb == "remind_day"
            and step.facts.get("start") == start
            and now - step.at < timedelta(hours=6)
            for step in steps
        )

    async def confirm(self, *, order_id: int, customer_id: int, now: datetime) -> OrderView:
        """The customer's word that the visit stands; saying so again changes nothing. Raises NotAllowedNow."""
        view = await self._orders.for_customer(order_id=order_id, customer_id=customer_id)
        order = view.order
        if order.state not in (State.ACCEPTED, State.ON_THE_WAY):
            raise NotAllowedNow(verb="confirm", state=order.state)
        if order.confirmed_at is None:
            changes = note(
                order=order, verb="confirm", by=By(Actor.CUSTOMER, customer_id), now=now,
                new_id=self._new_id, people=view.people, confirmed_at=now,
            )  # fmt: skip
            await self._store.apply(changes)
        return view
