"""Recommended for you: from what was looked at and saved, each with its reason, with a switch."""

import pytest

from tests.chat import People
from tests.e2e.test_browse import go, list_of, settled


@pytest.mark.feature("C6")
async def test_what_was_seen_and_saved_is_recommended_until_it_is_switched_off(
    people: People,
) -> None:
    person = await settled(people)
    await go(person, "✨ For you", "Well rated near you")
    assert "looked at" not in person.screen
    names = await list_of(person)
    await go(person, "3. ", "jobs done")
    await go(person, "‹ Back", "can come")
    await go(person, "2. ", "jobs done")
    await person.taps("🤍 Favourite")
    await person.writes("/start")
    await person.sees("what can we do for you?")
    await go(person, "✨ For you", "Your favourite")
    first, second = person.screen.split("1. ")[1].split("2. ")[:2]
    assert first.startswith(names[1])
    assert "Your favourite" in first
    assert second.startswith(names[2])
    assert "You looked at them lately" in second
    assert len(person.buttons) <= 8
    await go(person, "1. ", "jobs done")
    await go(person, "‹ Back", "For you")
    await go(person, "Turn off", "Suggestions are off")
    await go(person, "Home", "what can we do for you?")
    assert not any("For you" in label for label in person.buttons)
    await go(person, "☰ Me", "Me")
    await person.taps("Favourites")
    await person.sees_button(names[1])
    await person.writes("/settings")
    await person.sees("Settings")
    await go(person, "🔔 Messages", "What reaches you")
    await go(person, "✨ For you", "Suggestions are off")
    await go(person, "Turn on", "Your favourite")
    assert "looked at" not in person.screen


@pytest.mark.feature("C6")
async def test_what_is_recommended_can_be_booked_in_two_taps(people: People) -> None:
    person = await settled(people)
    await go(person, "✨ For you", "Well rated near you")
    await go(person, "1. ", "jobs done")
    await person.taps("⚡")
    await person.sees("Which door exactly?")
