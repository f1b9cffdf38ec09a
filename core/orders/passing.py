"""An order whose provider fails is taken from him, and the next one is looked for: one way for every reason."""

from datetime import datetime, timedelta

from core.changes import Timer
from core.entity import NewId
from core.orders.advance import ON_TIME, By, advance
from core.orders.lifecycle import PROMISED, Actor
from core.orders.model import State
from core.orders.service import Orders, OrderView
from core.ports import Store


class Passing:
    """Every method raises Unknown for no such order, NotAllowedNow where the lifecycle has no such step."""

    def __init__(self, *, store: Store, orders: Orders, new_id: NewId) -> None:
        self._store = store
        self._orders = orders
        self._new_id = new_id

    async def pass_on(
        self, *, view: OrderView, verb: str, by: By, now: datetime, reason: str = "",
        search_after: timedelta = timedelta(0), missed: bool = False,
    ) -> None:  # fmt: skip
        """Frees the time and begins the search; whoever failed is not asked for this order again.

        `missed`: he was to come and did not.
        """
        order = view.order
        facts = {
            "provider": view.provider.id, "name": view.provider.name, "reason": reason[:200],
            "actor": by.actor.value, "promised": order.state in PROMISED, "first": not order.refused_by,
            "missed": missed,
        }  # fmt: skip
        freed = await self._orders.free_time(view=view, now=now, firm=True)
        changes = advance(
            order=order, verb=verb, by=by, now=now, new_id=self._new_id, people=view.people,
            facts=facts, refused_by=[*order.refused_by, view.provider.id], asked_until=None,
            extra_min=0, contacted_at=None, contact_by=None, absent_until=None, **ON_TIME,
        )  # fmt: skip
        key = f"order.rematch:{order.id}:{order.version}"
        changes.add(*freed, Timer("order.rematch", order.id, now + search_after, key))
        await self._store.apply(changes)

    async def time_out(self, *, order_id: int, now: datetime) -> None:
        """Nobody answered in time: the order is passed on. Does nothing if it moved on meanwhile."""
        view = await self._orders.view(order_id=order_id)
        order = view.order
        if order.state is not State.OFFERED or (order.asked_until and order.asked_until > now):
            return
        await self.pass_on(view=view, verb="time_out", by=By(Actor.CLOCK), now=now)

    async def unseen(self, *, view: OrderView, person_id: int, now: datetime) -> None:
        """The offer never reached this provider: passed on at once, and no silence of his."""
        if view.order.state is State.OFFERED and view.provider.person_id == person_id:
            await self.pass_on(view=view, verb="unseen", by=By(Actor.CLOCK), now=now)

    async def reassign(
        self, *, order_id: int, staff_id: int, now: datetime, reason: str,
        search_after: timedelta = timedelta(0), missed: bool = False,
    ) -> OrderView:  # fmt: skip
        """Staff take the order away from its provider; the search for another begins by itself after a while."""
        view = await self._orders.view(order_id=order_id)
        await self.pass_on(
            view=view,
            verb="reassign",
            by=By(Actor.STAFF, staff_id),
            now=now,
            reason=reason,
            search_after=search_after,
            missed=missed,
        )
        return view
