"""Repeated visits paid beforehand, on both databases: the time is kept, each is asked for in time and let go alone."""

import asyncio
from datetime import datetime, timedelta

import pytest

from core.changes import Changes, Update
from core.errors import Invalid, NotAllowedNow, SlotTaken
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay, State
from core.people.model import DayHours, Provider
from core.series.model import Series, Why
from tests.db.invariants import broken
from tests.reliability.test_series import START, WEEK, accepted, asked, repeats, rival
from tests.reliability.town import Town

DAY = timedelta(days=1)
FIRST = START + WEEK


async def visits_of(here: Town, series: Series) -> list[Order]:
    found = await here.built.store.find(Order, series_id=series.id, order="starts_at")
    return [order for order in found if order.starts_at > START]


async def letters(here: Town, kind: str) -> int:
    rows = await here.database.fetch("SELECT COUNT(*) FROM outbox WHERE kind = ?", [kind])
    return int(rows[0][0])


async def at(here: Town, moment: datetime) -> None:
    here.now = moment
    await here.sweep.run()
    assert await broken(here.database, now=here.now) == {}


async def prepaid(here: Town, pay: Pay = Pay.FULL) -> tuple[Provider, Order, Series]:
    _, provider, order = await accepted(here, pay=pay)
    series = await repeats(here, order)
    return provider, order, series


@pytest.mark.feature("C20", "C8")
async def test_each_visit_keeps_its_time_and_is_asked_for_four_days_ahead(here: Town) -> None:
    provider, _, series = await prepaid(here)
    visits = await visits_of(here, series)
    assert [(one.starts_at, one.state, one.paid) for one in visits] == [
        (START + WEEK * number, State.UNPAID, 0) for number in range(1, 5)
    ]
    assert [one.asked_until for one in visits] == [one.starts_at - DAY * 2 for one in visits]
    with pytest.raises(SlotTaken):
        await rival(here, provider, FIRST, pay=Pay.FULL)
    await at(here, FIRST - DAY * 4 - timedelta(minutes=1))
    assert await letters(here, "pay_due") == 0
    await at(here, FIRST - DAY * 4)
    await at(here, FIRST - DAY * 4 + timedelta(hours=1))
    assert await letters(here, "pay_due") == 1


@pytest.mark.feature("C20", "C10")
@pytest.mark.parametrize(("pay", "due"), [(Pay.FULL, 20_000), (Pay.DEPOSIT, 6_000)])
async def test_a_paid_visit_is_an_order_like_any_other(here: Town, pay: Pay, due: int) -> None:
    provider, _, series = await prepaid(here, pay)
    visit = (await visits_of(here, series))[0]
    await at(here, FIRST - DAY * 4)
    assert await here.pay(visit)
    with pytest.raises(NotAllowedNow):
        await here.pay(visit)
    await here.core.jobs.accept(order_id=visit.id, person_id=provider.person_id, now=here.now)
    by = By(Actor.CUSTOMER, visit.customer_id)
    here.now = FIRST - timedelta(hours=1)
    view = await here.core.orders.cancel(order_id=visit.id, by=by, now=here.now)
    await here.sweep.run()
    fee = view.order.paid - view.order.refund_due
    assert (view.order.paid, fee > 0) == (due, True)
    refunds = await here.core.payments.refunds_of(order_id=visit.id)
    assert sum(here.bank.refunds[one.number][1] for one in refunds) == due - fee
    assert await broken(here.database, now=here.now) == {}


@pytest.mark.feature("C20", "C8")
async def test_an_unpaid_date_alone_is_let_go_after_a_reminder(here: Town) -> None:
    provider, _, series = await prepaid(here)
    await at(here, FIRST - DAY * 4)
    evening = FIRST - DAY * 2 - timedelta(hours=12, minutes=30)
    await at(here, evening - timedelta(minutes=1))
    assert await letters(here, "pay_last") == 0
    await at(here, evening)
    assert await letters(here, "pay_last") == 1, "six hours before would be at night"
    states = [one.state for one in await visits_of(here, series)]
    assert states == [State.UNPAID] * 4
    await at(here, FIRST - DAY * 2)
    states = [one.state for one in await visits_of(here, series)]
    assert states == [State.CANCELLED, State.UNPAID, State.UNPAID, State.UNPAID]
    assert await here.core.repeating.of_person(person_id=series.customer_id) != []
    taken = await rival(here, provider, FIRST, pay=Pay.FULL)
    assert taken.starts_at == FIRST


