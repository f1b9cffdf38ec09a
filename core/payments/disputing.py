"""A bank takes money back for its customer, and gives it up again or keeps it: booked, and the staff are told."""

from datetime import datetime
from typing import Final

from core.changes import Changes, Once
from core.errors import AlreadyDone, OutOfDate
from core.ledger.postings import CHARGE_REGAINED, CHARGED_BACK
from core.ledger.service import post
from core.orders.advance import note
from core.orders.service import OrderView
from core.payments.absorbing import (
    GATEWAY,
    TRIES,
    differs,
    growth,
    ledger_facts,
    merged,
)
from core.payments.charged import Charged
from core.payments.facts import Fact, Told, merge
from core.payments.model import Payment

# What is told → (verb of the timeline, event of the book)
_STEPS: Final = {
    Told.DISPUTED: ("charged_back", CHARGED_BACK),
    Told.DISPUTE_WON: ("charge_regained", CHARGE_REGAINED),
}


class Disputing(Charged):
    """Each dispute of a charge, from the bank's first word to its last."""

    async def absorb(self, *, fact: Fact, now: datetime) -> None:
        """Once for each dispute, whichever word of it comes first. Raises Unknown."""
        for _ in range(TRIES):
            payment = await self._payment_of(charge=fact.charge)
            view = await self._orders.view(order_id=payment.order_id)
            if fact.told is Told.DISPUTE_LOST:
                changes = self._lost(view, fact, now)
            elif (grown := merge(payment=payment, fact=fact)) != payment:
                changes = self._changes(view, payment, grown, fact, now)
            else:
                return
            try:
                await self._store.apply(changes)
                return
            except AlreadyDone:
                return
            except OutOfDate:
                continue
        raise OutOfDate()

    def _lost(self, view: OrderView, fact: Fact, now: datetime) -> Changes:
        """The money went when the bank took it: nothing moves any more."""
        step = note(
            order=view.order, verb="dispute_lost", by=GATEWAY, now=now, new_id=self._new_id,
            people=view.people, facts={"amount": fact.amount},
        )  # fmt: skip
        return step.add(Once(f"dispute_lost:{fact.reference}"))

    def _changes(
        self, view: OrderView, payment: Payment, grown: Payment, fact: Fact, now: datetime
    ) -> Changes:
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
