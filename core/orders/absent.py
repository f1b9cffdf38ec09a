"""Nobody opens: the provider says so, waits as long as the rule says, tries twice, and may then leave with a fee.

The customer is warned with the first knock, and that is when the waiting begins, never before the start as booked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.anew import decided_anew
from core.entity import NewId
from core.errors import FeeChanged, NotAllowedNow
from core.orders.advance import By, note
from core.orders.lifecycle import Actor
from core.orders.model import Order, State
from core.orders.service import Orders, OrderView
from core.orders.terms import CancelTerms, absent_terms
from core.ports import Store
from core.relay.model import Relayed
from core.rules import Rules

TRIES = 2
APART = timedelta(minutes=2)
"""Two tries in one breath are one."""
ABSENT: Final = "absent"
"""Why such an order ended."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How far the waiting at the door has come; `until` is None before the customer was warned."""

    until: datetime | None
    tries: tuple[datetime, ...]
    terms: CancelTerms

    def over(self, *, now: datetime) -> bool:
        """He may leave."""
        return self.until is not None and self.until <= now and len(self.tries) >= TRIES


class Absent:
    """Each method is one tap at the door. All raise Unknown for anybody else, NotAllowedNow elsewhere."""

    def __init__(self, *, store: Store, orders: Orders, rules: Rules, new_id: NewId) -> None:
        self._store = store
        self._orders = orders
        self._rules = rules
        self._new_id = new_id

    async def _at_the_door(self, order_id: int, person_id: int) -> OrderView:
        view = await self._orders.for_provider(order_id=order_id, person_id=person_id)
        if view.order.state is not State.ARRIVED:
            raise NotAllowedNow(verb="absent", state=view.order.state)
        return view

    async def waiting(self, *, order_id: int, person_id: int) -> Waiting:
        view = await self._at_the_door(order_id, person_id)
        return await self._waiting(view.order)

    async def _waiting(self, order: Order) -> Waiting:
        return Waiting(order.absent_until, await self._tries(order), absent_terms(order=order))

    async def _tries(self, order: Order) -> tuple[datetime, ...]:
        """Knocks, calls and messages since he is there, those in one breath counted once."""
        steps = await self._orders.timeline(order_id=order.id)
        here = max((step.at for step in steps if step.verb == "arrive"), default=order.created_at)
        said = await self._store.find(
            Relayed, order_id=order.id, provider_id=order.provider_id, from_customer=False
        )
        moments = [step.at for step in steps if step.verb in ("knock", "call")]
        kept: list[datetime] = []
        for at in sorted([*moments, *(one.at for one in said)]):
            if at >= here and (not kept or at - kept[-1] >= APART):
                kept.append(at)
        return tuple(kept)

    @decided_anew
    async def knock(self, *, order_id: int, person_id: int, now: datetime) -> OrderView:
        """“I'm at the door”: the customer is told, and from the first time on how long he waits."""
        view = await self._at_the_door(order_id, person_id)
        wait = timedelta(minutes=self._rules.number("absent_minutes"))
        until = view.order.absent_until or max(now, view.order.starts_at) + wait
        changes = note(
            order=view.order, verb="knock", by=By(Actor.PROVIDER, view.provider.id), now=now,
            new_id=self._new_id, people=view.people, absent_until=until,
        )  # fmt: skip
        await self._store.apply(changes)
        return view

    @decided_anew
    async def call(self, *, order_id: int, person_id: int, now: datetime) -> OrderView:
        """He has called; only noted."""
        view = await self._at_the_door(order_id, person_id)
        changes = note(
            order=view.order, verb="call", by=By(Actor.PROVIDER, view.provider.id), now=now,
            new_id=self._new_id, people={},
        )  # fmt: skip
        await self._store.apply(changes)
        return view

    @decided_anew
    async def override(
        self, *, order_id: int, staff_id: int, shown: int, reason: str, now: datetime
    ) -> OrderView:
        """Staff close it in his place, where they know by another way that nobody opened; the fee is the same.

        The timeline tells how they know. Raises Unknown, NotAllowedNow where he isn't at the door, FeeChanged where
        it is not what was `shown`.
        """
        view = await self._orders.view(order_id=order_id)
        return await self._close(view, By(Actor.STAFF, staff_id), shown, now, reason)

    @decided_anew
    async def leave(self, *, order_id: int, person_id: int, shown: int, now: datetime) -> OrderView:
        """Closes the visit: the fee out of what was paid beforehand, all else goes back.

        Raises NotAllowedNow before the waiting is over, FeeChanged where it is not what was `shown`.
        """
        view = await self._at_the_door(order_id, person_id)
        waiting = await self._waiting(view.order)
        if not waiting.over(now=now):
            raise NotAllowedNow(verb="absent", state=view.order.state)
        return await self._close(view, By(Actor.PROVIDER, view.provider.id), shown, now)

    async def _close(
        self, view: OrderView, by: By, shown: int, now: datetime, override: str = ""
    ) -> OrderView:
        terms = absent_terms(order=view.order)
        if terms.fee != shown:
            raise FeeChanged(terms.fee)
        changes = await self._orders.end(
            view=view, verb="absent", by=by, fee=shown, reason=ABSENT, now=now, override=override
        )
        await self._store.apply(changes)
        return view
