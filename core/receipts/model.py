"""A receipt that was issued: its number, and what it said that may change later."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.entity import Entity


class ReceiptKind(StrEnum):
    PAYMENT = "payment"
    REFUND = "refund"  # a credit note


@dataclass(frozen=True, slots=True)
class Moved:
    """A customer's money on its way in, or `back`: one transaction of the book, in minor units."""

    transaction_id: int
    order_id: int
    at: datetime
    amount: int
    currency: str
    method: str
    back: bool


class Receipt(Entity):
    """One for each transaction of the book that moved a customer's money; `seq` counts per kind, from 1, no gaps.

    Everything else on it follows from the order and the book, which keep what they say; `payer`, `platform` and
    `tax_bp` (the included tax) are kept here as they were.
    """

    kind: ReceiptKind
    seq: int
    transaction_id: int
    order_id: int
    payer: str
    platform: str
    tax_bp: int
    issued_at: datetime

    @property
    def number(self) -> str:
        """R-000042 or C-000007."""
        return f"{'R' if self.kind is ReceiptKind.PAYMENT else 'C'}-{self.seq:06d}"
