"""A full day in the chat: people stand in line for it, and time that frees is held for one at a time, in order."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from db.engine import Database
from db.ops import Op
from tests.chat import People, Person, words_of
from tests.e2e.journey import presses, with_verb
from tests.e2e.staff import told
from tests.e2e.test_booking import DOOR, sees, settled
from tests.e2e.test_moving import booked, of_order, start_of
from tests.platforms import Platform

SERVICE = "Toilet repair"
SHANGHAI = ZoneInfo("Asia/Shanghai")
HELD = "A time is free, and held for you"
GONE = "The time went to the next in line"
SILENCE = 15 * 60  # seconds, more than a time is held for anybody


async def full_day(people: People, platform: Platform) -> tuple[Person, str]:
    """Somebody has the only visit that their provider takes on a day: the person, the order's number."""
    owner, _, number = await booked(people, near=True, service=SERVICE)
    platform.stop()
    database = await Database.open(platform.database)
    sql = "UPDATE provider SET daily_max = 1 WHERE id = ?"
    await database.apply([Op(sql, [of_order(platform, number, "provider_id")], expect=1)])
    await database.close()
    platform.start()
    await platform.ready()
    return owner, number


def day_of(platform: Platform, number: str) -> date:
    return start_of(platform, number).astimezone(SHANGHAI).date()


async def at_the_full_day(people: People, platform: Platform, number: str) -> Person:
    """A new customer who wants the same provider on that very day, and is told that it is full."""
    person = await settled(people)
    provider, service, day = (
        *(of_order(platform, number, name) for name in ("provider_id", "service_id")),
        day_of(platform, number),
    )
    await person.taps_stale(person.last["message_id"], f"book:{service}:{provider}")
    await sees(person, "✖ Cancel")
    if "Continue ▶" in person.buttons:
        await person.taps("Continue ▶")
    await person.sees("Which door exactly?")
    await person.writes(DOOR)
    await person.sees("Which day?")
    await person.writes(f"{day.month}月{day.day}号")
    await person.sees("That day is full")
    return person


async def joins(person: Person, day: date, *, sees_first: str) -> None:
    """By buttons alone, from the calendar to a place in line."""
    await person.taps("Full days")
    await person.sees("Which full day do you want?")
    data = next(one for one in presses(person.last) if one.endswith(f":{day.toordinal()}"))
    await person.taps_stale(person.last["message_id"], data)
    await person.sees("Which part of the day suits you?")
    await person.taps("🕒 Any time")
    await person.sees(sees_first)


async def in_line(people: People, platform: Platform, number: str) -> tuple[Person, Person]:
    """Two who wait for the day, one after the other."""
    first, second = [await at_the_full_day(people, platform, number) for _ in range(2)]
    day = day_of(platform, number)
    await joins(first, day, sees_first="You're the first in line")
    await joins(second, day, sees_first="1 person is before you")
    return first, second


async def cancels(owner: Person) -> None:
    await owner.taps("Cancel order")
    await owner.sees("Cancel this order?")
    await owner.taps("Yes, cancel it")


def held(person: Person) -> int:
    """So many times somebody was told of a time that is held."""
    return sum(HELD in words_of(message) for message in person.from_bot())


def visits(platform: Platform, *people: Person) -> list[object]:
    """Whose visit stands, of these."""
    sql = (
        "SELECT person.telegram_id FROM orders JOIN person ON person.id = orders.customer_id"
        " WHERE state <> 'cancelled'"
    )
    return [who for (who,) in platform.rows(sql) if who in {person.id for person in people}]


@pytest.mark.feature("C8")
async def test_time_that_frees_is_held_for_the_first_in_line_alone(own_platform: Platform) -> None:
    async with People(own_platform.url) as people:
        owner, number = await full_day(people, own_platform)
        first, second = await in_line(people, own_platform, number)
        await cancels(owner)
        await first.sees_where(lambda m: HELD in told(m), what="the time that is held")
        await at_the_full_day(people, own_platform, number)  # who passes by can't have it
        await second.refresh()
        assert held(second) == 0
        await first.taps("Book it")
        await first.sees("Pay ¥")
        assert visits(own_platform, owner, first, second) == [first.id]
        await second.refresh()
        assert held(second) == 0


@pytest.mark.feature("C8")
async def test_silence_passes_the_time_on_and_nobody_is_told_twice(own_platform: Platform) -> None:
    async with People(own_platform.url) as people:
        owner, number = await full_day(people, own_platform)
        first, second = await in_line(people, own_platform, number)
        await people.by_day()
        await cancels(owner)
        card = await first.sees_where(lambda m: HELD in told(m), what="the time that is held")
        old = str(with_verb(card, "wbook"))
        await second.refresh()
        assert held(second) == 0
        await people.later(SILENCE)
        await second.sees_where(lambda m: HELD in told(m), what="the time, in turn")
        await first.sees(GONE)
        await first.taps_stale(card["message_id"], old)
        assert "went to somebody else" in first.toast
        await second.taps("Not now")
        assert "off this list" in second.toast
        await people.later(SILENCE)
        assert (held(await first.refresh()), held(await second.refresh())) == (0, 0)
        assert visits(own_platform, owner, first, second) == []
