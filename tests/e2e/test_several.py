"""Several services in one visit with their questions, the calendar file, and a wizard that is killed at every step."""

import re

import pytest
from icalendar import Calendar

from tests.chat import Message, People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import about, offer_of, presses, starts_of_day, with_verb
from tests.e2e.test_booking import DOOR, Taps, jpeg, listed, number_of, numbered, settled
from tests.e2e.test_provider import SLOW, reading_english
from tests.e2e.watching import restarted_after_a_kill


async def onto_options(people: People) -> tuple[Person, Taps]:
    """The first question of the wizard, with somebody who does more than one thing."""
    person = await settled(people)
    tap = await listed(person)
    await person.taps("1. ")
    await person.sees_button("Book")
    await tap("Book", "Anything extra?")
    return person, tap


async def taps_first(person: Person, has: str) -> None:
    found = [label for label in person.buttons if has in label]
    assert found, person.shown()
    await person.taps(found[0])


async def taps_start(person: Person) -> None:
    """The first time of the day; where there are many, the part of the day comes first."""

    def start(label: str) -> bool:
        return re.fullmatch(r"\d\d:\d\d", label) is not None

    if not any(map(start, person.buttons)):
        await taps_first(person, ":")
        await person.sees_where(lambda _: any(map(start, person.buttons)), what="the times")
    await person.taps(next(filter(start, person.buttons)))


async def two_services(people: People) -> tuple[Person, str]:
    """A visit with two services up to the summary; the name of the further one."""
    person, tap = await onto_options(people)
    await tap("Add another service", "What else should")
    offered = next(label for label in person.buttons if "· ¥" in label)
    further = offered.split(" · ")[0]
    await person.taps(offered)
    await person.sees("+1")
    if "Continue ▶" in person.buttons:
        await person.taps("Continue ▶")
    await person.sees_where(
        lambda m: "Which door" in words_of(m) or "Services in this visit" in words_of(m), what="on"
    )
    if "Services in this visit" in person.screen:
        await tap("Continue", "Which door exactly?")
    await person.writes(DOOR)
    await person.sees("Which day?")
    days = [data for data in presses(person.last) if data.startswith("bday:")]
    await person.taps_stale(person.last["message_id"], days[-1])
    await person.sees("When should they come?")
    await person.taps_stale(*(await starts_of_day(person, "bpart", "btime"))[0])
    await person.sees("Question 1 of")
    await tap("Floor unit", "Question 2 of")
    while "Skip ▶" in person.buttons:
        await person.taps("Skip ▶")
    await person.sees("What should the provider know?")
    await tap("Continue", "Total")
    return person, further


def gross(lines: str) -> list[int]:
    return [int(amount) for amount in re.findall(r" — ¥(\d+)", lines)]


@pytest.mark.feature("C7", "C9", "P2", "P3")
async def test_two_services_of_one_visit_are_seen_by_everybody_and_priced_together(
    people: People,
) -> None:
    person, further = await two_services(people)
    tap = Taps(person)
    amounts = gross(person.screen)
    assert len(amounts) == 2
    assert f"Total ¥{sum(amounts)}" in person.screen
    assert "Floor unit" in person.screen
    await tap("Services", "Services in this visit")
    assert further in person.screen
    await tap("Continue", "Total")
    await tap("Payment", "How would you like to pay?")
    await tap("Pay on site", "You pay")
    name = re.findall(r"\+1 · (\S+)", person.screen)[0]
    provider = await reading_english(people, name)
    await tap("Confirm", "Waiting for the provider")
    assert "+1 ·" in person.screen
    assert gross(person.screen) == amounts
    number = number_of(person)
    offer = await offer_of(provider, number)
    for words in ("+1", further, "Floor unit", f"Price ¥{sum(amounts)}"):
        assert words in words_of(offer), words_of(offer)
    await provider.taps_stale(offer["message_id"], str(with_verb(offer, "accept")))
    job = await about(provider, number, lambda m: with_verb(m, "depart") is not None, "the job")
    assert further in words_of(job)
    await the_calendar_file_goes_along(people, person, number, further)


