"""What grows without end is forgotten by rule; what is still needed stays, and nothing is ever said twice for it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.announcements.model import Announcement, Spread
from core.errors import DomainError
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay, State
from core.people.choices import Kind
from core.people.model import Person, Provider
from core.rules import RULES
from core.tidying.heaps import LASTS, PASSING, Heap
from core.tidying.service import BATCH
from db.cards import put_card
from db.codec import millis
from db.heaps import LETTERS, OLD, SINCE
from db.ops import Op, inserts
from tests.db.invariants import broken
from tests.reliability.purse import rich, withdraws
from tests.reliability.town import NOON, Town

pytestmark = pytest.mark.feature("X3", "X6")

START = NOON + timedelta(days=1)
DAY = timedelta(days=1)
KEPT = timedelta(days=int(RULES["letter_keep_days"].default))


async def count(here: Town, what: str, *values: Any) -> int:
    [(found,)] = await here.database.fetch(f"SELECT COUNT(*) FROM {what}", values)
    return int(found)


async def letters(here: Town, many: int, *, at: datetime, state: str = "done", **more: Any) -> int:
    """So many letters of that moment about something of their own; the id of the first."""
    first, subject = here.new_id(), more.get("subject", here.new_id())
    into = "outbox (id, key, bot, chat_id, kind, subject, state, created_at, urgency)"
    rows = [
        (first + n, f"k:{first + n}", "customer", 7, more.get("kind", "paid"), subject, state, millis(at), 5)
        for n in range(many)
    ]  # fmt: skip
    await here.database.apply(list(inserts(into, rows)))
    return first


async def done(here: Town) -> tuple[Order, Provider, Person]:
    """A visit from the first tap to its end, with each letter sent and each step's timers worked."""
    await here.service()
    provider = await here.provider()
    [customer] = await here.customers(1)
    await here.wants(customer, provider, START)
    order = await here.place(customer.id)
    assert await here.pay(order)
    who: dict[str, Any] = {"order_id": order.id, "person_id": provider.person_id}
    await here.core.jobs.accept(**who, now=here.now)
    here.now = START
    await here.sweep.run()
    await here.core.jobs.arrive(**who, now=here.now)
    await here.core.jobs.start(code=(await at(here, order)).start_code, **who, now=here.now)
    await here.core.jobs.finish(**who, now=here.now)
    await here.sweep.run()
    await sent(here)
    order = await at(here, order)
    assert order.state is State.CLOSED
    return order, provider, customer


async def at(here: Town, order: Order) -> Order:
    found = await here.built.store.get(Order, id=order.id)
    assert found is not None
    return found


async def sent(here: Town) -> None:
    sql = "UPDATE outbox SET state = 'done', message_id = id WHERE state = 'waiting'"
    await here.database.apply([Op(sql)])


async def test_old_letters_go_in_small_batches_and_young_ones_and_waiting_ones_stay(
    here: Town,
) -> None:
    await letters(here, BATCH + 3, at=here.now - KEPT - DAY)
    young = await letters(here, 2, at=here.now - KEPT + DAY)
    waiting = await letters(here, 1, at=here.now - KEPT - DAY, state="waiting")
    writes: list[int] = []
    apply = here.database.apply

    async def counted(ops: Any) -> Any:
        answer = await apply(ops)
        writes.extend(len(rows) for rows in answer)
        return answer

    here.database.apply = counted  # type: ignore[method-assign]
    gone = await here.core.tidying.tidy(now=here.now)
    assert gone[Heap.LETTERS] == BATCH + 3
    assert max(writes) == BATCH
    rows = await here.database.fetch("SELECT id FROM outbox ORDER BY id")
    assert [row[0] for row in rows] == [young, young + 1, waiting]


async def test_the_rule_says_how_long(here: Town) -> None:
    await letters(here, 1, at=here.now - timedelta(days=40))
    assert (await here.core.tidying.tidy(now=here.now))[Heap.LETTERS] == 0
    here.core.rules.update({"letter_keep_days": "30"})
    assert (await here.core.tidying.tidy(now=here.now))[Heap.LETTERS] == 1


