"""Repeated visits on both databases: one date that can't be had is the only one that is asked about."""

import asyncio
from datetime import datetime, timedelta

import pytest

from core.changes import Changes, Insert, Update
from core.errors import DomainError, Invalid, NotAllowedNow, OutOfDate, SlotTaken
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay, State
from core.people.model import DayHours, Person, Provider, Skill
from core.series.model import DateState, Rhythm, Series, SeriesDate, SeriesState, Why
from tests.db.invariants import broken
from tests.reliability.town import NOON, Town

# Tuesday of the next week, 10:00.
START = NOON + timedelta(days=1)
WEEK = timedelta(days=7)


async def accepted(here: Town, *, pay: Pay = Pay.ON_SITE) -> tuple[Person, Provider, Order]:
    """A visit that is agreed; the provider has one hour a day."""
    await here.service(on_site=pay is Pay.ON_SITE)
    provider = await here.provider(opens=600, closes=660)
    customer = (await here.customers(1))[0]
    await here.wants(customer, provider, START, pay=pay)
    order = await here.place(customer.id)
    if pay is not Pay.ON_SITE:
        await here.pay(order)
    await here.core.jobs.accept(order_id=order.id, person_id=provider.person_id, now=here.now)
    return customer, provider, order


async def repeats(
    here: Town, order: Order, rhythm: Rhythm = Rhythm.WEEKLY, price: int = 20_000
) -> Series:
    return await here.core.repeating.start(
        order_id=order.id, customer_id=order.customer_id, rhythm=rhythm, price=price, now=here.now
    )


async def visits(here: Town, series: Series) -> list[datetime]:
    found = await here.built.store.find(Order, series_id=series.id, order="starts_at")
    return [order.starts_at for order in found if order.state is not State.CANCELLED]


async def asked(here: Town) -> list[SeriesDate]:
    return await here.built.store.find(SeriesDate, order="starts_at")


async def rival(
    here: Town, provider: Provider, start: datetime, *, pay: Pay = Pay.ON_SITE
) -> Order:
    other = (await here.customers(1))[0]
    await here.wants(other, provider, start, pay=pay)
    return await here.place(other.id)


@pytest.mark.feature("C20")
async def test_four_visits_are_booked_and_the_fifth_when_the_first_has_come(here: Town) -> None:
    _, _, order = await accepted(here)
    series = await repeats(here, order)
    weeks = [START + WEEK * number for number in range(5)]
    assert await visits(here, series) == weeks
    assert await asked(here) == []
    await here.sweep.run()
    assert await visits(here, series) == weeks
    here.now = START + WEEK
    await here.sweep.run()
    assert (await visits(here, series))[-1] == START + WEEK * 5
    assert await broken(here.database, now=here.now) == {}


@pytest.mark.feature("C20")
async def test_a_conflict_in_week_four_asks_about_week_four_alone(here: Town) -> None:
    customer, provider, order = await accepted(here)
    await rival(here, provider, START + WEEK * 4)
    series = await repeats(here, order)
    assert await visits(here, series) == [START + WEEK * number for number in range(4)]
    (date,) = await asked(here)
    assert (date.starts_at, date.why, date.state) == (START + WEEK * 4, Why.TAKEN, DateState.OPEN)
    rows = await here.database.fetch("SELECT person_id FROM outbox WHERE kind = 'series_asked'", [])
    assert [row[0] for row in rows] == [customer.id]
    open_dates, who = here.core.open_dates, {"date_id": date.id, "person_id": customer.id}
    choice = await open_dates.choice(**who, now=here.now)
    assert choice.starts == tuple(START + WEEK * 4 + timedelta(days=n) for n in (1, 2, 3))
    with pytest.raises(SlotTaken):
        await open_dates.take(**who, start=START + WEEK * 4, total=20_000, now=here.now)
    await open_dates.take(**who, start=choice.starts[0], total=20_000, now=here.now)
    assert (await visits(here, series))[-1] == choice.starts[0]
    with pytest.raises(NotAllowedNow):
        await open_dates.skip(**who)
    assert len(await asked(here)) == 1


@pytest.mark.feature("C20")
async def test_a_day_off_is_skipped_with_one_tap_and_the_rest_goes_on(here: Town) -> None:
    customer, provider, order = await accepted(here)
    off = DayHours(id=here.new_id(), provider_id=provider.id, day=(START + WEEK * 2).date())
    await here.insert([off])
    series = await repeats(here, order)
    (date,) = await asked(here)
    await here.core.open_dates.skip(date_id=date.id, person_id=customer.id)
    assert await visits(here, series) == [START + WEEK * number for number in (0, 1, 3, 4)]
    assert [one.state for one in await asked(here)] == [DateState.SKIPPED]


