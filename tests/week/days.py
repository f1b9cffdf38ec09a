"""Which stories are told how often, and the days they are spread over."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import ClientError

from tests.chat import People, Person
from tests.e2e.staff import colleague, its_provider, opened
from tests.e2e.test_booking import PAID_ON_SITE, ordered
from tests.e2e.test_story import EN, booked, pays
from tests.week import complaints, extras, visits
from tests.week.besides import BESIDES, Stage
from tests.week.visits import Job

DAYS = 7
Story = Callable[[Job], Awaitable[None]]
STORIES: tuple[tuple[Story, int], ...] = (
    (visits.agreed, 26), (visits.paid, 4), (visits.silent, 8), (visits.declined, 10),
    (visits.accepted, 8), (visits.called_off, 6), (visits.at_the_door, 4), (visits.at_work, 4),
    (visits.unpaid, 5), (visits.quarrelled, 5), (visits.guessed, 4), (visits.blocked, 4),
    (visits.thought_better, 6), (visits.given_back, 4), (extras.approved, 3), (extras.refused, 2),
    (extras.unanswered, 1), (complaints.solved, 2), (complaints.comforted, 2),
    (complaints.repaid, 2), (complaints.once_more, 1), (complaints.left_open, 1),
)  # fmt: skip
BY_CARD = (
    visits.silent, visits.declined, visits.thought_better, visits.called_off, visits.given_back,
    extras.approved,
)  # fmt: skip
"""These are paid in advance every other time, so that money goes back; what is repaid always came by card."""
BESIDE = 0.2
"""How often something happens that is about no order."""


@dataclass
class Week:
    people: People
    rng: random.Random
    told: Counter[str] = field(default_factory=Counter)
    stopped: list[str] = field(default_factory=list)

    async def passes(self, orders: int) -> None:
        """The clock moves by small steps, so that what is due comes in its order."""
        stage = Stage(self.people, await colleague(self.people, "operator"), await self._earners())
        for _ in range(orders):
            [story] = self.rng.choices(*zip(*STORIES, strict=True))
            await self._tells(story.__name__, self._order(story, stage.staff))
            if self.rng.random() < BESIDE:
                [besides] = self.rng.choices(*zip(*BESIDES, strict=True))
                await self._tells(besides.__name__, besides(stage))
            await self.people.later(DAYS * 86_400 / orders)
            await asyncio.sleep(0.3)

    async def _tells(self, name: str, story: Awaitable[None]) -> None:
        try:
            await story
        except (AssertionError, ClientError) as error:
            self.stopped.append(f"{name}: {error}")
        else:
            self.told[name] += 1

    async def _order(self, story: Story, staff: Person) -> None:
        customer, number = await self._booked(
            by_card=story is complaints.repaid or (story in BY_CARD and self.rng.random() < 0.5)
        )
        provider = await its_provider(self.people, await opened(staff, number))
        await story(Job(self.people, staff, customer, provider, number))

    async def _booked(self, *, by_card: bool) -> tuple[Person, str]:
        """One trade alone would be booked out for the two weeks that can be booked."""
        if not by_card:
            return await ordered(self.people, self.rng.choice(PAID_ON_SITE))
        customer, _, number = await booked(self.people, EN)
        await pays(customer, EN)
        await customer.sees(EN.paid)
        return customer, number

    async def _earners(self) -> list[int]:
        every = await self.people.call("GET", "/people")
        found = [each["id"] for each in every if each["roles"] == ["provider"]]
        self.rng.shuffle(found)
        return found
