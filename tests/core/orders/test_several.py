"""Several services in one visit: added, taken out, timed together, kept by the order, all or nothing."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.changes import Changes, Update
from core.errors import Invalid, SlotTaken, Unknown
from core.income import expected
from core.orders.model import Stage
from core.orders.offers import as_job, as_offer
from core.orders.together import MOST_SERVICES
from core.people.model import Certificate, CertificateState, Skill
from tests.builders import NOW, Town, town

START = NOW + timedelta(hours=3)
pytestmark = pytest.mark.feature("C7")


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


async def skilled(place: Town, provider_id: int, service_id: int, price: int) -> Skill:
    skill = Skill(id=place.new_id(), provider_id=provider_id, service_id=service_id, price=price)
    await place.keep(skill)
    return skill


async def test_services_are_added_with_their_options_and_their_time_and_kept_by_the_order(
    place: Town,
) -> None:
    repair = await place.service(commission_bp=1500)
    clean = await place.service(names={"en": "Cleaning"}, commission_bp=1000, work_photos="after")
    provider = await place.provider(service=repair)
    await skilled(place, provider.id, clean.id, 8000)
    ann = await place.person()
    await place.draft(customer=ann, service=repair, provider=provider, start=START)
    booking = await place.bookings.open(customer_id=ann.id)
    assert [o.service.id for o in await place.together.offered(booking=booking, now=NOW)] == [
        clean.id
    ]
    for _ in range(2):
        booking = await place.together.add(customer_id=ann.id, service_id=clean.id, now=NOW)
    assert booking.draft.starts_at == START, "the time stays until it is looked at again"
    await place.together.choose(
        customer_id=ann.id, place=1, now=NOW, options={"more": 1}, answers={"kind": "挂机"}
    )
    booking = await place.together.choose(
        customer_id=ann.id, place=0, now=NOW, answers={"kind": "Floor unit"}
    )
    assert booking.quote is not None
    assert (booking.quote.total, booking.quote.minutes) == (12000 + 8000 + 9000, 90 + 90 + 45)
    order = await place.placing.place(customer_id=ann.id, now=NOW)
    kept = (await place.orders.view(order_id=order.id)).order
    assert [task.service_id for task in kept.tasks] == [repair.id, clean.id]
    assert [task.gross for task in kept.tasks] == [12000, 17000]
    assert [task.answers for task in kept.tasks] == [{"kind": "Floor unit"}, {"kind": "挂机"}]
    assert expected(order=kept).commission == 1800 + 1700
    assert (kept.work_photos, kept.asks(Stage.AFTER)) == ("after", True)
    offer = as_offer(kept, provider, None, 18)
    assert offer.tasks == kept.tasks
    assert offer.earning.net == 29000 - 3500 == as_job(kept, ann).earning.net


async def test_the_whole_length_must_be_free(place: Town) -> None:
    repair, clean = await place.service(), await place.service()
    provider = await place.provider(service=repair)
    await skilled(place, provider.id, clean.id, 8000)
    ann, bob = await place.person(), await place.person("Bob")
    await place.order(
        customer=bob, service=repair, provider=provider, start=START + timedelta(hours=2)
    )
    await place.draft(customer=ann, service=repair, provider=provider, start=START)
    await place.together.add(customer_id=ann.id, service_id=clean.id, now=NOW)
    with pytest.raises(SlotTaken) as taken:
        await place.placing.place(customer_id=ann.id, now=NOW)
    assert len(taken.value.alternatives) == 3
    calendar = await place.availability.calendar(provider=provider, now=NOW)
    for start in taken.value.alternatives:
        assert place.availability.offers(calendar=calendar, minutes=180, start=start, now=NOW)


async def test_only_what_the_provider_may_do_can_be_added(place: Town) -> None:
    repair = await place.service()
    gas = await place.service(certificate="gas")
    other = await place.service()
    provider = await place.provider(service=repair)
    await skilled(place, provider.id, gas.id, 8000)
    ann = await place.person()
    later = START + timedelta(days=2)
    await place.draft(customer=ann, service=repair, provider=provider, start=later)
    for service in (gas, other):
        with pytest.raises(Unknown):
            await place.together.add(customer_id=ann.id, service_id=service.id, now=NOW)
    paper = Certificate(
        id=place.new_id(), provider_id=provider.id, kind="gas", state=CertificateState.VERIFIED,
        expires_on=date(2026, 3, 2),
    )  # fmt: skip
    await place.keep(paper)
    await place.together.add(customer_id=ann.id, service_id=gas.id, now=NOW)
    with pytest.raises(Unknown):
        await place.placing.place(customer_id=ann.id, now=NOW + timedelta(days=1))


async def test_there_is_a_most_and_what_was_added_goes_again(place: Town) -> None:
    main = await place.service()
    provider = await place.provider(service=main)
    more = [await place.service() for _ in range(MOST_SERVICES)]
    for service in more:
        await skilled(place, provider.id, service.id, 5000)
    ann = await place.person()
    await place.draft(customer=ann, service=main, provider=provider, start=START)
    for service in more[:-1]:
        await place.together.add(customer_id=ann.id, service_id=service.id, now=NOW)
    with pytest.raises(Invalid, match="too_many"):
        await place.together.add(customer_id=ann.id, service_id=more[-1].id, now=NOW)
    for service in (more[0], main):
        booking = await place.together.remove(customer_id=ann.id, service_id=service.id, now=NOW)
    assert [s.id for s in booking.services] == [main.id, *(s.id for s in more[1:-1])]


async def test_another_provider_takes_over_what_he_offers_and_the_time_if_he_has_it(
    place: Town,
) -> None:
    main, clean, gas = [await place.service() for _ in range(3)]
    one = await place.provider(service=main)
    other = await place.provider(service=main, price=15000)
    for service in (clean, gas):
        await skilled(place, one.id, service.id, 5000)
    await skilled(place, other.id, clean.id, 6000)
    ann = await place.person()
    await place.draft(customer=ann, service=main, provider=one, start=START, notes="Third bell")
    for service in (clean, gas):
        await place.together.add(customer_id=ann.id, service_id=service.id, now=NOW)
    me = {"customer_id": ann.id, "now": NOW}
    await place.bookings.fill(provider_id=None, starts_at=START, **me)
    booking = await place.bookings.begin(service_id=main.id, provider_id=other.id, **me)
    assert [s.id for s in booking.services] == [main.id, clean.id]
    assert (booking.draft.notes, booking.draft.starts_at) == ("Third bell", START)
    assert booking.quote is not None
    assert booking.quote.total == 21000


async def test_a_service_that_is_withdrawn_meanwhile_is_not_booked(place: Town) -> None:
    main, clean = await place.service(), await place.service()
    provider = await place.provider(service=main)
    skill = await skilled(place, provider.id, clean.id, 5000)
    ann = await place.person()
    await place.draft(customer=ann, service=main, provider=provider, start=START)
    await place.together.add(customer_id=ann.id, service_id=clean.id, now=NOW)
    await place.store.apply(Changes().add(Update(Skill, skill.id, {"active": False})))
    with pytest.raises(Unknown):
        await place.placing.place(customer_id=ann.id, now=NOW)
