"""What one booking asks of the database: the same few questions, however many wait for other things."""

from datetime import timedelta

import pytest

from core.errors import SlotTaken
from core.orders.model import Pay
from core.people.model import Person, Provider
from core.waitlist.model import Waiting, WaitState
from tests.listening import Heard, listening
from tests.reliability.town import CENTRE, NOON, Town

START = NOON + timedelta(days=1)
HOPS = 12
"""Eleven times to read, once to write."""


def waits(here: Town, person: Person, **how: object) -> Waiting:
    day = here.availability.day_of(moment=START)
    values = {
        "id": here.new_id(), "person_id": person.id, "service_id": here.services[0].id, "day": day,
        "minutes": 60, "lat": CENTRE[0], "lon": CENTRE[1], "joined_at": here.now,
    }  # fmt: skip
    return Waiting(**values | how)  # type: ignore[arg-type]


async def books(here: Town, person: Person, provider: Provider) -> Heard:
    await here.wants(person, provider, START, pay=Pay.ON_SITE)
    with listening(here.database) as heard:
        await here.place(person.id)
    return heard


@pytest.mark.feature("C8")
async def test_who_waits_for_something_else_costs_a_booking_nothing(here: Town) -> None:
    await here.service()
    other = await here.service()
    customers = await here.customers(30)
    alone = await here.provider(here.services[0])
    heard = await books(here, customers[0], alone)
    assert heard.hops <= HOPS
    assert sum(" FROM waiting " in sql for sql in heard.read) == 1
    far = {"lat": CENTRE[0] + 3}
    elsewhere = [
        waits(here, one, **how)
        for one in customers[1:9]
        for how in ({"service_id": other.id}, {"day": 1 + here.availability.day_of(moment=START)}, far)
    ]  # fmt: skip
    await here.insert(elsewhere)
    beside = await here.provider(here.services[0])
    again = await books(here, customers[10], beside)
    assert (again.hops, len(again.written)) == (heard.hops, len(heard.written))


@pytest.mark.feature("C8")
async def test_who_waits_for_this_is_served_before_the_one_who_came_by(here: Town) -> None:
    await here.service()
    provider = await here.provider(here.services[0], opens=600, closes=660)
    first, passer, later = await here.customers(3)
    mine, next_day = waits(here, first), waits(here, later)
    next_day.day += 1
    await here.insert([mine, next_day])
    with pytest.raises(SlotTaken):
        await books(here, passer, provider)
    found = {one.id: one.state for one in await here.built.store.find(Waiting)}
    # The line of another day is not looked at for a start of this one.
    assert found == {mine.id: WaitState.TOLD, next_day.id: WaitState.WAITING}
