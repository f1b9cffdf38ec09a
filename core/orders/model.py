"""The order, its draft and its timeline."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from pydantic import Field as F

from core.distance import Point
from core.entity import Entity
from core.orders.tasks import Pick, Task


class State(StrEnum):
    """Where an order stands. The order of the members is the order of life."""

    UNPAID = "unpaid"  # the slot is held while the customer pays
    OFFERED = "offered"  # a provider is asked, the countdown runs
    SEARCHING = "searching"  # the provider failed; the next one is being looked for
    CHOOSING = "choosing"  # nobody can come then: the customer takes another time or the money back
    ACCEPTED = "accepted"
    ON_THE_WAY = "on_the_way"
    ARRIVED = "arrived"
    WORKING = "working"
    FINISHED = "finished"  # work done, money not settled yet
    DISPUTED = "disputed"  # the two sides name different amounts; staff decide
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Pay(StrEnum):
    """What the customer chose: all now, a deposit now and the rest on site, or all on site."""

    FULL = "full"
    DEPOSIT = "deposit"
    ON_SITE = "on_site"


class Late(IntEnum):
    """How far the lateness of a provider has come; see core/orders/late.py."""

    NOT = 0
    REMINDED = 1  # the start has come, the provider was asked where he is
    TOLD = 2  # the customer knows and may wait, take somebody else or cancel free
    WAITING = 3  # some more time is given: the customer waits, or the provider says when he comes


class Stage(StrEnum):
    """When a work photo is taken."""

    BEFORE = "before"
    AFTER = "after"


class Draft(Entity):
    """A booking being made, one per customer; the wizard's memory over restarts.

    `further` are further services of the same visit, each as a `Pick`; `asked` says that the requirements were shown
    or are to wait in the summary.
    """

    customer_id: int
    service_id: int | None = None
    provider_id: int | None = None
    options: dict[str, int] = F(default_factory=dict)
    further: list[dict[str, Any]] = F(default_factory=list)
    lat: float | None = None
    lon: float | None = None
    place: str = ""
    detail: str = ""
    starts_at: datetime | None = None
    notes: str = ""
    photos: list[int] = F(default_factory=list)
    answers: dict[str, str] = F(default_factory=dict)
    asked: bool = False
    coupon: str | None = None
    pay: Pay | None = None
    method: str | None = None
    order_id: int | None = None
    version: int = 1
    updated_at: datetime

    @property
    def point(self) -> Point | None:
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    @property
    def picks(self) -> tuple[Pick, ...]:
        """The services of the visit, the main one first."""
        main = Pick(self.service_id or 0, self.options, self.answers)
        return (main, *(Pick(**one) for one in self.further))


@dataclass(frozen=True, slots=True)
class Proposal:
    """An open question about another time: who asks (an actor), for which start, and how long it may be answered.

    Unanswered, the visit stays as it is. `bp` is the share of the price that cancelling cost when it was asked.
    """

    by: str
    start: datetime
    until: datetime
    bp: int


class Order(Entity):
    """One visit. Money in minor units of `currency`; `lines` is the itemised price the customer saw.

    `snapshot` keeps the service's names, options and rules as they were; `further` do so for further services of the
    same visit, each with its id, its commission and its answers. `minutes` is the visit itself, the claim
    adds the provider's buffer.
    `refund_due` is all that was ever promised back, `refunded` what has arrived, `given_back` what of it was given back
    once the visit was settled: that changes nothing of its bill.

    `extra_id` is the proposal that waits for the customer's word, `extra_min` the minutes claimed for it meanwhile,
    `extra_total` what of `total` was approved during the visit; those lines name their proposal under "extra".
    `extra_free`: staff allow more than the rule does.

    `terms` are what cancelling costs (see core.orders.terms). The `proposed_` values are read as one, see `proposal`.
    `contacted_at` is when the provider first wrote to the customer, `contact_by` by when he had to. `absent_until`:
    nobody opens, and so long he waits at the door.

    A visit of a series names it and says in which `rhythm` it comes (see core.series).

    `asking` are the prices per service of somebody who is asked to step in; they count once he accepts. `lowered` is by
    how much the total fell so: it never rises.

    `coming_at` is when the provider himself says he will be there, where that is after the start.

    `commission_bp` is the service's; `off_bp` is by how much it is lower for whoever has, or is asked for, the order,
    as his level was when he was asked.
    """

    number: str
    customer_id: int
    provider_id: int
    service_id: int
    state: State
    version: int = 1
    starts_at: datetime
    minutes: int
    buffer_min: int
    place: str
    detail: str = ""
    lat: float
    lon: float
    notes: str = ""
    photos: list[int] = F(default_factory=list)
    answers: dict[str, str] = F(default_factory=dict)
    snapshot: dict[str, Any] = F(default_factory=dict)
    further: list[dict[str, Any]] = F(default_factory=list)
    lines: list[dict[str, Any]] = F(default_factory=list)
    currency: str
    total: int
    discount: int = 0
    coupon: str | None = None
    pay: Pay
    method: str
    due_now: int
    paid: int = 0
    refund_due: int = 0
    refunded: int = 0
    given_back: int = 0
    cash_stated: int | None = None
    cash_confirmed: int | None = None
    extra_id: int | None = None
    extra_total: int = 0
    extra_min: int = 0
    extra_free: bool = False
    commission_bp: int
    off_bp: int = 0
    start_code: str
    code_tries: int = 0
    asked_until: datetime | None = None
    refused_by: list[int] = F(default_factory=list)
    asking: dict[str, int] = F(default_factory=dict)
    lowered: int = 0
    late: Late = Late.NOT
    late_until: datetime | None = None
    coming_at: datetime | None = None
    reviewed: bool = False
    cancelled_by: str = ""
    reason: str = ""
    reached: dict[str, str] = F(default_factory=dict)
    terms: dict[str, int] = F(default_factory=dict)
    proposed_by: str = ""
    proposed_start: datetime | None = None
    proposed_until: datetime | None = None
    proposed_bp: int = 0
    away: bool = False
    confirmed_at: datetime | None = None
    contacted_at: datetime | None = None
    contact_by: datetime | None = None
    absent_until: datetime | None = None
    series_id: int | None = None
    rhythm: str = ""
    created_at: datetime

    @property
    def point(self) -> Point:
        return self.lat, self.lon

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The services of the visit, the main one first; a line that names no service belongs to that."""
        main = Task(
            self.service_id, self.snapshot, self.answers, self.lowered_bp(self.commission_bp),
            self._lines(self.service_id),
        )  # fmt: skip
        further = (
            Task(
                one["service_id"], one, one["answers"], self.lowered_bp(one["commission_bp"]),
                self._lines(one["service_id"]),
            )
            for one in self.further
        )  # fmt: skip
        return (main, *further)

    def lowered_bp(self, commission_bp: int) -> int:
        """A service's commission as it is for the provider of this order."""
        return max(0, commission_bp - self.off_bp)

    @property
    def needs(self) -> frozenset[str]:
        """The certificates that whoever comes must have on the day of the visit."""
        return frozenset().union(*(task.needs for task in self.tasks))

    def _lines(self, service_id: int) -> tuple[dict[str, Any], ...]:
        return tuple(
            line for line in self.lines if line.get("service_id", self.service_id) == service_id
        )

    @property
    def proposal(self) -> Proposal | None:
        """The open question about another time, if there is one; after its `until` it only waits to be closed."""
        if self.proposed_start is None or self.proposed_until is None:
            return None
        return Proposal(
            self.proposed_by, self.proposed_start, self.proposed_until, self.proposed_bp
        )

    def asks(self, stage: Stage) -> bool:
        """Whether a service of the visit asked for work photos of this stage when the order was placed."""
        return any(task.asks(stage) for task in self.tasks)

    @property
    def work_photos(self) -> str:
        """Which photos of the work were asked for, all services together (see core.catalog.model.WorkPhotos)."""
        asked = [stage.value for stage in Stage if self.asks(stage)]
        return "both" if len(asked) > 1 else next(iter(asked), "none")

    @property
    def running_late(self) -> bool:
        """The customer was told that the provider is late, and he is still not there."""
        return self.late >= Late.TOLD

    @property
    def expected_at(self) -> datetime:
        """When somebody is to be at the door: as booked, or as the provider himself has said since."""
        return self.coming_at or self.starts_at

    @property
    def to_pay_on_site(self) -> int:
        """What the provider collects at the door."""
        return max(0, self.total - self.paid + self.refund_due - self.given_back)


