"""The power fails before or after each write and each call, and whoever was at work begins again: it ends right."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from core.errors import DomainError
from core.orders.model import State
from core.people.model import Provider
from tests.money.house import START, House

pytestmark = [
    pytest.mark.feature("C10"),
    pytest.mark.parametrize("here", ["sqlite"], indirect=True),
]
CALLS = ("open", "ask", "close", "refund")


class PowerCut(BaseException):
    """Tears through everything, as a real one would."""


class Fuse:
    """Blows at the `at`-th point: even ones are before a write or call, odd ones just after it."""

    def __init__(self, here: House, patch: pytest.MonkeyPatch) -> None:
        self.points, self.at = 0, -1
        patch.setattr(here.built.store, "apply", self._guard(here.built.store.apply))
        for call in CALLS:
            patch.setattr(here.gateway, call, self._guard(getattr(here.gateway, call)))

    def arm(self, at: int) -> None:
        self.points, self.at = 0, at

    @property
    def blown(self) -> bool:
        return self.points > self.at

    def _point(self) -> None:
        self.points += 1
        if self.points - 1 == self.at:
            raise PowerCut

    def _guard(self, do: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def guarded(*args: Any, **named: Any) -> Any:
            self._point()
            try:
                return await do(*args, **named)
            finally:
                self._point()

        return guarded


async def again(here: House, do: Callable[[], Awaitable[Any]]) -> None:
    """Whoever was cut off comes back a minute later; what was done meanwhile is refused, and that is fine."""
    try:
        await do()
    except PowerCut:
        here.now += timedelta(minutes=1)
        try:
            await do()
        except DomainError:
            pass


async def visit(here: House, lin: Provider, day: int, fuse: Fuse, at: int) -> bool:
    """Booked, paid twice, cancelled, paid back; the fuse is in from the link to the last refund."""
    fuse.arm(10**9)
    await here.books(lin, start=START + timedelta(days=day % 50, hours=day // 50))
    order = here.order
    assert order is not None
    fuse.arm(at)
    await again(here, here.link)
    [payment] = await here.payments()
    for _ in range(2):
        fact = here.gateway.pays(payment.number)
        if fact is not None:
            await again(here, lambda fact=fact: here.hears(fact))
    await again(here, here.sweep.run)
    await again(here, here.cancels)
    for _ in range(3):
        await again(here, lambda: here.later(minutes=5))
    blown = fuse.blown
    fuse.arm(10**9)
    return blown


async def test_whenever_the_power_fails_the_money_ends_where_it_belongs(
    here: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    [lin] = await here.opens()
    fuse = Fuse(here, monkeypatch)
    at = 0
    while await visit(here, lin, at, fuse, at):
        order, [payment] = await here.now_order(), await here.payments()
        assert await here.page_of_order() == {}, at
        assert (order.state, order.paid, order.refunded) == (State.CANCELLED, 40_000, 40_000), at
        assert (payment.paid, payment.returned) == (40_000, 40_000), at
        at += 1
    print(f"{at} power cuts")
    assert at > 20
    assert await here.told("refunded") == 2 * (at + 1)


@pytest.mark.parametrize("call", CALLS)
async def test_a_call_whose_answer_is_lost_is_made_again_and_done_once(
    here: House, call: str
) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    here.gateway.trouble += [f"{call}:down", f"{call}:lost"] * 2
    for _ in range(5):
        try:
            await here.link()
            break
        except DomainError:
            continue
    [payment] = await here.payments()
    here.gateway.pays(payment.number)
    for _ in range(4):
        await here.later(minutes=5)
    await here.hears(*here.gateway.notices)
    if (await here.now_order()).state is not State.CANCELLED:
        await here.cancels()
    for _ in range(6):
        await here.later(minutes=5)
    await here.shows({}, paid=20_000, refunded=20_000)
    assert (len(here.gateway.links), len(here.gateway.refunds)) == (1, 1)
