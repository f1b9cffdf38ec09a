"""What was paid at the door: both sides' words, silence, the staff's decision, and the postings of what was earned."""

from datetime import datetime

from core.alerts.raising import look_soon
from core.anew import decided_anew
from core.changes import Changes
from core.entity import NewId
from core.errors import AlreadyDone, Invalid, NotAllowedNow
from core.ledger.postings import CASH_TAKEN, EARNED
from core.ledger.service import post
from core.orders.advance import By, advance
from core.orders.earned import earned, release_due
from core.orders.lifecycle import Actor
from core.orders.model import Order, State
from core.orders.service import Orders, OrderView, facts_of
from core.ports import Store


def settle(
    changes: Changes, *, order: Order, cash: int, by: By, now: datetime, new_id: NewId
) -> Changes:
    """The postings of a visit that is over: cash taken at the door, then what was earned, held for some days."""
    facts, who = facts_of(order=order), f"{by.actor.value}:{by.id}"
    made = earned(order=order, total=order.paid - order.refund_due + cash)
    if cash:
        changes.post(
            post(id=new_id(), event=CASH_TAKEN, facts=facts, figures={"amount": cash},
                 at=now, actor=who)
        )  # fmt: skip
    if made.gross:
        changes.post(
            post(id=new_id(), event=EARNED, facts=facts, figures=made.figures(), at=now,
                 actor=who)
        ).add(release_due(order_id=order.id, now=now))  # fmt: skip
    return changes


class Cash:
    def __init__(self, *, store: Store, orders: Orders, new_id: NewId) -> None:
        self._store = store
        self._orders = orders
        self._new_id = new_id

    @decided_anew
    async def confirm(
        self, *, order_id: int, customer_id: int, amount: int, now: datetime
    ) -> OrderView:
        """The customer names what was paid at the door: equal closes the order, different makes a dispute.

        Raises Invalid for an amount below zero or beyond the bill, AlreadyDone, NotAllowedNow.
        """
        view = await self._orders.for_customer(order_id=order_id, customer_id=customer_id)
        order, by = view.order, By(Actor.CUSTOMER, customer_id)
        if order.state in (State.CLOSED, State.DISPUTED):
            raise AlreadyDone()
        if order.state is not State.FINISHED or order.cash_stated is None:
            raise NotAllowedNow(verb="confirm_cash", state=order.state)
        if not 0 <= amount <= order.to_pay_on_site:
            raise Invalid("amount", "bounds", {"most": order.to_pay_on_site})
        both = {"stated": order.cash_stated, "confirmed": amount}
        verb = "close" if amount == order.cash_stated == order.to_pay_on_site else "dispute"
        changes = advance(
            order=order, verb=verb, by=by, now=now, new_id=self._new_id, people=view.people,
            facts=both, cash_confirmed=amount,
        )  # fmt: skip
        if verb == "close":
            self._settle(changes, order, amount, by, now)
        else:
            changes.add(look_soon(now=now))
        await self._store.apply(changes)
        return view

    @decided_anew
    async def silence(self, *, order_id: int, now: datetime) -> None:
        """Provider or customer said nothing about the cash for the rule's time: staff decide."""
        view = await self._orders.view(order_id=order_id)
        if view.order.state is not State.FINISHED:
            return
        changes = advance(
            order=view.order, verb="dispute", by=By(Actor.CLOCK), now=now, new_id=self._new_id,
            people=view.people, facts={"stated": view.order.cash_stated, "silent": True},
        )  # fmt: skip
        await self._store.apply(changes.add(look_soon(now=now)))

    @decided_anew
    async def settle(
        self, *, order_id: int, amount: int, staff_id: int, reason: str, now: datetime
    ) -> OrderView:
        """Staff decide how much was paid at the door, also while nobody speaks. Raises NotAllowedNow, Invalid."""
        view = await self._orders.view(order_id=order_id)
        verb = "close" if view.order.state is State.FINISHED else "settle"
        order, by = view.order, By(Actor.STAFF, staff_id)
        if not 0 <= amount <= order.to_pay_on_site:
            raise Invalid("amount", "bounds", {"most": order.to_pay_on_site})
        changes = advance(
            order=order, verb=verb, by=by, now=now, new_id=self._new_id, people=view.people,
            facts={"amount": amount, "reason": reason}, cash_confirmed=amount, reason=reason[:200],
        )  # fmt: skip
        self._settle(changes, order, amount, by, now)
        await self._store.apply(changes)
        return view

    def _settle(
        self, changes: Changes, order: Order, amount: int, by: By, now: datetime
    ) -> Changes:
        return settle(changes, order=order, cash=amount, by=by, now=now, new_id=self._new_id)
