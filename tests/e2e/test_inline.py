"""The bot is called by its name in any chat: what it offers there, and where the things sent lead."""

import re
from typing import Any

import pytest

from tests.chat import STAFF_CHAT, Message, People, Person
from tests.e2e.test_browse import go, list_of, settled, somebody


def payload(message: Message | dict[str, Any]) -> str:
    """What the button under a card gives to the bot when it is opened."""
    (button,) = message["reply_markup"]["inline_keyboard"][0]
    match = re.fullmatch(r"https://t\.me/doorstep_bot\?start=([\w-]{1,64})", button["url"])
    assert match is not None, button
    return match[1]


def titles(found: list[dict[str, Any]]) -> str:
    return " | ".join(result["title"] for result in found)


@pytest.mark.feature("C2")
async def test_typed_words_find_services_providers_and_deals_in_any_chat(people: People) -> None:
    person = await settled(people)
    name = (await list_of(person))[0]
    staff = (await people.known(3001)).with_bot(STAFF_CHAT)
    for who in (person, staff):
        assert "AC repair" in titles((await who.calls_bot("修空调"))[:3]).replace(
            "空调维修", "AC repair"
        )
        assert name in titles(await who.calls_bot(name))
        deals = await who.calls_bot("welcome gift")
        assert "🎁" in titles(deals)
        said = deals[0]["input_message_content"]["message_text"]
        assert "for your first order" in said or "限首单" in said
    assert await person.calls_bot("rocket science") == []


@pytest.mark.feature("C2")
async def test_without_a_word_favourites_stand_first_for_their_owner_only(people: People) -> None:
    person = await settled(people)
    name = (await list_of(person))[0]
    await go(person, "1. ", "jobs done")
    await person.taps("🤍 Favourite")
    mine = await person.calls_bot("")
    assert name in mine[0]["title"]
    assert "🎁" in titles(mine)
    stranger = await somebody(people)
    theirs = await stranger.calls_bot("")
    assert name not in titles(theirs)
    assert theirs, "what is popular"


@pytest.mark.feature("C5")
async def test_a_shared_provider_is_a_card_that_opens_the_page_for_somebody_new(
    people: People,
) -> None:
    person = await settled(people)
    name = (await list_of(person))[0]
    await go(person, "1. ", "jobs done")
    (found,) = await person.calls_bot(person.shares("Share"))
    said = found["input_message_content"]["message_text"]
    assert name in said
    for private in ("km", "People's Square", person.name, "⚡"):
        assert private not in said
    friend = await somebody(people)
    await friend.writes(f"/start {payload(found)}")
    await friend.sees(name)
    await friend.sees("jobs done")


@pytest.mark.feature("C1")
async def test_a_shared_service_is_a_card_that_opens_it(people: People) -> None:
    person = await settled(people)
    await person.writes("haircut")
    await person.sees("🔎 haircut")
    await go(person, "Haircut at home", "Extras you can add")
    (found,) = await person.calls_bot(person.shares("Share"))
    friend = await somebody(people)
    await friend.writes(f"/start {payload(found)}")
    await friend.sees("Haircut at home")
    await friend.sees_button("Find a provider")


@pytest.mark.feature("C5")
async def test_a_card_sent_into_the_bots_own_chat_opens_what_it_shows(people: People) -> None:
    person = await settled(people)
    found = await person.calls_bot("haircut")
    sent = await person.sends_found(found[0])
    assert sent["via_bot"]["username"] == "doorstep_bot"
    await person.sees_button("Find a provider")


@pytest.mark.feature("C5")
async def test_altered_links_lead_home_with_a_word(people: People) -> None:
    person = await settled(people)
    await list_of(person)
    await go(person, "1. ", "jobs done")
    shared = person.shares("Share")
    kind, subject, signature = shared.split("_")
    for altered in (
        f"s_{subject}_{signature}", f"{kind}_{subject[:-1]}_{signature}",
        f"{kind}_{subject}_{signature[::-1]}", f"{kind}_{subject}", "p_1_forged00000",
    ):  # fmt: skip
        await person.writes(f"/start {altered}")
        await person.sees("no longer available")
        await person.sees("what can we do for you?")
        assert await nothing(person, altered), altered


async def nothing(person: Person, altered: str) -> bool:
    """Nothing is found for what was not signed, not even by chance."""
    return all("👷" not in result["title"] for result in await person.calls_bot(altered))
