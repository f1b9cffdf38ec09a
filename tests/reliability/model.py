"""The reference: the whole of booking in a page of plain Python over sets, too simple to be wrong."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from core.orders.model import Pay, State

HOLD, ACCEPT, NOTICE = timedelta(minutes=15), timedelta(minutes=10), timedelta(minutes=60)
THINKING = timedelta(minutes=15)
LEAST, TOGETHER, LEAD, SOONEST = (timedelta(minutes=m) for m in (2, 60, 15, 30))
CHOICE, TO_THINK, LATE, ANSWER, REPLACE = (timedelta(minutes=m) for m in (60, 10, 10, 5, 60))
QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)
# Some evening at 22:00 in Shanghai, and until 07:00.
SLEEPS, NIGHT = datetime(2026, 5, 1, 14, tzinfo=UTC), timedelta(hours=9)
FREE_CANCEL, LAST, GRACE = timedelta(hours=4), timedelta(hours=2), timedelta(minutes=10)
LATE_FEE, LAST_FEE, WAY_FEE = 20, 30, 50
ANSWER_MOVE, LEAVE, SHORTEST = (timedelta(minutes=m) for m in (30, 15, 5))
MINUTES, PRICE, DEPOSIT, HOLDS = 60, 20_000, 6_000, 2
WAY = 30  # minutes from one of the two places to the other, in whole cells
FIRM = {
    State.OFFERED, State.ACCEPTED, State.ON_THE_WAY, State.ARRIVED, State.WORKING, State.FINISHED,
    State.CLOSED,
}  # fmt: skip
PROMISED = FIRM - {State.OFFERED, State.CLOSED}


AWAITED = {State.ACCEPTED, State.ON_THE_WAY}


@dataclass
class Worker:
    """A provider: works every day from the hour of `opens` to that of `closes`, which is of the same day."""

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
    placed: datetime
    paid: int = 0
    back: int = 0
    refused: list[int] = field(default_factory=list)
    said_no: set[int] = field(default_factory=set)
    asked: dict[int, datetime] = field(default_factory=dict)
    at: datetime | None = None
    failed: datetime | None = None
    late: int = 0
    late_until: datetime | None = None

    asks: str = ""  # who asks for another time: customer or provider
    wish: datetime | None = None
    wish_until: datetime | None = None
    wish_fee: int = 0
    moved_fee: int = 0  # frozen by a late move with this worker
    moved_with: int = -1

    def no_wish(self) -> None:
        self.asks, self.wish, self.wish_until, self.wish_fee = "", None, None, 0

    def wishes(self, now: datetime) -> list[datetime]:
        open_ = self.wish is not None and self.wish_until is not None and self.wish_until > now
        return [self.wish] if open_ and self.wish is not None else []

    def time_of(self, worker: int) -> datetime | None:
        """From when this visit wants the worker's time, firmly or as one of several who are asked."""
        return self.at if worker in self.asked else self.start if worker == self.worker else None

    @property
    def due(self) -> int:
        return {Pay.FULL: PRICE, Pay.DEPOSIT: DEPOSIT, Pay.ON_SITE: 0}[self.pay]


