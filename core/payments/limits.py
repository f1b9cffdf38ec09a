"""What payment companies allow of giving back, where that is less than we would; beyond it staff find another way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.payments.model import Payment, Refund, RefundState


@dataclass(frozen=True, slots=True)
class Limits:
    """So many parts of one charge, so long after it, and so much time between two parts."""

    parts: int = 0
    days: int = 0
    pause: timedelta = timedelta()


LIMITS: Final[dict[str, Limits]] = {
    "wechat": Limits(parts=50, days=365, pause=timedelta(minutes=1)),
    "alipay": Limits(days=365),
}


def beyond(
    *, limits: Limits, refund: Refund, payment: Payment, others: Iterable[Refund], now: datetime
) -> bool:
    """Whether this one, which was never sent, would only be refused."""
    sent = [one for one in of_charge(refund=refund, others=others) if _sent(one)]
    if limits.parts and len(sent) >= limits.parts:
        return True
    return bool(limits.days) and now > payment.created_at + timedelta(days=limits.days)


def too_soon(*, limits: Limits, refund: Refund, others: Iterable[Refund], now: datetime) -> bool:
    """Whether the part before it is just on its way."""
    before = (one.sent_at for one in of_charge(refund=refund, others=others) if one.sent_at)
    return any(now < at + limits.pause for at in before)


def of_charge(*, refund: Refund, others: Iterable[Refund]) -> list[Refund]:
    """The other parts of the same charge."""
    return [one for one in others if one.charge == refund.charge and one.id != refund.id]


def _sent(refund: Refund) -> bool:
    """At the company, or perhaps there; what it refused counts for nothing."""
    if refund.state is RefundState.INTENDED:
        return refund.sent_at is not None
    return refund.state is not RefundState.FAILED
