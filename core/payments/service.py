"""Pure steps around a payment: the intention before the call, the fact after it, what goes back and when to ask."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from core.entity import NewId
from core.payments.facts import Fact, Told
from core.payments.method import Answer, Intent, Opened, Outcome
from core.payments.model import Payment, PaymentState, Purpose, Refund, RefundState

# Pauses between two questions about the same thing; the last one repeats.
ASK_AGAIN: Final = tuple(timedelta(seconds=s) for s in (5, 15, 30, 60, 120, 300))
UNSETTLED: Final = frozenset({PaymentState.INTENDED, PaymentState.UNKNOWN, PaymentState.OPEN})
REFUND_UNSETTLED: Final = frozenset(
    {RefundState.INTENDED, RefundState.UNKNOWN, RefundState.PENDING}
)

# The reason of a refund that somebody made at the gateway's own desk.
BY_HAND: Final = "by_hand"


_OURS: Final = re.compile(r"R\d{1,20}", re.ASCII)


def our_refund(*, number: str) -> str:
    """The number a company tells of a refund, if it is spelled as ours are; what its own desk gave back has another."""
    return number if _OURS.fullmatch(number) else ""


def intend(
    *,
    new_id: NewId,
    order_id: int,
    method: str,
    purpose: Purpose,
    amount: int,
    currency: str,
    now: datetime,
    expires_at: datetime,
) -> Payment:
    """The payment as it is committed before anybody is called."""
    if amount <= 0:
        raise ValueError("a payment is more than nothing")
    id = new_id()
    return Payment(
        id=id, number=f"P{id}", order_id=order_id, method=method, purpose=purpose,
        amount=amount, currency=currency, created_at=now, expires_at=expires_at,
    )  # fmt: skip


def intent_of(*, payment: Payment, order_number: str, title: str, language: str) -> Intent:
    """What the gateway is told; a repetition says exactly the same."""
    return Intent(
        number=payment.number, order_number=order_number, amount=payment.amount,
        currency=payment.currency, title=title, language=language,
        created_at=payment.created_at, expires_at=payment.expires_at, reference=payment.reference,
    )  # fmt: skip


def fact_of_opening(*, payment: Payment, opened: Opened | None) -> Fact:
    """The fact in the gateway's answer to `open`; None is no answer."""
    if opened is None:
        return Fact(Told.UNANSWERED, payment.number)
    return Fact(
        Told.OPENED, payment.number, reference=opened.reference, url=opened.url, code=opened.code
    )


def fact_of_answer(*, payment: Payment, answer: Answer) -> Fact | None:
    """The fact in the gateway's answer to a question; None if it says nothing new."""
    if answer.outcome is Outcome.PAID:
        return Fact(
            Told.PAID, payment.number,
            reference=answer.reference, amount=answer.amount, currency=answer.currency,
        )  # fmt: skip
    if answer.outcome is Outcome.REFUSED:
        return Fact(Told.EXPIRED if answer.expired else Told.REFUSED, payment.number)
    return None


def fact_of_refund(*, refund: Refund, answer: Answer) -> Fact:
    """The fact in the gateway's answer to a refund."""
    told = {
        Outcome.PAID: Told.REFUNDED,
        Outcome.REFUSED: Told.REFUND_FAILED,
        Outcome.OPEN: Told.REFUND_PENDING,
        Outcome.UNKNOWN: Told.UNANSWERED,
    }[answer.outcome]
    return Fact(
        told, reference=answer.reference, amount=refund.amount, currency=refund.currency,
        charge=refund.charge, refund_number=refund.number,
    )  # fmt: skip


def refunds_for(
    *,
    payments: Iterable[Payment],
    refunds: Iterable[Refund],
    amount: int,
    reason: str,
    new_id: NewId,
    now: datetime,
) -> list[Refund]:
    """Refunds of `amount` in all, to the charges it came from, the latest first; never more than is left of each.

    What is left of a charge is what no refund is made or under way for. Raises ValueError if all of it is too little.
    """
    taken: dict[str, int] = {}
    for refund in refunds:
        if refund.state is not RefundState.FAILED:
            taken[refund.charge] = taken.get(refund.charge, 0) + refund.amount
    made = []
    for payment in sorted(payments, key=lambda p: (p.created_at, p.id), reverse=True):
        for charge, paid in sorted(payment.charges.items(), reverse=True):
            part = min(amount, paid - taken.get(charge, 0))
            if part > 0:
                made.append(_refund(payment, charge, part, reason, new_id(), now))
                amount -= part
    if amount > 0:
        raise ValueError(f"{amount} more than was ever paid")
    return made


def not_under_way(*, promised: int, refunds: Iterable[Refund]) -> int:
    """What is promised and nobody works on: neither given, nor on its way, nor refused and left to staff.

    What staff give by hand takes the place of what was refused.
    """
    made = list(refunds)
    given = sum(r.amount for r in made if r.state is not RefundState.FAILED)
    refused = sum(r.amount for r in made if r.state is RefundState.FAILED)
    by_hand = sum(r.amount for r in made if r.reason == BY_HAND)
    return promised - given - max(0, refused - by_hand)


def _refund(
    payment: Payment, charge: str, amount: int, reason: str, id: int, now: datetime
) -> Refund:
    return Refund(
        id=id, number=f"R{id}", payment_id=payment.id, order_id=payment.order_id, charge=charge,
        amount=amount, currency=payment.currency, reason=reason, created_at=now,
    )  # fmt: skip


def ask_again_at(*, tries: int, now: datetime) -> datetime:
    """When to ask about something unsettled after `tries` questions: often at first, then every five minutes."""
    return now + ASK_AGAIN[min(tries, len(ASK_AGAIN) - 1)]


def ask_payment_at(*, payment: Payment, tries: int, now: datetime) -> datetime:
    """When to ask about a payment: a link is closed in the moment its time is over, not some minutes later."""
    again = ask_again_at(tries=tries, now=now)
    return min(again, payment.lasts_until) if now < payment.lasts_until else again
