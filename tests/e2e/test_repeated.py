"""Repeated visits, pressed as people would: four are booked, one date is asked about alone, and it stops."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.chat import People, Person
from tests.e2e.journey import presses, with_verb
from tests.e2e.staff import told
from tests.e2e.test_booking import sees
from tests.e2e.test_moving import booked, start_of
from tests.platforms import Platform

WEEK = timedelta(days=7)
# No paper of whoever comes can run out on the way.
UNCERTIFIED = "Toilet repair"
SHANGHAI = ZoneInfo("Asia/Shanghai")


async def rests(provider: Person, ordinal: int) -> None:
    """The provider takes this day off."""
    await provider.writes("/schedule")
    await provider.taps("Days off")
    await sees(provider, "dayoff:")
    await provider.taps_stale(provider.last["message_id"], f"dayoff:{ordinal}:0")


async def presses_one(person: Person, verb: str) -> None:
    """The first button with this verb, as soon as it is there."""
    seen = await person.sees_where(lambda m: with_verb(m, verb) is not None, what=verb)
    await person.taps_stale(seen["message_id"], str(with_verb(seen, verb)))


@pytest.mark.feature("C20")
async def test_a_conflict_in_week_four_asks_about_it_alone_and_it_stops(
    own_platform: Platform,
) -> None:
    async with People(own_platform.url) as people:
        person, provider, number = await booked(people, near=True, service=UNCERTIFIED)
        start = start_of(own_platform, number)
        fourth = (start + WEEK * 4).astimezone(SHANGHAI).date()
        await rests(provider, fourth.toordinal())
        await person.taps("More")
        await person.taps("🔁 Repeat")
        await sees(person, "How often should they come?")
        await person.taps("Every week")
        await sees(person, "taken, we'll ask you for another time")
        assert told(person.last).count("taken, we'll ask") == 1
        await person.taps("Book them")
        letter = await person.sees_where(
            lambda m: "One visit needs your answer" in told(m), what="the question"
        )
        orders = [f"{start + WEEK * week:%Y-%m-%d %H:%M}" for week in range(4)]
        sql = "SELECT starts_at FROM orders WHERE series_id IS NOT NULL ORDER BY starts_at"
        assert [str(row[0])[:16] for row in own_platform.rows(sql)] == orders
        dates = own_platform.rows("SELECT starts_at, why FROM series_date")
        assert [(str(at)[:16], why) for at, why in dates] == [
            (f"{start + WEEK * 4:%Y-%m-%d %H:%M}", "taken")
        ]
        times = [data for data in presses(letter) if data.startswith("sertake:")]
        assert len(times) == 3
        await person.taps_stale(letter["message_id"], times[0])
        await sees(person, "a visit is booked in place of")
        await person.taps_stale(letter["message_id"], times[1])
        assert "answered already" in person.toast
        await presses_one(person, "ser")
        page = await person.sees_where(lambda m: "Stop repeating" in str(m), what="the page")
        assert len([data for data in presses(page) if data.startswith("order:")]) == 5
        await person.taps("Stop repeating")
        await sees(person, "These are booked:")
        await person.taps("Stop, cancel all")
        await sees(person, "nothing more is booked")
        alive = own_platform.rows(
            "SELECT COUNT(*) FROM orders WHERE series_id IS NOT NULL AND state <> 'cancelled'"
        )
        assert alive[0][0] == 0
        assert own_platform.rows("SELECT state FROM series") == [("stopped",)]


@pytest.mark.feature("C20")
async def test_somebody_else_who_is_free_at_that_very_date_takes_it_with_one_tap(
    own_platform: Platform,
) -> None:
    async with People(own_platform.url) as people:
        person, provider, number = await booked(people, near=True, service=UNCERTIFIED)
        fourth = start_of(own_platform, number) + WEEK * 4
        await rests(provider, fourth.astimezone(SHANGHAI).date().toordinal())
        for label in ("More", "🔁 Repeat", "Every week", "Book them"):
            await person.taps(label)
        letter = await person.sees_where(
            lambda m: "One visit needs your answer" in told(m), what="the question"
        )
        await person.taps_stale(letter["message_id"], str(with_verb(letter, "serwho")))
        who = await person.sees_where(lambda m: with_verb(m, "sergive") is not None, what="others")
        assert "They can come at that time" in told(who)
        given = str(with_verb(who, "sergive"))
        await person.taps_stale(who["message_id"], given)
        await sees(person, "a visit is booked in place of")
        rows = own_platform.rows(
            "SELECT provider_id, starts_at FROM orders WHERE series_id IS NOT NULL"
            " ORDER BY starts_at DESC LIMIT 1"
        )
        assert [(row[0], str(row[1])[:16]) for row in rows] == [
            (int(given.split(":")[2]), f"{fourth:%Y-%m-%d %H:%M}")
        ]
