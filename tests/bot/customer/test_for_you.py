"""Recommended for you: each with its reason, only who can come; and switched off, no history is read or written.

Both are shown on a real database by the handlers that people press, every statement being listened to.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation import Incoming, Talk
from bot.customer.browse.handlers import service
from bot.customer.foryou.handlers import for_you, switch
from bot.customer.home.handlers import home_page
from bot.customer.providers.handlers import offers
from bot.customer.providers.page import provider
from bot.i18n import Words
from bot.links import Links
from core.catalog.model import Service
from core.changes import Changes, Update
from core.orders.model import Order, Pay, State
from core.people.model import Person, Provider
from core.recommend.model import Glance
from core.recommend.service import KEPT, Suggestion, Why
from db.engine import Database
from tests.listening import listening
from tests.reliability.town import CENTRE, Town, town

HISTORY = ("glance", "favourite", "orders")


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Town]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'town.db'}"
    database = await Database.open(url)
    async with town(database, url, tmp_path) as made:
        yield made
    await database.close()


async def somebody(here: Town) -> Person:
    (person,) = await here.customers(1)
    return await here.core.people.be_at(
        person_id=person.id, lat=CENTRE[0], lon=CENTRE[1], place="Centre"
    )


def talk(here: Town, person: Person) -> Talk:
    incoming = Incoming("customer", 1, person.telegram_id, person.telegram_id, press="x")
    return Talk(
        core=here.core, person=person, words=Words("en", "Asia/Shanghai"), now=here.now,
        incoming=incoming, messenger=None, link=Links("bot", b"x"), shop=Links("bot", b"x"),  # type: ignore[arg-type]
    )  # fmt: skip


async def rated(here: Town, wanted: Service, stars: int) -> Provider:
    made = await here.provider(wanted)
    sums = {f"{name}_sum": stars * 20 for name in ("quality", "attitude", "skill")}
    changes = Changes().add(Update(Provider, made.id, {"rating_count": 20, **sums}))
    await here.built.store.apply(changes)
    await here.core.index.provider(provider_id=made.id, now=here.now)
    return made


async def done(here: Town, customer: Person, by: Provider, of: Service) -> None:
    order = Order(
        id=here.new_id(), number=str(here.new_id()), customer_id=customer.id, provider_id=by.id,
        service_id=of.id, state=State.CLOSED, starts_at=here.now - timedelta(days=3), minutes=60,
        buffer_min=0, place="", lat=CENTRE[0], lon=CENTRE[1], currency="CNY", total=1, pay=Pay.FULL,
        method="card", due_now=1, commission_bp=0, start_code="0000", created_at=here.now,
    )  # fmt: skip
    await here.insert([order])


async def suggested(here: Town, person: Person) -> list[tuple[int, Why]]:
    found: list[Suggestion] = await here.core.recommending.suggestions(person=person, now=here.now)
    return [(one.offer.provider.id, one.why) for one in found]


@pytest.mark.feature("C6")
async def test_each_says_why_and_stands_there_once(here: Town) -> None:
    cleaning, cooking = await here.service(), await here.service()
    person = await somebody(here)
    old, dear, seen = [await here.provider(cleaning) for _ in range(3)]
    best, second = await rated(here, cleaning, 5), await rated(here, cooking, 4)
    await done(here, person, old, cleaning)
    for loved in (dear, old):
        await here.core.people.set_favourite(person_id=person.id, provider_id=loved.id, on=True)
    await provider(talk(here, person), seen.id, cleaning.id, "r0000", 0)
    assert await suggested(here, person) == [
        (old.id, Why.BOOKED), (dear.id, Why.FAVOURITE), (seen.id, Why.SEEN),
        (best.id, Why.NEARBY), (second.id, Why.NEARBY),
    ]  # fmt: skip
    shown = await for_you(talk(here, person))
    for reason in ("You booked them before", "Your favourite", "You looked at them", "Well rated"):
        assert reason in shown.text
    assert sum(map(len, shown.rows)) == 8


@pytest.mark.feature("C6")
async def test_who_cannot_come_is_not_recommended(here: Town) -> None:
    cleaning = await here.service()
    person = await somebody(here)
    away, fine = await here.provider(cleaning), await here.provider(cleaning)
    for by in (away, fine):
        await done(here, person, by, cleaning)
    change = Update(Provider, away.id, {"working": False})
    await here.built.store.apply(Changes().add(change))
    await here.core.index.provider(provider_id=away.id, now=here.now)
    assert await suggested(here, person) == [(fine.id, Why.BOOKED)]


@pytest.mark.feature("C6")
async def test_the_last_looks_are_kept_each_once_and_no_more_than_so_many(here: Town) -> None:
    person, looks = await somebody(here), here.core.recommending.looked
    for number in range(KEPT + 10):
        here.now += timedelta(minutes=1)
        await looks(person=person, service_id=number % (KEPT + 5) + 1, now=here.now)
    kept = await here.built.store.find(Glance, person_id=person.id, order="-at")
    assert len(kept) == KEPT
    assert [glance.service_id for glance in kept][:6] == [5, 4, 3, 2, 1, KEPT + 5]
    with listening(here.database) as said:
        await looks(person=person, service_id=5, now=here.now)
    assert not said.written, "looked at again it is not written again"


@pytest.mark.feature("C6")
async def test_switched_off_no_history_is_read_or_written(here: Town) -> None:
    cleaning = await here.service()
    person, by = await somebody(here), await here.provider(cleaning)
    await done(here, person, by, cleaning)
    walk = (
        lambda t: home_page(t, 0), lambda t: service(t, cleaning.id),
        lambda t: offers(t, cleaning.id, "r0000", 0),
        lambda t: provider(t, by.id, cleaning.id, "r0000", 0), for_you,
    )  # fmt: skip
    with listening(here.database) as said:
        for step in walk:
            await step(talk(here, person))
    assert said.about("glance"), "switched on it is"
    assert said.about("orders")

    off = talk(here, person)
    await switch(off, 0)
    assert await here.built.store.count(Glance, person_id=person.id) == 0
    with listening(here.database) as said:
        for step in walk:
            await step(talk(here, off.person))
    assert said.read
    # Where the visits of providers are is nobody's history: it says when they can come.
    history = [sql for sql in said.about("glance", "orders") if "slot_claim" not in sql]
    assert history == []
    with listening(here.database) as said:
        await home_page(talk(here, off.person), 0)
        shown = await for_you(talk(here, off.person))
        assert await suggested(here, off.person) == []
    assert said.hops == 0, "home and the page itself ask nothing at all"
    assert "Suggestions are off" in shown.text
    await switch(off, 1)
    assert (await here.core.people.get(person_id=person.id)).recommends
    assert await suggested(here, off.person) == [(by.id, Why.BOOKED)]
