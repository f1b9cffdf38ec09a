"""An application over HTTP, from the first question to the first customer who finds the new provider."""

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.applying import applied
from tests.e2e.staff import APPLICATIONS, OPERATOR, act, colleague, group, in_topic, told
from tests.e2e.test_booking import settled
from tests.e2e.watching import until
from tests.platforms import Platform

A_MINUTE = 61  # so long the search remembers which names there are


@pytest.mark.feature("A2")
async def test_an_application_is_a_card_with_protected_papers_asked_and_approved(
    people: People,
) -> None:
    chat, staff = await group(people, OPERATOR), await colleague(people, "operator")
    me = await applied(people)
    card = await chat.sees_where(
        lambda m: me.name in words_of(m) and "E-2231" in words_of(m), what="card"
    )
    assert card["message_thread_id"] == in_topic(chat, APPLICATIONS)
    calls = await people.calls(bot="doorstep_staff_bot", method="sendMediaGroup")
    assert calls
    assert all(str(c["params"].get("protect_content")).lower() == "true" for c in calls)
    await looked_at(staff, me)
    await act(staff, ("✏️ Send back", "mend"), ("Photo", "✅ Photo"), ("Next", "Send back"))
    await act(staff, ("Send", "sent back"))
    await me.sees("Please send a clear photo of your face.")


@pytest.mark.feature("A2")
async def test_who_is_rejected_is_not_said_to_be_sent_back(people: People) -> None:
    staff, me = await colleague(people, "operator"), await applied(people)
    await staff.writes("/applications", answered=False)
    await act(staff, (me.name, "E-2231"), ("✖ Reject", "why?"),
              ("experience is not enough", "Yes, reject"), ("Yes, reject", "✖ rejected"))  # fmt: skip
    await me.sees("experience is not enough")
    assert "Your application was not accepted" in me.screen
    assert "needs fixing" not in me.screen


@pytest.mark.feature("A1", "A2")
async def test_the_first_who_taps_has_it_and_the_second_sees_by_whom(people: People) -> None:
    """By a way of deciding, a certificate, or just taken; put back and taken over by whoever must."""
    chat = await group(people, OPERATOR)
    first, second = [await colleague(people, "operator") for _ in range(2)]
    me = await applied(people)
    for staff in (first, second):
        await staff.writes("/applications", answered=False)
        await act(staff, (me.name, "🙋 I'll take it"))
    await act(first, ("🙋 I'll take it", f"taken by {first.name}"),
              ("has it", "🙋 I'll take it"), ("✖ Reject", "why?"))  # fmt: skip
    topic = in_topic(chat, APPLICATIONS)
    await chat.sees_where(
        lambda m: f"{first.name}" in told(m) and me.name in words_of(m)
        and m.get("message_thread_id") == topic, what="the card goes along",
    )  # fmt: skip
    for label in ("✅ Approve", "✏️ Send back", "✖ Reject"):
        await act(second, (label, f"{first.name} has it in hand"), ("‹ Back", "E-2231"))
    await act(second, ("Certificates (1)", "Certificates of"), ("Electrician", "the holder?"),
              ("✔ Verified", f"{first.name} has it in hand"),
              ("🙋 Take it over", f"taken by {second.name}"),
              ("✅ Approve", "This confirms these papers"), ("Yes, approve", "✅ approved"))  # fmt: skip
    await act(first, ("experience is not enough", f"✅ approved · {me.name}"))
    await me.sees("You're approved.")


async def looked_at(staff: Person, me: Person) -> None:
    """The dossier is opened and its certificate verified."""
    await staff.writes("/applications", answered=False)
    await staff.sees_button(me.name)
    await act(
        staff, (me.name, "E-2231"), ("Certificates (1)", "Certificates of"),
        ("Electrician", "the holder?"), ("Verified", "✔ verified"), ("Back", "Approve"),
    )  # fmt: skip


@pytest.mark.feature("A2", "C2")
async def test_an_approved_provider_is_told_and_found_by_customers(
    own_people: People, own_platform: Platform
) -> None:
    staff, me = await colleague(own_people, "operator"), await applied(own_people)
    customer = await settled(own_people)
    assert not await finds(customer, me.name), "found before the approval"
    await looked_at(staff, me)
    seen = await act(staff, ("Approve", "Customers find them"))
    assert "This confirms these papers" not in words_of(seen), "all are verified one by one"
    await act(staff, ("Yes, approve", "✅ approved"))
    await me.sees("You're approved.")
    await own_people.later(A_MINUTE)
    await until(lambda: indexed(own_platform, me.name), lambda: "not in the index", own_people)
    assert await finds(customer, me.name)
    await customer.taps(me.name)
    page = await customer.sees("Light fitting")
    assert me.name in words_of(page)


async def finds(customer: Person, name: str) -> bool:
    """Whether the name, typed, leads to somebody of that name."""
    sent = await customer.writes(name)

    def answered(message: Message) -> bool:
        return message["message_id"] > sent["message_id"] and bool(words_of(message))

    results = await customer.sees_where(answered, what="results")
    return f"👷 {name}" in told(results)


def indexed(platform: Platform, name: str) -> bool:
    """Whether the change of the provider has reached the search."""
    sql = (
        "SELECT count(*) FROM cover JOIN provider ON provider.id = cover.provider_id"
        " WHERE provider.name = ?"
    )
    return bool(platform.rows(sql, name)[0][0])
