"""Whoever accepts a visit gets in touch with the customer soon: silence is reminded of, and then it is staff's affair.

Any word of the talk counts, and so does going there. Nobody has to write at night, or when the visit is so near that
the way there is all that matters.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.alerts.raising import look_soon
from core.changes import Once, Timer
from core.entity import NewId
from core.errors import AlreadyDone
from core.orders.advance import By, note
from core.orders.countdown import reminded_at
from core.orders.lifecycle import Actor
from core.orders.model import Order, State
from core.orders.night import awake, is_night
from core.orders.service import Orders, OrderView
from core.ports import Store
from core.rules import Rules

LEAST = timedelta(minutes=10)
"""With less time than that there is nothing to agree on any more."""
AHEAD = timedelta(hours=1)
"""So long before the visit everything is agreed on, however late it was accepted."""


def contact_by(*, start: datetime, now: datetime, rules: Rules, zone: str) -> datetime | None:
    """By when whoever accepts now has to be in touch: the rule's time, after a night in the morning, and well before
    the visit. None where the visit is that near.
    """
    rule = timedelta(minutes=rules.number("contact_minutes"))
    due = (now + rule).astimezone(ZoneInfo(zone))
    if is_night(due, rules):
        due = awake(due, rules) + rule
    by = min(due, start - min(AHEAD, (start - now) / 2)).astimezone(now.tzinfo)
    return by if by - now >= LEAST else None


def contact_timer(*, order_id: int, by: datetime, now: datetime, rules: Rules) -> Timer:
    """When the provider is reminded of it."""
    due = reminded_at(by=by, now=now, rules=rules, rule="contact_minutes")
    return Timer("order.contact", order_id, due, f"order.contact:{order_id}")


def silent(*, order: Order) -> bool:
    """The provider still has to get in touch."""
    open_ = order.state is State.ACCEPTED and order.contact_by is not None
    return open_ and order.contacted_at is None


def overdue(*, order: Order, now: datetime) -> bool:
    """And should have by now: it is staff's affair."""
    by = order.contact_by
    return silent(order=order) and by is not None and by <= now


class Contact:
    def __init__(self, *, store: Store, orders: Orders, new_id: NewId) -> None:
        self._store = store
        self._orders = orders
        self._new_id = new_id

    async def watch(self, *, order_id: int, now: datetime) -> datetime | None:
        """Reminds the provider, then tells staff, each once per promise; when to look again."""
        view = await self._orders.view(order_id=order_id)
        by = view.order.contact_by
        if by is None or not silent(order=view.order):
            return None
        if now < by:
            await self._once(view, "remind_contact", by, now)
            return by
        await self._once(view, "uncontacted", by, now)
        return None

    async def _once(self, view: OrderView, verb: str, by: datetime, now: datetime) -> None:
        facts: dict[str, Any] = {"by": by.isoformat()}
        changes = note(
            order=view.order, verb=verb, by=By(Actor.CLOCK), now=now, new_id=self._new_id,
            people={"provider": view.provider.person_id}, facts=facts,
        )  # fmt: skip
        changes.add(Once(f"{verb}:{view.order.id}:{int(by.timestamp())}"))
        if verb == "uncontacted":
            changes.add(look_soon(now=now))
        try:
            await self._store.apply(changes)
        except AlreadyDone:
            pass
