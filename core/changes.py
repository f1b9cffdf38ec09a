"""What a use case hands back: everything to be written, all or nothing, with its guards.

A use case reads, decides on plain objects and fills a `Changes`; the store applies it in one hop. Each guarded
change names the error to raise `otherwise`, so that rivals are sorted out by the database and not by luck.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.distance import Point
from core.entity import Entity
from core.errors import DomainError
from core.events import Event
from core.ledger.service import Transaction


@dataclass(slots=True)
class Insert:
    """A new row; an existing key raises `otherwise` (or is silently kept if `or_ignore`)."""

    row: Entity
    otherwise: DomainError | None = None
    or_ignore: bool = False


@dataclass(slots=True)
class Update:
    """Compare-and-set on one row: `expect` columns must still have these values."""

    kind: type[Entity]
    id: int
    set: dict[str, Any]
    expect: dict[str, Any] = field(default_factory=dict)
    otherwise: DomainError | None = None


@dataclass(slots=True)
class Count:
    """A counter moved by `by`, never above the column `limit` (if named) nor below zero."""

    kind: type[Entity]
    id: int
    column: str
    by: int
    limit: str | None = None
    otherwise: DomainError | None = None


@dataclass(slots=True)
class Remove:
    """Rows of `kind` with these column values vanish."""

    kind: type[Entity]
    where: dict[str, Any]


@dataclass(slots=True)
class Erase:
    """Everything personal about one person vanishes or is blanked, as the map says (core/privacy/map.py)."""

    person_id: int
    telegram_id: int


@dataclass(slots=True)
class Claim:
    """The provider's time from `starts_at`, for `minutes`, of which the last `buffer` are kept free after the visit.

    Where `at` is given, there must be time for the way from the visit before and to the one after at so many `kmh`, as
    far as that isn't the order's already. A hold has `until` (judged when read); a firm claim has none. `daily_max` is
    checked in the same breath. What the same order holds already is taken over; a cell that is firmly its own stays
    firm.
    """

    provider_id: int
    order_id: int
    starts_at: datetime
    minutes: int
    now: datetime
    day: int
    daily_max: int
    otherwise: DomainError
    day_full: DomainError
    until: datetime | None = None
    buffer: int = 0
    at: Point | None = None
    kmh: int = 0


@dataclass(slots=True)
class HoldLimit:
    """The customer has fewer than `limit` orders in `state` whose slot is still held at `now`."""

    customer_id: int
    state: str
    limit: int
    now: datetime
    otherwise: DomainError


@dataclass(slots=True)
class Funds:
    """At least `amount` lies on this account of the provider's: what is owed to him, or what he owes."""

    provider_id: int
    account: str
    currency: str
    amount: int
    otherwise: DomainError


@dataclass(slots=True)
class DayMost:
    """What the provider asked to be paid out on this local day stays below `most` with `amount` more."""

    provider_id: int
    day: int
    amount: int
    most: int
    otherwise: DomainError


@dataclass(slots=True)
class Release:
    """The claims of the order vanish: all of them, all `but` those of one claim, only its `holds`, or only those on one
    provider's time.
    """

    order_id: int
    but: Claim | None = None
    holds: bool = False
    provider_id: int | None = None


@dataclass(slots=True)
class Mask:
    """Free quarters of a provider's local day: `take` bits go, `give` bits come back within `within`."""

    provider_id: int
    day: int
    take: int = 0
    give: int = 0
    within: int = 0


@dataclass(slots=True)
class Timer:
    """Something to look at when due; the sweep that meets it decides anew from the subject's state.

    `kept`: one that is set already stays as it is.
    """

    kind: str
    subject_id: int
    due_at: datetime
    key: str
    kept: bool = False


@dataclass(slots=True)
class NoTimer:
    """There is nothing to look at any more."""

    key: str


@dataclass(slots=True)
class Reconsider:
    """Letters to this person that were told to wait in that bot are due again: each decides anew when to come."""

    person_id: int
    bot: str


@dataclass(slots=True)
class Terms:
    """The weighed words under which a thing is found, in place of those before; none: it isn't found."""

    kind: str
    ref: int
    weights: dict[str, float]


@dataclass(slots=True)
class Withhold:
    """Letters of this kind about this subject that have not left: not before then, or (None) never.

    What is just being sent goes its way.
    """

    kind: str
    subject_id: int
    until: datetime | None = None


@dataclass(slots=True)
class Once:
    """Marks something as done; a second time raises `AlreadyDone` and nothing of the set is written."""

    key: str


Change = (
    Insert
    | Update
    | Count
    | Remove
    | Erase
    | Claim
    | HoldLimit
    | Funds
    | DayMost
    | Release
    | Mask
    | Timer
    | NoTimer
    | Reconsider
    | Terms
    | Withhold
    | Once
)


@dataclass(slots=True)
class Changes:
    """All that one use case writes, in order; events become outbox rows in the same transaction."""

    items: list[Change] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    postings: list[Transaction] = field(default_factory=list)

    def add(self, *changes: Change) -> "Changes":
        self.items.extend(changes)
        return self

    def tell(self, *events: Event) -> "Changes":
        self.events.extend(events)
        return self

    def post(self, *transactions: Transaction) -> "Changes":
        self.postings.extend(transactions)
        return self
