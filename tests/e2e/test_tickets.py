"""Questions of customers over HTTP: a topic each, the answer comes back, with pictures, and after the end."""

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.journey import presses, with_verb
from tests.e2e.staff import SUPPORT, TICKETS, act, colleague, group
from tests.e2e.test_booking import jpeg, ordered, settled


async def asked(people: People, question: str) -> tuple[Person, Person, int]:
    """(a member of the staff in the group, a customer who asks about their order, the topic of it)."""
    support = await group(people, SUPPORT)
    customer, _ = await ordered(people)
    await customer.taps("Help")
    await customer.sees("Write to us")
    await customer.writes(question, answered=False)
    topic = await support.topic(customer.name)
    await support.sees(question)
    await support.sees_where(
        lambda _: any(TICKETS in words_of(m) for m in support.from_bot(topic)), what="the head"
    )
    return support, customer, topic


async def heads(support: Person, topic: int) -> list[Message]:
    await support.refresh()
    return [m for m in support.from_bot(topic) if TICKETS in words_of(m)]


async def is_closed(support: Person, topic: int) -> bool:
    chat = await support.people.call("GET", f"/people/{support.id}/chats/{support.chat_id}")
    return bool(next(t["closed"] for t in chat["topics"] if t["id"] == topic))


@pytest.mark.feature("C19", "A5")
async def test_a_question_gets_a_topic_and_the_answer_comes_back(people: People) -> None:
    support, customer, topic = await asked(people, "Is <b>parking</b> possible?")
    [head] = await heads(support, topic)
    assert customer.phone is None or customer.phone not in words_of(head)
    await support.writes("Yes, behind the house.", topic=topic, answered=False)
    await customer.sees("Yes, behind the house.")
    await customer.sends_photos(jpeg(), caption="This one?", answered=False)
    await support.sees("This one?")


@pytest.mark.feature("A5")
async def test_the_list_in_the_private_chat_opens_each_question_and_says_where_to_answer(
    people: People,
) -> None:
    _, customer, _ = await asked(people, "May the dog stay?")
    desk = await colleague(people, "support")
    await desk.writes("/tickets", answered=False)
    await desk.sees("Open questions")
    while f"· {customer.name}" not in str(desk.buttons):  # the longest waiting come first
        await desk.taps("▶")
    await desk.taps(f"· {customer.name}")
    shown = await desk.sees_where(lambda m: with_verb(m, "tc") is not None, what="the card")
    assert "To answer, write in its topic in the group." in words_of(shown)
    await act(desk, ("‹ Back", "Open questions"))


@pytest.mark.feature("C19", "A5")
async def test_a_photo_of_the_staff_reaches_the_person(people: People) -> None:
    support, customer, topic = await asked(people, "Which key is it?")
    await support.sends_photos(jpeg(), caption="The small one:", topic=topic, answered=False)
    await customer.sees("The small one:")
    await customer.refresh()
    assert any("photo" in m for m in customer.from_bot()), customer.shown()
    await support.sends_photos(jpeg(), topic=topic, answered=False)  # without a word
    await customer.sees_where(lambda m: "photo" in m, what="the second photo")


@pytest.mark.feature("C19", "A5")
async def test_a_ticket_is_closed_and_opened_again_by_staff_and_by_who_asked(
    people: People,
) -> None:
    support, customer, topic = await asked(people, "Where is my receipt?")
    [head] = await heads(support, topic)
    close = pressed(head, "tc")
    await support.taps_stale(head["message_id"], close)
    asked_ = await support.sees_where(lambda m: solved_by(m) is not None, what="outcomes")
    await support.taps_stale(asked_["message_id"], str(solved_by(asked_)))
    why = await support.sees_where(lambda m: with_verb(m, "tzs") is not None, what="why")
    await support.taps_stale(why["message_id"], pressed(why, "tzs"))
    sure = await support.sees_where(lambda m: with_verb(m, "tzy") is not None, what="sure?")
    await support.taps_stale(sure["message_id"], pressed(sure, "tzy"))
    ended = await customer.sees("is closed")
    assert "Outcome: Solved" in words_of(ended)
    assert "We are glad it is settled." in words_of(ended)
    await head_offers(support, topic, "to")
    assert await is_closed(support, topic)

    await customer.writes("It is still missing!", answered=False)
    said = await support.sees("It is still missing!")
    assert in_(said, topic), "a new topic for the same question"
    assert not await is_closed(support, topic)
    await head_offers(support, topic, "tc")
    assert len(await heads(support, topic)) == 1

    await customer.taps("It's solved")
    await customer.sees("Glad to hear it")
    await head_offers(support, topic, "to")
    assert await is_closed(support, topic)
    [head] = await heads(support, topic)
    await support.taps_stale(head["message_id"], pressed(head, "to"))
    await head_offers(support, topic, "tc")
    assert not await is_closed(support, topic)
    await support.writes("We sent it once more.", topic=topic, answered=False)
    await customer.sees("We sent it once more.")