@dataclass
class Model:
    workers: list[Worker]
    visits: dict[int, Visit] = field(default_factory=dict)

    def holds_time(self, visit: Visit, worker: int, now: datetime) -> bool:
        if worker in visit.asked:
            return visit.asked[worker] > now
        live = visit.until is not None and visit.until > now
        holds = visit.state in FIRM or (visit.state is State.UNPAID and live)
        return holds and visit.worker == worker

    def end(self, visit_start: datetime, worker: int, *, way: int = 0) -> datetime:
        """When somebody else can begin who is so many minutes away."""
        return visit_start + timedelta(minutes=MINUTES + max(self.workers[worker].buffer, way))

    def busy(
        self, worker: int, now: datetime, but: Visit | None = None
    ) -> list[tuple[int, list[datetime]]]:
        """Whose visits take the worker's time, each with its starts: its own, and what is held for a question."""
        return [
            (v.customer, [start, *v.wishes(now)]) for v in self.visits.values()
            if v is not but and self.holds_time(v, worker, now) and (start := v.time_of(worker))
        ]  # fmt: skip

    def room(
        self, customer: int, worker: int, start: datetime, now: datetime, but: Visit | None = None
    ) -> bool:
        """The time is within the hours, and there is time for the way from and to whatever is taken or held."""
        who = self.workers[worker]
        days = (start - who.opens) // DAY * DAY
        return (
            self.end(start, worker) <= who.closes + days
            and all(
                self.end(start, worker, way=way) <= taken or self.end(taken, worker, way=way) <= start
                for other, visit in self.busy(worker, now, but)
                for way in [0 if far(customer) == far(other) else WAY]
                for taken in visit
            )
        )  # fmt: skip

    def day_full(
        self, worker: int, start: datetime, now: datetime, but: Visit | None = None
    ) -> bool:
        who = self.workers[worker]
        day = (start - who.opens) // DAY
        taken = [
            visit for _, visit in self.busy(worker, now, but)
            if any((one - who.opens) // DAY == day for one in visit)
        ]  # fmt: skip
        return len(taken) >= who.daily_max

    def free(
        self, customer: int, worker: int, start: datetime, now: datetime, but: Visit | None = None
    ) -> bool:
        room = self.room(customer, worker, start, now, but)
        return room and not self.day_full(worker, start, now, but)

    def may_place(
        self, customer: int, worker: int, start: datetime, pay: Pay, now: datetime
    ) -> str:
        """How confirming ends: "" for an order, else the name of the refusal."""
        free = self.free(customer, worker, start, now)
        if start < now + NOTICE - THINKING or not free:
            return "SlotTaken"
        held = [
            v for v in self.visits.values()
            if v.customer == customer and v.state is State.UNPAID
            and self.holds_time(v, v.worker, now)
        ]  # fmt: skip
        return "TooManyHolds" if pay is not Pay.ON_SITE and len(held) >= HOLDS else ""

    def place(
        self, order: int, customer: int, worker: int, start: datetime, pay: Pay, now: datetime
    ) -> None:
        online = pay is not Pay.ON_SITE
        state = State.UNPAID if online else State.OFFERED
        until = now + HOLD if online else answer_by(start, now)
        self.visits[order] = Visit(customer, worker, start, pay, state, until, now)

    def money_came(self, visit: Visit, now: datetime) -> None:
        """In time it is offered; late it is, too, if the time is still free; else all goes back."""
        visit.paid += visit.due
        free = self.free(visit.customer, visit.worker, visit.start, now, but=visit)
        if visit.state is State.UNPAID and free:
            visit.state, visit.until = State.OFFERED, answer_by(visit.start, now)
            return
        if visit.state is State.UNPAID:
            visit.state, visit.until = State.CANCELLED, None
        visit.back = visit.paid

    # --- another time

    def free_until(self, visit: Visit) -> datetime:
        return max(visit.start - FREE_CANCEL, visit.placed + GRACE)

    def may_move(self, visit: Visit, start: datetime, now: datetime, *, by: str) -> str:
        """How asking for this start ends: "" when it is granted or put to the other side, else the refusal."""
        if visit.start <= now:
            return "TooLate"
        states = {State.ACCEPTED} if by == "provider" else {State.ACCEPTED, State.OFFERED}
        open_ = visit.wish_until is not None and visit.wish_until > now
        if visit.state not in states or open_:
            return "NotAllowedNow"
        if start == visit.start:
            return "Invalid"
        free = self.free(visit.customer, visit.worker, start, now, visit)
        if start < now + NOTICE - THINKING or not free:
            return "SlotTaken"
        asked = self.is_asked(visit, start, now, by)
        return "TooLate" if asked and not self.wish_by(visit, start, now) else ""

    def is_asked(self, visit: Visit, start: datetime, now: datetime, by: str) -> bool:
        """Whether the other side has to agree."""
        near = now > self.free_until(visit) or start < now + FREE_CANCEL
        return by == "provider" or (visit.state is State.ACCEPTED and near)

    def wish_by(self, visit: Visit, start: datetime, now: datetime) -> datetime | None:
        first = min(visit.start, start)
        until = min(after_night(first, now) + ANSWER_MOVE, first - LEAVE)
        return until if until >= now + SHORTEST else None

    def move(self, visit: Visit, start: datetime, now: datetime, *, by: str) -> None:
        fee = self.percent(visit, now)
        if self.is_asked(visit, start, now, by):
            visit.asks, visit.wish = by, start
            visit.wish_until = self.wish_by(visit, start, now)
            visit.wish_fee = fee if by == "customer" else 0
            return
        self.moved(visit, start, fee)
        if visit.state is State.OFFERED:
            visit.until = answer_by(start, now)

    def moved(self, visit: Visit, start: datetime, fee: int) -> None:
        known = visit.moved_fee if visit.moved_with == visit.worker else 0
        if fee > known:
            visit.moved_fee, visit.moved_with = fee, visit.worker
        visit.start = start
        visit.no_wish()

    def pass_on(self, visit: Visit, now: datetime) -> None:
        visit.no_wish()
        visit.refused.append(visit.worker)
        visit.state, visit.until, visit.failed = State.SEARCHING, None, now
        visit.late, visit.late_until = 0, None

    def asks_end(self, visit: Visit, now: datetime) -> None:
        """Those who were asked at once and said nothing are not asked again."""
        if visit.asked and all(until <= now for until in visit.asked.values()):
            visit.refused += visit.asked
            visit.asked, visit.until = {}, None

    def start_for(self, visit: Visit, now: datetime) -> datetime | None:
        """As booked; the next quarter that can be reached where somebody failed after that."""
        if visit.start - now >= LEAST:
            return visit.start
        if visit.failed is None or visit.start - visit.failed >= LEAST:
            return None
        quarters = -((visit.start - now - LEAD) // QUARTER)
        soon = visit.start + quarters * QUARTER
        return soon if soon - visit.start <= REPLACE else None

    def instead(self, visit: Visit, now: datetime) -> set[int]:
        """Who could step in."""
        start = self.start_for(visit, now)
        return {
            worker for worker in range(len(self.workers))
            if start and worker not in visit.refused and worker != visit.worker
            and self.free(visit.customer, worker, start, now, but=visit)
        }  # fmt: skip

    def near(self, visit: Visit, now: datetime) -> bool:
        """Several are asked at once."""
        start = self.start_for(visit, now)
        return start is not None and start - now <= TOGETHER

    def may_come_later(self, visit: Visit, worker: int, start: datetime, now: datetime) -> bool:
        """Whether this is another time for the visit: not of those who failed, but of those who said no to the time."""
        allowed = worker not in visit.refused or worker in visit.said_no
        soon = start < now + SOONEST or start == visit.start
        return allowed and not soon and self.free(visit.customer, worker, start, now)

    def consult(self, visit: Visit, now: datetime) -> None:
        visit.state = State.CHOOSING
        thought = after_night(visit.start, now) + CHOICE
        visit.until = max(min(thought, visit.start), now + TO_THINK)

    def watch(self, visit: Visit, now: datetime) -> None:
        """What the clock does about one who is not there; all that is due."""
        due = visit.late_until or visit.start + (LATE if visit.late == 1 else timedelta(0))
        while visit.state in AWAITED and due <= now:
            if visit.late == 0:
                visit.late, due = 1, visit.start + LATE
            elif visit.late in (1, 3):
                visit.late, visit.late_until = 2, now + ANSWER
                due = visit.late_until
            elif visit.state is State.ACCEPTED:
                self.pass_on(visit, now)
            else:
                return

    def cancel(self, visit: Visit, now: datetime, *, free: bool = False) -> None:
        fee = 0 if free else min(PRICE * self.percent(visit, now) // 100, visit.paid)
        visit.no_wish()
        visit.state, visit.until, visit.asked = State.CANCELLED, None, {}
        visit.back = visit.paid - fee

    def percent(self, visit: Visit, now: datetime) -> int:
        """What cancelling costs: nothing before a promise, in good time, just booked, or from one who is late."""
        if visit.state not in PROMISED or visit.late >= 2:
            return 0
        if visit.asks == "provider" and visit.wish_until is not None and now < visit.wish_until:
            return 0
        due = [WAY_FEE] if visit.state is not State.ACCEPTED else [0]
        due.append(visit.moved_fee if visit.moved_with == visit.worker else 0)
        if now > self.free_until(visit):
            due.append(LATE_FEE)
            due += [LAST_FEE] if now > visit.start - LAST else []
        return max(due)


def far(customer: int) -> bool:
    """Every other customer lives at the second of the two places."""
    return customer % 2 == 1


def answer_by(start: datetime, now: datetime) -> datetime:
    """Whoever is asked has ten minutes, near the start a quarter of what is left, but two."""
    begins = after_night(start, now)
    quarter = timedelta(minutes=(start - begins) // timedelta(minutes=1) // 4)
    return begins + max(LEAST, min(ACCEPT, quarter))


def after_night(start: datetime, now: datetime) -> datetime:
    """When people answer: asleep they have until they wake, but for a visit less than an hour after that."""
    slept = (now - SLEEPS) % DAY
    wakes = now - slept + NIGHT
    return wakes if slept < NIGHT and start - wakes >= TOGETHER else now
