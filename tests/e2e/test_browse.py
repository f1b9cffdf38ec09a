"""A customer looks around: welcome, tree, typed words, who can come, one provider's page, settings."""

import re
from itertools import count

import pytest

from tests.chat import People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.watching import restarted_after_a_kill

_NAMES = count(1)


async def somebody(people: People, language: str = "en") -> Person:
    return await people.person(f"Visitor {next(_NAMES)}", language=language)


async def settled(people: People, place: str = "People's Square") -> Person:
    """Past the first questions, at home somewhere."""
    person = await somebody(people)
    await person.writes("/start")
    await person.taps("English")
    await person.sees("Where should we come?")
    await person.shares_location(place)
    await person.sees("what can we do for you?")
    return person


def numbers(person: Person) -> list[str]:
    """Names on the list of providers, in order."""
    return re.findall(r"^\d+\. (\S+)", person.screen, re.MULTILINE)


async def go(person: Person, label: str, then: str) -> None:
    """Taps and waits until the screen that must come is there."""
    await person.taps(label)
    await person.sees(then)


async def list_of(
    person: Person, words: str = "ac repair", service: str = "AC repair"
) -> list[str]:
    """Types what is needed and opens the list of those who can come."""
    await person.writes(words)
    await person.sees("🔎")
    await go(person, service, "Extras you can add")
    await go(person, "Find a provider", "can come")
    return numbers(person)


@pytest.mark.feature("C1")
async def test_the_first_questions_can_be_skipped(people: People) -> None:
    person = await somebody(people, "zh-hans")
    await person.writes("/start")
    await person.sees("欢迎")
    await go(person, "跳过", "今天想约点什么")
    await person.writes("/start")
    await person.sees("今天想约点什么")
    assert len(person.screen.splitlines()) <= 6


@pytest.mark.feature("C1")
async def test_language_and_place_come_first_then_any_service_in_three_taps(people: People) -> None:
    person = await settled(people)
    await person.sees("People's Square")
    await go(person, "Appliance repair", "What do you need?")
    await go(person, "Air conditioning", "❄️ Air conditioning")
    await go(person, "AC repair", "Extras you can add")
    for fact in ("From ¥", "About 1 h 30 min", "today"):
        assert fact in person.screen, person.screen
    assert "Find a provider" in " ".join(person.buttons)


@pytest.mark.feature("C1")
async def test_back_returns_to_the_page_one_came_from(people: People) -> None:
    person = await settled(people)
    await go(person, "Housekeeping", "🏠 Housekeeping")
    inside = person.buttons
    await go(person, "Pest", "🐜")
    await go(person, "‹ Back", "🏠 Housekeeping")
    assert person.buttons == inside
    await go(person, "‹ Back", "what can we do for you?")


@pytest.mark.feature("C1")
@pytest.mark.feature("C20")
async def test_home_leads_to_orders_support_and_settings(people: People) -> None:
    person = await settled(people)
    for label, title in (("My orders", "orders"), ("Support", "help"), ("Settings", "Settings")):
        if label != "My orders":
            await go(person, "☰ Me", "Me")
        await person.taps(label)
        await person.sees_where(
            lambda m, title=title: title in words_of(m) and "do for you" not in words_of(m)
        )
        await go(person, "Home", "what can we do for you?")


@pytest.mark.feature("C2")
@pytest.mark.parametrize("text", ["修空调", "空调不冷", "空條維修", "kongtiao", "ac repair"])
async def test_loose_words_find_the_service_without_any_command(people: People, text: str) -> None:
    person = await somebody(people)
    await person.writes(text)
    await person.sees("🔎")
    first = [label for label in person.buttons if "Home" not in label][:3]
    assert any("AC repair" in label for label in first), person.buttons


@pytest.mark.feature("C2")
async def test_nothing_found_still_leads_on(people: People) -> None:
    person = await somebody(people)
    await person.writes("rocket science <b>now</b> & {x}")
    await person.sees("Nothing found for “rocket science <b>now</b> & {x}”")
    assert len(person.buttons) >= 4
    await go(person, "Ask support", "400-000-0000")


@pytest.mark.feature("C2")
async def test_back_from_a_thing_found_shows_the_results_again(people: People) -> None:
    person = await somebody(people)
    await person.writes("haircut")
    await person.sees("🔎 haircut")
    await go(person, "Haircut at home", "Extras you can add")
    await go(person, "‹ Back", "🔎 haircut")


@pytest.mark.feature("C2")
async def test_a_mistyped_order_number_says_so(people: People) -> None:
    person = await somebody(people)
    await person.writes("4827-3616")
    await person.sees("You have no order 4827-3616")


