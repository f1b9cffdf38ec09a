"""Customers, providers, staff, the bank and the clock do what they like: the books are right after every step."""

import asyncio
import shutil
from collections.abc import Awaitable
from contextlib import AsyncExitStack, suppress
from datetime import timedelta
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
from core.orders.lifecycle import FINAL, Actor
from core.orders.model import Order, Pay
from core.people.model import Provider
from db.migrate import migrate
from tests.money.house import START, House, house

CASH = st.sampled_from([0, 7_000, 14_000, 20_000])


class AnyStory(RuleBasedStateMachine):
    """A refused act is fine, a wrong book is not. `turn` says which order an act is about."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.stack = AsyncExitStack()
        self.orders: list[Order] = []
        self.folder = Path(mkdtemp())
        shutil.copy(self.template, self.folder / "doorstep.db")

    def run(self, act: Awaitable[Any]) -> Any:
        async def whole() -> Any:
            with suppress(DomainError):
                return await act

        return self.loop.run_until_complete(whole())

    @initialize(pays=st.lists(st.sampled_from([Pay.FULL, *Pay]), min_size=2, max_size=3))
    def opens(self, pays: list[Pay]) -> None:
        """Two or three visits are booked, two of them with the same provider."""
        url = f"sqlite+aiosqlite:///{self.folder}/doorstep.db"
        here = house(url, self.folder, migrated=True)
        self.here: House = self.run(self.stack.enter_async_context(here))
        self.providers: list[Provider] = self.run(self.here.opens("lin:200", "mei:200"))
        self.run(self.here.rules(holds_per_customer=10))
        for turn, pay in enumerate(pays):
            start = START + timedelta(hours=2 * (turn // 2))
            self.orders.append(
                self.run(self.here.books(self.providers[turn % 2], pay, start=start))
            )

    def about(self, turn: int) -> House:
        self.here.order = self.orders[turn % len(self.orders)]
        return self.here

    @invariant()
    def the_books_are_right(self) -> None:
        if hasattr(self, "here"):
            self.run(self.here.is_right(holds=10))

    @rule(turn=st.integers(0, 2), told=st.booleans())
    def asks_for_the_link_and_pays(self, turn: int, told: bool) -> None:
        link = self.run(self.about(turn).link())
        fact = self.here.gateway.pays(link.number) if link else None
        if told:
            self.run(self.here.hears(fact))

    @rule(turn=st.integers(0, 2))
    def asks_for_the_link(self, turn: int) -> None:
        self.run(self.about(turn).link())

    @precondition(lambda self: self.here.gateway.links)
    @rule(
        which=st.integers(0, 5), late=st.booleans(), told=st.booleans(),
        amount=st.sampled_from([None, None, None, 100, 30_000]),
    )  # fmt: skip
    def pays(self, which: int, late: bool, told: bool, amount: int | None) -> None:
        numbers = sorted(self.here.gateway.links)
        fact = self.here.gateway.pays(numbers[which % len(numbers)], amount=amount, late=late)
        if told:
            self.run(self.here.hears(fact))

    @precondition(lambda self: self.here.gateway.notices)
    @rule(which=st.integers(0, 9), at_once=st.booleans())
    def a_notice_arrives(self, which: int, at_once: bool) -> None:
        notices = self.here.gateway.notices
        fact = notices[which % len(notices)]
        self.run(self.here.hears(fact) if at_once else self.here.at_the_door(fact))

    @rule(turn=st.integers(0, 2), verb=st.sampled_from(["accept", "decline", "drop"]))
    def the_provider_answers(self, turn: int, verb: str) -> None:
        self.provider_does(self.about(turn), verb)

    def provider_does(self, here: House, verb: str, **how: Any) -> None:
        order = self.run(here.now_order())
        person = next(p.person_id for p in self.providers if p.id == order.provider_id)
        act = getattr(here.core.jobs, verb)
        self.run(act(order_id=order.id, person_id=person, now=here.now, **how))

    @rule(turn=st.integers(0, 2), cash=CASH)
    def the_provider_works(self, turn: int, cash: int) -> None:
        here = self.about(turn)
        self.provider_does(here, "accept")
        self.provider_does(here, "depart")
        self.provider_does(here, "arrive")
        self.provider_does(here, "start", code=self.run(here.now_order()).start_code)
        self.provider_does(here, "finish")
        self.provider_does(here, "state_cash", amount=cash)

    @rule(turn=st.integers(0, 2), cash=CASH)
    def the_customer_confirms(self, turn: int, cash: int) -> None:
        self.run(self.about(turn).confirms_cash(cash))

    @rule(turn=st.integers(0, 2), cash=CASH)
    def staff_settle(self, turn: int, cash: int) -> None:
        here = self.about(turn)
        self.run(
            here.core.cash.settle(
                order_id=here.order_id, amount=cash, staff_id=1, reason="", now=here.now
            )
        )

    @rule(turn=st.integers(0, 2), fee=st.sampled_from([None, 0, 500, 99_999]))
    def somebody_cancels(self, turn: int, fee: int | None) -> None:
        who = Actor.CUSTOMER if fee is None else Actor.STAFF
        self.run(self.about(turn).cancels(who, fee=fee))

    @rule(turn=st.integers(0, 2), late=st.booleans())
    def everything_at_once(self, turn: int, late: bool) -> None:
        here = self.about(turn)
        facts = [here.gateway.pays(number, late=late) for number in sorted(here.gateway.links)]

        async def all_at_once() -> None:
            acts = [here.sweep.run(), here.link(), here.cancels(), here.accepts()]
            told = [here.hears(fact) for fact in facts for _ in range(2)]
            ends = await asyncio.gather(*told, *acts, return_exceptions=True)
            odd = [end for end in ends if isinstance(end, Exception)]
            assert all(isinstance(end, DomainError) for end in odd), odd

        self.run(all_at_once())

    @precondition(lambda self: self.here.gateway.charges)
    @rule(which=st.integers(0, 5), part=st.sampled_from([2, 1]), told=st.booleans())
    def somebody_refunds_by_hand(self, which: int, part: int, told: bool) -> None:
        gateway = self.here.gateway
        charge = sorted(gateway.charges)[which % len(gateway.charges)]
        if gateway.left(charge) > 1:
            fact = gateway.refunds_by_hand(charge, gateway.left(charge) // part)
            if told:
                self.run(self.here.hears(fact))

    @rule(minutes=st.sampled_from([0, 0, 1, 1, 1, 6, 6, 16, 61, 600]))
    def time_goes_by(self, minutes: int) -> None:
        self.run(self.here.later(minutes=minutes))

    @rule(
        trouble=st.sampled_from([
            "open:lost", "open:down", "ask:down", "close:lost", "refund:lost", "refund:unknown",
            "refund:pending", "refund:refused", "refund:down",
        ]),
    )  # fmt: skip
    def the_bank_has_trouble(self, trouble: str) -> None:
        self.here.gateway.trouble.append(trouble)

    @rule(down=st.booleans())
    def the_bank_is_down(self, down: bool) -> None:
        self.here.gateway.is_down = down

    def teardown(self) -> None:
        try:
            if hasattr(self, "here"):
                self.loop.run_until_complete(self.close_the_books())
        finally:
            self.loop.run_until_complete(self.stack.aclose())
            self.loop.close()
            shutil.rmtree(self.folder)

    async def close_the_books(self) -> None:
        """All is told and worked: what came in at the bank lies there, went back, or was earned."""
        await self.here.closes_the_books()
        for visit in self.orders:
            self.here.order = visit
            order, page = await self.here.now_order(), await self.here.page_of_order()
            assert page.get("gateway:card", 0) == order.paid - order.refunded
            refused = [
                refund.amount
                for refund in await self.here.core.payments.refunds_of(order_id=order.id)
                if refund.state == "failed"
            ]
            assert order.refund_due - order.refunded <= sum(refused)
            assert order.state in FINAL or order.state in ("accepted", "disputed", "finished")


@pytest.mark.timeout(180)
@pytest.mark.feature("C10")
async def test_whatever_anybody_does_the_books_are_right(tmp_path: Path) -> None:
    await migrate(f"sqlite+aiosqlite:///{tmp_path / 'doorstep.db'}")
    AnyStory.template = tmp_path / "doorstep.db"
    few = settings(
        max_examples=14, stateful_step_count=25, database=None,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    await asyncio.to_thread(run_state_machine_as_test, AnyStory, settings=few)