@pytest.mark.feature("C20", "C10")
async def test_paid_in_the_moment_it_is_let_go_the_money_is_taken_once_or_goes_back(
    here: Town,
) -> None:
    _, _, series = await prepaid(here)
    visit = (await visits_of(here, series))[0]
    here.now = FIRST - DAY * 2 - timedelta(seconds=1)
    begin = {"order_id": visit.id, "customer_id": visit.customer_id, "language": "en"}
    links = await asyncio.gather(
        *(here.core.payments.begin(**begin, now=here.now) for _ in range(5))
    )
    assert len({link.number for link in links}) == 1
    here.bank.pays(links[0].number)
    here.now = FIRST - DAY * 2
    await asyncio.gather(
        here.sweep.run(), here.core.payments.ask(payment_id=links[0].id, tries=0, now=here.now)
    )
    await here.sweep.run()
    order = (await visits_of(here, series))[0]
    back = sum(amount for _, amount in here.bank.refunds.values())
    assert (order.state, back) in ((State.CANCELLED, 20_000), (State.OFFERED, 0))
    assert await broken(here.database, now=here.now) == {}


@pytest.mark.feature("C20", "C10")
async def test_a_link_that_ran_out_is_followed_by_a_new_one(here: Town) -> None:
    _, _, series = await prepaid(here)
    visit = (await visits_of(here, series))[0]
    begin = {"order_id": visit.id, "customer_id": visit.customer_id, "language": "en"}
    here.now = FIRST - DAY * 4
    first = await here.core.payments.begin(**begin, now=here.now)
    await at(here, FIRST - DAY * 3)
    assert not here.bank.pays(first.number)
    second = await here.core.payments.begin(**begin, now=here.now)
    assert second.number != first.number
    assert second.expires_at <= FIRST - DAY * 2
    assert here.bank.pays(second.number)


@pytest.mark.feature("C20", "P6")
async def test_nobody_pays_for_a_day_the_provider_has_taken_off_meanwhile(here: Town) -> None:
    provider, _, series = await prepaid(here)
    off = DayHours(id=here.new_id(), provider_id=provider.id, day=FIRST.date())
    await here.insert([off])
    await at(here, FIRST - DAY * 4)
    states = [one.state for one in await visits_of(here, series)]
    assert states == [State.CANCELLED, State.UNPAID, State.UNPAID, State.UNPAID]
    (date,) = await asked(here)
    assert (date.starts_at, date.why) == (FIRST, Why.TAKEN)
    assert await letters(here, "pay_due") == 0
    choice = await here.core.open_dates.choice(
        date_id=date.id, person_id=series.customer_id, now=here.now
    )
    taken = await here.core.open_dates.take(
        date_id=date.id, person_id=series.customer_id, start=choice.starts[0], total=choice.total,
        now=here.now,
    )  # fmt: skip
    assert taken.state is State.UNPAID
    await at(here, taken.starts_at - DAY * 4)
    assert await letters(here, "pay_due") == 1


@pytest.mark.feature("C20")
async def test_reserved_visits_leave_room_for_other_bookings(here: Town) -> None:
    _, _, series = await prepaid(here)
    other = await here.provider()
    customer = await here.core.people.get(person_id=series.customer_id)
    for number in range(2):
        await here.wants(customer, other, START + timedelta(hours=3 + number * 2))
        assert (await here.place(customer.id)).state is State.UNPAID
    assert await broken(here.database, now=here.now) == {}


@pytest.mark.feature("C20")
async def test_stopped_its_reserved_visits_stay_and_are_still_asked_for(here: Town) -> None:
    _, _, series = await prepaid(here)
    await here.core.repeating.stop(series_id=series.id, person_id=series.customer_id)
    await at(here, FIRST - DAY * 4)
    assert [one.state for one in await visits_of(here, series)] == [State.UNPAID] * 4
    assert await letters(here, "pay_due") == 1


@pytest.mark.feature("C20")
async def test_what_is_paid_otherwise_now_is_not_repeated(here: Town) -> None:
    _, _, order = await accepted(here)
    service = here.services[0]
    await here.built.store.apply(
        Changes().add(Update(type(service), service.id, {"on_site": False}))
    )
    await here.core.catalog.reload()
    with pytest.raises(Invalid) as said:
        await repeats(here, order)
    assert (said.value.name, said.value.reason) == ("series", "pay")
