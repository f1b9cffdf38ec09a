"""A certificate counts on the day of the visit: nobody is offered, booked, moved or sent for a day after its last."""

from datetime import date, datetime, timedelta

import pytest

from core.errors import Invalid, SlotTaken
from core.orders.model import Order, Pay, State
from core.people.model import Certificate, CertificateState, Person, Provider
from core.search.finder import Wish
from core.search.timed import Window
from core.series.model import Rhythm, SeriesDate
from core.waitlist.model import Waiting, WaitState
from tests.reliability.town import CENTRE, NOON, Town

DAY = timedelta(days=1)
LAST = date(2026, 5, 6)
ON_THE_LAST, AFTER = NOON + 2 * DAY, NOON + 3 * DAY
HERE = {"lat": CENTRE[0], "lon": CENTRE[1]}

pytestmark = pytest.mark.feature("C5")


async def gasman(here: Town, *, until: date | None = LAST, price: int = 20_000) -> Provider:
    """Does the town's first service, for which a certificate is needed."""
    if not here.services:
        await here.service(certificate="gas")
    provider = await here.provider(price=price)
    paper = Certificate(
        id=here.new_id(), provider_id=provider.id, kind="gas", expires_on=until,
        state=CertificateState.VERIFIED,
    )  # fmt: skip
    await here.insert([paper])
    await here.core.index.provider(provider_id=provider.id, now=here.now)
    return provider


async def booked(here: Town, provider: Provider, start: datetime) -> tuple[Person, Order]:
    [person] = await here.customers(1)
    await here.wants(person, provider, start, pay=Pay.ON_SITE)
    return person, await here.place(person.id)


async def names_at(here: Town, moment: datetime) -> list[int]:
    found = await here.core.finder.free(
        service_id=here.services[0].id, window=Window(moment, moment), page=0, now=here.now, **HERE
    )
    return sorted(offer.provider.id for offer in found.items)


async def test_the_calendar_ends_with_the_last_day(here: Town) -> None:
    provider = await gasman(here)
    [person] = await here.customers(1)
    await here.wants(person, provider, ON_THE_LAST, pay=Pay.ON_SITE)
    booking = await here.core.bookings.open(customer_id=person.id)
    calendar = await here.availability.calendar(
        provider=provider, now=here.now, needs=booking.needs
    )
    days = here.availability.days(calendar=calendar, minutes=60, now=here.now)
    assert days == [date(2026, 5, 4), date(2026, 5, 5), LAST]
    asked = {"calendar": calendar, "minutes": 60, "now": here.now}
    assert here.availability.starts(day=LAST, **asked)
    assert not here.availability.starts(day=LAST + DAY, **asked)
    with pytest.raises(Invalid, match="not_offered"):
        await here.core.bookings.choose_start(customer_id=person.id, start=AFTER, now=here.now)


async def test_no_visit_is_placed_for_a_day_after_it(here: Town) -> None:
    provider = await gasman(here)
    await booked(here, provider, ON_THE_LAST)
    with pytest.raises(SlotTaken) as taken:
        await booked(here, provider, AFTER)
    assert taken.value.alternatives == []


async def test_a_visit_is_not_moved_beyond_it(here: Town) -> None:
    provider = await gasman(here)
    _, order = await booked(here, provider, ON_THE_LAST)
    wish = {"order_id": order.id, "customer_id": order.customer_id, "now": here.now}
    with pytest.raises(SlotTaken) as taken:
        await here.core.moving.move(start=AFTER, **wish)
    assert all(start < AFTER for start in taken.value.alternatives)
    view = await here.core.orders.view(order_id=order.id)
    assert view.order.starts_at == ON_THE_LAST


async def test_lists_at_a_time_and_of_the_nearest_times_leave_him_out(here: Town) -> None:
    short, good = await gasman(here), await gasman(here, until=None)
    assert await names_at(here, ON_THE_LAST) == sorted([short.id, good.id])
    assert await names_at(here, AFTER) == [good.id]
    near = await here.core.finder.nearest(
        service_id=here.services[0].id, wanted=AFTER, now=here.now, **HERE
    )
    assert {offer.provider.id: offer.earliest < AFTER for offer in near}[short.id]


async def test_the_index_of_yesterday_counts_and_prices_nobody_whose_paper_ran_out(
    here: Town,
) -> None:
    await gasman(here, price=15_000)
    good = await gasman(here, until=None, price=20_000)
    service_id = here.services[0].id
    assert await here.core.finder.price_from(service_id=service_id, now=here.now, **HERE) == 15_000
    here.now = AFTER - timedelta(hours=1)
    asked = {"service_id": service_id, "now": here.now, **HERE}
    assert await here.core.finder.price_from(**asked) == 20_000
    assert (await here.core.finder.free_today(**asked)).count == 1
    listed = await here.core.finder.offers(wish=Wish(), page=0, **asked)
    assert [offer.provider.id for offer in listed.items] == [good.id]
    lowest = await here.core.finder.lowest(
        service_ids=[service_id], least=16_000, now=here.now, **HERE
    )
    assert lowest == {service_id: 20_000}


async def test_nobody_steps_in_without_one_that_lasts_until_the_visit(here: Town) -> None:
    fails, short = await gasman(here, until=None), await gasman(here)
    good = await gasman(here, until=None)
    _, order = await booked(here, fails, AFTER)
    assert {
        one.id for one in await here.core.matching.suitable(order_id=order.id, now=here.now)
    } == {good.id}
    for provider in (fails, good):
        await here.core.jobs.decline(order_id=order.id, person_id=provider.person_id, now=here.now)
        await here.sweep.run()
    view = await here.core.orders.view(order_id=order.id)
    assert view.order.provider_id != short.id
    assert view.order.state in (State.CHOOSING, State.CANCELLED)


async def test_time_that_frees_after_it_is_held_for_nobody(here: Town) -> None:
    provider = await gasman(here)
    [person] = await here.customers(1)
    await here.wants(person, provider, AFTER, pay=Pay.ON_SITE)
    day = here.availability.today(now=AFTER)
    waiting = await here.core.waitlist.join(
        customer_id=person.id, day=day, anybody=True, now=here.now
    )
    await here.core.line.look(provider_id=provider.id, now=here.now)
    known = await here.built.store.get(Waiting, id=waiting.id)
    assert known is not None
    assert known.state is WaitState.WAITING
    better = await gasman(here, until=None)
    await here.core.line.look(provider_id=better.id, now=here.now)
    known = await here.built.store.get(Waiting, id=waiting.id)
    assert known is not None
    assert (known.state, known.offered_by) == (WaitState.TOLD, better.id)


async def test_a_repeated_visit_beyond_it_is_asked_about_and_offered_no_time_after_it(
    here: Town,
) -> None:
    provider = await gasman(here, until=LAST + 7 * DAY)
    person, order = await booked(here, provider, ON_THE_LAST)
    await here.core.jobs.accept(order_id=order.id, person_id=provider.person_id, now=here.now)
    await here.core.repeating.start(
        order_id=order.id, customer_id=person.id, rhythm=Rhythm.WEEKLY, price=20_000, now=here.now
    )
    visits = await here.built.store.find(Order, customer_id=person.id, order="starts_at")
    assert [visit.starts_at for visit in visits] == [ON_THE_LAST, ON_THE_LAST + 7 * DAY]
    dates = await here.built.store.find(SeriesDate, order="starts_at")
    assert [date.starts_at for date in dates][:1] == [ON_THE_LAST + 14 * DAY]
    choice = await here.core.open_dates.choice(
        date_id=dates[0].id, person_id=person.id, now=here.now
    )
    assert choice.starts == ()
