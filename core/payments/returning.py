"""Money on its way back: intended, sent under one number until its end is known, booked when it has arrived."""

from dataclasses import replace
from datetime import datetime

from core.changes import Changes, Insert, Once, Timer, Update
from core.errors import AlreadyDone, Invalid, OutOfDate, Unknown
from core.events import Event
from core.ledger.postings import GOODWILL_GIVEN, REFUND_OWED, REFUNDED
from core.ledger.service import post
from core.orders.advance import By, note
from core.orders.lifecycle import FINAL
from core.orders.model import Order
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
from core.payments.facts import Fact, Told, merge, merge_refund
from core.payments.limits import LIMITS, beyond, too_soon
from core.payments.method import Answer, NoAnswer, Outcome
from core.payments.model import Payment, Refund, RefundState
from core.payments.service import (
    BY_HAND,
    REFUND_UNSETTLED,
    ask_again_at,
    fact_of_refund,
    not_under_way,
    refunds_for,
)


def _refusal(refund: Refund) -> Fact:
    """What the company would say."""
    return fact_of_refund(refund=refund, answer=Answer(Outcome.REFUSED))


def noted(*, payment: Payment, reference: str) -> bool:
    """Whether it is known, perhaps within the words of the staff who did it."""
    return bool(reference) and any(reference in known for known in payment.returns)


def in_vain(*, refunds: list[Refund], payment: Payment, fact: Fact) -> list[Refund]:
    """Refunds on their way that cannot arrive any more: a hand was faster, and the charge is empty now."""
    alive = [r for r in refunds if r.charge == fact.charge and r.state is not RefundState.FAILED]
    left = payment.charges.get(fact.charge, 0) - fact.amount - sum(r.amount for r in alive)
    vain = []
    for refund in sorted(alive, key=lambda r: r.id, reverse=True):
        if left < 0 and refund.state in REFUND_UNSETTLED:
            vain.append(refund)
            left += refund.amount
    return vain