@pytest.mark.feature("C20")
async def test_months_stay_within_the_horizon(here: Town) -> None:
    _, _, order = await accepted(here)
    series = await repeats(here, order, Rhythm.MONTHLY)
    # The first Tuesday of May, June, and July, which lies beyond sixty days.
    assert [start.date().isoformat() for start in await visits(here, series)] == [
        "2026-05-05", "2026-06-02",
    ]  # fmt: skip
    here.now = NOON + timedelta(days=10)
    await here.sweep.run()
    assert (await visits(here, series))[-1].date().isoformat() == "2026-07-07"


@pytest.mark.feature("C20")
async def test_a_higher_price_is_asked_about_and_then_counts(here: Town) -> None:
    customer, provider, order = await accepted(here)
    series = await repeats(here, order)
    skill = await here.built.store.get(Skill, provider_id=provider.id)
    assert skill is not None
    await here.built.store.apply(Changes().add(Update(Skill, skill.id, {"price": 25_000})))
    here.now = START + WEEK
    await here.sweep.run()
    (date,) = await asked(here)
    assert date.why is Why.PRICE
    who = {"date_id": date.id, "person_id": customer.id, "start": date.starts_at}
    with pytest.raises(OutOfDate):
        await here.core.open_dates.take(**who, total=20_000, now=here.now)
    placed = await here.core.open_dates.take(**who, total=25_000, now=here.now)
    assert placed.total == 25_000
    here.now = START + WEEK * 2
    await here.sweep.run()
    assert len(await asked(here)) == 1
    assert (await visits(here, series))[-1] == START + WEEK * 6


@pytest.mark.feature("C20")
async def test_stopped_nothing_more_is_booked_and_what_is_booked_stays(here: Town) -> None:
    customer, provider, order = await accepted(here)
    await rival(here, provider, START + WEEK * 4)
    series = await repeats(here, order)
    stop = {"series_id": series.id, "person_id": customer.id}
    await here.core.repeating.stop(**stop)
    await here.core.repeating.stop(**stop)
    before = await visits(here, series)
    assert len(before) == 4
    await here.sweep.run()
    assert await visits(here, series) == before
    here.now = START + WEEK * 2
    await here.sweep.run()
    assert await here.built.store.count(Order, series_id=series.id) == 4
    assert [one.state for one in await asked(here)] == [DateState.SKIPPED]
    assert await here.core.repeating.of_person(person_id=customer.id) == []


@pytest.mark.feature("C20")
async def test_repeated_taps_and_timers_make_one_series_with_one_visit_a_date(here: Town) -> None:
    _, _, order = await accepted(here)
    ends = await asyncio.gather(*(repeats(here, order) for _ in range(5)), return_exceptions=True)
    assert all(isinstance(end, Series | OutOfDate) for end in ends), ends
    (series,) = await here.built.store.find(Series)
    await asyncio.gather(
        *(here.core.repeating.roll(series_id=series.id, now=here.now) for _ in range(5))
    )
    assert await visits(here, series) == [START + WEEK * number for number in range(5)]
    assert await broken(here.database, now=here.now) == {}


@pytest.mark.feature("C20")
async def test_a_tap_and_timers_that_meet_at_a_taken_date_ask_about_it_once(here: Town) -> None:
    _, provider, order = await accepted(here)
    series = await repeats(here, order)
    for week in range(5, 8):
        await rival(here, provider, START + WEEK * week)
    here.now = START + WEEK * 4
    roll = here.core.repeating.roll
    await asyncio.gather(*(roll(series_id=series.id, now=here.now) for _ in range(5)))
    assert [date.starts_at for date in await asked(here)] == [
        START + WEEK * week for week in range(5, 8)
    ]
    assert (await visits(here, series))[-1] == START + WEEK * 8
    assert await broken(here.database, now=here.now) == {}


@pytest.mark.feature("C20")
async def test_whoever_begins_asks_about_several_dates_in_one_message(here: Town) -> None:
    _, provider, order = await accepted(here)
    for week in (1, 2, 3, 4):
        await rival(here, provider, START + WEEK * week)
    await asyncio.gather(repeats(here, order), *(here.sweep.run() for _ in range(3)))
    assert len(await asked(here)) == 4
    letters = "SELECT COUNT(*) FROM outbox WHERE kind = 'series_asked'"
    assert (await here.database.fetch(letters, []))[0][0] == 1
    due = "SELECT due_at FROM timer WHERE kind = 'series.roll'"
    assert (await here.database.fetch(due, []))[0][0] > here.now.timestamp() * 1000
    here.now += timedelta(minutes=2)
    await here.sweep.run()
    assert (await here.database.fetch(letters, []))[0][0] == 1


