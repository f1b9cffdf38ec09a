"""Another time and the reminders, pressed as people would; each test skips ahead on a platform of its own."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.journey import accepts, last_month, presses, starts_of_day, with_verb
from tests.e2e.staff import act, colleague, its_provider, opened, told
from tests.e2e.test_booking import listed, sees, settled, wants
from tests.platforms import Platform

DAY = 24 * 3600.0


def of_order(platform: Platform, number: str, column: str) -> object:
    sql = f"SELECT {column} FROM orders WHERE number = ?"
    return platform.rows(sql, number.replace("-", ""))[0][0]


def start_of(platform: Platform, number: str) -> datetime:
    found = datetime.fromisoformat(str(of_order(platform, number, "starts_at")))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


async def to(people: People, platform: Platform, number: str, *, hours_before: float) -> None:
    """Skips ahead until so long before the visit."""
    now = (await people.call("POST", "/clock", json={"shift_seconds": 0}))["now"]
    goal = start_of(platform, number) - timedelta(hours=hours_before)
    assert goal.timestamp() > now, "that is over"
    await people.later(goal.timestamp() - now)


async def booked(
    people: People, *, near: bool = False, service: str = "AC repair", part: int = -1
) -> tuple[Person, Person, str]:
    """A visit some days ahead (`near`: within the next few), to be paid on site and accepted.

    It is the last start of that part of the day.

    Customer, provider, number.
    """
    person = await settled(people)
    await listed(person, service)
    await wants(person, person.data("⚡"))
    await person.taps("Time")
    await sees(person, "Which day?")
    if not near:
        await last_month(person, "bmon")
    days = [data for data in presses(person.last) if data.startswith("bday:")]
    await person.taps_stale(person.last["message_id"], days[min(4, len(days) - 1)])
    await sees(person, "When should they come?")
    starts = await starts_of_day(person, "bpart", "btime", which=part)
    await person.taps_stale(*starts[-1])
    await sees(person, "Total")
    await person.taps("Payment")
    await sees(person, "How would you like to pay?")
    await person.taps("Pay on site")
    await sees(person, "You pay")
    await person.taps("Confirm")
    await sees(person, "Waiting for the provider")
    number = re.search(r"\d{4}-\d{4}", person.screen)
    assert number, person.shown()
    staff = await colleague(people, "operator")
    provider = await its_provider(people, await opened(staff, number[0]))
    await accepts(provider, number[0])
    await sees(person, "is coming")
    return person, provider, number[0]


async def chosen(person: Person, *, day: int = -1, near: bool = False) -> None:
    """From the order's card to the look at another time, as late as can be (`near`: within the next few days)."""
    await person.taps("🗓 Move")
    if not near:
        await last_month(person, "mvmon")
    await person.taps_stale(*await offered(person, "mvday", day))
    starts = await starts_of_day(person, "mvpart", "mvat")
    await person.taps_stale(*starts[0])
    await offered(person, "mvgo", 0)


async def offered(person: Person, verb: str, which: int) -> tuple[int, str]:
    """(message, data) of one of the buttons with this verb, as soon as they are there."""
    seen = await person.sees_where(lambda m: with_verb(m, verb) is not None, what=verb)
    return seen["message_id"], [d for d in presses(seen) if d.startswith(f"{verb}:")][which]


def has(*parts: str) -> object:
    return lambda message: all(part in told(message) for part in parts)


@pytest.mark.feature("C15", "C9")
async def test_early_enough_a_visit_moves_at_once_and_its_calendar_entry_with_it(
    own_people: People, own_platform: Platform
) -> None:
    person, provider, number = await booked(own_people)
    before = start_of(own_platform, number)
    await chosen(person)
    await sees(person, "It counts at once and costs nothing.")
    await person.taps("Move it")
    told_so = await person.sees_where(has("Moved to"), what="the news")  # type: ignore[arg-type]
    assert number in words_of(told_so)
    assert any(
        m.get("document", {}).get("file_name", "").endswith(".ics") for m in person.messages()
    )
    after = start_of(own_platform, number)
    assert after != before
    await provider.sees_where(has("The customer moved it"), what="the news")  # type: ignore[arg-type]
    assert "Cancelling is free" in words_of(told_so)


