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
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay, State
from core.payments.model import Payment
from db.engine import Database
from tests.databases import DIALECTS, Blank
from tests.db.invariants import broken
from tests.reliability.model import FIRM, PRICE, Model, Visit, Worker
from tests.reliability.town import settle

# 08:00 to 12:00 of the next day in Shanghai.
OPENS = datetime(2026, 5, 5, 0, 0, tzinfo=UTC)
STARTS = [OPENS + timedelta(minutes=15 * number) for number in range(15)]
WORKERS = ((0, 3), (15, 2), (30, 4))
CUSTOMERS = 4
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
        self.run(here.wants(customer, self.providers[worker], at, pay=pay))
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
            self.model.pass_on(visit)

    @rule(which=some)
    def rematch(self, which: int) -> None:
        if (found := self.pick(which, State.SEARCHING)) is None:
            return
        order_id, visit = found
        self.run(self.here.core.matching.rematch(order_id=order_id, now=self.here.now))
        self.follow_search(visit, self.run(self.order(order_id)))

    def follow_search(self, visit: Visit, order: Order) -> None:
        """Any of the suitable ones will do; without one the order ends and all money goes back."""
        suitable = self.model.instead(visit, self.here.now)
        if not suitable:
            assert order.state is State.CANCELLED
            self.model.cancel(visit, self.here.now, free=True)
            return
        assert order.state is State.OFFERED
        asked = [p.id for p in self.providers].index(order.provider_id)
        assert asked in suitable
        visit.worker, visit.state = asked, State.OFFERED
        visit.until = self.here.now + timedelta(minutes=10)

    @rule(which=some)
    def cancel(self, which: int) -> None:
        if (found := self.pick(which)) is None:
            return
        order_id, visit = found
        by = By(Actor.CUSTOMER, self.customers[visit.customer].id)
        done = self.refused(
            self.here.core.orders.cancel(order_id=order_id, by=by, now=self.here.now)
        )
        late = {State.ON_THE_WAY, State.ARRIVED}  # these are for staff
        open_to = {State.UNPAID, State.OFFERED, State.SEARCHING, State.ACCEPTED}
        if visit.state in open_to:
            assert done == ""
            self.model.cancel(visit, self.here.now)
        else:
            assert done == ("Unknown" if visit.state in late else "NotAllowedNow")

    @rule(which=some)
    def work(self, which: int) -> None:
        if (found := self.pick(which, *WORK)) is None:
            return
        order_id, visit = found
        verb, goal = WORK[visit.state]
        self.run(self.works(order_id, self.person_of(visit), verb))
        visit.state = goal
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
        now = self.here.now
        for order_id, (state, until) in before.items():
            visit, order = self.model.visits[order_id], self.run(self.order(order_id))
            if state is State.UNPAID and until is not None and until <= now:
                assert order.state is State.CANCELLED
                self.model.cancel(visit, now)
        passed = [
            (i, self.model.visits[i])
            for i, (state, until) in before.items()
            if state is State.OFFERED and until is not None and until <= now
        ]
        searching = [(i, v) for i, v in self.model.visits.items() if v.state is State.SEARCHING]
        # A search may come before or after an offer that runs out gives its time back.
        free = {i: self.model.instead(v, now) for i, v in searching}
        for _, visit in passed:
            self.model.pass_on(visit)
        free |= {i: self.model.instead(v, now) for i, v in passed}
        self.adopt(passed + searching, free)

    def adopt(self, searches: list[tuple[int, Visit]], free: dict[int, set[int]]) -> None:
        """Takes over who was found, offers first: nobody may end while one was suitable all the time."""
        orders = [(self.run(self.order(i)), visit) for i, visit in searches]
        for order, visit in orders:
            if order.state is State.OFFERED:
                asked = [p.id for p in self.providers].index(order.provider_id)
                assert asked in self.model.instead(visit, self.here.now)
                visit.worker, visit.state = asked, State.OFFERED
                visit.until = self.here.now + timedelta(minutes=10)
        for order, visit in orders:
            if order.state is not State.OFFERED:
                assert order.state is State.CANCELLED
                assert not free[order.id] & self.model.instead(visit, self.here.now)
                self.model.cancel(visit, self.here.now, free=True)

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
            assert order.paid == visit.paid
        await self.same_offers(now)
        assert await broken(self.database, now=now) == {}

    async def same_offers(self, now: datetime) -> None:
        availability = self.here.availability
        calendars = await availability.calendars(providers=self.providers, now=now)
        for number, calendar in enumerate(calendars):
            offered = availability.starts(
                calendar=calendar, minutes=60, day=availability.today(now=OPENS), now=now
            )
            assert offered == [
                start for start in STARTS
                if start >= now + timedelta(hours=1) and self.model.room(number, start, now)
                and not self.model.day_full(number, now)
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
            max_examples=runs, stateful_step_count=50, deadline=None, print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
