"""A month of a platform out of a seed: ordinary people with their habits, and some who cheat.

Ordinary are lateness, cancellations, providers who give a visit back, families that order for each other, regulars of
one provider, whoever has just begun and has two customers, and quick hands whose customers are content.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from core.alerts.model import Kind
from core.entity import Entity
from core.orders.model import Late, Order, State, Step
from core.people.model import Person, Provider
from tests.reliability.over import AHEAD, cancelled, done, order, review, steps
from tests.reliability.town import NOON, Town

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
Guilty = set[tuple[Kind, int, int]]
"""(what, customer or 0, provider or 0)"""


@dataclass
class Month:
    """`orders`, each with what belongs to it, in no order of time; `guilty` are those who were planted."""

    here: Town
    rng: random.Random
    customers: list[Person] = field(default_factory=list)
    providers: list[Provider] = field(default_factory=list)
    orders: list[tuple[Order, list[Entity]]] = field(default_factory=list)
    guilty: Guilty = field(default_factory=set)

    def start(self) -> datetime:
        return NOON + self.rng.randrange(1, 29) * DAY + self.rng.randrange(0, 40) * 15 * MINUTE

    def keep(self, one: Order, *more: Entity) -> None:
        self.orders.append((one, [one, *more]))

    def visit(
        self, customer: Person, provider: Provider, *, content: float = 0.55, speed: float = 0.85
    ) -> None:
        """One that takes place, or is called off now and then."""
        rng, start = self.rng, self.start()
        if rng.random() < 0.07:
            after = timedelta(hours=rng.choice([0.1, 0.1, 3, 8, 18]))
            late = Late.TOLD if rng.random() < 0.1 else Late.NOT
            one = cancelled(self.here, customer, provider, start, after=after, late=late)
            self.keep(one, *self.promise(one))
            return
        minutes = 60 * max(0.1, rng.gauss(speed, 0.2))
        one = done(self.here, customer, provider, start, minutes=minutes)
        said = []
        if rng.random() < 0.5:
            mixed = (rng.choice([3, 4, 5]), rng.choice([4, 5]), rng.choice([3, 4, 5]))
            stars = (5, 5, 5) if rng.random() < content else mixed
            said = [review(self.here, one, start + 3 * HOUR, stars)]
        self.keep(one, *self.promise(one), *said)

    def promise(self, one: Order) -> list[Step]:
        """Asked, and said yes to."""
        asked = one.starts_at - AHEAD
        return steps(
            self.here, one, (State.OFFERED, asked, "customer"),
            (State.ACCEPTED, asked + MINUTE, "provider"),
        )  # fmt: skip

    def given_back(self, customer: Person, provider: Provider) -> None:
        """Promised by the one and done by another."""
        other = self.rng.choice([one for one in self.providers if one.id != provider.id])
        start = self.start()
        one = done(self.here, customer, other, start)
        path = self.promise(one)
        back = path[-1].model_copy(update={
            "id": self.here.new_id(), "version": 3, "verb": "drop", "from_state": "accepted",
            "to_state": "searching", "at": start - AHEAD + HOUR, "facts": {"provider": provider.id},
        })  # fmt: skip
        for step in (*path, back):
            step.provider_id = provider.id
        self.keep(one, *path, back)

    def kept(self, customer: Person, provider: Provider) -> None:
        """A promise that is in the timeline, and kept."""
        one = done(self.here, customer, provider, self.start())
        self.keep(one, *self.promise(one))


async def month(here: Town, *, seed: int, customers: int = 300, providers: int = 40) -> Month:
    made = Month(here, random.Random(seed))
    await here.service()
    made.providers = [await here.provider() for _ in range(providers)]
    made.customers = await here.customers(customers)
    _ordinary(made)
    await _planted(made)
    return made


def _ordinary(made: Month) -> None:
    rng, firms = made.rng, made.providers
    for person in made.customers:
        liked = rng.choice(firms[:-4])
        for _ in range(min(12, 1 + int(rng.expovariate(1 / 4)))):
            made.visit(person, liked if rng.random() < 0.5 else rng.choice(firms[:-4]))
    for person in made.customers[:40]:  # regulars: every time the same one
        liked = rng.choice(firms[:-4])
        for _ in range(rng.randrange(4, 9)):
            made.visit(person, liked)
    for one, other in zip(
        made.customers[40:80:2], made.customers[41:80:2], strict=True
    ):  # families
        liked = rng.choice(firms[:-4])
        for _ in range(4):
            made.visit(rng.choice([one, other]), liked)
    for firm in firms[-4:-2]:  # has just begun: a few people, some of them again
        for person in rng.sample(made.customers, 4):
            for _ in range(rng.randrange(1, 4)):
                made.visit(person, firm)
    for firm in firms[-2:]:  # quick hands, content customers who order elsewhere, too
        for person in rng.sample(made.customers, 25):
            made.visit(person, firm, content=0.95, speed=0.3)
    for firm in firms:  # what everybody promises, and gives back once in a while
        for person in rng.sample(made.customers, 10):
            give = made.given_back if rng.random() < 0.05 else made.kept
            give(person, firm)


async def _planted(made: Month) -> None:
    here, rng = made.here, made.rng
    for person in await here.customers(5):  # cancels at others' expense
        for turn in range(8):
            firm, hours = rng.choice(made.providers), rng.randrange(2, 18)
            if turn < 5:
                made.keep(cancelled(here, person, firm, made.start(), after=hours * HOUR))
            else:
                made.visit(person, firm)
        made.guilty.add((Kind.CUSTOMER_CANCELS, person.id, 0))
    for _ in range(4):  # gives back what he promised
        firm = await here.provider()
        for turn in range(9):
            give = made.given_back if turn < 4 else made.kept
            give(rng.choice(made.customers), firm)
        made.guilty.add((Kind.PROVIDER_CANCELS, 0, firm.id))
    for _ in range(5):  # orders of himself with a second account
        firm = await here.provider()
        [person] = await here.customers(1)
        for turn in range(rng.randrange(6, 12)):
            made.keep(done(here, person, firm, made.start()))
            if turn % 3 == 0:
                made.visit(rng.choice(made.customers), firm)
        made.guilty.add((Kind.EACH_OTHER, person.id, firm.id))
    for _ in range(4):  # buys stars
        firm = await here.provider()
        for person in await here.customers(rng.randrange(5, 9)):
            one = done(here, person, firm, made.start(), minutes=rng.randrange(1, 9))
            made.keep(one, review(here, one, one.starts_at + HOUR))
        for person in rng.sample(made.customers, 6):
            made.visit(person, firm)
        made.guilty.add((Kind.BOUGHT_REVIEWS, 0, firm.id))


# --- orders, each by itself


def timelines(made: Month, count: int) -> list[tuple[Order, list[Any], Kind | None]]:
    """So many orders as they stand at one moment each: what is wrong with them, where something is."""
    return [_stands(made, number) for number in range(count)]


def _stands(made: Month, number: int) -> tuple[Order, list[Any], Kind | None]:
    here, rng = made.here, made.rng
    person, firm = rng.choice(made.customers), rng.choice(made.providers)
    begin, wrong = made.start(), number % 25 == 0
    state = rng.choice(list(_SCENES))
    values, path, kind = _SCENES[state](rng, begin, wrong)
    one = order(here, person, firm, begin, state, **values)
    return one, steps(here, one, *path), kind if wrong else None


def _offered(rng: random.Random, begin: datetime, wrong: bool) -> Any:
    """Each who is asked answers or lets ten minutes pass; that four of them do is for the staff."""
    silent = 4 if wrong else next(n for n in range(9) if rng.random() > 0.12)
    asked = timedelta(minutes=10 * silent + (1 if wrong else rng.uniform(0.5, 9)))
    placed = LOOKED - asked
    values = {"created_at": placed, "starts_at": LOOKED + AHEAD}
    return values, [(State.OFFERED, placed, "customer")], Kind.UNACCEPTED


def _accepted(rng: random.Random, begin: datetime, wrong: bool) -> Any:
    """Most write within some minutes, and nearly all others once they were reminded of it."""
    soon = rng.expovariate(1 / 6)
    ordinary = soon if soon < 15 else 15 + rng.expovariate(1 / 4)
    passed = timedelta(minutes=rng.uniform(31, 200) if wrong else ordinary)
    by = LOOKED - passed + 30 * MINUTE
    return {"contact_by": by, "starts_at": begin}, [], Kind.UNCONTACTED


def _working(rng: random.Random, begin: datetime, wrong: bool) -> Any:
    """Work takes what it takes, more often less than planned; a forgotten tap takes hours."""
    spent = timedelta(minutes=rng.uniform(125, 400) if wrong else 60 * max(0.3, rng.gauss(1, 0.25)))
    since = LOOKED - spent
    reached = {State.WORKING.value: since.isoformat()}
    return {"starts_at": since, "reached": reached}, [], Kind.UNFINISHED


def _finished(rng: random.Random, begin: datetime, wrong: bool) -> Any:
    """Money is named at the door, or in the evening."""
    spent = timedelta(hours=rng.uniform(3.1, 20) if wrong else rng.expovariate(2.2))
    reached = {State.FINISHED.value: (LOOKED - spent).isoformat()}
    return {"reached": reached}, [], Kind.UNPAID


LOOKED = NOON + 40 * DAY
_SCENES = {
    State.OFFERED: _offered, State.ACCEPTED: _accepted, State.WORKING: _working,
    State.FINISHED: _finished,
}  # fmt: skip