class Returning(Charged):
    """The way out: what is promised goes back, once."""

    async def give_back(self, *, order_id: int, tries: int, now: datetime) -> datetime | None:
        """Sends back what is promised; when to look again, or None when all has arrived."""
        view = await self._orders.view(order_id=order_id)
        await self._intend(view.order, now)
        again = None
        for refund in await self._store.find(
            Refund, order_id=order_id, state=sorted(REFUND_UNSETTLED)
        ):
            if not await self._send(refund, now):
                again = ask_again_at(tries=tries, now=now)
        return again

    async def _intend(self, order: Order, now: datetime) -> None:
        payments = await self._store.find(Payment, order_id=order.id)
        refunds = await self._store.find(Refund, order_id=order.id)
        missing = not_under_way(promised=order.refund_due, refunds=refunds)
        if missing <= 0:
            return
        fresh = refunds_for(
            payments=payments, refunds=refunds, amount=missing, reason=order.reason or "refund",
            new_id=self._new_id, now=now,
        )  # fmt: skip
        once = Once(f"refund:{order.id}:{sum(refund.amount for refund in refunds)}")
        try:
            await self._store.apply(Changes().add(once, *(Insert(refund) for refund in fresh)))
        except AlreadyDone:
            return

    async def _send(self, refund: Refund, now: datetime) -> bool:
        """One call for one refund; True when its end is known."""
        payment = await self._store.get(Payment, id=refund.payment_id)
        if payment is None or payment.method not in self._methods:
            return False
        limits = LIMITS.get(payment.method)
        if limits is not None and refund.sent_at is None:
            others = await self._store.find(Refund, payment_id=payment.id)
            if beyond(limits=limits, refund=refund, payment=payment, others=others, now=now):
                return await self._told(refund.id, _refusal(refund), now)
            if too_soon(limits=limits, refund=refund, others=others, now=now):
                return False
            if not await self._sets_out(refund, now):
                return False
        try:
            answer = await self._methods[payment.method].refund(
                number=refund.number, charge=refund.charge, amount=refund.amount,
                currency=refund.currency,
            )  # fmt: skip
        except NoAnswer:
            return False
        fact = fact_of_refund(refund=refund, answer=answer)
        return await self._told(refund.id, fact, now)

    async def _sets_out(self, refund: Refund, now: datetime) -> bool:
        """Known before the call, so that what may be at the company is never called refused here."""
        values = {"sent_at": now, "version": refund.version + 1}
        try:
            await self._store.apply(
                Changes().add(Update(Refund, refund.id, values, expect={"version": refund.version}))
            )
        except OutOfDate:
            return False  # another sweep sends it
        return True

    async def given(self, *, refund_id: int, reference: str, by: By, now: datetime) -> None:
        """Staff gave it back where our call could not: at the company's own desk, or another way.

        Raises AlreadyDone unless it was refused and is still owed, Invalid for words that name another one.
        """
        refund = await self._store.get(Refund, id=refund_id)
        payment = await self._store.get(Payment, id=refund.payment_id) if refund else None
        if refund is None or payment is None:
            raise Unknown("refund")
        order = (await self._orders.view(order_id=refund.order_id)).order
        owed = order.refund_due - order.refunded
        if refund.state is not RefundState.FAILED or refund.amount > owed:
            raise AlreadyDone()
        if reference in payment.returns:
            raise Invalid("reference", "taken")
        fact = Fact(
            Told.REFUNDED, reference=reference, amount=refund.amount, currency=refund.currency,
            charge=refund.charge, refund_number=refund.number,
        )  # fmt: skip
        await self._told(refund.id, fact, now, by=by)

    async def absorb(self, *, fact: Fact, now: datetime) -> None:
        """What a notice tells of a refund, of ours or made by hand at the gateway. Raises Unknown."""
        if not fact.refund_number:
            await self._by_hand(fact, now)
            return
        refund = await self._store.get(Refund, number=fact.refund_number)
        if refund is None:
            raise Unknown("refund")
        await self._told(refund.id, fact, now)

    async def _told(self, refund_id: int, fact: Fact, now: datetime, *, by: By = GATEWAY) -> bool:
        """Merges what is told of a refund of ours; True when its end is known."""
        for _ in range(TRIES):
            refund = await self._store.get(Refund, id=refund_id)
            payment = await self._store.get(Payment, id=refund.payment_id) if refund else None
            if refund is None or payment is None:
                raise Unknown("refund")
            try:
                return await self._merge(refund, payment, fact, now, by)
            except OutOfDate:
                continue
        raise OutOfDate()

    async def _merge(
        self, refund: Refund, payment: Payment, fact: Fact, now: datetime, by: By = GATEWAY
    ) -> bool:
        view = await self._orders.view(order_id=refund.order_id)
        if fact.total >= refund.amount:
            fact = replace(fact, amount=refund.amount)
        told = (fact.amount, fact.currency) != (refund.amount, refund.currency)
        if fact.told is Told.REFUNDED and told:
            await self._alarm(payment, view.order)
            return False
        grown = merge_refund(refund=refund, fact=fact)
        settled = grown.state not in REFUND_UNSETTLED
        if grown.state is refund.state:
            return settled
        values = {"state": grown.state, "reference": grown.reference, "version": refund.version + 1}
        changes = Changes().add(
            Update(Refund, refund.id, values, expect={"version": refund.version})
        )
        if grown.state is RefundState.DONE:
            merged(changes, self._arrived(view, payment, grown, fact, now, by))
        elif settled:
            merged(changes, self._refused(view, refund, now))
        await self._store.apply(changes)
        return settled

    def _arrived(
        self, view: OrderView, payment: Payment, refund: Refund, fact: Fact, now: datetime,
        by: By = GATEWAY,
    ) -> Changes:  # fmt: skip
        """The customer has it back: timeline, the payment's own total, the posting."""
        order = view.order
        by_staff = {} if by is GATEWAY else {"reason": fact.reference}
        changes = note(
            order=order, verb="refunded", by=by, now=now, new_id=self._new_id,
            people=view.people, facts={"amount": refund.amount} | by_staff,
            refunded=order.refunded + refund.amount,
        )  # fmt: skip
        grown = merge(payment=payment, fact=fact)
        if grown.returns != payment.returns:
            merged(changes, growth(payment=payment, grown=grown))
        return changes.post(
            post(id=self._new_id(), event=REFUNDED, figures={"amount": refund.amount}, at=now,
                 facts=ledger_facts(order=order, payment=payment),
                 actor=f"staff:{by.id}" if by.id else f"gateway:{payment.method}",
                 part=refund.number)
        )  # fmt: skip

    def _refused(self, view: OrderView, refund: Refund, now: datetime) -> Changes:
        """Definitely not: it stays owed, staff choose another way."""
        return note(
            order=view.order, verb="refund_failed", by=GATEWAY, now=now, new_id=self._new_id,
            people=view.people, facts={"amount": refund.amount},
        )  # fmt: skip

    async def _alarm(self, payment: Payment, order: Order) -> None:
        if payment.differs:
            return
        odd = payment.model_copy(update={"differs": True})
        changes = growth(payment=payment, grown=odd).tell(differs(payment=payment, order=order))
        await self._store.apply(changes)

    async def _by_hand(self, fact: Fact, now: datetime) -> None:
        for _ in range(TRIES):
            payment = await self._payment_of(charge=fact.charge)
            if fact.total:
                fact = replace(fact, amount=await self._unknown_yet(payment, fact))
            view = await self._orders.view(order_id=payment.order_id)
            known = noted(payment=payment, reference=fact.reference)
            try:
                if fact.told is Told.REFUND_FAILED and known:
                    await self._alarm(payment, view.order)
                elif fact.told is Told.REFUNDED and not known and (fact.amount or not fact.total):
                    await self._record(view, payment, fact, now)
                return
            except OutOfDate:
                continue
        raise OutOfDate()

    async def _unknown_yet(self, payment: Payment, fact: Fact) -> int:
        """What of the total no refund here accounts for. Raises Unknown while one of ours may be part of it."""
        mine = await self._store.find(Refund, payment_id=payment.id, charge=fact.charge)
        if any(refund.state in REFUND_UNSETTLED for refund in mine):
            raise Unknown("refund")
        done = sum(refund.amount for refund in mine if refund.state is RefundState.DONE)
        return max(0, fact.total - done)

    async def _record(self, view: OrderView, payment: Payment, fact: Fact, now: datetime) -> None:
        """Money that staff gave back at the gateway's own desk is on the record like any other.

        If it is what the gateway had refused to us, then that one is done; else it pays what is owed, then what is
        held for the visit, and the rest is goodwill.
        """
        refunds = await self._store.find(Refund, payment_id=payment.id)
        refused = next(
            (
                r
                for r in refunds
                if r.state is RefundState.FAILED
                and (r.charge, r.amount, r.currency) == (fact.charge, fact.amount, fact.currency)
            ),
            None,
        )
        if refused is not None:
            await self._merge(refused, payment, fact, now)
            return
        grown = merge(payment=payment, fact=fact)
        if grown.returns == payment.returns:
            await self._alarm(payment, view.order)  # another currency, or nothing at all
            return
        await self._store.apply(await self._recorded(view, payment, fact, now))

    async def _recorded(
        self, view: OrderView, payment: Payment, fact: Fact, now: datetime
    ) -> Changes:
        order, id = view.order, self._new_id()
        refund = Refund(
            id=id, number=f"R{id}", payment_id=payment.id, order_id=order.id, charge=fact.charge,
            amount=fact.amount, currency=fact.currency, reason=BY_HAND, state=RefundState.DONE,
            reference=fact.reference, created_at=now,
        )  # fmt: skip
        changes = Changes().add(Insert(refund))
        given = await self._store.find(Refund, order_id=order.id)
        vain = in_vain(refunds=given, payment=payment, fact=fact)
        for lost in vain:
            failed = {"state": RefundState.FAILED, "version": lost.version + 1}
            changes.add(Update(Refund, lost.id, failed, expect={"version": lost.version}))
        alive = [r for r in given if r.state is not RefundState.FAILED and r not in vain]
        owed = max(0, order.refund_due - sum(one.amount for one in alive))
        fresh = max(0, fact.amount - owed)
        held = 0 if order.state in FINAL else min(fresh, order.paid - order.refund_due)
        for event, amount in ((REFUND_OWED, held), (GOODWILL_GIVEN, fresh - held)):
            if amount:
                changes.post(
                    post(id=self._new_id(), event=event, figures={"amount": amount}, at=now,
                         facts=ledger_facts(order=order, payment=payment),
                         actor=f"gateway:{payment.method}", part=refund.number)
                )  # fmt: skip
        promised = order.refund_due + fresh
        merged(changes, self._arrived(view, payment, refund, fact, now))
        back = order.given_back + fresh - held
        changes.add(Update(Order, order.id, {"refund_due": promised, "given_back": back}))
        people, facts = {"customer": order.customer_id}, {"amount": fact.amount}
        told = Event("payment.by_hand", payment.id, payment.version + 1, people, facts)
        key = f"order.refund:{order.id}:{order.version}"
        return changes.tell(told).add(Timer("order.refund", order.id, now, key))
