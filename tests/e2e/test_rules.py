"""Owners change rules in the chat: found by heading or word, typed in units, shown back, noted, never contradictory."""

import pytest

from tests.chat import People, Person
from tests.e2e.staff import OWNER, desk_of
from tests.e2e.test_booking import at_summary, listed, settled, wants
from tests.e2e.test_provider import about_to_book

pytestmark = pytest.mark.feature("A10")


async def opens(owner: Person, word: str, label: str) -> None:
    await owner.writes(f"/rules {word}")
    await owner.taps(label)
    await owner.sees("Now:")


async def turns(owner: Person, word: str, label: str, tap: str) -> None:
    """A switch, and yes."""
    await opens(owner, word, label)
    await owner.taps(tap)
    await owner.taps("Change it")
    await owner.sees("✅")


async def test_a_rule_is_found_typed_in_its_unit_noted_and_never_contradicts_another(
    own_people: People,
) -> None:
    owner = await desk_of(own_people, OWNER)
    await owner.writes("/rules")
    await owner.sees("Pick a heading")
    assert len(owner.buttons) <= 8 + 1, "the headings, and the way home"
    await owner.taps("Cancelling")
    await owner.sees("Fee for a late cancellation: 20%")
    await owner.taps("Fee for a late cancellation")
    await owner.sees("From 0% to 100%")
    await owner.writes("a fifth")
    await owner.sees("That can't be.")
    await owner.writes("25 %")
    await owner.sees("20% → 25%")
    await owner.taps("Change it")
    await owner.sees("✅")
    await owner.taps("‹ Back")
    await owner.taps("Fee for a late cancellation")
    told = await owner.sees("Usually: 20%")
    assert "20% → 25%" in told["text"], "who changed it from what is on the card"
    await owner.taps("Back to 20%")
    await owner.taps("Change it")
    await owner.sees("25% → 20%")
    await owner.writes("/log")
    await owner.sees("Fee for a late cancellation · 25% → 20%")

    # Two that contradict each other can't both be set.
    await opens(owner, "late", "Fee for a late cancellation")
    await owner.writes("40%")
    await owner.sees("It can't be 40% while “Fee for cancelling at the last moment” is 30%")
    await owner.taps("Fee for cancelling at the last moment")
    await owner.sees("Now: 30%")
    await turns(owner, "waiting list", "Waiting list", "Turn off")
    await turns(owner, "new bookings", "New bookings", "Turn off")
    await opens(owner, "waiting list", "Waiting list")
    await owner.taps("Turn on")
    await owner.sees("while “New bookings” is off")


async def no_bookings(people: People, owner: Person) -> None:
    """Refused at once, and the same button books once it is on again."""
    anna = await settled(people)
    await listed(anna)
    start = anna.data("⚡")
    await turns(owner, "new bookings", "New bookings", "Turn off")
    await anna.taps_stale(anna.last["message_id"], start)
    assert "We aren't taking new bookings right now" in anna.toast
    await turns(owner, "new bookings", "New bookings", "Turn on")
    await wants(anna, start)


async def test_what_is_turned_off_is_offered_nowhere_and_old_buttons_say_so(
    own_people: People,
) -> None:
    owner = await desk_of(own_people, OWNER)
    await closed_list(own_people, owner)
    await no_bookings(own_people, owner)
    await online_only(own_people, owner)
    await nobody_new(own_people, owner)


async def closed_list(people: People, owner: Person) -> None:
    """The waiting list is offered only while it is on."""
    anna = await at_summary(people)
    await anna.taps("✏️ Time")
    await anna.sees_button("Full days")
    message, old = anna.last["message_id"], anna.data("Full days")
    await turns(owner, "waiting list", "Waiting list", "Turn off")
    await anna.taps("‹ Back")
    await anna.taps("✏️ Time")
    await anna.sees("Which day?")
    assert not [label for label in anna.buttons if "Full days" in label]
    await anna.taps_stale(message, old)
    assert "The waiting list is closed" in anna.toast


async def online_only(people: People, owner: Person) -> None:
    """Nothing new is paid on site while that is off."""
    anna, _ = await about_to_book(people)
    await turns(owner, "on site", "Paying on site", "Turn off")
    await anna.taps("✅ Confirm")
    assert "choose" in anna.toast, anna.toast
    await anna.taps("✏️ Payment")
    await anna.sees("How would you like to pay?")
    assert not [label for label in anna.buttons if "site" in label]
    await turns(owner, "on site", "Paying on site", "Turn on")
    await anna.taps("‹ Back")
    await anna.taps("✅ Confirm")
    await anna.sees("Waiting for the provider")


async def nobody_new(people: People, owner: Person) -> None:
    """Who never applied can't begin."""
    await turns(owner, "apply", "New providers may apply", "Turn off")
    newcomer = await people.person("Newcomer", roles=["provider"])
    await newcomer.writes("/start")
    await newcomer.taps("Apply")
    assert "We aren't taking on anybody new" in newcomer.toast + newcomer.screen