async def test_letters_of_what_goes_on_stay_and_no_reminder_is_told_twice(here: Town) -> None:
    """The reminder of a payout that waits for the staff is told once by its key alone."""
    provider = await rich(here, 90_000)
    payout = await withdraws(here, provider, 50_000)
    await here.core.deciding.remind(payout_id=payout.id)
    await sent(here)
    said = await count(here, "outbox WHERE subject = ?", payout.id)
    later = here.now + KEPT * 3
    await here.core.tidying.tidy(now=later)
    await here.core.deciding.remind(payout_id=payout.id)
    assert await count(here, "outbox WHERE subject = ?", payout.id) == said


async def test_letters_of_an_order_stay_until_it_is_over(here: Town) -> None:
    await here.service()
    provider = await here.provider()
    [customer] = await here.customers(1)
    await here.wants(customer, provider, START, pay=Pay.ON_SITE)
    order = await here.place(customer.id)
    await sent(here)
    said = await count(here, "outbox WHERE subject = ?", order.id)
    await here.core.tidying.tidy(now=here.now + KEPT * 2)
    assert await count(here, "outbox WHERE subject = ?", order.id) == said > 0
    await here.core.orders.cancel(order_id=order.id, by=By(Actor.STAFF, 1), now=here.now)
    await sent(here)
    assert (await here.core.tidying.tidy(now=here.now + KEPT * 2))[Heap.LETTERS] > said
    assert await count(here, "outbox WHERE subject = ?", order.id) == 0


async def test_no_step_of_an_order_says_anything_twice_even_if_no_letter_is_remembered(
    here: Town,
) -> None:
    """Worse than any rule: each letter goes at once, each step is tried again; its own guard keeps it from telling."""
    await here.service()
    provider = await here.provider()
    [customer] = await here.customers(1)
    await here.wants(customer, provider, START)
    order, told = await here.place(customer.id), set[str]()

    async def pay() -> None:
        [(payment,)] = await here.database.fetch("SELECT id FROM payment")
        await here.core.payments.ask(payment_id=payment, tries=0, now=here.now)

    async def start() -> None:
        code = (await at(here, order)).start_code
        await here.core.jobs.start(code=code, **who, now=here.now)

    who: dict[str, Any] = {"order_id": order.id, "person_id": provider.person_id}
    assert await here.pay(order)
    steps: list[Callable[[], Awaitable[Any]]] = [
        lambda: here.core.placing.place(customer_id=customer.id, now=here.now), pay,
        lambda: here.core.jobs.accept(**who, now=here.now),
        lambda: here.core.jobs.depart(**who, now=here.now),
        lambda: here.core.jobs.arrive(**who, now=here.now), start,
        lambda: here.core.jobs.finish(**who, now=here.now), here.sweep.run,
    ]  # fmt: skip
    for number, step in enumerate(steps):
        here.now = START if number > 2 else here.now
        for again in (step, step, here.sweep.run, *steps[:number]):
            with suppress(DomainError):
                await again()
            keys = {row[0] for row in await here.database.fetch("SELECT key FROM outbox")}
            assert not keys & told
            told |= keys
            await here.database.apply([Op("DELETE FROM outbox")])
    assert (await at(here, order)).state is State.CLOSED
    assert len(told) > 10


async def test_an_order_that_is_over_says_nothing_again_though_its_letters_are_gone(
    here: Town,
) -> None:
    """Whatever is repeated: all its timers at once, or a step."""
    order, provider, _ = await done(here)
    here.now += KEPT + 2 * DAY
    await here.sweep.run()
    await sent(here)
    here.now += KEPT + 2 * DAY
    await here.core.tidying.tidy(now=here.now)
    assert await count(here, "outbox WHERE subject = ?", order.id) == 0
    again = [
        (f"again:{kind}", kind, order.id, millis(here.now), 0, 0)
        for kind in _ORDER_TIMERS
    ]  # fmt: skip
    into = "timer (key, kind, subject_id, due_at, lease_until, tries)"
    await here.database.apply(list(inserts(into, again)))
    await here.sweep.run()
    with pytest.raises(DomainError):
        await here.core.jobs.accept(order_id=order.id, person_id=provider.person_id, now=here.now)
    assert await count(here, "outbox WHERE subject = ?", order.id) == 0
    assert await broken(here.database, now=here.now) == {}


