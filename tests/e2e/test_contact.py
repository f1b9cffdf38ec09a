"""Whoever accepts gets in touch: one tap or any word counts, silence is reminded of and comes to the staff."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.chat import People, words_of
from tests.e2e.journey import SLOW, about, presses, taps_about, with_verb
from tests.e2e.staff import OPERATOR, group, told
from tests.e2e.test_moving import booked, chosen, of_order
from tests.e2e.test_provider import reading_english
from tests.platforms import Platform


async def to_contact(people: People, platform: Platform, number: str, minutes: float) -> None:
    """Skips to so many minutes after the moment by which he has to be in touch."""
    by = datetime.fromisoformat(str(of_order(platform, number, "contact_by")))
    by = by if by.tzinfo else by.replace(tzinfo=UTC)
    now = (await people.call("POST", "/clock", json={"shift_seconds": 0}))["now"]
    goal = by + timedelta(minutes=minutes)
    await people.later(max(0.0, goal.timestamp() - now))


@pytest.mark.feature("P4")
async def test_silence_after_accepting_is_reminded_of_and_then_comes_to_the_staff(
    own_platform: Platform, own_people: People
) -> None:
    staff = await group(own_people, OPERATOR)
    _, provider, number = await booked(own_people)
    await reading_english(own_people, provider.name)
    card = await about(provider, number, lambda m: "On the way" in told(m), "the job")
    assert "Please get in touch by" in words_of(card) or with_verb(card, "greet")
    await to_contact(own_people, own_platform, number, -14)
    await provider.sees("waits for a word from you", timeout=SLOW)
    await to_contact(own_people, own_platform, number, 1)
    alarm = await staff.sees("接单后还没联系客户", timeout=SLOW)
    assert number in words_of(alarm)
    await staff.taps("改派师傅", on=alarm)
    await staff.sees("改派给谁", timeout=SLOW)


@pytest.mark.feature("P4", "C21")
async def test_one_tap_says_hello_in_the_customers_language_and_that_is_enough(
    own_platform: Platform, own_people: People
) -> None:
    staff = await group(own_people, OPERATOR)
    person, provider, number = await booked(own_people)
    await reading_english(own_people, provider.name)
    await to_contact(own_people, own_platform, number, -14)
    await provider.sees("waits for a word from you", timeout=SLOW)
    reminder = await about(provider, number, lambda m: bool(with_verb(m, "greet")), "the button")
    await taps_about(provider, number, "Confirm details")
    hello = await person.sees("Is there anything I should know", timeout=SLOW)
    assert number in words_of(hello)
    await about(
        provider, number, lambda m: "get in touch" not in words_of(m), "the card without it"
    )
    await provider.taps_stale(reminder["message_id"], str(with_verb(reminder, "greet")))
    await person.refresh()
    assert sum("anything I should know" in words_of(m) for m in person.from_bot()) == 1
    await person.taps("Answer", on=hello)
    await person.writes("The gate code is 12", answered=False)
    await provider.sees("The gate code is 12", timeout=SLOW)
    await to_contact(own_people, own_platform, number, 5)
    await staff.refresh()
    assert not any("还没联系客户" in words_of(m) for m in staff.from_bot())
    assert presses(await person.sees("anything I should know"))


@pytest.mark.feature("P4", "C15")
async def test_a_moved_visit_gives_the_time_to_be_in_touch_anew(
    own_platform: Platform, own_people: People
) -> None:
    person, provider, number = await booked(own_people)
    await reading_english(own_people, provider.name)
    await to_contact(own_people, own_platform, number, 1)
    await about(provider, number, lambda m: "get in touch now" in words_of(m), "the card, overdue")
    before = of_order(own_platform, number, "contact_by")
    await person.writes(number)
    await person.sees("is coming")
    await chosen(person)
    await person.taps("Move it")
    card = await about(
        provider, number, lambda m: "The customer moved it" in words_of(m), "the moved job"
    )
    assert of_order(own_platform, number, "contact_by") != before
    assert "Please get in touch by" in words_of(card)
