"""A payment, a refund and a notice. What is known of a payment only grows; its state is read off from that."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from pydantic import Field as F

from core.entity import Entity

# From the word that it may be paid until the money must have come.
PAYING_FOR: Final = timedelta(minutes=10)


class PaymentState(StrEnum):
    """Where a payment stands; a later member is never left for an earlier one."""

    INTENDED = "intended"  # our number is committed, the gateway may not know of it yet
    UNKNOWN = "unknown"  # the gateway was called and did not answer: ask with the same number
    OPEN = "open"  # the customer has a link
    EXPIRED = "expired"
    REFUSED = "refused"
    PAID = "paid"


class Purpose(StrEnum):
    """What the payment is for: all of it, a deposit, or the rest after a deposit."""

    FULL = "full"
    DEPOSIT = "deposit"
    BALANCE = "balance"


class Payment(Entity):
    """One intention to pay, and all that became of it.

    `number` is ours, made before the first call and the same in every repetition. `url` is the link, `code` what the
    picture to scan says where it isn't the link. `charges` and `returns` map the
    gateway's own references to amounts: what is there is never taken out; so are `disputes`, which a bank took
    back for its customer, and `regained`, those that were won. `differs` is an alarm: the gateway told
    another amount or currency than was asked, or two amounts for one reference. `checkout` is the company's last
    question whether it may be paid, answered with yes at `checkout_at`.
    """

    number: str
    order_id: int
    method: str
    purpose: Purpose
    amount: int
    currency: str
    state: PaymentState = PaymentState.INTENDED
    reference: str = ""
    url: str = ""
    code: str = ""
    charges: dict[str, int] = F(default_factory=dict)
    returns: dict[str, int] = F(default_factory=dict)
    disputes: dict[str, int] = F(default_factory=dict)
    regained: dict[str, int] = F(default_factory=dict)
    refused: bool = False
    expired: bool = False
    unanswered: bool = False
    differs: bool = False
    checkout: str = ""
    checkout_at: datetime | None = None
    version: int = 1
    created_at: datetime
    expires_at: datetime

    @property
    def paid(self) -> int:
        """All that came in."""
        return sum(self.charges.values())

    @property
    def lasts_until(self) -> datetime:
        """Who is just paying has some minutes more."""
        if self.checkout_at is None:
            return self.expires_at
        return max(self.expires_at, self.checkout_at + PAYING_FOR)

    @property
    def returned(self) -> int:
        """All that is known to be back with the customer."""
        return sum(self.returns.values())


class Charge(Entity):
    """Which payment a gateway's own charge belongs to: money given back by hand names nothing else.

    `key` is the method and the gateway's reference, and unique; `also` is how the company behind it calls the charge.
    """

    key: str
    payment_id: int
    also: str = ""


class RefundState(StrEnum):
    INTENDED = "intended"
    UNKNOWN = "unknown"  # called without an answer: ask with the same number
    PENDING = "pending"  # the gateway has accepted it
    FAILED = "failed"  # definitely not: staff choose another way
    DONE = "done"


class Refund(Entity):
    """One intention to give money back, to the charge it came from.

    `sent_at`: when it was first sent, for methods that want a pause between two parts.
    """

    number: str
    payment_id: int
    order_id: int
    charge: str
    amount: int
    currency: str
    reason: str
    state: RefundState = RefundState.INTENDED
    reference: str = ""
    tries: int = 0
    sent_at: datetime | None = None
    version: int = 1
    created_at: datetime


class Notice(Entity):
    """A verified message of a gateway as it came. `key` (method and the gateway's own id of it) is unique."""

    key: str
    method: str
    payment_number: str
    fact: dict[str, Any] = F(default_factory=dict)
    body: str
    received_at: datetime
    worked_at: datetime | None = None