@pytest.mark.feature("C20")
async def test_among_rivals_for_the_same_hours_each_has_one_and_the_series_asks(here: Town) -> None:
    _, provider, order = await accepted(here)
    others = await here.customers(8)
    goals = [START + WEEK * (1 + number % 4) for number in range(8)]
    await here.insert(
        [here.draft(who, provider, goal, pay=Pay.ON_SITE)
         for who, goal in zip(others, goals, strict=True)]
    )  # fmt: skip
    ends = await asyncio.gather(
        repeats(here, order), *(here.place(who.id) for who in others), return_exceptions=True
    )
    assert all(isinstance(end, Series | Order | DomainError) for end in ends), ends
    (series,) = await here.built.store.find(Series)
    mine = set(await visits(here, series)) - {START}
    open_dates = {date.starts_at for date in await asked(here)}
    assert mine | open_dates == set(goals)
    assert not mine & open_dates
    assert await broken(here.database, now=here.now) == {}


@pytest.mark.feature("C20")
async def test_a_customer_has_so_many_series_and_a_cancelled_visit_none(here: Town) -> None:
    customer, _, order = await accepted(here)
    like = {"day": START.toordinal(), "minute": 600, "zone": "Asia/Shanghai", "price": 1}
    others = [
        Series(id=here.new_id(), customer_id=customer.id, provider_id=order.provider_id,
               service_id=order.service_id, rhythm=Rhythm.WEEKLY, next_index=1, created_at=NOON,
               **like)
        for _ in range(3)
    ]  # fmt: skip
    await here.built.store.apply(Changes().add(*(Insert(one) for one in others)))
    with pytest.raises(Invalid) as said:
        await repeats(here, order)
    assert said.value.reason == "too_many"
    by = By(Actor.CUSTOMER, customer.id)
    await here.core.orders.cancel(order_id=order.id, by=by, now=here.now)
    with pytest.raises(NotAllowedNow):
        await repeats(here, order)


@pytest.mark.feature("C20", "C17")
async def test_a_provider_who_is_gone_is_named_as_the_reason(here: Town) -> None:
    customer, provider, order = await accepted(here)
    series = await repeats(here, order)
    skill = await here.built.store.get(Skill, provider_id=provider.id)
    assert skill is not None
    await here.built.store.apply(Changes().add(Update(Skill, skill.id, {"active": False})))
    here.now = START + WEEK
    await here.sweep.run()
    (date,) = await asked(here)
    assert date.why is Why.PROVIDER
    choice = await here.core.open_dates.choice(date_id=date.id, person_id=customer.id, now=here.now)
    assert choice.starts == ()
    still = await here.core.repeating.mine(series_id=series.id, person_id=customer.id)
    assert still.state is SeriesState.ACTIVE


@pytest.mark.feature("C20")
async def test_somebody_else_takes_one_date_and_the_series_stays_as_it_is(here: Town) -> None:
    customer, provider, order = await accepted(here)
    other = await here.provider(opens=600, closes=660, price=30_000)
    busy = await here.provider(opens=600, closes=660)
    await rival(here, provider, START + WEEK * 4)
    await rival(here, busy, START + WEEK * 4)
    series = await repeats(here, order)
    [date] = await asked(here)
    mine = {"date_id": date.id, "person_id": customer.id, "now": here.now}
    found = await here.core.open_dates.others(provider_ids=[busy.id, other.id], **mine)
    assert [(one.provider.id, one.total) for one in found] == [(other.id, 30_000)]
    give = {"start": date.starts_at, "provider_id": other.id, **mine}
    with pytest.raises(OutOfDate):
        await here.core.open_dates.take(total=20_000, **give)
    taken = await here.core.open_dates.take(total=30_000, **give)
    assert (taken.provider_id, taken.starts_at) == (other.id, START + WEEK * 4)
    assert taken.series_id == series.id
    with pytest.raises(NotAllowedNow):
        await here.core.open_dates.take(total=30_000, **give)
    later = await here.core.repeating.mine(series_id=series.id, person_id=customer.id)
    assert (later.price, later.provider_id) == (20_000, provider.id)
    assert await broken(here.database, now=here.now) == {}
