"""Who may write to whom, until when; what is kept, corrected, lost, erased."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.changes import Changes, Erase
from core.errors import Invalid, TalkOver, Unknown
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Order
from core.people.model import Person, Provider
from core.relay.model import Relayed, Sort
from core.relay.service import Content, Line, Relay
from tests.builders import NOW, Town, town


class Street:
    """An order of Ann's, accepted by Wang."""

    def __init__(self, place: Town, ann: Person, wang: Provider, order: Order) -> None:
        self.place, self.ann, self.wang, self.order = place, ann, wang, order
        self.relay = Relay(
            store=place.store, orders=place.orders, rules=place.rules, new_id=place.new_id
        )
        self._keys = iter(range(1000))

    async def line(self, actor: Actor = Actor.CUSTOMER, hours: float = 0) -> Line:
        person = self.ann.id if actor is Actor.CUSTOMER else self.wang.person_id
        now = NOW + timedelta(hours=hours)
        return await self.relay.line(order_id=self.order.id, person_id=person, actor=actor, now=now)

    async def say(
        self,
        text: str,
        actor: Actor = Actor.CUSTOMER,
        key: str = "",
        days: float = 0,
        album: str = "",
    ) -> Relayed | None:
        content = Content(key=key or str(next(self._keys)), text=text, message_id=7, album=album)
        now = NOW + timedelta(days=days)
        return await self.relay.say(line=await self.line(actor), content=content, now=now)

    async def texts(self) -> list[str]:
        order = (await self.place.orders.view(order_id=self.order.id)).order
        return [one.text for one in await self.relay.said(order=order)]

    async def letters(self) -> list[tuple[str, str]]:
        rows = await self.place.database.fetch(
            "SELECT bot, kind FROM outbox WHERE kind LIKE 'relay%' ORDER BY id"
        )
        return [(bot, kind) for bot, kind in rows]


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    async with town(tmp_path) as place:
        ann, service = await place.person(), await place.service()
        wang = await place.provider(service=service)
        order = await place.order(
            customer=ann, service=service, provider=wang, start=NOW + timedelta(hours=3)
        )
        await place.jobs.accept(order_id=order.id, person_id=wang.person_id, now=NOW)
        yield Street(place, ann, wang, order)


@pytest.mark.feature("C21")
async def test_it_crosses_masked_and_only_to_the_other_side(street: Street) -> None:
    said = await street.say("Call 13800138000")
    assert said is not None
    assert (said.text, said.hidden) == ("Call •••", ["phone"])
    assert await street.letters() == [("provider", "relayed")]
    await street.say("Fine", Actor.PROVIDER)
    assert (await street.letters())[1:] == [("customer", "relayed")]
    assert await street.texts() == ["Call •••", "Fine"]


@pytest.mark.feature("C21")
async def test_staff_may_switch_the_hiding_off(street: Street) -> None:
    street.place.rules.update({"relay_masking": "0"})
    said = await street.say("Call 13800138000")
    assert said is not None
    assert said.text == "Call 13800138000"


async def test_an_update_handled_twice_is_said_once(street: Street) -> None:
    assert await street.say("Hello", key="u:1")
    assert await street.say("Hello", key="u:1") is None
    assert await street.texts() == ["Hello"]


async def test_nothing_at_all_is_refused(street: Street) -> None:
    with pytest.raises(Invalid):
        await street.say("  \n ")


@pytest.mark.feature("C21")
async def test_the_first_word_of_the_provider_counts_as_contact(street: Street) -> None:
    async def contacted() -> object:
        return (await street.place.orders.view(order_id=street.order.id)).order.contacted_at

    await street.say("Are you coming?")
    assert await contacted() is None
    await street.say("Yes", Actor.PROVIDER)
    first = await contacted()
    assert first == NOW
    await street.say("Soon", Actor.PROVIDER, days=1)
    assert await contacted() == first