@pytest.mark.feature("C4")
async def test_the_list_can_be_ordered_and_filtered_and_the_filters_cleared(people: People) -> None:
    person = await settled(people)
    best = await list_of(person)
    assert len(best) == 3
    await go(person, "Sort & filter", "How should we sort them?")
    await go(person, "Lowest price", "can come")
    prices = [int(price) for price in re.findall(r"^\s+¥(\d+)", person.screen, re.MULTILINE)]
    assert prices == sorted(prices)
    assert numbers(person) != best
    await go(person, "Sort & filter", "How should we sort them?")
    await go(person, "Filters", "you can combine them")
    await person.taps("Rating: any")
    await person.sees_button("★ Rating: 4.0+")
    await person.taps("Rating: 4.0+")
    await person.sees_button("★ Rating: 4.5+")
    await person.taps("Price: any")
    await person.sees_button("💰 Price: ≤")
    assert "★ Rating: 4.5+" in person.buttons
    await person.taps("Clear filters")
    await person.sees_button("★ Rating: any")
    assert "💰 Price: any" in person.buttons
    await go(person, "Show", "can come")
    for fact in ("km", "years", "⚡", "✔", "★"):
        assert fact in person.screen


@pytest.mark.feature("C4")
async def test_the_quick_button_begins_a_booking_at_that_very_time(people: People) -> None:
    person = await settled(people)
    await list_of(person, "haircut", "Haircut at home")
    await person.taps("⚡")
    await person.sees_where(lambda m: "can come" not in words_of(m), what="the booking")


@pytest.mark.feature("C5")
async def test_a_provider_page_its_reviews_and_the_heart(people: People) -> None:
    person = await settled(people)
    name = (await list_of(person))[0]
    await person.taps("1. ")
    page = await person.sees("jobs done")
    assert "photo" in page
    for fact in ("Verified", "years of experience", "jobs done", "Quality", "licence, verified"):
        assert fact in words_of(page), words_of(page)
    await person.taps("🤍 Favourite")
    assert person.toast == "Saved to favourites"
    await go(person, "Reviews", "Reviews:")
    await go(person, "‹ Back", "jobs done")
    await go(person, "‹ Back", f"1. {name}")
    await person.writes("/favourites")
    await person.sees_button(name)


@pytest.mark.feature("C5")
async def test_a_shared_link_opens_the_page_for_somebody_new(people: People) -> None:
    person = await settled(people)
    name = (await list_of(person))[0]
    await go(person, "1. ", "jobs done")
    payload = person.shares("Share")
    friend = await somebody(people)
    await friend.writes(f"/start {payload}")
    await friend.sees(name)
    await friend.writes("/start p_1_forged00000")
    await friend.sees("Welcome")


@pytest.mark.feature("C23")
@pytest.mark.feature("X2")
async def test_a_new_language_speaks_at_once(people: People) -> None:
    person = await settled(people)
    await person.writes("/settings")
    await person.sees("Settings")
    await go(person, "Language", "Choose your language")
    await go(person, "中文", "设置")
    await person.writes("保洁")
    await person.sees_button("日常保洁")


@pytest.mark.feature("C23")
async def test_only_the_own_phone_is_taken(people: People) -> None:
    person = await settled(people)
    await person.writes("/settings")
    await person.sees("Settings")
    await go(person, "Phone", "Your phone number")
    stranger = {"phone_number": "+8613900000000", "first_name": "Li", "user_id": 1}
    await person.shares_contact(stranger)
    await person.sees("somebody else's number")
    await person.shares_contact()
    await person.sees(f"Phone: {person.phone}")


@pytest.mark.feature("C1")
async def test_a_place_is_typed_or_chosen_and_a_service_typed_instead_is_found(
    people: People,
) -> None:
    person = await settled(people)
    await go(person, "☰ Me", "Me")
    await go(person, "Location", "Where should we come?")
    await person.writes("外滩")
    await person.sees("The Bund")
    await go(person, "☰ Me", "Me")
    await go(person, "Location", "Where should we come?")
    await person.writes("haircut")
    await person.sees("🔎 haircut")


@pytest.mark.feature("C1")
async def test_an_old_button_leads_home(people: People) -> None:
    person = await settled(people)
    await person.taps_stale(person.last["message_id"], "nosuchverb:1")
    assert "out of date" in person.toast
    await person.taps_stale(person.last["message_id"], "s:424242")
    assert person.toast


@pytest.mark.feature("C4")
async def test_the_list_and_what_was_typed_survive_a_power_cut(
    own_platform: Platform, own_people: People
) -> None:
    person = await settled(own_people)
    await list_of(person)
    await go(person, "More ▶", "4. ")
    second = person.screen
    await restarted_after_a_kill(own_platform, own_people)
    await go(person, "More ▶", "7. ")
    await go(person, "◀ First page", "1. ")
    await go(person, "More ▶", "4. ")
    assert person.screen == second
    await go(person, "‹ Back", "Extras you can add")
    await go(person, "‹ Back", "🔎 ac repair")
