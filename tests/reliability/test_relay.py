"""Words under way while their order goes to another provider: they reach whom they were meant for, or nobody."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.i18n import Words
from bot.relay.letters import relay_lost, relayed
from bot.screen import Screen
from core.changes import Changes
from core.errors import DomainError, OtherHands, TalkOver, Unknown
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay
from core.people.model import Person, Provider
from core.relay.model import Relayed
from core.relay.service import Content
from tests.reliability.town import NOON, Town

STAFF = 1
WORDS = Words("en", "Asia/Shanghai")


@dataclass
class Street:
    """A visit that the first of two providers accepted."""

    here: Town
    customer: Person
    first: Provider
    second: Provider
    order: Order

    def author(self, actor: Actor) -> int:
        return self.customer.id if actor is Actor.CUSTOMER else self.first.person_id

    async def says(self, actor: Actor, key: str, text: str = "Third bell, please") -> object:
        relay, now = self.here.core.relay, self.here.now
        line = await relay.line(
            order_id=self.order.id, person_id=self.author(actor), actor=actor, now=now
        )
        return await relay.say(line=line, content=Content(key=key, text=text), now=now)

    async def is_dropped(self) -> None:
        await self.here.core.jobs.drop(
            order_id=self.order.id, person_id=self.first.person_id, now=self.here.now
        )

    async def is_handed_over(self) -> None:
        core, now = self.here.core, self.here.now
        await core.reassigning.to(
            order_id=self.order.id, provider_id=self.second.id, staff_id=STAFF, reason="", now=now
        )
        await core.jobs.accept(order_id=self.order.id, person_id=self.second.person_id, now=now)

    async def goes_on(self) -> None:
        await self.here.core.jobs.depart(
            order_id=self.order.id, person_id=self.first.person_id, now=self.here.now
        )

    async def arrived(self, reader: int, one: Relayed) -> Screen | None:
        """What this person would read of it now."""
        letter: Any = SimpleNamespace(subject=one.id, version=1, person_id=reader, facts={})
        return await relayed(self.here.core, letter, WORDS, self.here.now)

    async def told_lost(self) -> list[Screen | None]:
        """What its author reads of messages that did not arrive."""
        rows = await self.here.database.fetch(
            "SELECT subject, person_id FROM outbox WHERE kind = 'relay_lost' AND bot = 'customer'"
        )
        assert {person for _, person in rows} <= {self.customer.id}
        letters: list[Any] = [SimpleNamespace(subject=subject) for subject, _ in rows]
        return [
            await relay_lost(self.here.core, letter, WORDS, self.here.now) for letter in letters
        ]


async def street(here: Town) -> Street:
    service = await here.service()
    first, second = [await here.provider(service) for _ in range(2)]
    [customer] = await here.customers(1)
    start = NOON + timedelta(hours=1)
    await here.wants(customer, first, start, pay=Pay.ON_SITE)
    order = await here.place(customer.id)
    await here.core.jobs.accept(order_id=order.id, person_id=first.person_id, now=here.now)
    return Street(here, customer, first, second, order)


@contextmanager
def meanwhile(here: Town, act: Callable[[], Awaitable[None]]) -> Iterator[None]:
    """It happens between the reading and the writing of whatever comes next."""
    store, done = here.built.store, list[bool]()
    apply = store.apply

    async def later(changes: Changes) -> None:
        if not done:
            done.append(True)
            await act()
        await apply(changes)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "apply", later)
        yield


@pytest.mark.feature("C21")
@pytest.mark.parametrize(
    ("act", "actor", "error"),
    [
        ("is_dropped", Actor.CUSTOMER, TalkOver),
        ("is_dropped", Actor.PROVIDER, TalkOver),
        ("is_handed_over", Actor.CUSTOMER, OtherHands),
        ("is_handed_over", Actor.PROVIDER, Unknown),
    ],
)
async def test_words_under_way_do_not_cross_when_the_order_goes(
    here: Town, act: str, actor: Actor, error: type[DomainError]
) -> None:
    them = await street(here)
    with meanwhile(here, getattr(them, act)), pytest.raises(error):
        await them.says(actor, "one")
    assert await here.built.store.count(Relayed) == 0
    assert await here.database.fetch("SELECT id FROM outbox WHERE kind = 'relayed'") == []


@pytest.mark.feature("C21")
@pytest.mark.parametrize("actor", [Actor.CUSTOMER, Actor.PROVIDER])
async def test_a_step_of_the_same_visit_stops_nobody(here: Town, actor: Actor) -> None:
    them = await street(here)
    with meanwhile(here, them.goes_on):
        await them.says(actor, "one")
    assert await here.built.store.count(Relayed) == 1


@pytest.mark.feature("C21")
async def test_a_correction_under_way_does_not_cross_either(here: Town) -> None:
    them = await street(here)
    one = await them.says(Actor.CUSTOMER, "one")
    assert isinstance(one, Relayed)
    await them.is_handed_over()
    line = await here.core.relay.line(
        order_id=them.order.id, person_id=them.customer.id, actor=Actor.CUSTOMER, now=here.now
    )
    with pytest.raises(OtherHands):
        await here.core.relay.correct(line=line, relayed=one, text="Second bell")
    assert await them.arrived(them.second.person_id, one) is None
    assert await them.arrived(them.first.person_id, one) is None


@pytest.mark.feature("C21", "C17")
@pytest.mark.parametrize(
    ("act", "buttons"),
    [("is_handed_over", ["rtalk", "order"]), ("is_dropped", ["order"])],
)
async def test_whose_words_come_too_late_for_the_former_provider_is_told_once(
    here: Town, act: str, buttons: list[str]
) -> None:
    them = await street(here)
    one = await them.says(Actor.CUSTOMER, "one")
    assert isinstance(one, Relayed)
    await getattr(them, act)()
    for _ in range(2):
        assert await them.arrived(them.first.person_id, one) is None
    [screen] = await them.told_lost()
    assert screen is not None
    assert f"{them.first.name} didn't get your message" in screen.text
    assert "Third bell, please" in screen.text
    assert "no longer do this visit" in screen.text
    assert [b.press.split(":")[0] for row in screen.rows for b in row] == buttons


@pytest.mark.feature("C21", "C17")
async def test_a_correction_that_comes_too_late_does_not_say_the_message_was_lost(
    here: Town,
) -> None:
    them = await street(here)
    one = await them.says(Actor.CUSTOMER, "one")
    assert isinstance(one, Relayed)
    assert await them.arrived(them.first.person_id, one) is not None
    await them.is_handed_over()
    letter: Any = SimpleNamespace(
        subject=one.id, version=2, person_id=them.first.person_id, facts={}
    )
    assert await relayed(here.core, letter, WORDS, here.now) is None
    assert await them.told_lost() == []


@pytest.mark.feature("C21")
async def test_in_a_crowd_of_words_each_is_for_one_provider(here: Town) -> None:
    """Everybody writes at once while the order is handed over; who reads what is judged at the end."""
    them = await street(here)

    async def tries(actor: Actor, number: int) -> None:
        try:
            await them.says(actor, f"{actor}{number}", f"{actor} {number}")
        except (OtherHands, TalkOver, Unknown):
            pass

    talk = [tries(actor, n) for n in range(12) for actor in (Actor.CUSTOMER, Actor.PROVIDER)]
    await asyncio.gather(*talk[:12], them.is_handed_over(), *talk[12:])
    said = await here.built.store.find(Relayed, order_id=them.order.id)
    assert said, "nobody got a word in"
    letters = await here.database.fetch(
        "SELECT subject, person_id FROM outbox WHERE kind = 'relayed' AND bot = 'provider'"
    )
    by_id = {one.id: one for one in said}
    whose = {them.first.id: them.first.person_id, them.second.id: them.second.person_id}
    for subject, reader in letters:
        assert whose[by_id[subject].provider_id] == reader
        seen = await them.arrived(reader, by_id[subject])
        assert (seen is not None) == (reader == them.second.person_id)
