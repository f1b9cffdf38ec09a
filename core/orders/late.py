"""A provider who is not there when it is time: he is reminded, the customer decides, and silence finds somebody else.

At the start the provider is asked where he is. Some minutes later the customer hears that he is late, and may wait,
take somebody else or cancel free; staff hear it, too. When neither side says anything, the order is passed on by
itself; whoever is on the way already is left to come.
"""

from datetime import datetime, timedelta
from typing import Any

from core.entity import NewId
from core.errors import NotAllowedNow
from core.orders.advance import By, note
from core.orders.lifecycle import Actor
from core.orders.model import Late, Order, State
from core.orders.passing import Passing
from core.orders.service import Orders, OrderView
from core.ports import Store
from core.rules import Rules

AWAITED = frozenset({State.ACCEPTED, State.ON_THE_WAY})
PATIENCE = timedelta(minutes=15)
"""How much longer somebody waits who chose to wait."""


class Lateness:
    def __init__(
        self, *, store: Store, orders: Orders, passing: Passing, rules: Rules, new_id: NewId
    ) -> None:
        self._store = store
        self._orders = orders
        self._passing = passing
        self._rules = rules
        self._new_id = new_id

    async def watch(self, *, order_id: int, now: datetime) -> datetime | None:
        """Does what the clock asks for; when to look again, or None when nobody is waited for any more."""
        view = await self._orders.view(order_id=order_id)
        order = view.order
        if order.state not in AWAITED:
            return None
        due = self._due(order)
        if due > now:
            return due
        if order.late == Late.NOT:
            return await self._remind(view, now)
        if order.late in (Late.REMINDED, Late.WAITING):
            return await self._tell(view, now)
        if order.state is State.ACCEPTED:
            await self._passing.pass_on(
                view=view, verb="replace", by=By(Actor.CLOCK), now=now, reason="late"
            )
        return None

    def _due(self, order: Order) -> datetime:
        """When the next of these steps is due."""
        if order.late_until is not None:
            return order.late_until
        minutes = self._rules.number("late_minutes") if order.late == Late.REMINDED else 0
        return order.starts_at + timedelta(minutes=minutes)

    async def _remind(self, view: OrderView, now: datetime) -> datetime:
        people = {"provider": view.provider.person_id}
        await self._note(view, "due", By(Actor.CLOCK), now, people, late=Late.REMINDED)
        return view.order.starts_at + timedelta(minutes=self._rules.number("late_minutes"))

    async def _tell(self, view: OrderView, now: datetime) -> datetime:
        until = now + timedelta(minutes=self._rules.number("late_answer_minutes"))
        await self._note(
            view, "late", By(Actor.CLOCK), now, view.people, late=Late.TOLD, late_until=until
        )
        return until

    async def _note(
        self, view: OrderView, verb: str, by: By, now: datetime, people: dict[str, int],
        **values: Any,
    ) -> None:  # fmt: skip
        changes = note(
            order=view.order, verb=verb, by=by, now=now, new_id=self._new_id, people=people,
            **values,
        )  # fmt: skip
        await self._store.apply(changes)

    async def _mine(self, order_id: int, customer_id: int, verb: str) -> OrderView:
        view = await self._orders.for_customer(order_id=order_id, customer_id=customer_id)
        if view.order.state not in AWAITED or not view.order.running_late:
            raise NotAllowedNow(verb=verb, state=view.order.state)
        return view

    async def wait(self, *, order_id: int, customer_id: int, now: datetime) -> OrderView:
        """The customer gives the provider some more time. Raises NotAllowedNow when nobody is late, Unknown."""
        view = await self._mine(order_id, customer_id, "wait")
        by = By(Actor.CUSTOMER, customer_id)
        until = now + PATIENCE
        await self._note(view, "wait", by, now, view.people, late=Late.WAITING, late_until=until)
        return view

    async def replace(self, *, order_id: int, customer_id: int, now: datetime) -> OrderView:
        """The customer wants somebody else at once. Raises NotAllowedNow when nobody is late, Unknown."""
        view = await self._mine(order_id, customer_id, "replace")
        by = By(Actor.CUSTOMER, customer_id)
        await self._passing.pass_on(view=view, verb="replace", by=by, now=now, reason="late")
        return await self._orders.view(order_id=order_id)
