"""A visit of several services passes to somebody who does all of them for no more money, on both databases."""

from datetime import timedelta

import pytest

from core.changes import Changes, Update
from core.orders.model import Pay, State
from core.orders.tasks import Pick
from core.people.model import Provider, Skill
from tests.db.invariants import broken
from tests.reliability.town import NOON, Town

START = NOON + timedelta(days=1)


async def asks(here: Town, *prices: int) -> Provider:
    """Somebody who does the first so many services, at these prices."""
    provider = await here.provider(*here.services[: len(prices)])
    changes = Changes()
    for service, price in zip(here.services, prices, strict=False):
        skill = await here.core.store.get(Skill, provider_id=provider.id, service_id=service.id)
        assert skill is not None
        changes.add(Update(Skill, skill.id, {"price": price}))
    await here.core.store.apply(changes)
    await here.core.index.provider(provider_id=provider.id, now=here.now)
    return provider


@pytest.mark.feature("C17", "C7")
async def test_only_who_does_all_of_it_for_no_more_steps_in(here: Town) -> None:
    for _ in range(3):
        await here.service()
    first = await asks(here, 20_000, 10_000, 9_000)
    await asks(here, 1_000)  # does the first alone
    await asks(here, 1_000, 1_000)  # and not the third
    await asks(here, 25_000, 10_000, 5_000)  # 40 000, a thousand more
    dear_and_cheap = await asks(here, 25_000, 10_000, 4_000)  # 39 000 together
    (ann,) = await here.customers(1)
    draft = here.draft(ann, first, START, pay=Pay.ON_SITE)
    draft.further = [Pick(service.id).as_dict() for service in here.services[1:]]
    await here.insert([draft])
    order = await here.place(ann.id)
    assert (order.total, order.minutes) == (39_000, 180)
    able = await here.core.matching.suitable(order_id=order.id, now=here.now)
    assert [provider.id for provider in able] == [dear_and_cheap.id]
    await here.core.jobs.decline(order_id=order.id, person_id=first.person_id, now=here.now)
    await here.core.matching.rematch(order_id=order.id, now=here.now)
    now = (await here.core.orders.view(order_id=order.id)).order
    assert (now.state, now.provider_id, now.total) == (State.OFFERED, dear_and_cheap.id, 39_000)
    assert await broken(here.database, now=here.now) == {}
