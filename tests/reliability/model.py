"""The reference: the whole of booking in a page of plain Python over sets, too simple to be wrong."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.orders.model import Pay, State

HOLD, ACCEPT, NOTICE = timedelta(minutes=15), timedelta(minutes=10), timedelta(minutes=60)
FREE_CANCEL, LATE_FEE = timedelta(hours=4), 0.2
MINUTES, PRICE, DEPOSIT, HOLDS = 60, 20_000, 6_000, 2
FIRM = {
    State.OFFERED, State.ACCEPTED, State.ON_THE_WAY, State.ARRIVED, State.WORKING, State.FINISHED,
    State.CLOSED,
}  # fmt: skip
PROMISED = FIRM - {State.OFFERED, State.CLOSED}


@dataclass
class Worker:
    """A provider: works from `opens` to `closes` every day."""

    buffer: int
    daily_max: int
    opens: datetime
    closes: datetime


@dataclass
class Visit:
    """An order as the model sees it."""

    customer: int
    worker: int
    start: datetime
    pay: Pay
    state: State
    until: datetime | None
    paid: int = 0
    back: int = 0
    refused: list[int] = field(default_factory=list)

    @property
    def due(self) -> int:
        return {Pay.FULL: PRICE, Pay.DEPOSIT: DEPOSIT, Pay.ON_SITE: 0}[self.pay]


@dataclass
class Model:
    workers: list[Worker]
    visits: dict[int, Visit] = field(default_factory=dict)

    def holds_time(self, visit: Visit, now: datetime) -> bool:
        live = visit.until is not None and visit.until > now
        return visit.state in FIRM or (visit.state is State.UNPAID and live)

    def end(self, visit_start: datetime, worker: int) -> datetime:
        return visit_start + timedelta(minutes=MINUTES + self.workers[worker].buffer)

    def busy(self, worker: int, now: datetime, but: Visit | None = None) -> list[Visit]:
        return [
            v for v in self.visits.values()
            if v is not but and v.worker == worker and self.holds_time(v, now)
        ]  # fmt: skip

    def room(self, worker: int, start: datetime, now: datetime, but: Visit | None = None) -> bool:
        """The time is within the hours and overlaps nobody's."""
        who, end = self.workers[worker], self.end(start, worker)
        return (
            who.opens <= start
            and end <= who.closes
            and all(
                end <= v.start or self.end(v.start, worker) <= start
                for v in self.busy(worker, now, but)
            )
        )

    def day_full(self, worker: int, now: datetime, but: Visit | None = None) -> bool:
        return len(self.busy(worker, now, but)) >= self.workers[worker].daily_max

    def may_place(
        self, customer: int, worker: int, start: datetime, pay: Pay, now: datetime
    ) -> str:
        """How confirming ends: "" for an order, else the name of the refusal."""
        free = self.room(worker, start, now) and not self.day_full(worker, now)
        if start < now + NOTICE or not free:
            return "SlotTaken"
        held = [
            v for v in self.visits.values()
            if v.customer == customer and v.state is State.UNPAID and self.holds_time(v, now)
        ]  # fmt: skip
        return "TooManyHolds" if pay is not Pay.ON_SITE and len(held) >= HOLDS else ""

    def place(
        self, order: int, customer: int, worker: int, start: datetime, pay: Pay, now: datetime
    ) -> None:
        online = pay is not Pay.ON_SITE
        state = State.UNPAID if online else State.OFFERED
        until = now + (HOLD if online else ACCEPT)
        self.visits[order] = Visit(customer, worker, start, pay, state, until)

    def money_came(self, visit: Visit, now: datetime) -> None:
        """In time it is offered; late it is, too, if the time is still free; else all goes back."""
        visit.paid += visit.due
        still = self.room(visit.worker, visit.start, now, but=visit)
        if visit.state is State.UNPAID and still and not self.day_full(visit.worker, now, visit):
            visit.state, visit.until = State.OFFERED, now + ACCEPT
            return
        if visit.state is State.UNPAID:
            visit.state, visit.until = State.CANCELLED, None
        visit.back = visit.paid

    def pass_on(self, visit: Visit) -> None:
        visit.refused.append(visit.worker)
        visit.state, visit.until = State.SEARCHING, None

    def instead(self, visit: Visit, now: datetime) -> set[int]:
        """Who could step in."""
        return {
            worker for worker in range(len(self.workers))
            if worker not in visit.refused and visit.start > now
            and self.room(worker, visit.start, now) and not self.day_full(worker, now)
        }  # fmt: skip

    def cancel(self, visit: Visit, now: datetime, *, free: bool = False) -> None:
        late = visit.state in PROMISED and visit.start - now < FREE_CANCEL and not free
        fee = min(int(PRICE * LATE_FEE), visit.paid) if late else 0
        visit.state, visit.until = State.CANCELLED, None
        visit.back = visit.paid - fee
