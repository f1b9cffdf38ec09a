"""What a gateway tells of a payment: merged into what is known, booked, and served or given back, all in one go."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from core.changes import Changes, Insert, Timer, Update
from core.entity import NewId
from core.errors import DayFull, NotAllowedNow, OutOfDate, SlotTaken, Unknown
from core.events import Event
from core.ledger.postings import CAPTURED, REFUND_OWED
from core.ledger.service import Facts, post
from core.orders.advance import By, advance, note
from core.orders.cash import settle
from core.orders.lifecycle import Actor
from core.orders.model import Order, State
from core.orders.place import Placing
from core.orders.service import Orders, OrderView, facts_of
from core.payments.facts import Fact, merge
from core.payments.model import Charge, Payment
from core.payments.rest import is_rest, takes
from core.people.freezing import pass_on_timer
from core.people.model import ProviderState
from core.ports import Store

GATEWAY = By(Actor.GATEWAY)
TRIES = 5
_KNOWN = (
    "state", "reference", "url", "code", "charges", "returns", "disputes", "regained", "refused",
    "expired", "unanswered", "differs",
)  # fmt: skip


def charge_key(*, method: str, charge: str) -> str:
    return f"{method}:{charge}"


def growth(*, payment: Payment, grown: Payment) -> Changes:
    """The payment's own row brought to what is known now."""
    values: dict[str, Any] = {name: getattr(grown, name) for name in _KNOWN}
    values["version"] = payment.version + 1
    return Changes().add(Update(Payment, payment.id, values, expect={"version": payment.version}))


def merged(changes: Changes, more: Changes) -> Changes:
    return changes.add(*more.items).tell(*more.events).post(*more.postings)


def ledger_facts(*, order: Order, payment: Payment) -> Facts:
    """The accounts of an order, at the gateway that this payment went through."""
    return replace(facts_of(order=order), method=payment.method)