_ORDER_TIMERS = (
    "order.expire", "order.time_out", "order.remind", "order.rematch", "order.give_up", "order.late",
    "order.contact", "order.proposal_over", "order.away_pass", "order.away_move", "relay.prune",
)  # fmt: skip


async def test_a_word_that_stands_stays_a_year_longer_and_its_card_answers_after_it(
    here: Town,
) -> None:
    """The card is there as long as its subject: only what was said of it is no more looked at again."""
    letter = await letters(here, 1, at=here.now - KEPT - DAY)
    await here.database.apply([put_card("customer", 7, 70, "paid", 5, letter=letter)])
    assert (await here.core.tidying.tidy(now=here.now))[Heap.LETTERS] == 0
    assert (await here.core.tidying.tidy(now=here.now + 366 * DAY))[Heap.LETTERS] == 1
    assert await here.database.fetch("SELECT message_id, letter FROM card") == [(70, None)]


@pytest.mark.parametrize("state", [Spread.PAUSED, Spread.STOPPED])
async def test_an_announcement_that_is_not_over_counts_on_its_letters(
    here: Town, state: Spread
) -> None:
    over = here.now - KEPT - DAY if state is Spread.STOPPED else None
    one = Announcement(
        id=here.new_id(), kind=Kind.OFFERS, state=state, by=1, person_id=1, created_at=here.now,
        ended_at=over,
    )  # fmt: skip
    await here.insert([one])
    await letters(here, 3, at=here.now - KEPT - 2 * DAY, kind="announcement", subject=one.id)
    gone = (await here.core.tidying.tidy(now=here.now))[Heap.LETTERS]
    assert gone == (3 if over else 0)


async def test_times_of_past_visits_go_and_all_that_holds_goes_on_holding(here: Town) -> None:
    order, *_ = await done(here)
    cells = await count(here, "slot_claim")
    assert cells > 0
    await here.core.tidying.tidy(now=here.now + 20 * DAY)
    assert await count(here, "slot_claim") == cells
    here.now += 40 * DAY
    assert (await here.core.tidying.tidy(now=here.now))[Heap.TIMES] == cells
    assert "time_not_claimed" not in await broken(here.database, now=here.now)
    assert await count(here, "order_step WHERE order_id = ?", order.id) >= 5


async def test_time_of_a_visit_that_is_not_over_stays(here: Town) -> None:
    await here.service()
    provider = await here.provider()
    [customer] = await here.customers(1)
    await here.wants(customer, provider, START, pay=Pay.ON_SITE)
    await here.place(customer.id)
    assert (await here.core.tidying.tidy(now=here.now + 400 * DAY))[Heap.TIMES] == 0


async def test_updates_go_after_two_days_those_set_aside_by_rule_and_waiting_ones_never(
    here: Town,
) -> None:
    into = "inbox (bot, update_id, lane, body, received_at, done_at, parked_at)"
    old, young = millis(here.now - 31 * DAY), millis(here.now - DAY)
    rows = [
        ("customer", 1, 7, "", old, old, None), ("customer", 2, 7, "", young, young, None),
        ("customer", 3, 7, "{}", old, None, old), ("customer", 4, 7, "{}", young, None, young),
        ("customer", 5, 7, "{}", old, None, None),
    ]  # fmt: skip
    await here.database.apply(list(inserts(into, rows)))
    gone = await here.core.tidying.tidy(now=here.now)
    assert (gone[Heap.UPDATES], gone[Heap.PARKED]) == (1, 1)
    left = await here.database.fetch("SELECT update_id FROM inbox ORDER BY update_id")
    assert [row[0] for row in left] == [2, 4, 5]


