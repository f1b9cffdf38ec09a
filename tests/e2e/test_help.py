"""A question typed at help finds its ready answer, or goes to the staff with one tap."""

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.journey import welcomed


async def at_help(people: People, name: str) -> Person:
    person = (await welcomed(people, name)).person
    await person.writes("/help")
    await person.sees("How can we help?")
    return person


def home_at(message: Message, place: str) -> bool:
    return "what can we do for you?" in words_of(message) and f"📍 {place}" in words_of(message)


@pytest.mark.feature("C19")
async def test_a_typed_question_leads_to_its_answer(people: People) -> None:
    person = await at_help(people, "Curious")
    await person.writes("can I get a refund?")
    await person.sees("Perhaps this helps:")
    await person.taps("How long do refunds take?")
    await person.sees("1–3 working days")
    await person.taps("‹ Back")
    await person.sees("Cancelling and refunds")


@pytest.mark.feature("C19")
async def test_what_has_no_answer_goes_to_the_staff_in_one_tap(people: People) -> None:
    person = await at_help(people, "Vase Owner")
    await person.writes("they broke my vase")
    await person.sees("I have no ready answer to that.")
    await person.taps("Ask our staff")
    await person.sees("✅ Sent. Your question is")
    await person.writes("it was a blue one")
    await person.sees("✅ Sent. Your question is")
    staff = await people.known("周敏")
    topic = await staff.topic("Vase Owner", timeout=60)
    for text in ("they broke my vase", "it was a blue one"):
        await staff.sees_where(
            lambda m, text=text: m.get("message_thread_id") == topic and text in str(m.get("text")),
            what=text, timeout=60,
        )  # fmt: skip


@pytest.mark.feature("C19", "C2")
async def test_a_service_typed_at_help_is_one_tap_away(people: People) -> None:
    person = await at_help(people, "Hot Room")
    await person.writes("haircut")
    await person.taps("🔎 Find a service")
    await person.sees("🔎 haircut")
    await person.writes("hello!")
    await person.sees("what can we do for you?")


@pytest.mark.feature("C19", "C2")
@pytest.mark.parametrize("asked", ["怎么退款？", "how do I cancel?", "how long do refunds take"])
async def test_a_question_typed_anywhere_gets_its_answer(people: People, asked: str) -> None:
    person = (await welcomed(people, "Anywhere")).person
    await person.writes(asked)
    await person.sees("Did this help?")
    await person.taps("Yes, thanks")
    await person.sees("How can we help?")
    await person.taps("Home")
    await person.writes(asked)
    await person.taps("Talk to a person")
    await person.sees("✅ Sent. Your question is")


@pytest.mark.feature("C19", "C2")
@pytest.mark.parametrize("asked", ["浦东新区", "where can you come? Pudong"])
async def test_a_district_typed_at_help_is_told_whether_we_come(people: People, asked: str) -> None:
    person = await at_help(people, "Across The River")
    await person.writes(asked)
    await person.sees("📍 Pudong")
    await person.sees("✅ Yes, we come there, for example:")
    await person.taps("📍 Lujiazui")
    await person.sees_where(lambda m: home_at(m, "Lujiazui"), what="home at Lujiazui")


@pytest.mark.feature("C19", "C2")
async def test_a_place_nobody_comes_to_can_be_asked_about_with_the_very_words(
    people: People,
) -> None:
    person = await at_help(people, "Far Away")
    await person.shares_location((39.9, 116.4))
    await person.sees("Nobody comes there yet.")
    await person.taps("Ask our staff")
    await person.sees("✅ Sent. Your question is")
    await person.writes("/help")
    await person.sees("How can we help?")
    await person.writes("7 Nowhere Street")
    await person.sees("I can't find this on my map.")


@pytest.mark.feature("C2", "C1", "C7", "C23")
async def test_a_district_alone_is_answered_with_its_places_wherever_it_is_typed(
    people: People,
) -> None:
    player = await welcomed(people, "Pudong Wide")
    person = player.person
    await person.writes("能来浦东修空调吗")
    await person.sees("🔎 能来浦东修空调吗")
    await person.writes("do you come to Pudong?")
    await person.sees("✅ Yes, we come there")
    await person.taps("🏠 Home")
    await person.writes("浦东")
    await person.sees("Where shall I look around?")
    await person.taps("📍 Lujiazui")
    await person.sees_where(lambda m: home_at(m, "Lujiazui"), what="home at Lujiazui")
    for data in ("where", "addradd"):
        await person.taps_stale(person.last["message_id"], data)
        await person.writes("Xuhui")
        await person.sees("None of these? Type a street")


@pytest.mark.feature("C2", "C19")
@pytest.mark.parametrize("asked", ["can you repair my ac?", "能修空调吗", "haircut"])
async def test_who_asks_for_a_service_gets_the_service(people: People, asked: str) -> None:
    person = (await welcomed(people, "Wants Service")).person
    await person.writes(asked)
    assert "Did this help?" not in person.screen, person.screen
