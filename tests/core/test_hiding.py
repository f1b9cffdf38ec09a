"""A review that staff take down or show again carries its stars along, whatever happens in between."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.errors import AlreadyDone, Invalid
from core.people.model import Provider, Role, Staff, StaffAct
from core.people.staff import StaffRoom
from core.reviews.hiding import Hiding
from core.reviews.model import Review
from core.reviews.service import Scores
from core.security.refusals import Refusals
from tests.builders import NOW, ZONE, Town, town
from tests.core.test_reviews import START

pytestmark = pytest.mark.feature("A15")
ANNA = Staff(id=1, telegram_id=77, name="Anna", role=Role.SUPPORT, added_at=NOW)


@dataclass
class Desk:
    place: Town
    hiding: Hiding
    provider: Provider
    orders: list[int]

    async def stars(self) -> tuple[int, int]:
        """(reviews that count, the sum of all their stars)"""
        found = await self.place.store.get(Provider, id=self.provider.id)
        assert found is not None
        return found.rating_count, found.quality_sum + found.attitude_sum + found.skill_sum

    async def shown(self) -> tuple[int, int]:
        """The same counted from the reviews."""
        found = await self.place.store.find(Review, provider_id=self.provider.id, hidden=False)
        return len(found), sum(one.quality + one.attitude + one.skill for one in found)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with town(tmp_path) as place:
        refusals = Refusals(store=place.store, rules=place.rules, zone=ZONE, new_id=place.new_id)
        staff = StaffRoom(store=place.store, refusals=refusals, new_id=place.new_id)
        hiding = Hiding(store=place.store, orders=place.orders, reviews=place.reviews, staff=staff)
        await place.keep(ANNA)
        service = await place.service()
        provider = await place.provider(service=service)
        orders = []
        for n in range(3):
            customer = await place.person(f"Ann {n}")
            start = START.replace(day=START.day + n)
            order = await place.order(
                customer=customer, service=service, provider=provider, start=start
            )
            done = await place.done(order, provider)
            await place.reviews.write(
                order_id=done.id, customer_id=customer.id, scores=Scores(5 - n, 4, 1 + n), text="",
                files=[], now=NOW,
            )  # fmt: skip
            orders.append(done.id)
        yield Desk(place, hiding, provider, orders)


@pytest.mark.parametrize("seed", range(4))
async def test_stars_are_those_of_the_reviews_that_are_shown(desk: Desk, seed: int) -> None:
    print("seed", seed)
    rng = random.Random(seed)
    for _ in range(20):
        turn = rng.choice((desk.hiding.hide, desk.hiding.restore))
        try:
            await turn(order_id=rng.choice(desk.orders), member=ANNA, reason="So it is", now=NOW)
        except AlreadyDone:
            pass
        assert await desk.stars() == await desk.shown()


async def test_of_two_who_hide_at_once_one_does_and_it_is_logged_once(desk: Desk) -> None:
    order = desk.orders[0]
    both = [
        desk.hiding.hide(order_id=order, member=ANNA, reason="Insult", now=NOW) for _ in range(2)
    ]
    said = await asyncio.gather(*both, return_exceptions=True)
    assert sum(isinstance(one, AlreadyDone) for one in said) == 1
    [act] = await desk.place.store.find(StaffAct)
    assert (act.name, act.action, act.reason) == ("Anna", "reviews.decide", "Insult")
    assert [review.order_id for review in await desk.hiding.hidden()] == [order]


async def test_nothing_is_hidden_without_a_reason(desk: Desk) -> None:
    with pytest.raises(Invalid, match="reason"):
        await desk.hiding.hide(order_id=desk.orders[0], member=ANNA, reason="  ", now=NOW)
