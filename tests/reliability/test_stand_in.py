"""A city whose providers fail in every way and at the worst times: who is served, what people hear, where money is."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from core.orders.model import Order, Pay, State
from tests.db.invariants import broken
from tests.reliability.failing import LATEST, City, Wish
from tests.reliability.town import Town

SEED = int(os.environ.get("SEED", "2026"))
DONE = {State.CLOSED}
# What a customer may be told when somebody fails; the card goes along with everything.
NEWS = {"declined_searching", "accepted", "other_times", "no_provider", "late", "order_card"}
PUSHES = 6


@dataclass
class Tale:
    """One visit and how it ended."""

    wish: Wish
    order: Order

    @property
    def free(self) -> bool:
        """Whenever somebody failed, somebody else would have come."""
        return all(free for _, free in self.wish.failed)

    @property
    def served(self) -> bool:
        """At the start as booked; where the lateness itself is the failure, within an hour."""
        late = self.order.starts_at - self.wish.start
        most = LATEST if self.wish.kind == "is late" else timedelta(0)
        return self.order.state in DONE and timedelta(0) <= late <= most

    @property
    def pushes(self) -> int:
        """What sounds because of the order's own course; reminders come on top by their own rule."""
        return sum(loud for _, kind, loud in self.wish.told if not kind.startswith("remind"))


async def told(
    city: City, *, orders: int, providers: int, days: int, failures: float
) -> list[Tale]:
    await city.settle(providers=providers)
    await city.wish(orders=orders, days=days, failures=failures)
    await city.play()
    placed = [wish for wish in city.wishes if wish.order_id]
    return [Tale(wish, await city.order(wish.order_id)) for wish in placed]


def show(tales: Iterable[Tale], dialect: str) -> None:
    """The figures, per way of failing and time of it."""
    rows: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for tale in tales:
        key = (tale.wish.kind or ("others" if tale.wish.failed else "none"), tale.wish.before)
        rows[key].update(
            visits=1, free=tale.free, served=tale.served, both=tale.free and tale.served,
            off=tale.order.state is State.CANCELLED,
        )  # fmt: skip
    print(f"\nseed {SEED}, {dialect}")
    for (kind, before), row in sorted(rows.items()):
        print(
            f"{kind:10} {before:6} visits {row['visits']:4}  somebody free {row['free']:4}"
            f"  of them served in time {row['both']:4}  cancelled {row['off']:3}"
        )


async def check(here: Town, *, orders: int, providers: int, days: int, failures: float) -> None:
    here.rng.seed(SEED)
    city = City(here)
    tales = await told(city, orders=orders, providers=providers, days=days, failures=failures)
    show(tales, here.database.dialect)
    failed = [tale for tale in tales if tale.wish.failed]
    possible = [tale for tale in failed if tale.free]
    served = [tale for tale in possible if tale.served]
    pushes = max(tale.pushes for tale in tales)
    share = len(served) / len(possible)
    print(
        f"failed {len(failed)}, somebody free {len(possible)}, served {len(served)} = {share:.1%};"
        f" of all {len(tales)} visits {sum(t.order.state in DONE for t in tales)} took place;"
        f" most pushes for one order: {pushes}"
        f" {[kind for _, kind, loud in max(tales, key=lambda t: t.pushes).wish.told if loud]}"
    )
    assert len(failed) >= orders * failures * 0.9
    assert share >= 0.95
    for tale in tales:
        await never_begun_anew(city, tale)
        never_without_a_word(tale)
        all_money_right(tale)
        # Only whoever is failed more than twice hears more often: each lateness and each new promise sounds.
        again = max(0, len(tale.wish.failed) - 2)
        assert tale.pushes <= PUSHES + 2 * again, tale.wish.told
    assert await broken(here.database, now=here.now, quiet=False) == {}


async def never_begun_anew(city: City, tale: Tale) -> None:
    """It is the same order with all that was entered; and nobody lost it while somebody could come some time."""
    for name, value in tale.wish.kept.items():
        assert getattr(tale.order, name) == value, name
    gave_up = tale.order.state is State.CANCELLED and tale.order.cancelled_by == "matching"
    assert not gave_up, "ended without asking the customer"


def never_without_a_word(tale: Tale) -> None:
    """Each failure was heard of in the very minute, and how it ended, too, with a sound."""
    for moment, _ in tale.wish.failed:
        assert any(at == moment and kind in NEWS for at, kind, _ in tale.wish.told)
    loud = [kind for _, kind, sound in tale.wish.told if sound]
    if tale.wish.failed and tale.order.state is State.CANCELLED:
        assert loud[-1] in ("no_provider", "refunded", "other_times"), loud
    if tale.order.state in DONE:
        assert "accepted" in loud


def all_money_right(tale: Tale) -> None:
    """Never more than was agreed; what was paid beyond the price, or for nothing, is back."""
    order = tale.order
    assert order.state in (State.CLOSED, State.CANCELLED), order.state
    assert order.total <= tale.wish.total
    assert order.refunded == order.refund_due
    if order.state is State.CANCELLED:
        assert order.refunded == order.paid
    else:
        assert order.paid - order.refunded + (order.cash_confirmed or 0) == order.total


@pytest.mark.feature("C17")
@pytest.mark.timeout(120)
async def test_whoever_is_failed_by_a_provider_is_served_by_another(here: Town) -> None:
    await check(here, orders=60, providers=20, days=2, failures=0.5)


@pytest.mark.feature("C17")
@pytest.mark.parametrize("then", ["declines", "accepts and drops"])
async def test_who_refuses_a_chosen_time_is_not_offered_again(here: Town, then: str) -> None:
    """Nobody is sent from one other time to the next with the same provider failing at each."""
    await here.service(minutes=60)
    busy, [customer] = await here.provider(), await here.customers(1)
    start = here.now + timedelta(days=1)
    await here.wants(customer, busy, start, pay=Pay.ON_SITE)
    order = await here.place(customer.id)
    choosing, jobs, asked = (
        here.core.choosing, here.core.jobs, {"order_id": order.id, "now": here.now},
    )  # fmt: skip
    await jobs.decline(person_id=busy.person_id, **asked)
    await here.sweep.run()
    one = (await choosing.alternatives(**asked))[0]  # a no to one time is none to another
    await choosing.choose(
        customer_id=customer.id, provider_id=busy.id, start=one.starts_at, **asked
    )
    if then == "declines":
        await jobs.decline(person_id=busy.person_id, **asked)
    else:
        await jobs.accept(person_id=busy.person_id, **asked)
        await jobs.drop(person_id=busy.person_id, **asked)
    await here.sweep.run()
    assert await choosing.alternatives(**asked) == []
    found = await here.built.store.get(Order, id=order.id)
    assert found is not None
    assert (found.state, found.refund_due) == (State.CANCELLED, found.paid)


@pytest.mark.slow
@pytest.mark.feature("C17")
@pytest.mark.timeout(3600)
async def test_of_a_thousand_visits_with_failures_all_that_can_be_are_served(here: Town) -> None:
    await check(here, orders=1000, providers=60, days=5, failures=0.15)
