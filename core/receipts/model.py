"""A receipt that was issued: its number, and what it said that may change later."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.entity import Entity


class ReceiptKind(StrEnum):
    PAYMENT = "payment"
    REFUND = "refund"  # a credit note


@dataclass(frozen=True, slots=True)
class Bill:
    """What an order cost when money moved, line by line, and for when the visit was booked then."""

    lines: list[dict[str, Any]]
    discount: int
    starts_at: str

    @property
    def total(self) -> int:
        return sum(int(line["amount"]) for line in self.lines) - self.discount

    @property
    def visit(self) -> datetime:
        return datetime.fromisoformat(self.starts_at)


@dataclass(frozen=True, slots=True)
class Moved:
    """A customer's money on its way in, or `back`: one transaction of the book, in minor units, with its bill."""

    transaction_id: int
    order_id: int
    at: datetime
    amount: int
    currency: str
    method: str
    back: bool
    bill: Bill


class Receipt(Entity):
    """One for each transaction of the book that moved a customer's money; `seq` counts per kind, from 1, no gaps.

    The bill is kept in the book, sealed with the money; `payer`, `platform`, `tax_name` and `tax_bp` (the included
    tax) are kept here as they were.
    """

    kind: ReceiptKind
    seq: int
    transaction_id: int
    order_id: int
    payer: str
    platform: str
    tax_name: str
    tax_bp: int
    issued_at: datetime

    @property
    def number(self) -> str:
        """R-000042 or C-000007."""
        return f"{'R' if self.kind is ReceiptKind.PAYMENT else 'C'}-{self.seq:06d}"
