"""How a complaint ends, and what somebody gets then."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    SOLVED = "solved"
    REFUND = "refund"
    COMPENSATION = "compensation"  # a voucher for a customer, money for a provider
    REDO = "redo"  # the same work once more, free
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the staff decided; `amount` in minor units, `words` are read by whoever asked.

    `by_provider`: whoever did the visit bears it, as far as he earned from it; else the platform does.
    """

    outcome: Outcome
    amount: int = 0
    by_provider: bool = False
    words: str = ""