class Absorbing:
    """Whatever comes, in whatever order, late or twice, ends in the order served or the money back."""

    def __init__(self, *, store: Store, orders: Orders, placing: Placing, new_id: NewId) -> None:
        self._store = store
        self._orders = orders
        self._placing = placing
        self._new_id = new_id

    async def absorb(self, *, fact: Fact, now: datetime) -> None:
        """Merges one fact about a payment and does what follows from it. Raises Unknown."""
        for _ in range(TRIES):
            payment = await self._payment(fact)
            grown = merge(payment=payment, fact=fact)
            if grown == payment:
                return
            try:
                await self._write(payment, grown, fact, now)
                return
            except (OutOfDate, NotAllowedNow):
                continue  # somebody was faster: what follows is decided anew
        raise OutOfDate()

    async def _payment(self, fact: Fact) -> Payment:
        payment = await self._store.get(Payment, number=fact.number) if fact.number else None
        if payment is None:
            raise Unknown("payment")
        return payment

    async def _write(self, payment: Payment, grown: Payment, fact: Fact, now: datetime) -> None:
        try:
            await self._store.apply(await self._follow(payment, grown, fact, now))
        except (SlotTaken, DayFull):
            await self._store.apply(await self._lose(payment, grown, fact, now))

    async def _follow(self, payment: Payment, grown: Payment, fact: Fact, now: datetime) -> Changes:
        """Exactly what was asked serves an order that waits for it, or pays its rest; all else goes back."""
        view = await self._orders.view(order_id=payment.order_id)
        order, back = view.order, grown.paid - payment.paid
        changes = self._book(payment, grown, order, fact.also, now)
        fresh = grown.charges.keys() - payment.charges.keys()
        asked = any(grown.charges[charge] == payment.amount for charge in fresh)
        if asked and order.state is State.UNPAID:
            merged(changes, self._serve(view, payment, now))
            back -= payment.amount
        elif asked and _fills(order, payment):
            merged(changes, self._rest(view, payment, now))
            back -= payment.amount
        if back:
            part = f"{payment.id}:{order.version}"
            merged(changes, self._owe(view, payment, back, part, now))
        return changes

    def _book(
        self, payment: Payment, grown: Payment, order: Order, also: str, now: datetime
    ) -> Changes:
        """The payment's own row, the posting of each charge, and a call for staff if something is odd."""
        changes = growth(payment=payment, grown=grown)
        for charge, amount in grown.charges.items():
            known = payment.charges.get(charge, 0)
            if amount == known:
                continue
            key = charge_key(method=payment.method, charge=charge)
            mine = Charge(id=self._new_id(), key=key, payment_id=payment.id, also=also)
            part = f"{charge}:{amount}" if known else charge
            changes.add(Insert(mine, or_ignore=True)).post(
                post(id=self._new_id(), event=CAPTURED, figures={"amount": amount - known}, at=now,
                     facts=ledger_facts(order=order, payment=payment),
                     actor=f"gateway:{payment.method}", part=part)
            )  # fmt: skip
        if grown.differs and not payment.differs:
            changes.tell(differs(payment=payment, order=order))
        return changes

    def _serve(self, view: OrderView, payment: Payment, now: datetime) -> Changes:
        order = view.order
        changes = advance(
            order=order, verb="pay", by=GATEWAY, now=now, new_id=self._new_id, people=view.people,
            facts={"amount": payment.amount, "method": payment.method},
            paid=order.paid + payment.amount,
        )  # fmt: skip
        if view.provider.state is ProviderState.FROZEN:
            changes.add(pass_on_timer(provider_id=view.provider.id, now=now))
        firm = self._placing.claim(order=order, provider=view.provider, now=now)
        return changes.add(*firm, Update(Order, order.id, {"asked_until": order.asked_until}))

    def _rest(self, view: OrderView, payment: Payment, now: datetime) -> Changes:
        """What extra work added is paid; with nothing left to pay a visit that is over is closed."""
        order = view.order
        changes = note(
            order=order, verb="pay_rest", by=GATEWAY, now=now, new_id=self._new_id,
            people=view.people, facts={"amount": payment.amount, "method": payment.method},
            paid=order.paid + payment.amount,
        )  # fmt: skip
        if order.state is not State.FINISHED or order.to_pay_on_site:
            return changes
        merged(
            changes,
            advance(order=order, verb="close", by=GATEWAY, now=now, new_id=self._new_id,
                    people=view.people),
        )  # fmt: skip
        return settle(changes, order=order, cash=0, by=GATEWAY, now=now, new_id=self._new_id)

    async def _lose(self, payment: Payment, grown: Payment, fact: Fact, now: datetime) -> Changes:
        """Paid, but the time went to somebody else meanwhile: the order ends and everything goes back."""
        view = await self._orders.view(order_id=payment.order_id)
        changes = self._book(payment, grown, view.order, fact.also, now)
        end = await self._orders.end(
            view=view, verb="expire", by=By(Actor.CLOCK), fee=0, reason="slot_lost", now=now,
            came=grown.paid - payment.paid,
        )  # fmt: skip
        return merged(changes, end)

    def _owe(
        self, view: OrderView, payment: Payment, amount: int, part: str, now: datetime
    ) -> Changes:
        """Money that nothing is owed for (paid late, twice, or oddly) goes back whatever becomes of the order."""
        order = view.order
        changes = note(
            order=order, verb="overpaid", by=GATEWAY, now=now, new_id=self._new_id,
            people=view.people, facts={"amount": amount}, paid=order.paid + amount,
            refund_due=order.refund_due + amount,
        )  # fmt: skip
        changes.post(
            post(id=self._new_id(), event=REFUND_OWED, figures={"amount": amount}, at=now,
                 facts=ledger_facts(order=order, payment=payment), actor="gateway", part=part)
        )  # fmt: skip
        key = f"order.refund:{order.id}:{order.version}"
        return changes.add(Timer("order.refund", order.id, now, key))


def _fills(order: Order, payment: Payment) -> bool:
    """The first money of a link for the rest, as long as the rest is owed."""
    return (
        is_rest(payment=payment) and not payment.paid and takes(order=order, amount=payment.amount)
    )


def differs(*, payment: Payment, order: Order) -> Event:
    """The gateway tells another amount or currency than was asked: staff look at it."""
    people = {"customer": order.customer_id}
    return Event("payment.differs", payment.id, payment.version + 1, people)
