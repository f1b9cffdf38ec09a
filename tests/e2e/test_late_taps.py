"""A provider without a signal: taps that come late, twice and out of order end in the right state at the right time."""

import json
from datetime import datetime, timedelta

import pytest

from tests.chat import Message, People, Person, words_of
from tests.databases import written
from tests.e2e.journey import SLOW, about, presses, taps_about, with_verb
from tests.e2e.staff import told
from tests.e2e.test_moving import booked, of_order, to
from tests.e2e.test_provider import CODE, reading_english, turned
from tests.platforms import Platform

FAR_AWAY = (31.3000, 121.5000)


async def job_of(provider: Person, number: str) -> Message:
    return await about(provider, number, lambda m: with_verb(m, "depart") is not None, "the job")


async def code_of(person: Person) -> str:
    shown = await person.sees_where(lambda m: bool(CODE.search(words_of(m))), what="the code")
    found = CODE.search(words_of(shown))
    assert found
    return found[1]


def reached(platform: Platform, number: str) -> str:
    return str(of_order(platform, number, "reached"))


@pytest.mark.feature("P5")
async def test_a_late_tap_of_an_earlier_step_is_answered_kindly_and_changes_nothing(
    own_platform: Platform, own_people: People
) -> None:
    person, provider, number = await booked(own_people)
    await reading_english(own_people, provider.name)
    job = await job_of(provider, number)
    depart = str(with_verb(job, "depart"))
    arrive = depart.replace("depart", "arrive")
    await provider.taps_stale(job["message_id"], arrive)  # it overtook the tap on “on the way”
    await turned(provider, job, "Ask the customer for the four digits")
    before = reached(own_platform, number)
    for late in (depart, arrive, arrive):
        await provider.taps_stale(job["message_id"], late)
        assert "All noted already: 📍 Arrived" in provider.toast, provider.toast
        assert not provider.alert
    assert reached(own_platform, number) == before
    assert of_order(own_platform, number, "state") == "arrived"
    finish = depart.replace("depart", "finish") + ":1"
    await provider.taps_stale(job["message_id"], finish)  # nobody finishes without the code
    assert provider.alert
    assert of_order(own_platform, number, "state") == "arrived"
    await provider.writes(await code_of(person))
    await provider.sees("In progress", timeout=SLOW)
    for late in (depart, arrive):
        await provider.taps_stale(job["message_id"], late)
        assert "🔧 In progress" in provider.toast, provider.toast
    assert of_order(own_platform, number, "state") == "working"


@pytest.mark.feature("P5")
async def test_who_arrives_far_from_the_address_is_asked_and_it_is_kept(
    own_platform: Platform, own_people: People
) -> None:
    _, provider, number = await booked(own_people)
    await reading_english(own_people, provider.name)
    await job_of(provider, number)
    await taps_about(provider, number, "On the way")
    await provider.sees("Share your live location", timeout=SLOW)
    await provider.shares_location(FAR_AWAY, live=900)
    await provider.sees("The customer sees where you are", timeout=SLOW)
    await taps_about(provider, number, "I'm here")
    asked = await provider.sees("Are you really there?", timeout=SLOW)
    assert "km" in words_of(asked)
    assert of_order(own_platform, number, "state") == "on_the_way"
    await taps_about(provider, number, "Yes, I'm here")
    await provider.sees("Ask the customer for the four digits", timeout=SLOW)
    facts = own_platform.rows("SELECT facts FROM order_step WHERE verb = 'arrive'")
    assert "km" in str(facts), facts


@pytest.mark.feature("P5")
async def test_an_arrival_is_put_right_between_setting_out_and_the_tap(
    own_platform: Platform, own_people: People
) -> None:
    _, provider, number = await booked(own_people)
    await reading_english(own_people, provider.name)
    await job_of(provider, number)
    await taps_about(provider, number, "On the way")
    await provider.sees("Share your live location", timeout=SLOW)
    await own_people.later(12 * 60)
    await taps_about(provider, number, "I'm here")
    await provider.sees("Ask the customer for the four digits", timeout=SLOW)
    noted = arrived_at(own_platform, number)
    await taps_about(provider, number, "I was here earlier")
    asked = await provider.sees("When did you arrive?", timeout=SLOW)
    earlier = [data for data in presses(asked) if data.startswith("earlierby:")]
    assert [data.rsplit(":", 1)[1] for data in earlier] == ["5", "10"], "not before he set out"
    await provider.writes("soon")
    await provider.sees("Please type the time", timeout=SLOW)
    await provider.writes("00:00" if noted.hour != 16 else "12:00")
    await provider.sees("between setting out and your tap", timeout=SLOW)
    await taps_about(provider, number, "10 min")
    await provider.sees("Ask the customer for the four digits", timeout=SLOW)
    assert arrived_at(own_platform, number) == noted - timedelta(minutes=10)
    assert own_platform.rows("SELECT facts FROM order_step WHERE verb = 'correct_arrival'")


def arrived_at(platform: Platform, number: str) -> datetime:
    sql = "SELECT reached FROM orders WHERE number = ?"
    kept = platform.rows(sql, number.replace("-", ""))[0][0]
    found = json.loads(kept) if isinstance(kept, str) else kept
    return datetime.fromisoformat(found["arrived"])


@pytest.mark.feature("P5", "C12")
async def test_done_and_paid_is_one_tap(own_platform: Platform, own_people: People) -> None:
    person, provider, number = await booked(own_people)
    await reading_english(own_people, provider.name)
    await job_of(provider, number)
    await taps_about(provider, number, "On the way")
    await taps_about(provider, number, "I'm here")
    await provider.sees("Ask the customer for the four digits", timeout=SLOW)
    await provider.writes(await code_of(person))
    await provider.sees("In progress", timeout=SLOW)
    await taps_about(provider, number, "🏁 Done, ¥")  # so soon it may be a slip
    asked = await provider.sees("Is the work done?", timeout=SLOW)
    assert "received" in told(asked)
    await own_people.later(3600)
    await taps_about(provider, number, "🏁 Done, ¥")
    await provider.sees("You said you received", timeout=SLOW)
    await person.sees("Did you pay", timeout=SLOW)


@pytest.mark.feature("P5")
async def test_setting_out_for_or_being_at_a_visit_of_another_day_is_asked_about(
    own_platform: Platform, own_people: People
) -> None:
    own_platform.stop()
    written(own_platform.database, "DELETE FROM rule_value WHERE name = 'depart_ahead_hours'")
    own_platform.start()
    await own_platform.ready()
    _, provider, number = await booked(own_people)
    await reading_english(own_people, provider.name)
    await taps_about(provider, number, "On the way")
    asked = await about(provider, number, lambda m: "Set out now?" in words_of(m), "the question")
    assert of_order(own_platform, number, "state") == "accepted"
    await provider.taps("Back", on=asked)
    depart = str(with_verb(await job_of(provider, number), "depart"))
    await provider.taps_stale(provider.last["message_id"], depart.replace("depart", "arrive"))
    asked = await about(
        provider, number, lambda m: "Are you really there?" in words_of(m), "the question"
    )
    assert "The visit is" in words_of(asked)
    assert of_order(own_platform, number, "state") == "accepted"
    await provider.taps("Back", on=asked)
    await to(own_people, own_platform, number, hours_before=3)
    await taps_about(provider, number, "On the way")
    await about(provider, number, lambda m: "Share your live location" in words_of(m), "the way")
    assert of_order(own_platform, number, "state") == "on_the_way"
