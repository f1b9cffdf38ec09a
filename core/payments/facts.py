"""Facts about payments, and how they are merged: in any order, any number of times, with one result."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.payments.model import Payment, PaymentState, Refund, RefundState


class Told(StrEnum):
    """What a gateway can tell of a payment or of one of its refunds."""

    OPENED = "opened"
    UNANSWERED = "unanswered"
    PAID = "paid"
    REFUSED = "refused"
    EXPIRED = "expired"
    REFUND_PENDING = "refund_pending"
    REFUNDED = "refunded"
    REFUND_FAILED = "refund_failed"
    DISPUTED = "disputed"
    DISPUTE_WON = "dispute_won"
    DISPUTE_LOST = "dispute_lost"
    PAYOUT_ENDED = "payout_ended"


REFUND_TOLD: Final = frozenset({Told.REFUND_PENDING, Told.REFUNDED, Told.REFUND_FAILED})

DISPUTE_TOLD: Final = frozenset({Told.DISPUTED, Told.DISPUTE_WON, Told.DISPUTE_LOST})


@dataclass(frozen=True, slots=True)
class Fact:
    """`key` is the gateway's id of the message; `reference` its id of the charge or the refund.

    `also` is another name of the charge, at the company that works for the gateway.

    `number` is our number of the payment, `refund_number` ours of the refund; both are empty for a refund that was
    made by hand at the gateway: then `charge` finds the payment. `total` is all that ever went back of `charge`, from a
    gateway that tells a refund without its own amount.
    """

    told: Told
    number: str = ""
    key: str = ""
    reference: str = ""
    amount: int = 0
    currency: str = ""
    url: str = ""
    code: str = ""
    charge: str = ""
    refund_number: str = ""
    also: str = ""
    total: int = 0


def merge(*, payment: Payment, fact: Fact) -> Payment:
    """The payment with one fact more. A fact that is known changes nothing, and the order does not matter."""
    grown = payment.model_copy(
        update={
            "refused": payment.refused or fact.told is Told.REFUSED,
            "expired": payment.expired or fact.told is Told.EXPIRED,
            "unanswered": payment.unanswered or fact.told is Told.UNANSWERED,
            "charges": dict(payment.charges),
            "returns": dict(payment.returns),
            "disputes": dict(payment.disputes),
            "regained": dict(payment.regained),
        }
    )
    if fact.told is Told.OPENED:
        # Two links for one number: the same one on every machine, whichever came first.
        grown.reference, grown.url, grown.code = max(
            (payment.reference, payment.url, payment.code), (fact.reference, fact.url, fact.code)
        )
    elif fact.told is Told.PAID:
        _add(grown, grown.charges, fact)
        grown.differs = grown.differs or fact.amount != payment.amount
    elif fact.told is Told.REFUNDED:
        _add(grown, grown.returns, fact)
    elif fact.told is Told.DISPUTED:
        _add(grown, grown.disputes, fact)
    elif fact.told is Told.DISPUTE_WON:
        _add(grown, grown.regained, fact)
    grown.state = state_of(payment=grown)
    return grown


def _add(payment: Payment, totals: dict[str, int], fact: Fact) -> None:
    if fact.currency != payment.currency or not fact.reference or fact.amount <= 0:
        payment.differs = True
        return
    known = totals.get(fact.reference, fact.amount)
    payment.differs = payment.differs or known != fact.amount
    totals[fact.reference] = max(known, fact.amount)


def state_of(*, payment: Payment) -> PaymentState:
    """The state that follows from what is known: money beats everything, a refusal beats an open link."""
    if payment.paid >= payment.amount:
        return PaymentState.PAID
    if payment.refused:
        return PaymentState.REFUSED
    if payment.expired:
        return PaymentState.EXPIRED
    if payment.reference:
        return PaymentState.OPEN
    return PaymentState.UNKNOWN if payment.unanswered else PaymentState.INTENDED


_REFUND_STATES = {
    Told.UNANSWERED: RefundState.UNKNOWN,
    Told.REFUND_PENDING: RefundState.PENDING,
    Told.REFUND_FAILED: RefundState.FAILED,
    Told.REFUNDED: RefundState.DONE,
}
_REFUND_RANK = list(RefundState)


def merge_refund(*, refund: Refund, fact: Fact) -> Refund:
    """The refund with one fact more, whatever the order: done beats failed beats pending beats unknown."""
    told = _REFUND_STATES.get(fact.told, refund.state)
    state = max(refund.state, told, key=_REFUND_RANK.index)
    return refund.model_copy(
        update={"state": state, "reference": max(refund.reference, fact.reference)}
    )