@pytest.mark.feature("C15")
async def test_near_the_visit_the_provider_is_asked_and_agrees(
    own_people: People, own_platform: Platform
) -> None:
    person, provider, number = await booked(own_people)
    await to(own_people, own_platform, number, hours_before=3)
    await person.writes(number)
    await sees(person, "is coming")
    before = start_of(own_platform, number)
    await chosen(person)
    await sees(person, "has to agree")
    await sees(person, "cancelling stays free")  # nothing was paid
    await person.taps("Ask them")
    await sees(person, "You asked to move to")
    asked = await provider.sees_where(has("asks for another time"), what="the question")  # type: ignore[arg-type]
    assert start_of(own_platform, number) == before
    await provider.taps("Agree", on=asked)
    await person.sees_where(has("agreed"), what="the answer")  # type: ignore[arg-type]
    assert start_of(own_platform, number) > before
    # The old card's button is old by now: it says so and shows how things stand.
    await provider.taps_stale(asked["message_id"], str(with_verb(asked, "mvyes")))
    assert provider.alert


@pytest.mark.feature("C15")
async def test_silence_keeps_the_time_and_so_does_a_no_or_a_second_thought(
    own_people: People, own_platform: Platform
) -> None:
    person, provider, number = await booked(own_people)
    await to(own_people, own_platform, number, hours_before=3.5)
    before = start_of(own_platform, number)
    await person.writes(number)
    await sees(person, "is coming")
    await chosen(person)
    await person.taps("Ask them")
    await sees(person, "You asked to move to")
    await person.taps("Take it back")
    await sees(person, "🗓 Move")
    await chosen(person)
    await person.taps("Ask them")
    await sees(person, "You asked to move to")
    asked = await provider.sees_where(  # the newer of two questions
        lambda m: with_verb(m, "mvkeep") is not None, what="the question"
    )
    await provider.taps("Keep the time", on=asked)
    await person.sees_where(has("can't come"), what="the no")  # type: ignore[arg-type]
    await person.taps("🗓 Another time")
    await sees(person, "Move to which day?")
    await person.taps("‹ Back")
    await sees(person, "is coming")
    await chosen(person)
    await person.taps("Ask them")
    await sees(person, "You asked to move to")
    await own_people.later(31 * 60)
    await person.sees_where(has("didn't answer about"), what="the silence")  # type: ignore[arg-type]
    assert start_of(own_platform, number) == before


@pytest.mark.feature("C15", "P8")
async def test_the_provider_asks_and_the_customer_may_agree_keep_or_leave_for_free(
    own_people: People, own_platform: Platform
) -> None:
    person, provider, number = await booked(own_people)
    before = start_of(own_platform, number)
    for answer in ("Keep", "Yes"):
        await provider.writes(number)
        await sees(provider, "Ask to move")
        await provider.taps("Ask to move")
        await sees(provider, "Which day would suit you?")
        days = [data for data in presses(provider.last) if data.startswith("mvday:")]
        await provider.taps_stale(provider.last["message_id"], days[-1])
        starts = await starts_of_day(provider, "mvpart", "mvat")
        await provider.taps_stale(*starts[0])
        await sees(provider, "📨 Ask")
        await provider.taps("📨 Ask")
        await sees(provider, "You asked for")
        asked = await person.sees_where(
            lambda m: "asks for another time" in words_of(m) and bool(with_verb(m, "mvyes")),
            what="the question",
        )  # fmt: skip
        assert "Cancel for free" in told(asked)
        await person.taps(answer, on=asked)
        if answer == "Keep":
            await provider.sees_where(has("keeps the time"), what="the no")  # type: ignore[arg-type]
            assert start_of(own_platform, number) == before
    await provider.sees_where(has("The customer agreed"), what="the yes")  # type: ignore[arg-type]
    assert start_of(own_platform, number) != before


