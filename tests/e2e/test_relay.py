"""Customer and provider of an order write to each other: what crosses, what doesn't, and whose talk it is."""

import re
from itertools import groupby
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.chat import Message, People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import (
    Player,
    accepts,
    booking,
    confirmed,
    its_provider,
    on_site,
    welcomed,
)
from tests.e2e.staff import SUPPORT, act, colleague, desk_of, opened
from tests.e2e.test_booking import jpeg
from tests.e2e.watching import Watch, until, watched
from tests.films import CANARY, film
from tests.voices import voice


async def talked_about(
    people: People, watch: Watch, name: str, said: str = "", **more: Any
) -> tuple[Player, Player, int, str]:
    """(customer, provider, order, its number) of an accepted order that is paid on site."""
    customer = await welcomed(people, name, **more)
    await booking(customer, said=said)
    await on_site(customer)
    order = await confirmed(customer, watch)
    number = str(watch.rows("SELECT number FROM orders WHERE id = ?", order)[0][0])
    number = f"{number[:4]}-{number[4:]}"
    provider = await its_provider(people, watch, order)
    await provider.person.writes("/language", answered=False)
    await provider.person.taps("English")
    await accepts(provider.person, number)
    await customer.person.sees("is coming")
    return customer, provider, order, number


async def opens(player: Player, order: int) -> None:
    """The talk, from the order's card."""
    await player.press(f"rtalk:{order}")
    await player.person.sees("You're writing to")


