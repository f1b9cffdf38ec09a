"""What a provider proposes beyond what was booked, and all that became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field as F

from core.entity import Entity


class ExtraState(StrEnum):
    DRAFT = "draft"  # the provider is still writing it
    OPEN = "open"  # the customer is asked
    APPROVED = "approved"  # its lines are on the bill
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"  # nobody answered in time


class Extra(Entity):
    """One proposal, itemised. Amounts in minor units of the order's currency.

    `lines` are as in Order.lines, `amount` is their sum; `photos` are kept files. `minutes` is how much longer the
    visit takes; they are claimed while the customer is asked. `talk` is what both said about it, in order:
    [{"by": "customer" | "provider", "text", "at"}]. What was sent is never changed: a better one is a new one.
    """

    order_id: int
    provider_id: int
    turn: int
    state: ExtraState = ExtraState.DRAFT
    version: int = 1
    lines: list[dict[str, Any]] = F(default_factory=list)
    amount: int = 0
    reason: str = ""
    photos: list[int] = F(default_factory=list)
    minutes: int = 0
    talk: list[dict[str, str]] = F(default_factory=list)
    created_at: datetime
    sent_at: datetime | None = None
    until: datetime | None = None
    answered_at: datetime | None = None

    @property
    def billed(self) -> list[dict[str, Any]]:
        """Its lines as they stand on the bill; they belong to the visit's main service."""
        kept = ("names", "count", "amount")
        return [{name: line[name] for name in kept} | {"extra": self.id} for line in self.lines]
