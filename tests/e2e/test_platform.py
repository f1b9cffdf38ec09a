"""What holds across everything: rules changed while the platform runs, time in the place's zone, deadlines."""

import re
from datetime import UTC

import pytest
from aiohttp import ClientSession
from icalendar import Calendar

from tests.chat import Message, People
from tests.e2e.conftest import Platform
from tests.e2e.journey import accepts, offer_of, presses
from tests.e2e.test_booking import sees
from tests.e2e.test_provider import booked as on_site
from tests.e2e.test_story import EN, booked, pays

SHANGHAI_HOURS = 8


@pytest.mark.feature("X6", "A1")
async def test_a_rule_is_changed_in_the_chat_bounded_and_shown_back(own_people: People) -> None:
    owner = await own_people.known(3001)
    await owner.speaks("en")
    await owner.writes("/rules")
    await owner.sees("Rules")
    await owner.taps("Visits")
    await owner.taps("Time for a provider to accept")
    await owner.sees("From 2 min to 2 h")
    await owner.writes("500")
    await owner.sees("That can't be.")
    await owner.writes("20")
    await owner.sees("10 min → 20 min")
    await owner.taps("Change it")
    await owner.sees("✅")
    await own_people.by_day()
    anna, _, _ = await booked(own_people, EN)
    before = await own_people.now()
    await pays(anna, EN)
    await sees(anna, EN.paid)
    until = re.search(r"has until (\d\d):(\d\d) to accept", anna.shown())
    assert until, anna.shown()
    minutes = (
        (int(until[1]) - SHANGHAI_HOURS) * 60 + int(until[2]) - before.hour * 60 - before.minute
    )
    # A quarter of what is left, where the visit is near: more than the ten minutes it was.
    assert 10 < minutes <= 21


@pytest.mark.feature("X6", "A1")
async def test_only_owners_may_change_rules(people: People) -> None:
    support = await people.known(3003)
    await support.speaks("en")
    await support.writes("/rules accept")
    await support.taps("Time for a provider to accept")
    await support.sees("Now: 10 min")
    assert not any(verb in data for data in presses(support.last) for verb in ("rup", "ruy"))
    await support.writes("20", answered=False)
    await support.writes("/rules accept")
    await support.sees("Time for a provider to accept: 10 min")


@pytest.mark.feature("X7", "C9")
async def test_the_time_shown_is_the_time_in_the_calendar_file(
    people: People, platform: Platform
) -> None:
    anna, name, number = await booked(people, EN)
    shown = re.search(r"(\d\d):(\d\d)–", anna.shown())
    assert shown, anna.shown()
    await pays(anna, EN)
    await sees(anna, EN.paid)
    provider = await people.known(name)
    await accepts(provider, number)

    def has_file(message: Message) -> bool:
        return "document" in message

    message = await anna.sees_where(has_file, what="a calendar file")
    link = message["files"][message["document"]["file_id"]]
    async with ClientSession() as browser, browser.get(f"{platform.url}{link}") as answer:
        calendar = Calendar.from_ical(await answer.read())
    start = calendar.walk("VEVENT")[0].decoded("DTSTART").astimezone(UTC)
    assert (start.hour + SHANGHAI_HOURS) % 24 == int(shown[1])
    assert start.minute == int(shown[2])


@pytest.mark.feature("C17", "P2")
async def test_a_silent_provider_is_replaced_by_itself(own_people: People) -> None:
    await own_people.by_day()
    anna, first, number = await on_site(own_people, far=True)
    await offer_of(first, number)
    await own_people.later(11 * 60)
    await sees(anna, "instead")
    again = re.search(r"We asked (\S+) instead", anna.shown())
    assert again, anna.shown()
    assert again[1] != first.name
    second = await own_people.known(again[1])
    await accepts(second, number)
    await sees(anna, f"{again[1]} comes instead")


@pytest.mark.feature("C8")
async def test_a_hold_that_runs_out_is_told(own_people: People) -> None:
    anna, _, _ = await booked(own_people, EN)
    await own_people.later(16 * 60)
    await sees(anna, "The time to pay is over")