@pytest.mark.feature("C21")
async def test_words_cross_both_ways_and_say_which_order(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        customer, provider, order, number = await talked_about(people, watch, "Tina Talker")
        await opens(customer, order)
        said = await customer.person.writes("Please bring a ladder", answered=False)
        news = await provider.person.sees("Please bring a ladder")
        assert number in words_of(news)
        assert "Customer" in words_of(news)
        assert "Tina" not in words_of(news)
        await customer.person.sees("You: Please bring a ladder")
        await provider.person.taps("Answer", on=news)
        await provider.person.sees("You're writing to Customer")
        assert "Please bring a ladder" in words_of(news), "the message itself stays"
        await provider.person.writes("Will do", answered=False)
        back = await customer.person.sees("Will do")
        assert number in words_of(back)
        # Telegram's own reply goes on with the talk, in whatever step the person is.
        await customer.person.writes("/orders")
        await customer.person.writes("Thanks!", reply_to=back, answered=False)
        await provider.person.sees("Thanks!")
        assert watch.rows("SELECT contacted_at FROM orders WHERE id = ?", order)[0][0]
        assert said


async def sign_under(watch: Watch, writer: Person, text: str, order: int, *, nth: int) -> list[str]:
    """What stands under the words in their author's chat, once so many signs of this talk have crossed."""
    crossed = (
        "SELECT count(*) FROM outbox WHERE kind = 'relay_sign' AND state <> 'waiting'"
        " AND subject IN (SELECT id FROM relayed WHERE order_id = ?)"
    )
    await until(
        lambda: watch.rows(crossed, order)[0][0] >= nth, lambda: f"no sign {nth}", watch.people
    )
    await writer.refresh()
    [said] = [m for m in writer.messages() if m.get("text") == text]
    return [each["emoji"] for each in said["reactions"]]


@pytest.mark.feature("C21")
async def test_a_sign_crosses_both_ways_is_changed_and_taken_back(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        customer, provider, order, _ = await talked_about(people, watch, "Sina Sign")
        await opens(customer, order)
        await customer.person.writes("Mind the step", answered=False)
        news = await provider.person.sees("Mind the step")
        await provider.person.taps("Answer", on=news)
        await provider.person.sees("You're writing to Customer")
        await provider.person.writes("Thanks for the hint", answered=False)
        back, nth = await customer.person.sees("Thanks for the hint"), 0
        for reader, arrived, writer, text in (
            (provider.person, news, customer.person, "Mind the step"),
            (customer.person, back, provider.person, "Thanks for the hint"),
        ):
            for sign, shown in (("❤", "❤"), ("🙏", "🙏"), ("", "🕊")):
                nth += 1
                await reader.reacts(arrived, sign)
                assert await sign_under(watch, writer, text, order, nth=nth) == [shown]
        assert len(watch.rows("SELECT id FROM relayed WHERE order_id = ?", order)) == 2


HALL = (31.23, 121.47)


@pytest.mark.feature("C21")
async def test_photo_voice_video_and_place_cross_both_ways(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        customer, provider, order, number = await talked_about(people, watch, "Vera Voice")
        for one in (customer, provider):
            await opens(one, order)
        ways = ((customer.person, provider.person), (provider.person, customer.person))
        for writer, reader in ways:
            await writer.sends_photos(jpeg(), caption="The unit", answered=False)
            await comes(reader, "photo", number, "The unit")
            await writer.sends_photos(voice(), kind="voice", answered=False)
            heard = await comes(reader, "voice", number)
            assert b"Anna" not in await file_of(people, heard)
            await writer.sends_photos(film(), kind="video", caption="It drips", answered=False)
            seen = await comes(reader, "video", number, "It drips")
            assert CANARY.encode() not in await file_of(people, seen)
            await writer.shares_location(HALL, answered=False)
            await reader.sees_where(lambda m: "location" in m, what="the place")
            place = next(m["location"] for m in reversed(reader.from_bot()) if "location" in m)
            assert (place["latitude"], place["longitude"]) == HALL
            await reader.sees(number)


async def comes(reader: Person, kind: str, *words: str) -> Message:
    """Something of this kind, with the words that tell which order it is about."""
    return await reader.sees_where(
        lambda m: kind in m and all(one in words_of(m) for one in words), what=f"the {kind}"
    )


@pytest.mark.feature("C21")
async def test_a_number_in_pieces_does_not_become_whole(platform: Platform, people: People) -> None:
    async with watched(platform, people) as watch:
        customer, provider, order, _ = await talked_about(people, watch, "Petra Pieces")
        await opens(customer, order)
        for text in ("138 1234", "5678"):
            await customer.person.writes(text, answered=False)
        await customer.person.sees("hidden")
        await provider.person.sees("•••")
        await customer.person.writes("Room 1502, ring at 14:30", answered=False)
        await provider.person.sees("Room 1502, ring at 14:30")
        shown = "".join(words_of(m) for m in provider.person.from_bot())
        said = re.sub(r"\d{4}-\d{4}", "", shown)  # without the numbers of orders
        assert "138 1234" in said
        assert "5678" not in said


@pytest.mark.feature("C21", "C15")
async def test_words_for_one_provider_are_not_read_by_the_next(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        customer, provider, order, number = await talked_about(
            people, watch, "Heidi Hands", said="ac repair in 3 days at 10:30am"
        )
        await opens(customer, order)
        staff = await colleague(people, "operator")
        await opened(staff, number, "Accepted")
        await act(staff, ("Another provider", "Who takes over"))
        name = staff.buttons[0]
        assert "Automatically" not in name, f"nobody else is free\n{staff.shown()}"
        await act(staff, (name, "Why?"), ("The provider is late", f"{name} is asked"),
                  ("Yes, hand on", f"Provider: {name}"))  # fmt: skip
        await customer.person.writes("The bell is broken", answered=False)
        await customer.person.sees("once the visit is accepted")
        after = await its_provider(people, watch, order)
        await opens_after(customer, after, order, number)
        await customer.person.writes("The bell is broken", answered=False)
        await after.person.sees("The bell is broken")
        await provider.person.refresh()
        assert not any("bell" in words_of(m) for m in provider.person.from_bot())


async def opens_after(customer: Player, after: Player, order: int, number: str) -> None:
    """The next provider accepts; the customer writes to them."""
    await accepts(after.person, number)
    await customer.person.sees("comes")
    await opens(customer, order)


async def file_of(people: People, message: Message) -> bytes:
    """The bytes behind a message, as a client would fetch them."""
    url = next(iter(message["files"].values()))
    async with ClientSession() as session:
        async with session.get(f"{people.base_url}{url}") as answer:
            assert answer.status == 200
            return await answer.read()


@pytest.mark.feature("C21")
async def test_contact_data_is_hidden_and_its_sender_told(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        customer, provider, order, number = await talked_about(people, watch, "Carla Card")
        await opens(customer, order)
        await customer.person.writes("Call me: 138 0013 8000, or @carla_card")
        await customer.person.sees("hidden")
        await provider.person.sees("Call me: •••, or •••")
        await customer.person.shares_contact()
        await customer.person.sees("Contact cards are not passed on")
        await customer.person.sends_sticker("🙂")
        await customer.person.sees("can't be passed on")
        # An edit is seen where the message is.
        said = await customer.person.writes("See you at 3", answered=False)
        await provider.person.sees("See you at 3")
        await customer.person.edits(said, "See you at 4")
        await provider.person.sees("See you at 4")
        staff = await desk_of(people, SUPPORT)
        await staff.writes(f"/order {number}")
        await staff.taps("Conversation (2)")
        seen = await staff.sees("Call me: •••")
        assert "before: “See you at 3”" in words_of(seen)


@pytest.mark.feature("C21")
async def test_several_orders_never_mix_and_a_stop_is_a_stop(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        customer, provider, order, number = await talked_about(people, watch, "Olga Open")
        await opens(customer, order)
        await customer.person.writes("First", answered=False)
        first = await provider.person.sees("First")
        await customer.person.taps("Stop talking")
        await customer.person.sees(number)
        await customer.person.writes("haircut")
        await customer.person.sees("haircut")
        await provider.person.refresh()
        assert not any("haircut" in words_of(m) for m in provider.person.from_bot())
        assert number in words_of(first)


@pytest.mark.feature("C21")
async def test_who_can_not_be_reached_is_named(platform: Platform, people: People) -> None:
    async with watched(platform, people) as watch:
        customer, provider, order, _ = await talked_about(people, watch, "Lena Lost")
        await opens(customer, order)
        await provider.person.blocks()
        try:
            await customer.person.writes("Are you there?", answered=False)
            await customer.person.sees("didn't get your message")
            await customer.person.writes("Hello?", answered=False)
            await customer.person.sees_where(lambda m: "“Hello?”" in words_of(m))
        finally:
            await provider.person.unblocks()
            await provider.person.writes("/start")


@pytest.mark.feature("C21", "X3")
async def test_nothing_is_lost_or_turned_around_over_a_kill(
    own_platform: Platform, own_people: People
) -> None:
    async with watched(own_platform, own_people, log=False) as watch:
        customer, provider, order, _ = await talked_about(own_people, watch, "Kira Kill")
        await opens(customer, order)
        for number in range(6):
            await customer.person.writes(f"Line {number}", answered=False)
        own_platform.kill()
        own_platform.start()
        await own_platform.ready()
        await provider.person.sees("Line 5", timeout=30)
        await watch.delivered()
        await provider.person.refresh()
        lines = [
            words_of(m).splitlines()[-1]
            for m in provider.person.from_bot()
            if "Line" in words_of(m)
        ]
        # The one that was on its way when the process died may come again, right after itself.
        told = [line for line, _ in groupby(lines)]
        assert told == [f"Line {number}" for number in range(6)]
        assert len(lines) - len(told) <= 1


@pytest.mark.feature("C21")
async def test_words_after_a_long_silence_are_asked_about(
    own_platform: Platform, own_people: People
) -> None:
    async with watched(own_platform, own_people, log=False) as watch:
        customer, _, order, _ = await talked_about(own_people, watch, "Eva End")
        await opens(customer, order)
        await own_people.later(3 * 3600)
        await customer.person.writes("find me a plumber", answered=False)
        await customer.person.sees("Is this for")
        await customer.person.taps("No, search for it")
        await customer.person.sees("find me a plumber")
