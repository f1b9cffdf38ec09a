"""A customer puts three providers side by side, changes who and what is compared, and books one of them."""

import re

import pytest

from tests.chat import People, Person
from tests.e2e.journey import presses, starts_of_day
from tests.e2e.test_booking import past_wishes
from tests.e2e.test_browse import go, list_of, numbers, settled


def cells(person: Person, label: str) -> list[str]:
    """The cells of one row of the table."""
    row = next(line for line in person.screen.splitlines() if line.startswith(label))
    return row.removeprefix(label).split()


def offered(person: Person, *verbs: str) -> list[str]:
    """What the buttons of the newest message with these verbs say to the bot."""
    return [data for data in presses(person.last) if data.split(":")[0] in verbs]


async def to_the_summary(person: Person) -> None:
    """The door, the first day and the first time that are offered."""
    await person.writes("12 Nanjing Rd, building 3, flat 502")
    await person.sees_where(lambda _: bool(offered(person, "bday")), what="the calendar")
    await person.taps_stale(person.last["message_id"], offered(person, "bday")[0])
    times = await starts_of_day(person, "bpart", "btime")
    await person.taps_stale(*times[0])
    await person.sees_where(lambda _: not offered(person, "btime"), what="what comes next")
    await past_wishes(person)


async def compared(people: People) -> tuple[Person, list[str]]:
    person = await settled(people)
    names = await list_of(person)
    await go(person, "Compare", "side by side")
    return person, names


@pytest.mark.feature("C4")
async def test_the_first_three_of_the_list_stand_side_by_side(people: People) -> None:
    person, names = await compared(people)
    assert re.findall(r"^\d (\S+)", person.screen, re.MULTILINE) == names[:3]
    for label in ("Total", "Day", "Time", "Rating", "Reviews", "Km", "Checked", "Years"):
        assert len(cells(person, label)) == (6 if label == "Day" else 3), person.screen
    assert all(float(km) * 2 == int(float(km) * 2) for km in cells(person, "Km"))
    assert len(person.buttons) <= 8
    await person.taps("1 ")
    await person.sees("jobs done")
    await go(person, "‹ Back", "side by side")
    await person.taps("‹ Back")
    await person.sees("can come")
    assert numbers(person) == names


@pytest.mark.feature("C4")
async def test_another_one_is_put_in_the_place_of_one(people: People) -> None:
    person, names = await compared(people)
    await go(person, "Change", "replace")
    await go(person, "⇄ 2", f"in place of {names[1]}")
    wanted = person.buttons[0]
    await go(person, wanted, "side by side")
    shown = re.findall(r"^\d (\S+)", person.screen, re.MULTILINE)
    assert shown == [names[0], wanted.split(" · ")[0], names[2]]


@pytest.mark.feature("C4")
async def test_the_total_compared_with_extras_is_the_total_of_the_booking(people: People) -> None:
    person, _ = await compared(people)
    before = cells(person, "Total")
    await go(person, "Change", "replace")
    await go(person, "Extras", "totals follow")
    await person.taps("Clean it too")
    await person.sees_button("☑ Clean it too")
    await go(person, "Compare ▶", "➕ Clean it too")
    after = cells(person, "Total")
    assert [int(a[1:]) - int(b[1:]) for a, b in zip(after, before, strict=True)] == [80] * 3
    await go(person, "Book 2", "Which door exactly?")
    await to_the_summary(person)
    assert f"Total {after[1]}" in person.screen, person.screen
    assert "Clean it too" in person.screen


@pytest.mark.feature("C4")
async def test_a_favourite_stands_first_in_the_list_with_a_heart(people: People) -> None:
    person = await settled(people)
    await list_of(person)
    await go(person, "More ▶", "4. ")
    name = numbers(person)[0]
    await go(person, "4. ", "jobs done")
    await person.taps("🤍 Favourite")
    await go(person, "‹ Back", "4. ")
    await go(person, "More ▶", "7. ")
    await go(person, "◀ First page", f"1. {name} ♥")
    await go(person, "Compare", f"1 {name} ♥")
