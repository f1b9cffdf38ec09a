"""Levels: the commission somebody saw before accepting is the one that is taken, whatever becomes of his level."""

from datetime import timedelta
from typing import Any

import pytest

from core.changes import Changes, Update
from core.levels.table import UP, Criterion, needs, off_bp, reached
from core.orders.model import Answer, Ask, Pay, State
from core.people.model import Level, Provider
from core.reviews.service import Scores
from tests.money.house import START, House

pytestmark = pytest.mark.feature("P10", "P11")
PRICE, COMMISSION_BP = 20_000, 1_500


async def becomes(here: House, provider: Provider, **values: Any) -> None:
    changes = Changes().add(Update(Provider, provider.id, values))
    await here.built.store.apply(changes)


async def now_is(here: House, provider: Provider) -> Provider:
    found = await here.built.store.get(Provider, id=provider.id)
    assert found is not None
    return found


async def shown(here: House, provider: Provider) -> tuple[int, int]:
    """(commission, income) on the offer's card"""
    asked = await here.core.offers.offer(order_id=here.order_id, person_id=provider.person_id)
    return asked.earning.commission, asked.earning.net


async def charged(here: House) -> int:
    rows = await here.database.fetch(
        "SELECT -SUM(l.amount) FROM ledger_leg l JOIN ledger_transaction t"
        " ON t.id = l.transaction_id WHERE t.order_id = ? AND l.account = 'commission'",
        [here.order_id],
    )
    return int(rows[0][0])


def expected(here: House, level: Level) -> int:
    return PRICE * (COMMISSION_BP - off_bp(level=level, rules=here.core.rules)) // 10_000


@pytest.mark.parametrize("level", UP)
@pytest.mark.parametrize("pay", [Pay.FULL, Pay.ON_SITE])
async def test_what_the_card_says_is_charged(here: House, level: Level, pay: Pay) -> None:
    [lin] = await here.opens("lin:200")
    await becomes(here, lin, level=level)
    await here.books(lin, pay)
    if pay is Pay.FULL:
        await here.pays()
    commission, net = await shown(here, lin)
    assert commission == expected(here, level)
    assert net == PRICE - commission
    # Neither another level nor another rule touches an order that was asked about.
    other = UP[UP.index(level) - 1]
    await becomes(here, lin, level=other)
    await here.rules(bronze_off_bp=700, silver_off_bp=800, gold_off_bp=900)
    await here.accepts()
    await here.goes_until(hours_before=0)
    await here.does_the_job(accept=False)
    if pay is Pay.ON_SITE:
        await here.names_cash(PRICE)
        await here.confirms_cash(PRICE)
    assert (await here.now_order()).state is State.CLOSED
    assert await charged(here) == commission
    line = await here.core.income.of_order(person_id=lin.person_id, order_id=here.order_id)
    assert (line.booked.commission, line.booked.net) == (commission, net)
    await here.is_right()


async def test_whoever_steps_in_pays_by_his_own_level(here: House) -> None:
    lin, mei = await here.opens("lin:200", "mei:200")
    await becomes(here, lin, level=Level.GOLD)
    await becomes(here, mei, level=Level.BRONZE)
    await here.books(lin)
    await here.pays()
    assert (await shown(here, lin))[0] == expected(here, Level.GOLD)
    await here.declines()
    assert (await here.now_order()).provider_id == mei.id
    commission, _ = await shown(here, mei)
    assert commission == expected(here, Level.BRONZE)
    await here.does_the_job()
    assert await charged(here) == commission


async def test_of_many_asked_at_once_each_sees_his_own(here: House) -> None:
    lin, mei, hua = await here.opens("lin:200", "mei:200", "hua:200")
    levels = {mei.id: Level.SILVER, hua.id: Level.STARTER}
    await becomes(here, mei, level=Level.SILVER)
    here.now = START - timedelta(minutes=70)
    await here.books(lin)
    await here.pays()
    await here.later(minutes=11)
    asks = await here.built.store.find(Ask, order_id=here.order_id, answer=Answer.OPEN)
    assert {ask.provider_id for ask in asks} == {mei.id, hua.id}
    for one in (mei, hua):
        assert (await shown(here, one))[0] == expected(here, levels[one.id])
    await becomes(here, mei, level=Level.GOLD)
    await here.core.jobs.accept(order_id=here.order_id, person_id=mei.person_id, now=here.now)
    await here.does_the_job(accept=False)
    assert await charged(here) == expected(here, Level.SILVER)


