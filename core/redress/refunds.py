"""Money goes back to the customer the way it was paid, at once, on a decision of the staff.

Of a visit that is over somebody bears it; before, its price falls, and the provider earns what he was promised.
"""

from datetime import datetime
from typing import Final

from core.anew import decided_anew
from core.changes import Changes, Funds, Timer
from core.entity import NewId
from core.errors import GivenMeanwhile, Invalid, NotAllowedNow, OutOfDate
from core.ledger.postings import COMPENSATED, FORFEITED, GIVEN_BACK, OWED, PENDING, REFUND_OWED
from core.ledger.service import post
from core.orders.advance import By, note
from core.orders.earned import release_due
from core.orders.lifecycle import FINAL, Actor
from core.orders.model import Order, State
from core.orders.service import Orders, OrderView, facts_of
from core.payments.model import Payment, Refund, RefundState
from core.ports import Ledger, Store
from core.redress.bearing import Borne, Stake

LONGEST = 200
# Paid for and not yet done; once it is done the money at the door is settled first.
UNDER_WAY: Final = frozenset(
    {
        State.OFFERED,
        State.SEARCHING,
        State.CHOOSING,
        State.ACCEPTED,
        State.ON_THE_WAY,
        State.ARRIVED,
        State.WORKING,
    }
)