async def the_calendar_file_goes_along(
    people: People, person: Person, number: str, further: str
) -> None:
    """It comes with the acceptance, again when asked for, and takes the visit out after a cancel."""
    came = await person.sees_where(lambda m: "document" in m, timeout=SLOW, what="the file")
    first = await visit_in(people, came)
    assert (first["METHOD"], first["STATUS"]) == ("PUBLISH", "CONFIRMED")
    assert first["UID"] == f"{number.replace('-', '')}@doorstep"
    assert further in first["SUMMARY"]
    await person.taps("⋯ More")
    await person.sees_button("📅 Calendar file")
    await person.taps("📅 Calendar file")
    again = await visit_in(people, files_of(person)[-1])
    assert {**again, "DTSTAMP": 0} == {**first, "DTSTAMP": 0}
    await person.taps("✖ Cancel order")
    await person.sees_button("Yes, cancel it")
    await person.taps("Yes, cancel it")
    await person.sees("Cancelled")
    await person.taps("⋯ More")
    await person.sees_button("📅 Calendar file")
    before = len(files_of(person))
    await person.taps("📅 Calendar file")
    await person.sees_where(lambda m: len(files_of(person)) > before, what="the last file")
    gone = await visit_in(people, files_of(person)[-1])
    assert (gone["METHOD"], gone["STATUS"], gone["UID"]) == ("CANCEL", "CANCELLED", first["UID"])
    assert int(gone["SEQUENCE"]) > int(first["SEQUENCE"])


def files_of(person: Person) -> list[Message]:
    return [m for m in person.from_bot() if "document" in m]


async def visit_in(people: People, message: Message) -> dict[str, str]:
    """What a calendar reads in the file of this message."""
    calendar = Calendar.from_ical(await people.document(message))
    (event,) = calendar.walk("VEVENT")
    names = ("UID", "SEQUENCE", "STATUS", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP")
    values = {name: event[name].to_ical().decode() for name in names}
    return values | {"METHOD": str(calendar["METHOD"])}


@pytest.mark.feature("C7")
async def test_a_service_is_taken_out_again_and_another_provider_takes_the_rest_over(
    people: People,
) -> None:
    person, further = await two_services(people)
    tap = Taps(person)
    await tap("Services", "Services in this visit")
    await tap(f"✏️ {further[:30]}", "Leave this out")
    await tap("Leave this out", "Services in this visit")
    assert "+1" not in person.screen
    await person.taps("Continue ▶")
    await person.sees("Total")
    assert len(gross(person.screen)) == 1
    await tap("Services", "Services in this visit")
    await tap("Another provider", "can come")
    await person.taps("2. ")
    await person.sees_button("Book")
    await person.taps("Book ·")
    await person.sees_where(
        lambda m: "Total" in words_of(m) or "Which day?" in words_of(m), what="the rest"
    )
    if "Which day?" in person.screen:
        await person.writes((await numbered(person))[-1])
        await person.sees("When should they come?")
        await taps_start(person)
    await person.sees("Total")
    assert "Floor unit" in person.screen
    assert DOOR in person.screen


@pytest.mark.slow
@pytest.mark.feature("C7", "X3")
async def test_a_kill_at_every_step_of_the_wizard_goes_unnoticed(
    own_platform: Platform, own_people: People
) -> None:
    async def killed() -> None:
        await restarted_after_a_kill(own_platform, own_people)

    person, tap = await onto_options(own_people)
    await killed()
    await tap("One more unit", "2 h 15 min")
    await killed()
    await tap("Continue", "Which door exactly?")
    await killed()
    await person.writes(DOOR)
    await person.sees("Which day?")
    await killed()
    await person.taps((await numbered(person))[-1])
    await person.sees("When should they come?")
    await killed()
    await taps_start(person)
    await person.sees("Question 1 of 3")
    for number, answer in enumerate(("Wall unit", "Noisy", "Not sure"), start=1):
        await killed()
        await tap(
            answer, f"Question {number + 1} of 3" if number < 3 else "What should the provider"
        )
    await killed()
    await person.sends_photos(jpeg(), jpeg())
    await person.sees("2 photos")
    await killed()
    await tap("Done", "Total")
    await killed()
    await tap("Services", "Services in this visit")
    await killed()
    await tap("Add another service", "What else should")
    await killed()
    await tap("‹ Back", "Services in this visit")
    await tap("‹ Back", "Total")
    await tap("Payment", "How would you like to pay?")
    await killed()
    await tap("Coupon", "Coupon")
    await killed()
    await tap("‹ Back", "How would you like to pay?")
    await tap("Pay on site", "You pay")
    await killed()
    await tap("Confirm", "Waiting for the provider")
    for words in ("One more unit", "Wall unit", "Noisy", "2 photos", DOOR):
        assert words in person.screen