def solved_by(message: Message) -> str | None:
    """The button that closes it as solved."""
    return next((d for d in presses(message) if d.startswith("tzd:") and ":s:" in d), None)


def in_(message: Message, topic: int) -> bool:
    return message.get("message_thread_id") == topic


async def head_offers(support: Person, topic: int, verb: str) -> None:
    """Waits until the head of the topic has this button, and it alone."""

    def there(_news: Message) -> bool:
        heads = [m for m in support.from_bot(topic) if TICKETS in words_of(m)]
        return len(heads) == 1 and with_verb(heads[0], verb) is not None

    await support.sees_where(there, what=verb)


def pressed(message: Message, verb: str) -> str:
    data = with_verb(message, verb)
    assert data, message
    return data


@pytest.mark.feature("C19")
async def test_a_complaint_has_a_number_and_a_state_until_its_outcome(people: People) -> None:
    support = await group(people, SUPPORT)
    customer, _ = await ordered(people)
    await customer.writes("/help")
    await customer.taps("Complaint or idea")
    await customer.taps("A complaint")
    await customer.sees("What went wrong?")
    await customer.taps("📎")
    await customer.sees("About order")
    await customer.writes("They came two hours late", answered=False)
    told = await customer.sees("Your complaint is T")
    assert "open now" in words_of(told) or "opens at" in words_of(told)
    await support.topic(customer.name)
    await customer.taps("My requests")
    await customer.taps("🟡")
    await customer.sees("waiting for an answer")
    topic = await support.topic(customer.name)
    await support.sees_where(
        lambda _: any("📣" in words_of(m) for m in support.from_bot(topic)), what="its head"
    )
    await support.writes("We are sorry. What happened?", topic=topic, answered=False)
    answer = await customer.sees("We are sorry. What happened?")
    # Telegram's own reply goes to the same complaint, and the answer stays as it is.
    await customer.writes("He was in traffic", reply_to=answer, answered=False)
    said = await support.sees("He was in traffic")
    assert in_(said, topic)
    [head] = await heads(support, topic)
    await support.taps_stale(head["message_id"], pressed(head, "tc"))
    asked_ = await support.sees_where(lambda m: solved_by(m) is not None, what="outcomes")
    await support.taps_stale(asked_["message_id"], str(solved_by(asked_)))
    await support.sees_where(lambda m: with_verb(m, "tzs") is not None, what="why")
    await support.writes("He will call you today", topic=topic, answered=False)
    sure = await support.sees_where(lambda m: with_verb(m, "tzy") is not None, what="sure?")
    await support.taps_stale(sure["message_id"], pressed(sure, "tzy"))
    ended = await customer.sees("“He will call you today”")
    assert "Complaint T" in words_of(ended)
    await customer.taps("Open it again")
    asked = await customer.sees("Write what is still wrong")
    assert "with " not in words_of(asked), "nobody has it any more"
    assert with_verb(asked, "solved") is None, "it is closed already"
    await customer.writes("Not yet here", answered=False)
    assert in_(await support.sees("Not yet here"), topic)


@pytest.mark.feature("C19", "C9")
async def test_a_bare_order_number_typed_first_attaches_the_order_and_leads_to_it(
    people: People,
) -> None:
    customer, number = await ordered(people)
    await customer.writes("/help")
    await customer.taps("Complaint or idea")
    await customer.taps("A complaint")
    await customer.sees("What went wrong?")
    await customer.writes(number)
    about = await customer.sees(f"About order {number}")
    assert "What went wrong?" in words_of(about)
    await customer.taps("‹ Order", on=about)
    await customer.sees("Waiting for the provider")
    # Typed into a complaint that was sent, it goes to the staff, and the order is a tap away.
    await customer.taps("Help")
    await customer.writes("They came late", answered=False)
    await customer.sees("Your question is T")
    await customer.writes(number)
    await customer.taps("See order")
    await customer.sees("Waiting for the provider")
    # Somebody else's number is a word like any other: it goes to the staff with the complaint.
    stranger = await settled(people)
    await stranger.writes("/help")
    await stranger.taps("Complaint or idea")
    await stranger.taps("A complaint")
    await stranger.writes(number)
    await stranger.sees("Your complaint is T")