class Refunds:
    """`ticket` is the complaint it is decided for, or 0: whoever complained hears it there."""

    def __init__(self, *, store: Store, orders: Orders, ledger: Ledger, new_id: NewId) -> None:
        self._store = store
        self._orders = orders
        self._ledger = ledger
        self._new_id = new_id

    async def stake(self, *, view: OrderView) -> Stake:
        """What can go back of an order, and what its provider has of it."""
        order = view.order
        if order.state not in FINAL:
            return Stake(await self._before(order))
        booked = await self._ledger.booked(
            provider_id=order.provider_id, limit=1, offset=0, order_id=order.id
        )
        left = min(order.paid - order.refund_due, await self._charged(order))
        if not booked:
            return Stake(left)
        one = booked[0]
        return Stake(left, one.net, one.gross or one.extra, one.commission)

    async def _before(self, order: Order) -> int:
        """What can go back before the visit is over. A coupon's own reduction has to stay what it was granted as."""
        if order.state not in UNDER_WAY or order.coupon:
            return 0
        return min(order.paid - order.refund_due, order.total, await self._charged(order))

    async def _charged(self, order: Order) -> int:
        """What the payment companies could still send back."""
        payments = await self._store.find(Payment, order_id=order.id)
        refunds = await self._store.find(Refund, order_id=order.id)
        sent = sum(one.amount for one in refunds if one.state is not RefundState.FAILED)
        return sum(payment.paid for payment in payments) - sent

    @decided_anew
    async def refund(
        self, *, order_id: int, amount: int, by_provider: bool, before: int, staff_id: int,
        reason: str, now: datetime,
    ) -> Borne:  # fmt: skip
        """A part or all of it; `before` is what was promised back when it was looked at, so nothing goes back twice.

        Raises Invalid("amount", "bounds"), NotAllowedNow where nothing can, GivenMeanwhile where something went back
        meanwhile.
        """
        view = await self._orders.view(order_id=order_id)
        if view.order.refund_due != before:
            raise GivenMeanwhile(view.order.paid - view.order.refund_due)
        changes = Changes()
        borne = await self.give_back(
            changes, view=view, amount=amount, by_provider=by_provider, staff_id=staff_id,
            reason=reason, now=now,
        )  # fmt: skip
        await self._store.apply(changes)
        return borne

    async def give_back(
        self, changes: Changes, *, view: OrderView, amount: int, by_provider: bool, staff_id: int,
        reason: str, now: datetime, ticket: int = 0,
    ) -> Borne:  # fmt: skip
        """Adds all that a refund changes. Raises Invalid, NotAllowedNow, OutOfDate."""
        order = view.order
        if order.state not in FINAL | UNDER_WAY:
            raise NotAllowedNow(verb="give_back", state=order.state)
        stake = await self.stake(view=view)
        if not 0 < amount <= stake.left:
            raise Invalid("amount", "bounds", {"most": stake.left})
        borne = stake.borne(amount=amount, by_provider=by_provider)
        if order.state in UNDER_WAY:
            self._reduce(changes, view, borne.amount, staff_id, now, reason, ticket)
            return borne
        self._note(
            changes, view, "give_back", staff_id, now,
            {"amount": amount, "borne": borne.by_provider, "reason": reason[:LONGEST], "ticket": ticket},
            refund_due=order.refund_due + amount, given_back=order.given_back + amount,
        )  # fmt: skip
        await self._takes(changes, view, borne.by_provider, staff_id, now)
        self._post(changes, view, GIVEN_BACK, borne.figures(), staff_id, now)
        key = f"order.refund:{order.id}:{order.version}"
        changes.add(Timer("order.refund", order.id, now, key))
        return borne

    def _reduce(
        self, changes: Changes, view: OrderView, amount: int, staff_id: int, now: datetime,
        reason: str, ticket: int,
    ) -> None:  # fmt: skip
        """The price falls by it, as a coupon would lower it: what is still to be paid stays the same."""
        order = view.order
        facts: dict[str, object] = {
            "amount": amount, "borne": 0, "reason": reason[:LONGEST], "ticket": ticket,
        }  # fmt: skip
        self._note(
            changes, view, "give_back", staff_id, now, facts, refund_due=order.refund_due + amount,
            total=order.total - amount, discount=order.discount + amount,
        )  # fmt: skip
        self._post(changes, view, REFUND_OWED, {"amount": amount}, staff_id, now)
        key = f"order.refund:{order.id}:{order.version}"
        changes.add(Timer("order.refund", order.id, now, key))

    async def forfeit(
        self, changes: Changes, *, view: OrderView, amount: int, staff_id: int, reason: str,
        now: datetime, ticket: int,
    ) -> int:  # fmt: skip
        """The provider pays for what the customer gets instead of money, as far as he has it from this visit."""
        stake = await self.stake(view=view)
        his = stake.forfeits(amount=amount, by_provider=True)
        if his:
            facts = {"borne": his, "reason": reason[:LONGEST], "ticket": ticket}
            self._note(changes, view, "forfeit", staff_id, now, facts)
            await self._takes(changes, view, his, staff_id, now)
            self._post(changes, view, FORFEITED, {"amount": his}, staff_id, now)
        return his

    def compensate(
        self, changes: Changes, *, view: OrderView, amount: int, staff_id: int, reason: str,
        now: datetime, ticket: int,
    ) -> None:  # fmt: skip
        """The provider gets something for his trouble; it is held and freed like any earning."""
        facts = {"amount": amount, "reason": reason[:LONGEST], "ticket": ticket}
        self._note(changes, view, "compensate", staff_id, now, facts)
        self._post(changes, view, COMPENSATED, {"amount": amount}, staff_id, now)
        changes.add(release_due(order_id=view.order.id, now=now))

    async def _takes(
        self, changes: Changes, view: OrderView, amount: int, staff_id: int, now: datetime
    ) -> None:
        """Room for what the provider gives up: out of what is still on hold, and what is free already he owes."""
        if not amount:
            return
        order = view.order
        held = await self._ledger.on_hold(order_id=order.id)
        there = sum(max(0, one.amount) for one in held if one.provider_id == order.provider_id)
        if short := max(0, amount - there):
            self._post(changes, view, OWED, {"amount": short}, staff_id, now)
        if kept := amount - short:
            account = PENDING.format(provider=order.provider_id)
            changes.add(Funds(order.provider_id, account, order.currency, kept, OutOfDate()))
        changes.add(release_due(order_id=order.id, now=now))

    def _note(
        self, changes: Changes, view: OrderView, verb: str, staff_id: int, now: datetime,
        facts: dict[str, object], **values: int,
    ) -> None:  # fmt: skip
        made = note(
            order=view.order, verb=verb, by=By(Actor.STAFF, staff_id), now=now,
            new_id=self._new_id, people=view.people, facts=facts, **values,
        )  # fmt: skip
        changes.add(*made.items).tell(*made.events)

    def _post(
        self, changes: Changes, view: OrderView, event: str, figures: dict[str, int],
        staff_id: int, now: datetime,
    ) -> None:  # fmt: skip
        changes.post(
            post(id=self._new_id(), event=event, facts=facts_of(order=view.order), figures=figures,
                 at=now, actor=f"staff:{staff_id}", part=str(view.order.version))
        )  # fmt: skip
