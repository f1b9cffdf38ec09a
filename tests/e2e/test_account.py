"""The own account over HTTP: addresses, phone, what reaches one, a copy of everything, and the end of it."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import uuid4

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import (
    Player,
    booking,
    confirmed,
    its_provider,
    on_site,
    welcomed,
)
from tests.e2e.test_booking import jpeg, listed, settled
from tests.e2e.test_robust_reviews import closed
from tests.e2e.watching import Watch, watched

pytestmark = pytest.mark.feature("C23")


async def tap(person: Person, label: str, then: str) -> None:
    await person.taps(label)
    await person.sees(then)


async def test_addresses_are_added_named_changed_put_first_and_removed(people: People) -> None:
    person = await settled(people)
    await person.writes("/settings")
    await tap(person, "🏠 Addresses", "None yet")
    await tap(person, "➕ Add", "Where is it?")
    await person.writes("Lujiazui")
    await person.sees("Which door exactly?")
    await person.writes("the one with the cat")
    await person.sees("Please type the door")
    await person.writes("88 Century Ave, floor 30")
    await person.sees("What do you call it?")
    await tap(person, "🏢 Work", "floor 30")
    await tap(person, "‹ Back", "🏢 Work · ")
    await tap(person, "➕ Add", "Where is it?")
    await person.shares_location("People's Square")
    await tap(person, "Later", "The door is missing")
    await tap(person, "🏷 Name", "What do you call it?")
    await person.writes("Grandma's <garden>")
    await person.sees("Grandma's <garden>")
    await tap(person, "⭐ Offer first", "Offered first when you book")
    await tap(person, "📍 Place", "Where is it?")
    await person.writes("no such place on any map")
    await person.sees("I can't find")
    await tap(person, "‹ Back", "Offered first")
    await tap(person, "‹ Back", "⭐ 📍 Grandma's")
    assert len(person.buttons) <= 8
    await person.writes("/settings")
    await tap(person, "📍 Location", "Where should we come?")
    assert "Grandma's" in person.buttons[0], "the preferred one is offered first"
    await person.writes("/settings")
    await tap(person, "🏠 Addresses", "Saved addresses")
    await tap(person, "Grandma's", "Offered first")
    await tap(person, "🗑 Remove", "🏢 Work · ")
    assert "Grandma" not in person.screen


async def test_a_saved_place_is_called_as_it_is_in_the_language_of_today(people: People) -> None:
    person = await settled(people)
    await person.writes("/settings")
    await tap(person, "🏠 Addresses", "None yet")
    await tap(person, "➕ Add", "Where is it?")
    await person.writes("Lujiazui")
    await person.sees("Which door exactly?")
    assert "📍 Lujiazui" in person.screen
    await person.writes("88 Century Ave, floor 30")
    await person.sees("What do you call it?")
    await tap(person, "🏢 Work", "floor 30")
    await person.writes("/language")
    await person.sees_button("中文")
    await person.taps("中文")
    await person.writes("/settings")
    await tap(person, "🏠 地址", "陆家嘴 · 88 Century Ave, floor 30")
    assert "Lujiazui" not in person.screen


async def test_no_saved_address_is_out_of_reach(people: People) -> None:
    person = await settled(people)
    for number in range(1, 11):
        await person.writes("/settings")
        await tap(person, "🏠 Addresses", "None yet" if number == 1 else "Saved addresses")
        await tap(person, "➕ Add", "Where is it?")
        await person.writes("Lujiazui")
        await person.sees("Which door exactly?")
        await person.writes(f"88 Century Ave, flat {number}")
        await person.sees("What do you call it?")
        await person.writes(f"Place {number}")
        await person.sees(f"📍 Place {number}")
    await person.writes("/settings")
    await tap(person, "📍 Location", "Where should we come?")
    assert await offered(person) == {f"Place {number}" for number in range(1, 11)}
    await tap(person, "Place 1", "Lujiazui")


async def offered(person: Person) -> set[str]:
    """The addresses on all pages of the question where to come."""
    found: set[str] = set()
    while not found.issuperset(now := {b[2:] for b in person.buttons if b.startswith("📍 Place")}):
        assert len(person.buttons) <= 8
        found |= now
        more = next(label for label in person.buttons if "🏠 More" in label)
        await person.taps(more)
        await person.sees_where(
            lambda m, more=more: "🏠 More" in str(m) and more not in str(m),  # type: ignore[misc]
            what="further ones",
        )
    return found


async def test_only_the_own_phone_is_taken_and_it_can_be_removed(people: People) -> None:
    person = await settled(people)
    await person.writes("/settings")
    await tap(person, "📱 Phone", "Your phone number")
    await person.shares_contact({"phone_number": "+861", "first_name": "B", "user_id": 5})
    await person.sees("somebody else's number")
    await person.writes("call me maybe")
    await person.sees("doesn't look like a phone number")
    await person.shares_contact()
    await person.sees(f"Phone: {person.phone}")
    await tap(person, "📱 Phone", "Now: ")
    await tap(person, "🗑 Remove", "Phone: not set")


@pytest.mark.parametrize("state", ["/settings", "review", "booking", "support", "address"])
async def test_commands_work_in_every_state(people: People, state: str) -> None:
    person = await settled(people)

    async def get_there() -> None:
        if state == "booking":
            await listed(person)
            await person.taps_stale(person.last["message_id"], person.data("⚡"))
            await person.sees("Which door exactly?")
        elif state == "address":
            await person.taps_stale(person.last["message_id"], "addradd")
        elif state == "support":
            await person.taps_stale(person.last["message_id"], "ask")
        elif state == "review":
            await person.taps_stale(person.last["message_id"], "phone")

    for command, then in (
        ("/language", "Choose your language"), ("/privacy", "Your data"), ("/cancel", "top"),
        ("/help", "elp"), ("/news", "Latest news"), ("/settings", "Settings"),
    ):  # fmt: skip
        await person.writes("/start")
        await person.sees("what can we do for you?")
        await get_there()
        await person.writes(command)
        await person.sees(then)


async def test_what_reaches_one_is_chosen_per_kind(people: People) -> None:
    person = await settled(people)
    await person.writes("/settings")
    await tap(person, "🔔 Messages", "What reaches you")
    await tap(person, "⏰ Visit reminders · 🔔 with sound", "What reaches you")
    await person.sees_button("⏰ Visit reminders · 🔕 silently")
    await person.taps("⏰ Visit reminders")
    await person.sees_button("⏰ Visit reminders · 🚫 off")
    await tap(person, "🌙 Quiet hours", "When should it be quiet?")
    await tap(person, "22:00–08:00", "Quiet hours: 22:00–08:00")
    assert len(person.buttons) <= 8


@dataclass
class Stage:
    """Somebody with a finished order, a review, a question and an address, all of them with the canary."""

    platform: Platform
    people: People
    watch: Watch
    customer: Player
    order: int
    canary: str

    @property
    def me(self) -> Person:
        return self.customer.person


@pytest.fixture
async def stage(platform: Platform, people: People) -> AsyncIterator[Stage]:
    async with watched(platform, people) as watch:
        canary = f"Canary{uuid4().hex[:8]}"
        customer = await welcomed(people, f"Ann {canary}")
        order = await closed(people, watch, customer)
        me = customer.person
        await me.taps_stale(me.last["message_id"], f"review:{order}")
        for dimension in ("quality", "attitude", "skill"):
            await me.taps_stale(me.last["message_id"], f"rstar:{order}:{dimension}:5")
        await me.sends_photos(jpeg(), caption=f"{canary} was here")
        await me.sees("📷 1 photo")
        await me.taps("✅ Publish")
        await me.sees("Your review of")
        await me.writes("/help")
        await me.taps_stale(me.last["message_id"], "ask")
        await me.writes(f"Where is my {canary}?")
        await me.sees("T")
        yield Stage(platform, people, watch, customer, order, canary)


def documents(person: Person) -> dict[str, Message]:
    return {m["document"]["file_name"]: m for m in person.from_bot() if "document" in m}


async def read(people: People, message: Message) -> str:
    link = message["files"][message["document"]["file_id"]]
    async with people._http.get(f"{people.base_url}{link}") as answer:
        return (await answer.read()).decode()


async def test_a_copy_of_everything_comes_into_the_chat(stage: Stage) -> None:
    me = stage.me
    await me.writes("/privacy")
    await me.sees("Reviews (1)")
    card = me.last["message_id"]
    await me.taps_stale(card, "datacopy")
    assert "on its way" in me.toast
    await me.sees("files you sent, part 1", timeout=20)
    await me.taps_stale(card, "datacopy")
    await me.refresh()
    found = documents(me)
    assert {"my-data.html", "data.json"} <= set(found)
    assert len([m for m in me.from_bot() if "Here is everything" in words_of(m)]) == 1
    page = await read(stage.people, found["my-data.html"])
    assert '<meta name="viewport"' in page, "people read it on a phone"
    assert "Your profile" in page
    assert re.search(r"Question <code>T\d+</code>: ", page), "how a question stands"
    kept = await read(stage.people, found["data.json"])
    canary = stage.canary
    for told in (
        f"Ann {canary}",
        f"{canary} was here",
        f"Where is my {canary}?",
        "12 Nanjing Rd",
        "AC repair",
    ):
        assert told in page, told
        assert told in kept or told == "AC repair", told
    data = json.loads(kept)["data"]
    assert {"person", "address", "orders", "order_step", "review", "said"} <= set(data)
    provider = (await its_provider(stage.people, stage.watch, stage.order)).person
    assert provider.phone not in page + kept


async def test_an_account_is_deleted_once_nothing_is_open_and_nothing_is_left(
    stage: Stage,
) -> None:
    me, watch = stage.me, stage.watch
    await me.writes("/privacy")
    await tap(me, "🗑 Delete my account", "can't be deleted yet")
    assert "1 conversation with support is open" in me.screen
    ticket = watch.rows(
        "SELECT t.id FROM ticket t JOIN person p ON p.id = t.person_id WHERE p.telegram_id = ?", me.id
    )[0][0]  # fmt: skip
    await me.taps_stale(me.last["message_id"], f"solved:{ticket}")
    await me.writes("/privacy")
    for deeper in (False, True):  # whoever thinks better of it is out of it, on either page
        await tap(me, "🗑 Delete my account", "Goes for good")
        if deeper:
            await tap(me, "Go on", "There is no way back")
        await me.writes("不想注销")
        await me.sees("Nothing was deleted.")
    await tap(me, "🗑 Delete my account", "Goes for good")
    await tap(me, "Go on", "There is no way back")
    await me.writes("yes please")
    await me.sees("Nothing was deleted.")
    await me.writes("delete")
    await me.sees("Your account is deleted.")
    await (
        stage.watch.delivered()
    )  # the word that deleted it is in hand until the answer is on the screen
    await left_nothing(stage)
    await me.writes("/start")
    await me.sees("Which language do you prefer?")
    await me.writes("/orders")
    await me.sees("Nothing here yet")


async def left_nothing(stage: Stage) -> None:
    """No word of theirs in any table or file; the money is where it was."""
    found = []
    for (table,) in tables(stage.platform):
        for row in stage.platform.rows(f"SELECT * FROM {table}"):
            found += [f"{table}: {row}"] if stage.canary in str(row) else []
    assert found == []
    await off_the_disk(stage.platform)
    door = "SELECT detail FROM orders WHERE id = ?"
    assert stage.platform.rows(door, stage.order) == [("",)]
    order = stage.platform.rows(
        "SELECT state, total, cash_confirmed FROM orders WHERE id = ?", stage.order
    )[0]
    assert order[0] == "closed"
    assert order[1] == order[2] > 0


async def off_the_disk(platform: Platform) -> None:
    """The files go right after the rows."""
    until = asyncio.get_running_loop().time() + 10
    while [row for row in platform.rows("SELECT paths FROM erasure") if str(row[0]) != "[]"]:
        assert asyncio.get_running_loop().time() < until, "files are still on the disk"
        await asyncio.sleep(0.05)


def tables(platform: Platform) -> list[tuple[str]]:
    if platform.database.startswith("sqlite"):
        sql = "SELECT name FROM sqlite_master WHERE type = 'table'"
    else:
        sql = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    return [(str(name),) for (name,) in platform.rows(sql)]


async def test_an_open_order_is_named_with_the_way_to_it(
    people: People, platform: Platform
) -> None:
    async with watched(platform, people) as watch:
        customer = await welcomed(people, "Bob Lee")
        await booking(customer)
        await on_site(customer)
        order = await confirmed(customer, watch)
        me = customer.person
        await me.writes("/privacy")
        await tap(me, "🗑 Delete my account", "1 order is not over")
        await tap(me, "AC repair", "Total")
        await me.taps_stale(me.last["message_id"], f"ocancel:{order}")
        await tap(me, "Yes, cancel it", "Cancelled")
        await me.writes("/privacy")
        await tap(me, "🗑 Delete my account", "Goes for good")