@pytest.mark.feature("C15", "A4")
async def test_staff_move_a_visit_and_both_sides_are_told(
    own_people: People, own_platform: Platform
) -> None:
    person, provider, number = await booked(own_people)
    before = start_of(own_platform, number)
    staff = await colleague(own_people, "operator")
    await opened(staff, number, "Accepted")
    screen: Message = await act(staff, ("🗓 Move", "which day?"))
    days = [data for data in presses(screen) if data.startswith("omday:")]
    await staff.taps_stale(screen["message_id"], days[-1])
    await staff.sees_where(has("when?"), what="the times")  # type: ignore[arg-type]
    starts = await starts_of_day(staff, "ompart", "xtr")
    await staff.taps_stale(*starts[0])
    await staff.sees_where(has("Why?"), what="why")  # type: ignore[arg-type]
    await act(staff, ("The provider asked for it", "New time:"), ("Yes, move", "Accepted"))
    assert start_of(own_platform, number) != before
    news = await person.sees_where(has("Our staff moved your visit"), what="the news")  # type: ignore[arg-type]
    assert "The provider asked for it" in words_of(news)
    await provider.sees_where(has("Our staff moved it"), what="the news")  # type: ignore[arg-type]


@pytest.mark.feature("C22")
async def test_reminders_come_with_one_tap_answers_and_follow_a_move(
    own_people: People, own_platform: Platform
) -> None:
    person, provider, number = await booked(own_people)
    start = start_of(own_platform, number)
    evening = (start - timedelta(days=1)).replace(hour=10, minute=0)  # 18:00 in Shanghai
    hours = (start - evening).total_seconds() / 3600
    await to(own_people, own_platform, number, hours_before=hours - 0.01)
    word = await person.sees_where(has("comes to you", "I'll be there"), what="the reminder")  # type: ignore[arg-type]
    assert {"🗓 Move", "✖ Cancel order"} <= set(told(word).splitlines())
    await person.taps("I'll be there", on=word)
    await sees(person, "You confirmed it.")
    await provider.writes(number)
    await sees(provider, "The customer confirmed this time.")
    # Moved to the next days: the word for the new time comes, the old one's second word does not.
    await chosen(person, near=True)
    await person.taps("Move it")
    await person.sees_where(has("Moved to"), what="the news")  # type: ignore[arg-type]
    said = len([m for m in person.from_bot() if "comes to you" in words_of(m)])
    await to(own_people, own_platform, number, hours_before=1.99)
    await person.sees_where(
        lambda m: "comes to you" in words_of(m) and bool(with_verb(m, "oconfirm")),
        what="the reminder of the new time",
    )  # fmt: skip
    await person.refresh()
    assert len([m for m in person.from_bot() if "comes to you" in words_of(m)]) == said + 1
    await to(own_people, own_platform, number, hours_before=0.99)
    await provider.sees_where(has("Your next job"), what="the provider's reminder")  # type: ignore[arg-type]


@pytest.mark.feature("C22", "C15")
async def test_after_a_cancel_nobody_is_reminded(
    own_people: People, own_platform: Platform
) -> None:
    person, provider, number = await booked(own_people)
    await person.taps("Cancel order")
    await sees(person, "It costs you nothing.")
    await person.taps("Yes, cancel it")
    await sees(person, "Cancelled")
    start = start_of(own_platform, number)
    now = (await own_people.call("POST", "/clock", json={"shift_seconds": 0}))["now"]
    await own_people.later(start.timestamp() - now)
    await provider.writes("/start")
    await person.writes("/start")
    assert not [m for m in person.from_bot() if "comes to you" in words_of(m)]
    assert not [m for m in provider.from_bot() if "Your next job" in words_of(m)]
