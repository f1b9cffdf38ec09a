"""Records: visits that came to an end, what is looked for among them, and all there is about one."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.files.model import Kept
from core.ledger.balances import Booked
from core.orders.advance import reached_at
from core.orders.model import Order, State
from core.reviews.model import Review

LOW = 3  # stars, as the mean of the three dimensions, from which on down a review is a bad one


class End(StrEnum):
    """How a visit came to its end."""

    DONE = "done"
    UNPAID = "unpaid"  # the work is done, its money is not settled
    ABSENT = "absent"  # nobody opened
    CANCELLED = "cancelled"


class Opinion(StrEnum):
    """What is wanted of reviews."""

    ANY = ""
    GIVEN = "given"
    MISSING = "missing"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; everything given must hold. Days are local ones of the visit's start, both included; `only`
    names the orders themselves.
    """

    first: date | None = None
    last: date | None = None
    end: End | None = None
    service_id: int | None = None
    opinion: Opinion = Opinion.ANY
    text: str = ""
    only: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One visit in short. `net` is what the book says it brought; `stars` all three dimensions together."""

    order_id: int
    end: End
    starts_at: datetime
    service_id: int
    net: int
    stars: int | None = None

    @property
    def rating(self) -> float | None:
        return None if self.stars is None else self.stars / 3

    def fits(self, opinion: Opinion) -> bool:
        match opinion:
            case Opinion.GIVEN:
                return self.stars is not None
            case Opinion.MISSING:
                return self.stars is None
            case Opinion.LOW:
                return self.stars is not None and self.stars <= 3 * LOW
        return True


@dataclass(frozen=True, slots=True)
class Ended:
    """One row as the database has it; `reached` tells since when an order is in which state."""

    order_id: int
    state: State
    starts_at: datetime
    service_id: int
    cancelled_by: str
    reached: dict[str, str]
    stars: int | None


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some of what was found; `count` and `net` are of all of it."""

    lines: tuple[tuple[Record, Order], ...]
    number: int
    pages: int
    count: int
    net: int


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything about a visit that is over; `customer` is the short form of a name, `minutes` what it really took."""

    record: Record
    order: Order
    customer: str = ""
    booked: Booked | None = None
    review: Review | None = None
    files: tuple[Kept, ...] = ()

    @property
    def minutes(self) -> int | None:
        began = reached_at(order=self.order, state=State.WORKING)
        ended = reached_at(order=self.order, state=State.FINISHED)
        return None if not began or not ended else round((ended - began).total_seconds() / 60)
