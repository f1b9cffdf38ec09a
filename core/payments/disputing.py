"""A bank takes money back for its customer, and perhaps gives it up again: booked, and the staff are called."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from core.changes import Changes
from core.entity import NewId
from core.errors import OutOfDate
from core.ledger.postings import CHARGE_REGAINED, CHARGED_BACK
from core.ledger.service import post
from core.orders.advance import note
from core.orders.service import Orders
from core.payments.absorbing import (
    GATEWAY,
    TRIES,
    differs,
    growth,
    ledger_facts,
    merged,
    payment_of_charge,
)
from core.payments.facts import Fact, Told, merge
from core.payments.method import Method
from core.payments.model import Payment
from core.ports import Store

# What is told → (verb of the timeline, event of the book)
_STEPS: Final = {
    Told.DISPUTED: ("charged_back", CHARGED_BACK),
    Told.DISPUTE_WON: ("charge_regained", CHARGE_REGAINED),
}


class Disputing:
    def __init__(
        self, *, store: Store, orders: Orders, methods: Mapping[str, Method], new_id: NewId
    ) -> None:
        self._store = store
        self._orders = orders
        self._methods = methods
        self._new_id = new_id

    async def absorb(self, *, fact: Fact, now: datetime) -> None:
        """Once for each dispute, whichever word of it comes first. Raises Unknown."""
        for _ in range(TRIES):
            payment = await payment_of_charge(
                store=self._store, methods=self._methods, charge=fact.charge
            )
            grown = merge(payment=payment, fact=fact)
            if grown == payment:
                return
            try:
                await self._store.apply(await self._changes(payment, grown, fact, now))
                return
            except OutOfDate:
                continue
        raise OutOfDate()

    async def _changes(
        self, payment: Payment, grown: Payment, fact: Fact, now: datetime
    ) -> Changes:
        view = await self._orders.view(order_id=payment.order_id)
        changes = growth(payment=payment, grown=grown)
        if grown.differs and not payment.differs:
            changes.tell(differs(payment=payment, order=view.order))
        if (grown.disputes, grown.regained) == (payment.disputes, payment.regained):
            return changes  # in another currency, or of nothing: somebody looks at it
        verb, event = _STEPS[fact.told]
        step = note(
            order=view.order, verb=verb, by=GATEWAY, now=now, new_id=self._new_id,
            people=view.people, facts={"amount": fact.amount},
        )  # fmt: skip
        return merged(changes, step).post(
            post(id=self._new_id(), event=event, figures={"amount": fact.amount}, at=now,
                 facts=ledger_facts(order=view.order, payment=payment),
                 actor=f"gateway:{payment.method}", part=fact.reference)
        )  # fmt: skip
