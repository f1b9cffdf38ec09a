"""A line of a statement, what we booked for it, and where the two differ."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from core.entity import Entity


class Kind(StrEnum):
    """What moved money."""

    PAYMENT = "payment"
    REFUND = "refund"
    TRANSFER = "transfer"  # sent to a provider by the gateway
    CAME_BACK = "came_back"  # such a transfer that its receiver's side sent back


STATES_TRANSFERS: Final = frozenset({"alipay"})
"""Ways of paying whose statement has what was sent to providers, too."""


class Why(StrEnum):
    """In which way statement and book differ."""

    NOT_HERE = "not_here"
    NOT_THERE = "not_there"
    AMOUNT = "amount"
    CURRENCY = "currency"
    TWICE = "twice"
    FEE = "fee"


class Line(Entity):
    """One movement as the gateway states it: positive amounts in minor units, `at` in UTC.

    `reference` is the gateway's own id of the charge or the refund, of a transfer our number; `number` ours where it
    was told, `charge` that of the payment which a refund is of. `fee`: what the gateway keeps of it; None where the
    statement doesn't say.
    """

    method: str = ""
    day: date
    kind: Kind
    reference: str
    number: str = ""
    charge: str = ""
    amount: int
    currency: str
    fee: int | None = None
    at: datetime


@dataclass(frozen=True, slots=True)
class Booked:
    """What the book says of one movement at a gateway: all that was posted for it. A transfer is for no order."""

    kind: Kind
    reference: str
    amount: int
    currency: str
    at: datetime
    order_id: int | None
    number: str = ""


class Difference(Entity):
    """Found once: `key` names the movement and in what it differs. Open until somebody, or a later statement, ends it.

    `stated` and `booked` are minor units of `currency`; the other side's `other` where that is another one.
    """

    key: str
    method: str
    day: date
    kind: Kind
    why: Why
    reference: str
    number: str = ""
    order_id: int | None = None
    stated: int = 0
    booked: int = 0
    currency: str
    other: str = ""
    open: bool = True
    found_at: datetime
    ended_at: datetime | None = None
    ended_by: int | None = None
    reason: str = ""
    version: int = 1


class Compared(Entity):
    """A statement that was compared: how many lines, how many of them differ."""

    method: str
    day: date
    lines: int
    differing: int
    at: datetime


class Book(Protocol):
    """The book as a gateway's statement would have it."""

    async def between(self, *, method: str, first: datetime, end: datetime) -> list[Booked]:
        """Each charge, refund and transfer first booked from `first` until before `end`."""

    async def of(self, *, method: str, references: list[str]) -> list[Booked]:
        """Those with these references, whenever they were booked."""


def span_of(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The day by the gateway's clock: its first moment and the next day's."""
    return (
        datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)
    )  # fmt: skip