class Step(Entity):
    """One line of an order's timeline: who did what when; the state follows from these lines.

    `provider_id` is whose order it was from this line on.
    """

    order_id: int
    provider_id: int = 0
    version: int
    verb: str
    from_state: str
    to_state: str
    actor: str
    actor_id: int
    at: datetime
    facts: dict[str, Any] = F(default_factory=dict)


class Answer(StrEnum):
    """What became of an ask."""

    OPEN = ""
    WON = "won"
    NO = "no"
    SILENT = "silent"
    UNSEEN = "unseen"  # the question never reached him
    GONE = "gone"  # somebody else was first, or the order ended


class Ask(Entity):
    """One of several providers asked at once for an order without a provider: the first who accepts wins.

    His time is held until then. `prices` are his for each service of the visit (by its id), `starts_at` when he would
    come, `off_bp` by how much his commission is lower.
    """

    order_id: int
    provider_id: int
    person_id: int
    prices: dict[str, int] = F(default_factory=dict)
    off_bp: int = 0
    starts_at: datetime
    until: datetime
    wave: int = 1
    answer: Answer = Answer.OPEN


class Position(Entity):
    """Where the provider was seen last on the way to an order; `told_at` is when the customer was shown it."""

    order_id: int
    provider_id: int
    lat: float
    lon: float
    at: datetime
    told_at: datetime


class WorkPhoto(Entity):
    """What the provider showed of the place before or after the work, in the order of sending."""

    order_id: int
    provider_id: int
    stage: Stage
    place: int
    file_id: int
    at: datetime
