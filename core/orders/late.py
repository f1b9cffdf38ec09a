"""A provider who is not there when it is time: he is reminded, the customer decides, and silence finds somebody else.

Near the start the provider may say himself by how much he will be late; then everything waits for that moment. When
it has come he is asked where he is. Some minutes later the customer hears that he is late, and may wait,
take somebody else or cancel free; staff hear it, too. When neither side says anything, the order is passed on by
itself; whoever is on the way already is left to come.
"""

from datetime import datetime, timedelta
from typing import Any

from core.alerts.raising import look_soon
from core.anew import decided_anew
from core.entity import NewId
from core.errors import Invalid, NotAllowedNow
from core.orders.advance import By, note
from core.orders.countdown import late_timer
from core.orders.lifecycle import Actor
from core.orders.model import Late, Order, State
from core.orders.passing import Passing
from core.orders.service import Orders, OrderView
from core.ports import Store
from core.rules import Rules

AWAITED = frozenset({State.ACCEPTED, State.ON_THE_WAY})
PATIENCE = timedelta(minutes=15)
"""How much longer somebody waits who chose to wait."""
NEAR = timedelta(hours=2)
"""So near the start a provider knows that he will be late; before, he asks for another time."""
MINUTE = timedelta(minutes=1)


def may_announce(*, order: Order, now: datetime) -> bool:
    """Whether the provider can still say, or say already, that he will be late."""
    return order.state in AWAITED and order.starts_at - now <= NEAR


def announced(*, order: Order, now: datetime) -> bool:
    """The provider said himself when he comes, and that is still ahead."""
    ahead = order.coming_at is not None and order.coming_at > now
    return ahead and order.state in AWAITED and order.late != Late.TOLD


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
        grace = self._grace if order.late == Late.REMINDED else timedelta(0)
        return order.expected_at + grace

    @property
    def _grace(self) -> timedelta:
        return timedelta(minutes=self._rules.number("late_minutes"))

    async def _remind(self, view: OrderView, now: datetime) -> datetime:
        people = {"provider": view.provider.person_id}
        await self._note(view, "due", By(Actor.CLOCK), now, people, late=Late.REMINDED)
        return self._due(view.order)

    async def _tell(self, view: OrderView, now: datetime) -> datetime:
        until = now + timedelta(minutes=self._rules.number("late_answer_minutes"))
        await self._note(
            view, "late", By(Actor.CLOCK), now, view.people, late=Late.TOLD, late_until=until
        )
        return until

    async def _note(
        self, view: OrderView, verb: str, by: By, now: datetime, people: dict[str, int],
        facts: dict[str, Any] | None = None, **values: Any,
    ) -> None:  # fmt: skip
        changes = note(
            order=view.order, verb=verb, by=by, now=now, new_id=self._new_id, people=people,
            facts=facts, **values,
        )  # fmt: skip
        timer = late_timer(order=view.order, due=self._due(view.order))
        changes.add(timer, *([look_soon(now=now)] if verb == "late" else []))
        await self._store.apply(changes)

    async def _mine(self, order_id: int, customer_id: int, verb: str) -> OrderView:
        view = await self._orders.for_customer(order_id=order_id, customer_id=customer_id)
        if view.order.state not in AWAITED or not view.order.running_late:
            raise NotAllowedNow(verb=verb, state=view.order.state)
        return view

    @decided_anew
    async def wait(self, *, order_id: int, customer_id: int, now: datetime) -> OrderView:
        """The customer gives the provider some more time. Raises NotAllowedNow when nobody is late, Unknown."""
        view = await self._mine(order_id, customer_id, "wait")
        by = By(Actor.CUSTOMER, customer_id)
        until = now + PATIENCE
        await self._note(view, "wait", by, now, view.people, late=Late.WAITING, late_until=until)
        return view

    @decided_anew
    async def replace(self, *, order_id: int, customer_id: int, now: datetime) -> OrderView:
        """The customer wants somebody else at once. Raises NotAllowedNow when nobody is late, Unknown."""
        view = await self._mine(order_id, customer_id, "replace")
        by = By(Actor.CUSTOMER, customer_id)
        await self._passing.pass_on(view=view, verb="replace", by=by, now=now, reason="late")
        return await self._orders.view(order_id=order_id)

    def room(self, *, order: Order, now: datetime) -> int:
        """How many minutes of delay can still be announced, counted from the start or, once that is over, from now."""
        most = order.starts_at + timedelta(minutes=self._rules.number("delay_minutes"))
        return max(0, (most - _counted_from(order, now)) // MINUTE)

    @decided_anew
    async def announce(
        self, *, order_id: int, person_id: int, minutes: int, now: datetime
    ) -> OrderView:
        """The provider says by how much he will be late; a longer delay lets the customer leave free, as any does.

        Raises NotAllowedNow far from the start and once he is there, Invalid("delay", "bounds") with what is possible,
        Unknown for anybody else.
        """
        view = await self._orders.for_provider(order_id=order_id, person_id=person_id)
        order, most = view.order, self.room(order=view.order, now=now)
        if not may_announce(order=order, now=now):
            raise NotAllowedNow(verb="delay", state=order.state)
        if not 1 <= minutes <= most:
            raise Invalid("delay", "bounds", {"most": most})
        coming = _counted_from(order, now) + minutes * MINUTE
        if coming == order.coming_at:
            return view
        long = order.running_late or coming - order.starts_at > self._grace
        until = {"late": Late.WAITING, "late_until": coming + self._grace}
        values = until if long else {"late": Late.NOT, "late_until": None}
        await self._note(
            view, "delay", By(Actor.PROVIDER, view.provider.id), now, view.people,
            {"to": coming.isoformat(), "long": long}, coming_at=coming, **values,
        )  # fmt: skip
        return view


def _counted_from(order: Order, now: datetime) -> datetime:
    """The start, or the next full minute after it."""
    rest = timedelta(seconds=-now.timestamp() % 60)
    return max(order.starts_at, now + rest)