async def test_a_step_waits_for_who_comes_and_not_for_who_is_away(here: Town) -> None:
    away, here_now = await here.customers(2)
    group = -100
    into = "conversation (bot, chat_id, user_id, thread_id, destiny, state, data)"
    rows = [
        ("customer", one.telegram_id, one.telegram_id, 0, "talk", "door", {"x": 1})
        for one in (away, here_now)
    ]
    rows.append(("admin", group, away.telegram_id, 0, "talk", "reason", {"x": 1}))
    await here.database.apply(list(inserts(into, rows)))
    here.now += 200 * DAY
    today = here.now.date().toordinal()
    sql = "INSERT INTO active_day (day, person_id) VALUES (?, ?)"
    await here.database.apply([Op(sql, [today - 5, here_now.id]), Op(sql, [today - 190, away.id])])
    assert (await here.core.tidying.tidy(now=here.now))[Heap.TALKS] == 1
    left = await here.database.fetch("SELECT bot, user_id FROM conversation ORDER BY bot")
    assert left == [("admin", away.telegram_id), ("customer", here_now.telegram_id)]


async def test_keys_of_things_done_last_longer_than_anything_can_be_booked_ahead(
    here: Town,
) -> None:
    sql = "INSERT INTO done_once (key, at) VALUES (?, ?)"
    old, young = millis(here.now - 181 * DAY), millis(here.now - 100 * DAY)
    await here.database.apply([Op(sql, ["old", old]), Op(sql, ["young", young])])
    assert (await here.core.tidying.tidy(now=here.now))[Heap.ONCE] == 1
    assert await here.database.fetch("SELECT key FROM done_once") == [("young",)]


async def test_tokens_of_commits_go_when_none_of_them_can_be_in_doubt(here: Town) -> None:
    into, minute = "unit (token, at)", timedelta(minutes=1)
    rows = [(1, millis(here.now - 11 * minute)), (2, millis(here.now - 5 * minute))]
    await here.database.apply(list(inserts(into, rows)))
    assert await here.core.tidying.tidy(now=here.now, heaps=PASSING) == {Heap.UNITS: 1}
    assert await here.database.fetch("SELECT at FROM unit WHERE token IN (1, 2)") == [rows[1][1:]]


async def test_several_tidy_at_once_and_each_row_goes_once(here: Town) -> None:
    await letters(here, BATCH * 3, at=here.now - KEPT - DAY)
    both = await asyncio.gather(*(here.core.tidying.tidy(now=here.now) for _ in range(3)))
    await here.core.tidying.tidy(now=here.now)
    assert sum(one[Heap.LETTERS] for one in both) <= BATCH * 3
    assert await count(here, "outbox") == 0


def test_each_rule_of_a_heap_is_one_and_each_heap_has_its_rows() -> None:
    assert set(LASTS) == set(Heap) == {*OLD, Heap.LETTERS}
    assert {name for name in LASTS.values() if isinstance(name, str)} <= RULES.keys()


INDEXES = {
    Heap.UPDATES: "ix_inbox_done_at", Heap.PARKED: "ix_inbox_parked",
    Heap.LETTERS: "ix_outbox_over", Heap.ONCE: "ix_done_once_at", Heap.UNITS: "ix_unit_at",
    Heap.TRACES: "ix_trace_at",
}  # fmt: skip


async def plan_of(here: Town, heap: Heap) -> str:
    """How the database would look for what is old, were there much of it."""
    now = datetime.now(UTC)
    letters, others = heap is Heap.LETTERS, OLD.get(heap, OLD[Heap.UPDATES])
    params: list[Any] = [0, now, 0, 1] if letters else [*SINCE[others.since](now), 1]
    sql = LETTERS if letters else others.found
    if here.database.dialect == "sqlite":
        rows = await here.database.fetch(f"EXPLAIN QUERY PLAN {sql}", params)
        return " / ".join(str(row[-1]) for row in rows)
    # An empty table is else read whole.
    whole, told = Op("SET LOCAL enable_seqscan = off"), Op(f"EXPLAIN {sql}", params, returns=True)
    [rows] = await here.database.apply([whole, told])
    return " / ".join(str(row[0]) for row in rows)


@pytest.mark.parametrize("heap", INDEXES)
async def test_what_is_old_is_found_by_an_index(here: Town, heap: Heap) -> None:
    plan = await plan_of(here, heap)
    assert INDEXES[heap] in plan, plan


async def test_a_providers_oldest_times_come_first(here: Town) -> None:
    plan = await plan_of(here, Heap.TIMES)
    if here.database.dialect == "sqlite":
        assert "PRIMARY KEY (provider_id=? AND cell<?)" in plan, plan
    else:
        assert "Seq Scan on slot_claim" not in plan, plan
