"""What every payment method can do. One file each in bot/payments; an answer is yes, no, not yet, or unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.payments.facts import Fact
from core.reconciling.model import Line


class Outcome(StrEnum):
    """UNKNOWN: no usable answer. It is asked again with the same number and never guessed."""

    PAID = "paid"
    REFUSED = "refused"
    OPEN = "open"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Intent:
    """What is asked of a gateway: made from the committed payment, so a repetition says exactly the same."""

    number: str
    order_number: str
    amount: int
    currency: str
    title: str
    language: str
    created_at: datetime
    expires_at: datetime
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The customer can pay at `url`; with an empty one there is nothing to open (on site).

    `code`: what the picture to scan says, where it is not the link.
    """

    url: str
    reference: str
    expires_at: datetime | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gateway says. `reference` is its own id of the charge (or of the refund) the amount belongs to.

    `expired` tells a link that ran out, or was closed, from a refusal.
    """

    outcome: Outcome
    amount: int = 0
    currency: str = ""
    reference: str = ""
    expired: bool = False


class NoAnswer(Exception):
    """The gateway may or may not have done it: the payment is unknown, ask again with the same number."""


class NoticeRefused(Exception):
    """A message that claims to be the gateway's and is not, is too old, or is meant for another shop."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Method(Protocol):
    """One way to pay."""

    @property
    def code(self) -> str: ...

    async def open(self, *, intent: Intent) -> Opened:
        """Makes the link. Raises NoAnswer, or PaymentUnavailable when the gateway definitely refuses."""

    async def ask(self, *, intent: Intent) -> Answer:
        """What became of it; with an empty `intent.reference` the number alone must do."""

    async def close(self, *, intent: Intent) -> Answer:
        """Makes the link unusable; PAID if the customer was faster."""

    async def refund(self, *, number: str, charge: str, amount: int, currency: str) -> Answer:
        """Gives back `amount` of `charge`: PAID is done, OPEN accepted. Repeating it with a number does it once."""

    async def statement(self, *, first: datetime, end: datetime) -> list[Line] | None:
        """Each movement from `first` until before `end`, as the gateway has it in its books; None where it has no list
        to ask for: its file is sent by the staff. Raises NoAnswer.
        """

    def read_notice(self, *, raw: bytes, headers: Mapping[str, str], now: datetime) -> Fact | None:
        """The fact a notice tells, None for one that tells nothing of ours; raises NoticeRefused."""
