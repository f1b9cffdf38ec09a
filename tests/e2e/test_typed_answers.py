"""An amount and a time are understood where they are asked for, without a tap on a button first."""

from datetime import timedelta

import pytest

from tests.chat import People, Person, words_of
from tests.e2e.journey import starts_of_day, taps_about, with_verb
from tests.e2e.staff import told
from tests.e2e.test_booking import sees
from tests.e2e.test_moving import booked, has, of_order, offered, start_of
from tests.platforms import Platform


async def finished(people: People, platform: Platform) -> tuple[Person, Person, str]:
    """A visit to be paid on site whose work is done: customer, provider, number."""
    person, provider, number = await booked(people)
    for label in ("I'm here", "Start with code"):
        await taps_about(provider, number, label)
    await provider.sees("Type the customer's four digits")
    await provider.writes(str(of_order(platform, number, "start_code")))
    await provider.sees("In progress")
    for label in ("Finish", "Yes, done"):
        await taps_about(provider, number, label)
    await provider.sees_button("Received")
    return person, provider, number


@pytest.mark.feature("C12", "P5")
async def test_both_sides_type_what_was_paid(own_people: People, own_platform: Platform) -> None:
    person, provider, number = await finished(own_people, own_platform)
    due = int(str(of_order(own_platform, number, "total")))
    await provider.writes(f"{due // 100}元")
    await provider.sees("You said you received")
    await person.sees("Did you pay")
    await person.writes(f"I paid {due // 100 - 30}")
    await sees(person, f"You say ¥{due // 100 - 30}, they say ¥{due // 100}")
    assert of_order(own_platform, number, "state") == "finished"  # asked once more first
    await person.writes("no")
    await sees(person, "How much did you pay on site?")
    await person.writes("nothing like a number")
    await sees(person, "How much did you pay on site?")
    await person.writes(f"￥{due // 100}.00")
    await provider.sees("in cash is confirmed")
    assert of_order(own_platform, number, "state") == "closed"


@pytest.mark.feature("C12")
async def test_a_yes_settles_it_and_means_nothing_afterwards(
    own_people: People, own_platform: Platform
) -> None:
    person, provider, number = await finished(own_people, own_platform)
    await taps_about(provider, number, "Received")
    await person.sees("Did you pay")
    await person.writes("对的")
    await sees(person, "Completed")
    assert of_order(own_platform, number, "state") == "closed"
    await person.writes("yes")
    await person.sees_where(lambda m: "Completed" not in words_of(m), what="another answer")


@pytest.mark.feature("C15", "P8")
async def test_a_provider_types_the_other_time(own_people: People, own_platform: Platform) -> None:
    person, provider, number = await booked(own_people)
    before = start_of(own_platform, number)
    await provider.writes(number)
    await provider.taps("Ask to move")
    await sees(provider, "Which day would suit you?")
    await provider.writes("blue")
    await sees(provider, "Please tap a day, or type one")
    _, day = await offered(provider, "mvday", -1)
    await provider.taps_stale(provider.last["message_id"], day)
    _, start = (await starts_of_day(provider, "mvpart", "mvat"))[0]
    moment = int(start.split(":")[-1]) * 60 + 8 * 3600  # by the clocks of Shanghai
    clock = f"{moment // 3600 % 24:02}:{moment // 60 % 60:02}"
    await provider.writes("03:00")
    await sees(provider, "You aren't free then.")
    await provider.writes(clock)
    await sees(provider, "📨 Ask")
    await provider.taps("📨 Ask")
    await sees(provider, "You asked for")
    asked = await person.sees_where(has("asks for another time"), what="the question")  # type: ignore[arg-type]
    assert with_verb(asked, "mvyes")
    assert "Cancel for free" in told(asked)
    await person.taps("Yes", on=asked)
    await provider.sees("The customer agreed")
    after = start_of(own_platform, number)
    assert after != before
    assert f"{after + timedelta(hours=8):%H:%M}" == clock