@pytest.mark.feature("C21")
async def test_it_is_open_from_acceptance_to_so_many_hours_after(street: Street) -> None:
    await street.place.orders.cancel(
        order_id=street.order.id, by=By(Actor.CUSTOMER, street.ann.id), now=NOW
    )
    assert (await street.line(hours=47)).until == NOW + timedelta(hours=48)
    with pytest.raises(TalkOver):
        await street.line(hours=48)


@pytest.mark.feature("C21")
async def test_while_another_is_looked_for_nobody_writes(street: Street) -> None:
    await street.place.jobs.drop(
        order_id=street.order.id, person_id=street.wang.person_id, now=NOW + timedelta(minutes=1)
    )
    for actor in (Actor.CUSTOMER, Actor.PROVIDER):
        with pytest.raises(TalkOver):
            await street.line(actor)


async def test_strangers_hear_what_everybody_hears(street: Street) -> None:
    stranger = await street.place.person("Eve")
    for actor in (Actor.CUSTOMER, Actor.PROVIDER):
        with pytest.raises(Unknown):
            await street.relay.line(
                order_id=street.order.id, person_id=stranger.id, actor=actor, now=NOW
            )


@pytest.mark.feature("C21")
async def test_a_correction_is_sent_on_and_the_former_words_are_kept(street: Street) -> None:
    said = await street.say("At 3")
    assert said is not None
    await street.relay.correct(line=await street.line(), relayed=said, text="At 4, @ann_lee_1")
    kept = await street.relay.one(relayed_id=said.id)
    assert kept is not None
    assert (kept.text, kept.former, kept.hidden) == ("At 4, •••", ["At 3"], ["username"])
    assert await street.letters() == [("provider", "relayed")] * 2
    await street.relay.correct(line=await street.line(), relayed=kept, text="At 4, @ann_lee_1")
    assert len(await street.letters()) == 2


@pytest.mark.feature("C21")
async def test_what_is_lost_is_told_once(street: Street) -> None:
    said = await street.say("Hello")
    assert said is not None
    for _ in range(2):
        await street.relay.lose(relayed_id=said.id)
    assert (await street.letters())[1:] == [("customer", "relay_lost")]


@pytest.mark.feature("C21")
async def test_an_album_that_is_lost_is_told_once(street: Street) -> None:
    for number in range(3):
        said = await street.say(f"Photo {number}", album="a1")
        assert said is not None
        await street.relay.lose(relayed_id=said.id)
    assert (await street.letters()).count(("customer", "relay_lost")) == 1


@pytest.mark.feature("C21", "C23")
async def test_who_leaves_takes_the_words_along(street: Street) -> None:
    await street.say("My door is the red one")
    await street.say("I see", Actor.PROVIDER)
    ann = street.ann
    change = Erase(person_id=ann.id, telegram_id=ann.telegram_id)
    await street.place.store.apply(Changes().add(change))
    assert await street.texts() == ["", ""], "the answers may name her, too"
    evidence = await street.relay.evidence(order_id=street.order.id)
    assert all(one.erased for one in evidence)


@pytest.mark.feature("C21")
async def test_nothing_is_kept_longer_than_the_rule_says(street: Street) -> None:
    await street.say("Old")
    await street.say("Newer", days=100)
    await street.relay.prune(order_id=street.order.id, now=NOW + timedelta(days=180))
    assert await street.texts() == ["", "Newer"]
    [(due,)] = await street.place.database.fetch(
        "SELECT due_at FROM timer WHERE kind = 'relay.prune'"
    )
    assert due == int((NOW + timedelta(days=280)).timestamp() * 1000)


async def test_a_place_crosses_as_a_point(street: Street) -> None:
    content = Content(key="p", sort=Sort.PLACE, point=(31.2, 121.4))
    said = await street.relay.say(line=await street.line(), content=content, now=NOW)
    assert said is not None
    assert (said.lat, said.lon, said.sort) == (31.2, 121.4, Sort.PLACE)