async def a_good_job(here: House, provider: Provider, days: int) -> None:
    start = START + timedelta(days=days)
    here.now = start - timedelta(hours=3)
    [customer] = await here.customers(1)
    await here.books(provider, customer=customer, start=start)
    await here.pays()
    await here.accepts()
    here.now = start
    who: dict[str, Any] = {
        "order_id": here.order_id, "person_id": provider.person_id, "now": here.now,
    }  # fmt: skip
    await here.core.jobs.arrive(**who)
    await here.starts()
    await here.finishes()
    await here.core.reviews.write(
        order_id=here.order_id, customer_id=customer.id, scores=Scores(5, 5, 5), text="",
        files=[], now=here.now,
    )  # fmt: skip
    await here.sweep.run()


async def told(here: House, kind: str) -> int:
    sql = "SELECT COUNT(*) FROM outbox WHERE bot = 'provider' AND kind = ?"
    return int((await here.database.fetch(sql, [kind]))[0][0])


async def test_a_level_rises_with_a_job_and_falls_only_after_its_warning(here: House) -> None:
    [lin] = await here.opens("lin:200")
    await here.rules(bronze_jobs=1, silver_jobs=2, gold_jobs=99, level_days=30)
    await here.core.levels.look(provider_id=lin.id, now=here.now)
    assert (await now_is(here, lin)).level is Level.STARTER
    await a_good_job(here, lin, 0)
    assert (await now_is(here, lin)).level is Level.BRONZE
    assert await told(here, "level_up") == 1
    await a_good_job(here, lin, 1)
    assert (await now_is(here, lin)).level is Level.SILVER
    assert await told(here, "level_up") == 2
    before = await ranks(here, lin)
    # A month later nothing of it counts any more: first a warning, once.
    here.now += timedelta(days=30, hours=1)
    for _ in range(3):
        await here.core.levels.look(provider_id=lin.id, now=here.now)
    mine = await now_is(here, lin)
    assert mine.level is Level.SILVER
    assert mine.falls_at == here.now + timedelta(days=14)
    assert await told(here, "level_falls") == 1
    here.now += timedelta(days=14)
    await here.core.levels.look(provider_id=lin.id, now=here.now)
    await here.sweep.run()
    mine = await now_is(here, lin)
    assert (mine.level, mine.falls_at) == (Level.STARTER, None)
    assert await told(here, "level_down") == 1
    assert await ranks(here, lin) > before


async def test_a_warning_is_over_when_the_record_is_good_again(here: House) -> None:
    [lin] = await here.opens("lin:200")
    await here.rules(bronze_jobs=1, silver_jobs=99, gold_jobs=99, level_days=30)
    await here.core.levels.look(provider_id=lin.id, now=here.now)
    await a_good_job(here, lin, 0)
    here.now += timedelta(days=31)
    await here.core.levels.look(provider_id=lin.id, now=here.now)
    assert (await now_is(here, lin)).falls_at is not None
    await here.built.indexer.all_providers(now=here.now)
    await a_good_job(here, lin, 33)
    mine = await now_is(here, lin)
    assert (mine.level, mine.falls_at) == (Level.BRONZE, None)


async def ranks(here: House, provider: Provider) -> int:
    rows = await here.database.fetch(
        "SELECT MAX(rank) FROM home WHERE provider_id = ?", [provider.id]
    )
    return int(rows[0][0])


async def test_the_clock_looks_at_everybody_once_a_day_and_first_without_a_word(
    here: House,
) -> None:
    await here.opens("lin:200", "mei:200")
    await here.rules(**{f"{level}_{each}": 0 for level in UP[1:] for each in ("jobs", "rating")})
    await here.core.levels.begin(now=here.now)
    await here.later(days=1)
    await here.later(seconds=2)
    looked = await here.built.store.find(Provider)
    assert all(one.level_at and one.level_at >= here.now - timedelta(seconds=2) for one in looked)
    assert await told(here, "level_up") == 0
    here.now += timedelta(hours=10)
    await here.sweep.run()
    again = await here.built.store.find(Provider)
    assert [one.level_at for one in again] == [one.level_at for one in looked]


@pytest.mark.parametrize("each", Criterion)
async def test_each_criterion_alone_keeps_a_level_away(here: House, each: Criterion) -> None:
    rules = here.core.rules
    values: dict[Criterion, int | None] = dict(needs(level=Level.GOLD, rules=rules))
    assert reached(values=values, rules=rules) is Level.GOLD
    worse = 1 if each is Criterion.DROPPED else -1
    need = values[each]
    assert need is not None
    assert reached(values=values | {each: need + worse}, rules=rules) is Level.SILVER
    far = 10_000 if each is Criterion.DROPPED else 0
    assert reached(values=values | {each: far}, rules=rules) is Level.STARTER
