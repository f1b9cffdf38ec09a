"""What a provider's past consists of: questions, visits done, visits lost; each names its order and its moment."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from core.ledger.balances import Booked
from core.orders.model import Ask, Order
from core.reviews.model import Review


class Fate(StrEnum):
    """What became of the question whether somebody takes an order."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SILENT = "silent"
    UNSEEN = "unseen"  # it never reached him, so he said nothing by it
    GONE = "gone"  # somebody else was faster, or it was withdrawn

    @property
    def counts(self) -> bool:
        """Whether it says something about who was asked."""
        return self in (Fate.ACCEPTED, Fate.DECLINED, Fate.SILENT)


class Cause(StrEnum):
    """Why a promised visit did not come to its end."""

    CUSTOMER = "customer"
    STAFF = "staff"
    MINE = "mine"  # given back, or so late that somebody else came
    ABSENT = "absent"  # nobody opened


@dataclass(frozen=True, slots=True)
class Question:
    """Whether he takes this order; `answered_at` is his own answer's moment, `together`: others were asked as well."""

    order_id: int
    at: datetime
    fate: Fate = Fate.OPEN
    answered_at: datetime | None = None
    together: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """Work done. `on_time` is None where nobody noted an arrival; `again`: the customer had been there before."""

    order_id: int
    at: datetime
    customer_id: int
    worked: timedelta
    on_time: bool | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    order_id: int
    at: datetime
    cause: Cause


@dataclass(frozen=True, slots=True)
class Past:
    """All of it between two moments, each kind in order of time."""

    questions: tuple[Question, ...] = ()
    visits: tuple[Visit, ...] = ()
    lost: tuple[Lost, ...] = ()
    reviews: tuple[Review, ...] = ()

    def within(self, first: datetime, end: datetime) -> "Past":
        return Past(
            tuple(one for one in self.questions if first <= one.at < end),
            tuple(one for one in self.visits if first <= one.at < end),
            tuple(one for one in self.lost if first <= one.at < end),
            tuple(one for one in self.reviews if first <= one.created_at < end),
        )


@dataclass(frozen=True, slots=True)
class Earned:
    """What the book says of a time, order by order; sums of the same figures as in the list of income."""

    booked: tuple[Booked, ...] = field(default_factory=tuple)

    @property
    def gross(self) -> int:
        return sum(one.gross for one in self.booked)

    @property
    def commission(self) -> int:
        return sum(one.commission for one in self.booked)

    @property
    def penalties(self) -> int:
        return sum(one.penalties for one in self.booked)

    @property
    def extra(self) -> int:
        return sum(one.extra for one in self.booked)

    @property
    def net(self) -> int:
        return sum(one.net for one in self.booked)


@dataclass(frozen=True, slots=True)
class Passage:
    """A step of an order while it was this provider's."""

    order_id: int
    verb: str
    source: str
    target: str
    actor: str
    at: datetime


class Records(Protocol):
    """A provider's rows between two moments; see db/figures.py."""

    async def passages(self, *, provider_id: int, first: datetime, end: datetime) -> list[Passage]:
        """Every step that moved an order which had one then; order by order, as they came."""

    async def asks(self, *, provider_id: int, first: datetime, end: datetime) -> list[Ask]:
        """What he was asked at once with others, to be answered until then."""

    async def around(
        self, *, provider_id: int, lat: float, lon: float, km: float, first: datetime,
        end: datetime, limit: int,
    ) -> list[Order]:  # fmt: skip
        """Visits of others that begin then within a square of so many kilometres each way, promised or done."""

    async def asked_lately(self, *, week: int, since: datetime, limit: int) -> list[int]:
        """Approved providers who were asked for something since, and got no findings this week."""

    async def reviews(self, *, provider_id: int, first: datetime, end: datetime) -> list[Review]:
        """What customers can read, the earliest first."""
