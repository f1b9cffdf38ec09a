"""A complaint is closed with its outcome: what it brings moves in the same moment, once, whoever taps how often."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.anew import decided_anew
from core.changes import Changes, Insert
from core.entity import NewId
from core.errors import AlreadyDone, CouponGone, Invalid, NotAllowedNow, Unknown
from core.orders.model import Order, State
from core.orders.service import Orders, OrderView
from core.people.model import Person
from core.ports import Store
from core.promotions.model import Coupon
from core.redress.bearing import Stake
from core.redress.model import Outcome, Remedy
from core.redress.refunds import Refunds
from core.redress.vouchers import free_visit, voucher
from core.rules import Rules
from core.support.model import Ticket, TicketState
from core.support.service import Support

NOTHING = Stake(0)


@dataclass(frozen=True, slots=True)
class Case:
    """A ticket with all that its outcome depends on; `view` is the order it is about."""

    ticket: Ticket
    person: Person
    view: OrderView | None = None
    stake: Stake = NOTHING

    @property
    def order(self) -> Order | None:
        return self.view.order if self.view else None

    @property
    def by_customer(self) -> bool:
        return self.ticket.bot == "customer"

    @property
    def refundable(self) -> int:
        """What can go back to the customer the way it was paid, in minor units."""
        return self.stake.left if self.by_customer else 0

    @property
    def redoable(self) -> bool:
        """The work was done, so it can be done once more."""
        return self.by_customer and self.order is not None and self.order.state is State.CLOSED

    def opens(self, outcome: Outcome) -> bool:
        """Whether it can end so."""
        return {
            Outcome.REFUND: self.refundable > 0,
            Outcome.REDO: self.redoable,
            Outcome.COMPENSATION: self.by_customer or self.order is not None,
        }.get(outcome, True)


class Closing:
    def __init__(
        self, *, store: Store, support: Support, orders: Orders, refunds: Refunds, rules: Rules,
        new_id: NewId, rng: random.Random,
    ) -> None:  # fmt: skip
        self._store = store
        self._support = support
        self._orders = orders
        self._refunds = refunds
        self._rules = rules
        self._new_id = new_id
        self._rng = rng

    async def case(self, *, ticket_id: int) -> Case:
        """Raises Unknown."""
        ticket = await self._support.ticket(ticket_id=ticket_id)
        person = await self._store.get(Person, id=ticket.person_id)
        assert person is not None
        if ticket.order_id is None:
            return Case(ticket, person)
        view = await self._orders.view(order_id=ticket.order_id)
        return Case(ticket, person, view, await self._refunds.stake(view=view))

    async def free_visit(
        self, *, ticket_id: int, person_id: int, now: datetime
    ) -> tuple[Order, str]:
        """What is to be done once more, and the voucher that pays it. Raises Unknown, CouponGone."""
        ticket = await self._support.for_person(
            ticket_id=ticket_id, person_id=person_id, bot="customer"
        )
        order = await self._support.order_of(ticket=ticket)
        coupon = await self._store.get(Coupon, code=str(ticket.given.get("voucher") or ""))
        if order is None or coupon is None or coupon.owner_id != person_id:
            raise Unknown("ticket")
        if coupon.used >= coupon.uses:
            raise CouponGone(coupon.code, "used")
        if now >= coupon.ends_at:
            raise CouponGone(coupon.code, "over")
        return order, coupon.code

    @decided_anew
    async def close(
        self, *, ticket_id: int, remedy: Remedy, staff_id: int, names: Mapping[str, str],
        now: datetime,
    ) -> Ticket:  # fmt: skip
        """Closes the ticket and gives what was decided; `names` are those of a voucher, per language.

        Raises AlreadyDone where it is closed, Invalid("amount", "bounds"), NotAllowedNow for an outcome that this
        order does not allow.
        """
        case = await self.case(ticket_id=ticket_id)
        if case.ticket.state is TicketState.CLOSED:
            raise AlreadyDone()
        if not case.opens(remedy.outcome):
            raise NotAllowedNow(verb=remedy.outcome, state=case.order.state if case.order else "")
        changes = Changes()
        given = await self._give(changes, case, remedy, staff_id, dict(names), now)
        done = await self._support.ending(
            ticket=case.ticket, by_staff=True, now=now, outcome=remedy.outcome.value,
            verdict=remedy.words, given=given,
        )  # fmt: skip
        changes.add(*done.items).tell(*done.events)
        await self._store.apply(changes)
        return case.ticket

    async def _give(
        self, changes: Changes, case: Case, remedy: Remedy, staff_id: int, names: dict[str, str],
        now: datetime,
    ) -> dict[str, Any]:  # fmt: skip
        how: dict[str, Any] = {
            "staff_id": staff_id,
            "reason": remedy.words,
            "now": now,
            "ticket": case.ticket.id,
        }
        match remedy.outcome:
            case Outcome.REFUND:
                return await self._refund(changes, case, remedy, how)
            case Outcome.COMPENSATION if case.by_customer:
                return await self._voucher(changes, case, remedy, names, how)
            case Outcome.COMPENSATION:
                return self._compensate(changes, case, remedy, how)
            case Outcome.REDO:
                return await self._redo(changes, case, remedy, names, how)
        return {}

    async def _refund(
        self, changes: Changes, case: Case, remedy: Remedy, how: dict[str, Any]
    ) -> dict[str, Any]:
        assert case.view is not None
        borne = await self._refunds.give_back(
            changes, view=case.view, amount=remedy.amount, by_provider=remedy.by_provider, **how
        )
        return {"amount": borne.amount, "borne": borne.by_provider}

    async def _voucher(
        self, changes: Changes, case: Case, remedy: Remedy, names: dict[str, str],
        how: dict[str, Any],
    ) -> dict[str, Any]:  # fmt: skip
        self._check(remedy.amount)
        made = voucher(
            id=self._new_id(), owner_id=case.person.id, amount=remedy.amount, names=names,
            rng=self._rng, now=how["now"], days=self._rules.number("voucher_days"),
        )  # fmt: skip
        return await self._handed(changes, case, remedy, made, remedy.amount, how)

    async def _redo(
        self, changes: Changes, case: Case, remedy: Remedy, names: dict[str, str],
        how: dict[str, Any],
    ) -> dict[str, Any]:  # fmt: skip
        assert case.order is not None
        made = free_visit(
            id=self._new_id(), order=case.order, names=names, rng=self._rng, now=how["now"],
            days=self._rules.number("redo_days"),
        )  # fmt: skip
        worth = case.order.total + case.order.discount
        return await self._handed(changes, case, remedy, made, worth, how)

    async def _handed(
        self, changes: Changes, case: Case, remedy: Remedy, made: Coupon, worth: int,
        how: dict[str, Any],
    ) -> dict[str, Any]:  # fmt: skip
        """The voucher is there, and paid by the provider where it was decided so."""
        changes.add(Insert(made))
        borne = 0
        if remedy.by_provider and case.view is not None:
            borne = await self._refunds.forfeit(changes, view=case.view, amount=worth, **how)
        until = made.ends_at.isoformat()
        return {"amount": made.amount, "voucher": made.code, "until": until, "borne": borne}

    def _compensate(
        self, changes: Changes, case: Case, remedy: Remedy, how: dict[str, Any]
    ) -> dict[str, Any]:
        assert case.view is not None
        self._check(remedy.amount)
        self._refunds.compensate(changes, view=case.view, amount=remedy.amount, **how)
        return {"amount": remedy.amount}

    def _check(self, amount: int) -> None:
        most = self._rules.number("compensation_most")
        if not 0 < amount <= most:
            raise Invalid("amount", "bounds", {"most": most})
