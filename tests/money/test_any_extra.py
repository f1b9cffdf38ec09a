"""Extra work, payments and cash in any order, by anybody, at once: never is more collected than was approved."""

import asyncio
import shutil
from collections.abc import Awaitable
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.errors import DomainError
from core.extras.model import Extra, ExtraState
from core.orders.lifecycle import Actor
from core.orders.model import Pay
from db.migrate import migrate
from tests.money.house import House, house

BOOKED = 20_000
AMOUNTS = st.sampled_from([1, 5_000, 16_000, 40_000])
# How much is named at the door, as a part of what is due then.
PARTS = st.sampled_from([0.0, 0.3, 1.0, 1.0, 1.1])


class AnyExtra(RuleBasedStateMachine):
    """One visit from the provider's arrival on. A refused act is fine, a bill beyond what was approved is not."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.stack = AsyncExitStack()
        self.sent: list[Extra] = []
        self.approved: dict[int, int] = {}
        self.folder = Path(mkdtemp())
        shutil.copy(self.template, self.folder / "doorstep.db")

    def run(self, act: Awaitable[Any]) -> tuple[Any, bool]:
        """What came of it, and whether it was done."""

        async def whole() -> tuple[Any, bool]:
            with suppress(DomainError):
                return await act, True
            return None, False

        return self.loop.run_until_complete(whole())

    @initialize(pay=st.sampled_from(Pay), started=st.booleans())
    def opens(self, pay: Pay, started: bool) -> None:
        self.loop.run_until_complete(self.begin(pay, started=started))

    async def begin(self, pay: Pay, *, started: bool) -> None:
        url = f"sqlite+aiosqlite:///{self.folder}/doorstep.db"
        self.here: House = await self.stack.enter_async_context(
            house(url, self.folder, migrated=True)
        )
        [lin] = await self.here.opens("lin:200")
        await self.here.books(lin, pay)
        if pay is not Pay.ON_SITE:
            await self.here.pays()
        await self.here.arrives()
        if started:
            await self.here.starts()

    def pick(self, which: int) -> Extra:
        return self.sent[which % len(self.sent)]

    @invariant()
    def never_more_than_was_approved(self) -> None:
        if hasattr(self, "here"):
            self.loop.run_until_complete(self.bill_is_right())

    async def bill_is_right(self) -> None:
        order = await self.here.now_order()
        total = BOOKED + sum(self.approved.values())
        assert order.total == total
        assert sum(line["amount"] for line in order.lines) == total
        in_cash = order.cash_confirmed if order.state == "closed" else 0
        assert order.paid - order.refund_due + (in_cash or 0) <= total
        assert max(order.cash_stated or 0, order.cash_confirmed or 0) <= total
        await self.here.is_right()

    @rule(amounts=st.lists(AMOUNTS, min_size=1, max_size=3), minutes=st.sampled_from([0, 0, 30]))
    def proposes(self, amounts: list[int], minutes: int) -> None:
        extra, done = self.run(self.here.proposes(*amounts, minutes=minutes))
        if done:
            self.sent.append(extra)

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 9), times=st.integers(1, 3))
    def approves(self, which: int, times: int) -> None:
        extra = self.pick(which)

        async def taps() -> int:
            acts = [self.here.approves(extra) for _ in range(times)]
            ends = await asyncio.gather(*acts, return_exceptions=True)
            assert all(end is None or isinstance(end, DomainError) for end in ends), ends
            return sum(end is None for end in ends)

        done = self.loop.run_until_complete(taps())
        assert done <= 1
        if done:
            assert extra.id not in self.approved
            self.approved[extra.id] = extra.amount

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 9), verb=st.sampled_from(["refuses", "withdraws"]))
    def says_no(self, which: int, verb: str) -> None:
        self.run(getattr(self.here, verb)(self.pick(which)))

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 9))
    def only_a_part_is_wanted(self, which: int) -> None:
        """The provider takes it back and sends it again with a line less."""
        self.run(self.here.withdraws(self.pick(which)))
        extra, done = self.run(self.here.proposes_less())
        if done:
            self.sent.append(extra)

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 9), finish=st.booleans())
    def two_at_once(self, which: int, finish: bool) -> None:
        """A yes beside a no, or beside the end of the work."""
        extra = self.pick(which)
        other = self.here.finishes() if finish else self.here.refuses(extra)

        async def both() -> None:
            ends = await asyncio.gather(self.here.approves(extra), other, return_exceptions=True)
            assert all(end is None or isinstance(end, DomainError) for end in ends), ends
            kept = await self.here.built.store.get(Extra, id=extra.id)
            assert kept is not None
            assert finish or sum(end is None for end in ends) <= 1
            if kept.state is ExtraState.APPROVED:
                self.approved[extra.id] = extra.amount

        self.loop.run_until_complete(both())

    @rule(pay=st.booleans(), told=st.booleans())
    def asks_for_the_link(self, pay: bool, told: bool) -> None:
        link, done = self.run(self.here.link_for_rest())
        if done and pay:
            fact = self.here.gateway.pays(link.number)
            if told:
                self.run(self.here.hears(fact))

    @precondition(lambda self: self.here.gateway.links)
    @rule(which=st.integers(0, 5), amount=st.sampled_from([None, None, 100, 90_000]))
    def pays_an_old_link(self, which: int, amount: int | None) -> None:
        numbers = sorted(self.here.gateway.links)
        number = numbers[which % len(numbers)]
        self.run(self.here.hears(self.here.gateway.pays(number, amount=amount, late=True)))

    @precondition(lambda self: self.here.gateway.notices)
    @rule(which=st.integers(0, 9))
    def a_notice_arrives(self, which: int) -> None:
        notices = self.here.gateway.notices
        self.run(self.here.hears(notices[which % len(notices)]))

    @rule()
    def work_starts(self) -> None:
        self.run(self.here.starts())

    @rule(override=st.booleans())
    def finishes(self, override: bool) -> None:
        order, now = self.here.order_id, self.here.now
        if override:
            jobs = self.here.core.jobs
            self.run(jobs.override_finish(order_id=order, staff_id=1, reason="x", now=now))
        else:
            self.run(self.here.finishes())

    @rule(part=PARTS)
    def names_cash(self, part: float) -> None:
        order, _ = self.run(self.here.now_order())
        self.run(self.here.names_cash(int(order.to_pay_on_site * part)))

    @rule(part=PARTS)
    def confirms_cash(self, part: float) -> None:
        order, _ = self.run(self.here.now_order())
        self.run(self.here.confirms_cash(int(order.to_pay_on_site * part)))

    @rule(part=PARTS)
    def staff_settle(self, part: float) -> None:
        order, _ = self.run(self.here.now_order())
        amount, now = int(order.to_pay_on_site * part), self.here.now
        self.run(
            self.here.core.cash.settle(
                order_id=order.id, amount=amount, staff_id=1, reason="x", now=now
            )
        )

    @rule()
    def staff_cancel(self) -> None:
        """Until the work starts; what was approved by then is owed no more."""
        self.run(self.here.cancels(Actor.STAFF, fee=500))

    @precondition(lambda self: self.here.gateway.charges)
    @rule(which=st.integers(0, 5))
    def somebody_refunds_by_hand(self, which: int) -> None:
        gateway = self.here.gateway
        charge = sorted(gateway.charges)[which % len(gateway.charges)]
        if gateway.left(charge) > 1:
            self.run(self.here.hears(gateway.refunds_by_hand(charge, gateway.left(charge) // 2)))

    @rule(minutes=st.sampled_from([1, 10, 31, 1_500]))
    def time_goes_by(self, minutes: int) -> None:
        self.run(self.here.later(minutes=minutes))

    def teardown(self) -> None:
        try:
            if hasattr(self, "here"):
                self.loop.run_until_complete(self.here.closes_the_books())
                self.loop.run_until_complete(self.bill_is_right())
        finally:
            self.loop.run_until_complete(self.stack.aclose())
            self.loop.close()
            shutil.rmtree(self.folder)


async def play(folder: Path, *, examples: int, steps: int) -> None:
    await migrate(f"sqlite+aiosqlite:///{folder / 'doorstep.db'}")
    AnyExtra.template = folder / "doorstep.db"
    how = settings(
        max_examples=examples, stateful_step_count=steps, database=None,
        print_blob=True, suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    await asyncio.to_thread(run_state_machine_as_test, AnyExtra, settings=how)


@pytest.mark.timeout(180)
@pytest.mark.feature("C16", "C12")
async def test_never_is_more_collected_than_was_approved(tmp_path: Path) -> None:
    await play(tmp_path, examples=12, steps=25)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.feature("C16", "C12")
async def test_never_is_more_collected_than_was_approved_in_many_stories(tmp_path: Path) -> None:
    await play(tmp_path, examples=150, steps=40)
