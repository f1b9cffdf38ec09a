"""An alert as it was raised, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from pydantic import Field as F

from core.entity import Entity


class Kind(StrEnum):
    """What is wrong."""

    UNACCEPTED = "unaccepted"  # nobody promises to come
    UNCONTACTED = "uncontacted"
    LATE = "late"
    UNFINISHED = "unfinished"  # at the door or at work far too long
    UNPAID = "unpaid"
    DISPUTED = "disputed"  # the two words about the cash don't match
    CUSTOMER_CANCELS = "customer_cancels"  # often, and at others' expense
    PROVIDER_CANCELS = "provider_cancels"
    SAME_PERSON = "same_person"  # one person on both sides
    EACH_OTHER = "each_other"  # two who hardly deal with anybody else
    BOUGHT_REVIEWS = "bought_reviews"  # the best stars for visits that hardly took place


OF_ORDERS: Final = frozenset({
    Kind.UNACCEPTED, Kind.UNCONTACTED, Kind.LATE, Kind.UNFINISHED, Kind.UNPAID, Kind.DISPUTED,
})  # fmt: skip
OF_PEOPLE: Final = frozenset(Kind) - OF_ORDERS


class Fate(StrEnum):
    OPEN = "open"
    MENDED = "mended"  # it is as it should be again
    EXPLAINED = "explained"  # staff say that it is all right
    BARRED = "barred"  # one of them was frozen


class Alert(Entity):
    """`about` names kind, subject and since when, so that each exists once whoever finds it, and never again.

    `since` is the moment the rule's limit was passed. `facts` are the figures it was found by; `ended_by` is the
    Telegram id of whoever of the staff explained it.
    """

    about: str
    kind: Kind
    order_id: int | None = None
    customer_id: int | None = None
    provider_id: int | None = None
    facts: dict[str, Any] = F(default_factory=dict)
    fate: Fate = Fate.OPEN
    since: datetime
    found_at: datetime
    ended_at: datetime | None = None
    ended_by: int | None = None
    reason: str = ""

    @property
    def subject(self) -> int:
        """What its message in the staff chat is about: an order, or the alert itself."""
        return self.order_id if self.kind in OF_ORDERS and self.order_id else self.id
