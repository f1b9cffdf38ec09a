"""What a statement tells and nobody else ever did: the fact in it, if it can only be something of ours."""

from collections.abc import Sequence

from core.payments.absorbing import charge_key
from core.payments.facts import Fact, Told
from core.payments.model import Charge, Payment, Refund, RefundState
from core.ports import Store
from core.reconciling.model import Difference, Kind, Line, Why


async def fact_of(*, store: Store, one: Difference) -> Fact | None:
    """A payment that we asked for, or money back of such a one; None for all else."""
    if not one.open or one.why is not Why.NOT_HERE:
        return None
    if one.kind is Kind.REFUND:
        return await _refund(store, one)
    if one.kind is not Kind.PAYMENT or not one.number:
        return None
    if await store.get(Payment, number=one.number) is None:
        return None
    return Fact(
        Told.PAID, one.number, reference=one.reference, amount=one.stated, currency=one.currency
    )


async def payment_of(*, store: Store, method: str, charge: str) -> Payment | None:
    mine = await store.get(Charge, key=charge_key(method=method, charge=charge)) if charge else None
    return await store.get(Payment, id=mine.payment_id) if mine else None


async def _refund(store: Store, one: Difference) -> Fact | None:
    """None where the charge isn't ours, has not so much left, or staff have told of it in their own words."""
    line = await store.get(
        Line, method=one.method, day=one.day, kind=one.kind, reference=one.reference
    )
    charge = line.charge if line else ""
    payment = await payment_of(store=store, method=one.method, charge=charge)
    if payment is None or payment.currency != one.currency:
        return None
    known = await store.find(Refund, payment_id=payment.id, charge=charge)
    done = [refund for refund in known if refund.state is RefundState.DONE]
    left = payment.charges.get(charge, 0) - sum(refund.amount for refund in done)
    if one.stated > left or await _told_by_staff(store, one, done):
        return None
    ours = any(refund.number == one.number for refund in known)
    return Fact(
        Told.REFUNDED, reference=one.reference, amount=one.stated, currency=one.currency,
        charge=charge, refund_number=one.number if ours else "",
    )  # fmt: skip


async def _told_by_staff(store: Store, one: Difference, done: Sequence[Refund]) -> bool:
    """Whether one of the same amount stands in no statement: it may well be this one."""
    alike = [refund.reference for refund in done if refund.amount == one.stated]
    there = await store.find(Line, method=one.method, kind=one.kind, reference=alike)
    return len({line.reference for line in there}) < len(alike)
