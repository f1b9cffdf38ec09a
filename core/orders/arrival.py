"""When a provider was at the door: he may say that it was earlier than his tap, for without a signal taps come late.

A tap carries no time of its own, so what is kept is when it reached us; his word may move that back, never forward, and
never before he set out. The timeline keeps both.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.anew import decided_anew
from core.entity import NewId
from core.errors import Invalid, NotAllowedNow
from core.orders.advance import By, note, reached_at
from core.orders.lifecycle import THERE, Actor
from core.orders.model import Order, State
from core.orders.service import Orders, OrderView
from core.ports import Store
from core.rules import Rules

MOST_BACK = timedelta(hours=2)


def too_early(*, order: Order, rules: Rules, now: datetime) -> bool:
    """So long before the visit nobody sets out, unless he says so twice."""
    return order.starts_at - now > timedelta(hours=rules.number("depart_ahead_hours"))


@dataclass(frozen=True, slots=True)
class Room:
    """The moments at which he can have arrived: not before he set out, not after his tap reached us."""

    first: datetime
    last: datetime


def room(*, order: Order) -> Room | None:
    """None while he is not there, or when there is nothing to move."""
    noted = reached_at(order=order, state=State.ARRIVED)
    if order.state not in THERE or noted is None:
        return None
    before = [reached_at(order=order, state=s) for s in (State.ACCEPTED, State.ON_THE_WAY)]
    set_out = max((at for at in before if at and at <= noted), default=order.created_at)
    return Room(max(set_out, noted - MOST_BACK), noted)


class Arrival:
    def __init__(self, *, store: Store, orders: Orders, new_id: NewId) -> None:
        self._store = store
        self._orders = orders
        self._new_id = new_id

    @decided_anew
    async def correct(
        self, *, order_id: int, person_id: int, at: datetime, now: datetime
    ) -> OrderView:
        """He was there at this time. Raises Invalid("arrived", "bounds"), NotAllowedNow once he has left, Unknown."""
        view = await self._orders.for_provider(order_id=order_id, person_id=person_id)
        order, possible = view.order, room(order=view.order)
        if possible is None:
            raise NotAllowedNow(verb="correct_arrival", state=order.state)
        if not possible.first <= at <= possible.last:
            raise Invalid("arrived", "bounds")
        noted = order.reached[State.ARRIVED]
        if at == possible.last:
            return view
        changes = note(
            order=order, verb="correct_arrival", by=By(Actor.PROVIDER, view.provider.id), now=now,
            new_id=self._new_id, people=view.people,
            facts={"noted": noted, "arrived": at.isoformat()},
            reached=order.reached | {State.ARRIVED.value: at.isoformat()},
        )  # fmt: skip
        await self._store.apply(changes)
        return view
