"""What happened on the platform, one fact per row of the records; every figure is a count or a sum of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from core.figures.spans import Span
from core.platform.sums import Adds, Pile, Sums


class Kind(StrEnum):
    """A fact is counted where its moment lies, whatever becomes of the order later."""

    PLACED = "placed"
    DONE = "done"  # the work was finished
    CANCELLED = "cancelled"
    SETTLED = "settled"  # the price and the commission are booked
    WAIVED = "waived"  # money was given back after that, and with it our part of it
    REFUNDED = "refunded"  # the customer has it back
    RATED = "rated"
    JOINED = "joined"  # somebody wrote to a bot for the first time
    ACTIVE = "active"  # somebody wrote or tapped on that day
    # What visitors do, see core/platform/traces.py.
    SOUGHT = "sought"  # looked for a service
    SEEN = "seen"  # was shown a provider who can come
    BEGUN = "begun"  # began to book
    UNMET = "unmet"  # nobody could come, or it is no service of ours


TRACED = frozenset({Kind.SOUGHT, Kind.SEEN, Kind.BEGUN, Kind.UNMET})


class Cause(StrEnum):
    """Why an order did not come to its end."""

    CUSTOMER = "customer"
    STAFF = "staff"
    UNPAID = "unpaid"  # the time to pay ran out
    NOBODY = "nobody"  # no provider could come
    ABSENT = "absent"  # nobody opened the door


class Happened(NamedTuple):
    """A fact as the records have it; `detail` is a state, a cause, the district of what a visitor did or, of a finished
    visit, when somebody arrived.
    """

    kind: Kind
    at: datetime
    order_id: int = 0
    person_id: int = 0
    provider_id: int = 0
    service_id: int = 0
    lat: float | None = None
    lon: float | None = None
    starts_at: datetime | None = None
    amount: int = 0
    part: int = 0
    detail: str = ""
    pay: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """The same with where and when it belongs to: `hour` is that of the visit by the clocks of the place, `ahead` how
    many days after it the visit is. What a visitor did has a number of that day for a person.

    `amount`: money in minor units, or the three stars of a review together. `part`: the commission of what was
    settled, below zero where it was waived; of a finished visit 1 on time, 0 late, -1 where nobody noted an arrival; of
    an order 1 where something is paid. `detail`: a cause or a state; `pay`: how an order is paid.
    """

    kind: Kind
    at: datetime
    day: int
    hour: int
    order_id: int
    person_id: int
    provider_id: int
    service_id: int
    category_id: int
    district: str
    amount: int
    part: int
    detail: str
    ahead: int = 0
    pay: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All of a span, each kind by itself."""

    span: Span
    of: dict[Kind, tuple[Fact, ...]]

    def kinds(self, *kinds: Kind) -> list[Fact]:
        return [fact for kind in kinds for fact in self.of.get(kind, ())]

    def sums(self, kind: Kind) -> Adds:
        return Pile(self.of.get(kind, ()))

    def where(self, holds: Callable[[Fact], bool]) -> "Facts":
        """Only those of which it is true."""
        kept = {kind: tuple(filter(holds, some)) for kind, some in self.of.items()}
        return Facts(self.span, {kind: some for kind, some in kept.items() if some})


@dataclass(frozen=True, slots=True)
class Totals:
    """What all facts of a span add up to, each kind by itself."""

    span: Span
    of: Mapping[Kind, Sums]

    def sums(self, kind: Kind) -> Adds:
        return self.of.get(kind, Sums())


def sorted_out(*, facts: Iterable[Fact], span: Span) -> Facts:
    """What happened in the span."""
    found: dict[Kind, list[Fact]] = {}
    first, end = span.first.toordinal(), span.end.toordinal()
    for fact in facts:
        if first <= fact.day < end:
            found.setdefault(fact.kind, []).append(fact)
    return Facts(span, {kind: tuple(some) for kind, some in found.items()})


Moments = tuple[datetime, datetime]
"""The first one, and the first that is over."""


class PlatformRecords(Protocol):
    """The rows of everybody; see db/platform.py."""

    async def happened(self, *, first: datetime, end: datetime, currency: str) -> list[Happened]:
        """All that happened from the first moment until before the last, but for who was active."""

    async def totals(
        self, *, spans: Sequence[Moments], currency: str, late_minutes: int
    ) -> list[dict[Kind, Sums]]:
        """What all of it adds up to in each of these spans, which do not overlap."""

    async def active(self, *, first: int, end: int) -> list[tuple[int, int]]:
        """(day, person) of everybody who wrote or tapped on one of these days."""

    async def active_people(self, *, spans: Sequence[tuple[int, int]]) -> list[int]:
        """How many different ones wrote or tapped in each span of days (the first, and the first that is over)."""

    async def users(self, *, before: datetime) -> int:
        """How many had written to a bot by then."""

    async def gather(self, *, days: Sequence[tuple[int, datetime, datetime]]) -> None:
        """Notes who was active on each of these days (with its first moment and the next one's)."""

    async def earliest(self) -> datetime | None:
        """When the first of what arrived and is not forgotten yet came."""
