"""Thousands of random steps of booking, each compared with a reference that knows nothing of databases."""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from core.errors import DomainError, NotAllowedNow
from core.orders.advance import By
from core.orders.lifecycle import OPEN, Actor
from core.orders.model import Order, Pay, State
from core.payments.model import Payment
from db.engine import Database
from tests.databases import DIALECTS, Blank
from tests.db.invariants import broken
from tests.reliability.model import (
    AWAITED,
    DAY,
    FIRM,
    PRICE,
    Model,
    Visit,
    Worker,
    answer_by,
    far,
)
from tests.reliability.town import CENTRE, settle

# 08:00 to 12:00 of the next day in Shanghai.
OPENS = datetime(2026, 5, 5, 0, 0, tzinfo=UTC)
STARTS = [OPENS + timedelta(minutes=15 * number) for number in range(15)]
WORKERS = ((0, 3), (15, 2), (30, 4))
CUSTOMERS = 4
# Seven kilometres to the north.
FAR = (CENTRE[0] + 0.063, CENTRE[1])
some = st.integers(min_value=0, max_value=9_999)


class Booking(RuleBasedStateMachine):
    """`dialect` says on which database; each run begins in an empty town.

    Every rule may be drawn at any time and does nothing where nothing fits: which of two suitable providers a search
    finds is open, and what is drawn must not hang on it, or a run could not be repeated.
    """

    dialect: ClassVar[str] = "sqlite"
    blank: ClassVar[Blank]

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp(prefix="model"))
        self.run(self.open())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    async def open(self) -> None:
        self.copy = self.blank(self.dialect, self.folder)
        self.database = await Database.open(await self.copy.__aenter__())
        self.here = await settle(self.database, self.folder)
        await self.people()

    async def people(self) -> None:
        here = self.here
        await here.service(minutes=60)
        self.providers = [
            await here.provider(
                daily_max=most, buffer_min=buffer, price=PRICE, opens=480, closes=720
            )
            for buffer, most in WORKERS
        ]
        self.customers = await here.customers(CUSTOMERS)
        closes = OPENS + timedelta(hours=4)
        self.model = Model([Worker(buffer, most, OPENS, closes) for buffer, most in WORKERS])

    def teardown(self) -> None:
        try:
            self.run(self.all_money_back())
        finally:
            self.run(self.close())
        self.loop.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    async def all_money_back(self) -> None:
        """One sweep later whatever was promised back has been sent, once."""
        self.here.now += timedelta(seconds=1)
        await self.here.sweep.run()
        for order in await self.here.built.store.find(Order):
            assert order.refunded == order.refund_due
        sent = sum(amount for _, amount in self.here.bank.refunds.values())
        assert sent == sum(o.refunded for o in await self.here.built.store.find(Order))
        assert await broken(self.database, now=self.here.now) == {}

    async def close(self) -> None:
        await self.database.close()
        await self.copy.__aexit__(None, None, None)

    # --- help

    def pick(self, number: int, *states: State) -> tuple[int, Visit] | None:
        fitting = [(i, v) for i, v in self.model.visits.items() if not states or v.state in states]
        return fitting[number % len(fitting)] if fitting else None

    def refused(self, work: Coroutine[Any, Any, Any]) -> str:
        """The name of the refusal, or nothing."""
        try:
            self.run(work)
        except DomainError as error:
            return type(error).__name__
        return ""

    def person_of(self, visit: Visit) -> int:
        return int(self.providers[visit.worker].person_id)

    async def order(self, order_id: int) -> Order:
        found = await self.here.built.store.get(Order, id=order_id)
        assert found is not None
        return found

    # --- what may happen

    @rule(who=some, worker=some, start=some, pay=st.sampled_from(Pay))
    def place(self, who: int, worker: int, start: int, pay: Pay) -> None:
        here, who, worker = self.here, who % CUSTOMERS, worker % len(WORKERS)
        at, customer = STARTS[start % len(STARTS)], self.customers[who]
        expected = self.model.may_place(who, worker, at, pay, here.now)
        where = FAR if far(who) else CENTRE
        self.run(here.wants(customer, self.providers[worker], at, pay=pay, at=where))
        order, refusal = self.run(self.places(customer.id))
        assert refusal == expected
        if order is None:
            return
        self.model.place(order.id, who, worker, at, pay, here.now)

    async def places(self, customer_id: int) -> tuple[Order | None, str]:
        try:
            return await self.here.place(customer_id), ""
        except DomainError as error:
            return None, type(error).__name__

    @rule(which=some)
    def pay(self, which: int) -> None:
        if (found := self.pick(which, State.UNPAID)) is None:
            return
        order_id, visit = found
        in_time = visit.until is not None and visit.until > self.here.now
        try:
            paid = self.run(self.pays(order_id))
        except NotAllowedNow:
            assert not in_time
            return
        assert in_time
        if paid:
            self.model.money_came(visit, self.here.now)

    async def pays(self, order_id: int) -> bool:
        return await self.here.pay(await self.order(order_id))

    @rule(which=some)
    def open_link(self, which: int) -> None:
        if (found := self.pick(which, State.UNPAID)) is None:
            return
        order_id, visit = found
        begun = self.here.core.payments.begin(
            order_id=order_id, customer_id=self.customers[visit.customer].id, language="en",
            now=self.here.now,
        )  # fmt: skip
        in_time = visit.until is not None and visit.until > self.here.now
        assert self.refused(begun) == ("" if in_time else "NotAllowedNow")

    @rule(which=some)
    def pay_an_open_link_at_last(self, which: int) -> None:
        """Perhaps too late: for a time that is gone, or an order that is over."""
        if (found := self.pick(which)) is None:
            return
        order_id, visit = found
        paid = self.run(self.pays_link(order_id))
        if paid:
            self.model.money_came(visit, self.here.now)

    async def pays_link(self, order_id: int) -> bool:
        payment = await self.here.built.store.get(Payment, order_id=order_id)
        if payment is None or not self.here.bank.pays(payment.number):
            return False
        await self.here.core.payments.ask(payment_id=payment.id, tries=0, now=self.here.now)
        return True

    @rule(which=some)
    def accept(self, which: int) -> None:
        if (found := self.pick(which)) is None:
            return
        order_id, visit = found
        may = visit.state is State.OFFERED and visit.until is not None
        may = may and visit.until > self.here.now  # type: ignore[operator]
        done = self.refused(
            self.here.core.jobs.accept(
                order_id=order_id, person_id=self.person_of(visit), now=self.here.now
            )
        )
        assert done == ("" if may else "NotAllowedNow")
        if may:
            visit.state, visit.until = State.ACCEPTED, None

    @rule(which=some, verb=st.sampled_from(["decline", "drop"]))
    def decline(self, which: int, verb: str) -> None:
        if (found := self.pick(which)) is None:
            return
        order_id, visit = found
        sources = {"decline": {State.OFFERED}, "drop": {State.ACCEPTED, State.ON_THE_WAY}}
        act = getattr(self.here.core.jobs, verb)
        done = self.refused(
            act(order_id=order_id, person_id=self.person_of(visit), now=self.here.now)
        )
        assert done == ("" if visit.state in sources[verb] else "NotAllowedNow")
        if not done:
            if verb == "decline":
                visit.said_no.add(visit.worker)
            self.model.pass_on(visit, self.here.now)

    @rule(which=some, who=some, yes=st.booleans())
    def answer_with_others(self, which: int, who: int, yes: bool) -> None:
        """One of several who were asked at once: the first who accepts has it."""
        found = self.pick(which, State.SEARCHING)
        if found is None or not found[1].asked:
            return
        order_id, visit = found
        worker = sorted(visit.asked)[who % len(visit.asked)]
        act = self.here.core.jobs.accept if yes else self.here.core.jobs.decline
        person = int(self.providers[worker].person_id)
        done = self.refused(act(order_id=order_id, person_id=person, now=self.here.now))
        in_time = visit.asked[worker] > self.here.now
        assert done == ("" if in_time or not yes else "NotAllowedNow")
        if not yes:
            visit.said_no.add(worker)
            visit.refused.append(worker)
            del visit.asked[worker]
        elif in_time:
            assert visit.at is not None
            visit.worker, visit.start, visit.asked = worker, visit.at, {}
            visit.state, visit.until = State.ACCEPTED, None

    @rule(which=some, number=some)
    def choose(self, which: int, number: int) -> None:
        """Another time, of those that are shown; one is shown if, and only if, there is one."""
        if (found := self.pick(which, State.CHOOSING)) is None:
            return
        order_id, visit = found
        now, choosing = self.here.now, self.here.core.choosing
        shown = self.run(choosing.alternatives(order_id=order_id, now=now))
        times = [(self.number(one.provider.id), one.starts_at) for one in shown]
        assert all(self.model.may_come_later(visit, who, start, now) for who, start in times)
        assert bool(times) == self.any_other_time(visit)
        if not times:
            return
        worker, start = times[number % len(times)]
        self.run(choosing.choose(
            order_id=order_id, customer_id=self.customers[visit.customer].id, start=start,
            provider_id=self.providers[worker].id, now=now,
        ))  # fmt: skip
        visit.worker, visit.start, visit.state = worker, start, State.OFFERED
        visit.until = answer_by(start, now)

    def number(self, provider_id: int) -> int:
        return [p.id for p in self.providers].index(provider_id)

    def any_other_time(self, visit: Visit) -> bool:
        """Over eight days from the visit's, or today's."""
        now = self.here.now
        first = max((visit.start - OPENS) // DAY, (now - OPENS) // DAY)
        return any(
            self.model.may_come_later(visit, who, start + DAY * day, now)
            for day in range(first, first + 8)
            for who in range(len(WORKERS))
            for start in STARTS
        )

    @rule(which=some, wait=st.booleans())
    def say_about_the_delay(self, which: int, wait: bool) -> None:
        if (found := self.pick(which, *AWAITED)) is None:
            return
        order_id, visit = found
        late = self.here.core.lateness
        act = late.wait if wait else late.replace
        customer = self.customers[visit.customer].id
        done = self.refused(act(order_id=order_id, customer_id=customer, now=self.here.now))
        assert done == ("" if visit.late >= 2 else "NotAllowedNow")
        if done:
            return
        if wait:
            visit.late, visit.late_until = 3, self.here.now + timedelta(minutes=15)
        else:
            self.model.pass_on(visit, self.here.now)

    @rule(which=some)
    def rematch(self, which: int) -> None:
        if (found := self.pick(which, State.SEARCHING)) is None:
            return
        order_id, visit = found
        now = self.here.now
        before = dict(visit.asked)
        self.model.asks_end(visit, now)
        self.run(self.here.core.matching.rematch(order_id=order_id, now=now))
        if visit.asked:
            assert visit.asked == before  # they may still answer
            return
        self.adopt([(order_id, visit)], {order_id: self.model.instead(visit, now)})

    @rule(which=some)
    def cancel(self, which: int) -> None:
        if (found := self.pick(which)) is None:
            return
        order_id, visit = found
        by = By(Actor.CUSTOMER, self.customers[visit.customer].id)
        done = self.refused(
            self.here.core.orders.cancel(order_id=order_id, by=by, now=self.here.now)
        )
        open_to = {
            State.UNPAID, State.OFFERED, State.SEARCHING, State.CHOOSING, State.ACCEPTED,
            State.ON_THE_WAY,
        }  # fmt: skip
        if visit.state in open_to:
            assert done == ""
            self.model.cancel(visit, self.here.now)
        else:
            staffs = visit.state is State.ARRIVED
            assert done == ("Unknown" if staffs else "NotAllowedNow")

    @rule(which=some, start=some, by=st.sampled_from(["customer", "provider"]))
    def move(self, which: int, start: int, by: str) -> None:
        """Another time is wanted: it counts at once, or the other side is asked."""
        if (found := self.pick(which)) is None:
            return
        (order_id, visit), at = found, STARTS[start % len(STARTS)]
        if by == "provider" and visit.state not in FIRM:
            return
        moving, now = self.here.core.moving, self.here.now
        expected = self.model.may_move(visit, at, now, by=by)
        customer, provider = self.customers[visit.customer].id, self.person_of(visit)
        asked = {"order_id": order_id, "start": at, "now": now}
        wanted = (
            moving.move(customer_id=customer, **asked) if by == "customer"
            else moving.ask(person_id=provider, **asked)
        )  # fmt: skip
        assert self.refused(wanted) == expected
        if not expected:
            self.model.move(visit, at, now, by=by)

    @rule(which=some, answer=st.sampled_from(["agree", "refuse", "withdraw"]))
    def answer(self, which: int, answer: str) -> None:
        """A question is answered by the other side, or taken back."""
        asked = {i: v for i, v in self.model.visits.items() if v.wish is not None}
        if not asked:
            return
        order_id, visit = list(asked.items())[which % len(asked)]
        now, wish = self.here.now, visit.wish
        assert wish is not None
        assert visit.wish_until is not None
        sides = {
            "customer": By(Actor.CUSTOMER, self.customers[visit.customer].id),
            "provider": By(Actor.PROVIDER, self.providers[visit.worker].id),
        }
        mine = sides.pop(visit.asks)
        [other] = sides.values()
        moving = self.here.core.moving
        if answer == "withdraw":
            assert self.refused(moving.withdraw(order_id=order_id, by=mine, now=now)) == ""
            visit.no_wish()
            return
        act = getattr(moving, answer)
        open_ = visit.wish_until > now
        done = self.refused(act(order_id=order_id, by=other, start=wish, now=now))
        assert done == ("" if open_ else "NotAllowedNow")
        if open_ and answer == "agree":
            self.model.moved(visit, wish, visit.wish_fee)
        elif open_:
            visit.no_wish()

    @rule(which=some)
    def work(self, which: int) -> None:
        if (found := self.pick(which, *WORK)) is None:
            return
        order_id, visit = found
        verb, goal = WORK[visit.state]
        self.run(self.works(order_id, self.person_of(visit), verb))
        visit.state = goal
        visit.no_wish()
        if verb == "finish" and visit.paid == PRICE:
            visit.state = State.CLOSED

    async def works(self, order_id: int, person_id: int, verb: str) -> None:
        more = {"code": (await self.order(order_id)).start_code} if verb == "start" else {}
        act = getattr(self.here.core.jobs, verb)
        await act(order_id=order_id, person_id=person_id, now=self.here.now, **more)

    @rule(which=some, right=st.booleans())
    def settle_cash(self, which: int, right: bool) -> None:
        if (found := self.pick(which, State.FINISHED)) is None:
            return
        order_id, visit = found
        self.run(self.tells_cash(order_id, visit, right))
        visit.state = State.CLOSED

    async def tells_cash(self, order_id: int, visit: Visit, right: bool) -> None:
        core, now = self.here.core, self.here.now
        rest = PRICE - visit.paid
        person = self.person_of(visit)
        await core.jobs.state_cash(order_id=order_id, person_id=person, amount=rest, now=now)
        customer = self.customers[visit.customer].id
        said = rest if right else rest - 1
        await core.cash.confirm(order_id=order_id, customer_id=customer, amount=said, now=now)
        if not right:
            await core.cash.settle(
                order_id=order_id, amount=rest, staff_id=1, reason="seen the receipt", now=now
            )

    @rule(minutes=st.sampled_from([1, 3, 10, 15, 45, 240]))
    def clock(self, minutes: int) -> None:
        self.here.now += timedelta(minutes=minutes)

    @rule(which=some, minutes=st.sampled_from([150, 65, 20, 10, 2, 0, -12]))
    def comes_near(self, which: int, minutes: int) -> None:
        """The time of some visit is near, or just over."""
        if (found := self.pick(which, *OPEN)) is not None:
            self.here.now = max(self.here.now, found[1].start - timedelta(minutes=minutes))

    @rule(provider=some)
    def reindex(self, provider: int) -> None:
        """May happen at any time; it must not change what is offered."""
        chosen = self.providers[provider % len(WORKERS)]
        self.run(self.here.core.index.provider(provider_id=chosen.id, now=self.here.now))

    @rule()
    def sweep(self) -> None:
        """What is due is done; a search may find anybody suitable, one after the other in any order."""
        before = {i: (v.state, v.until) for i, v in self.model.visits.items()}
        self.run(self.here.sweep.run())
        now, passed = self.here.now, []
        for visit in self.model.visits.values():
            if visit.wish_until is not None and visit.wish_until <= now:
                visit.no_wish()
        searching = [i for i, (state, _) in before.items() if state is State.SEARCHING]
        free = {i: self.model.instead(self.model.visits[i], now) for i in searching}
        for order_id, (state, until) in before.items():
            visit, order = self.model.visits[order_id], self.run(self.order(order_id))
            over = until is not None and until <= now
            if state in (State.UNPAID, State.CHOOSING) and over:
                assert order.state is State.CANCELLED
                self.model.cancel(visit, now)
            elif state is State.OFFERED and over:
                self.model.pass_on(visit, now)
                passed.append(order_id)
            elif state in AWAITED:
                self.model.watch(visit, now)
                if visit.state is State.SEARCHING:
                    passed.append(order_id)
            elif state is State.SEARCHING:
                self.model.asks_end(visit, now)
        # A search may come before or after what runs out gives its time back.
        free |= {i: self.model.instead(self.model.visits[i], now) for i in passed}
        todo = [i for i in passed + searching if not self.model.visits[i].asked]
        self.adopt([(i, self.model.visits[i]) for i in todo], free)

    def adopt(self, searches: list[tuple[int, Visit]], free: dict[int, set[int]]) -> None:
        """Takes over who was found, offers first: nobody may end while one was suitable all the time."""
        now = self.here.now
        orders = [(self.run(self.order(i)), visit) for i, visit in searches]
        asked = {order.id: self.run(self.asks(order.id)) for order, _ in orders}
        for order, visit in orders:
            if order.state is State.OFFERED:
                worker = self.number(order.provider_id)
                assert not self.model.near(visit, now)
                assert worker in self.model.instead(visit, now)
                visit.worker, visit.state = worker, State.OFFERED
                visit.until = answer_by(visit.start, now)
            elif asked[order.id]:
                assert order.state is State.SEARCHING
                self.ask_all(visit, asked[order.id])
        for order, visit in orders:
            left = free[order.id] & self.model.instead(visit, now)
            if order.state is State.OFFERED:
                continue
            assert not left - visit.asked.keys()
            if order.state is State.CHOOSING:
                self.model.consult(visit, now)
            elif not visit.asked:
                assert order.state is State.CANCELLED
                self.model.cancel(visit, now, free=True)

    async def asks(self, order_id: int) -> list[int]:
        found = await self.here.core.at_once.open_asks(order_id=order_id)
        return [self.number(ask.provider_id) for ask in found]

    def ask_all(self, visit: Visit, workers: list[int]) -> None:
        """Near the start; as the model has room for each of them, one after the other."""
        now = self.here.now
        start = self.model.start_for(visit, now)
        assert start is not None
        assert self.model.near(visit, now)
        assert set(workers) <= self.model.instead(visit, now)
        visit.at, visit.until = start, answer_by(start, now)
        visit.asked = dict.fromkeys(workers, visit.until)

    # --- what is always so

    @invariant()
    def same_as_the_model(self) -> None:
        self.run(self.compare())

    async def compare(self) -> None:
        now = self.here.now
        orders = {o.id: o for o in await self.here.built.store.find(Order)}
        assert orders.keys() == self.model.visits.keys()
        for order_id, visit in self.model.visits.items():
            order = orders[order_id]
            seen = (order.state, order.provider_id, order.asked_until, order.refund_due)
            wanted = (visit.state, self.providers[visit.worker].id, visit.until, visit.back)
            assert seen == wanted
            times = (order.starts_at, order.proposed_start, order.proposed_until)
            assert times == (visit.start, visit.wish, visit.wish_until)
            assert order.paid == visit.paid
        for customer in (0, 1):
            await self.same_offers(customer, now)
        assert await broken(self.database, now=now) == {}

    async def same_offers(self, customer: int, now: datetime) -> None:
        """As somebody at the one place sees them, and at the other."""
        availability, place = self.here.availability, FAR if far(customer) else CENTRE
        calendars = await availability.calendars(providers=self.providers, now=now, at=place)
        for number, calendar in enumerate(calendars):
            offered = availability.starts(
                calendar=calendar, minutes=60, day=availability.today(now=OPENS), now=now
            )
            assert offered == [
                start for start in STARTS
                if start >= now + timedelta(hours=1)
                and self.model.room(customer, number, start, now)
                and not self.model.day_full(number, start, now)
            ]  # fmt: skip


WORK = {
    State.ACCEPTED: ("depart", State.ON_THE_WAY),
    State.ON_THE_WAY: ("arrive", State.ARRIVED),
    State.ARRIVED: ("start", State.WORKING),
    State.WORKING: ("finish", State.FINISHED),
}
assert set(WORK) <= FIRM


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "runs",
    [
        # The long limits are for a failure: it is made small before it is told.
        pytest.param(5, marks=pytest.mark.timeout(900)),
        pytest.param(400, marks=[pytest.mark.slow, pytest.mark.timeout(3600)]),
    ],
)
def test_booking_does_what_the_reference_does(dialect: str, runs: int, blank: Blank) -> None:
    machine = type("Machine", (Booking,), {"dialect": dialect, "blank": staticmethod(blank)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=runs, stateful_step_count=50,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
