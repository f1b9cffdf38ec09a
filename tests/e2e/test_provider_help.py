"""A provider's help over HTTP: his own ready answers, conversations with the staff both ways, from anywhere."""

import pytest

from tests.chat import Person, words_of
from tests.e2e.journey import presses, with_verb
from tests.e2e.staff import SUPPORT, act, group
from tests.e2e.test_booking import jpeg
from tests.e2e.test_hours import Shop, shop
from tests.e2e.test_tickets import heads, in_, is_closed, pressed, solved_by

__all__ = ["shop"]

pytestmark = pytest.mark.feature("P16")


async def at_help(shop: Shop) -> Person:
    me = shop.person
    await me.writes("/help")
    await me.sees("How can we help?")
    return me


async def test_answers_are_the_providers_own_by_topic_and_by_typing(shop: Shop) -> None:
    me = await at_help(shop)
    assert len(me.buttons) <= 8
    assert "Booking" not in me.buttons, "what customers ask is for customers"
    await act(me, ("Income and payouts", "When can I withdraw my money?"),
              ("How much is the commission?", "after commission"), ("Yes, thanks", "How can we help?"))  # fmt: skip
    await me.writes("customer not at home")
    await me.sees("Perhaps this helps:")
    await act(
        me, ("What if the customer isn't at home?", "Nobody opens"), ("‹ Back", "What if I'm late?")
    )
    await me.writes("How do I book?")
    await me.sees("I have no ready answer to that.")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("When can I withdraw?", "on hold for some days"), ("提现为什么失败", "The money is back on your balance"),
        ("What if I'm late?", "I'll be late"), ("does declining count against me", "costs nothing"),
    ],
)  # fmt: skip
async def test_a_question_typed_anywhere_gets_its_answer(
    shop: Shop, asked: str, answer: str
) -> None:
    me = shop.person
    await me.writes("/start")
    await me.sees("Hello, ")
    await me.writes(asked)
    await me.sees(answer)
    await act(me, ("Talk to a person", "✅ Sent. Your question is"), ("It's solved", "is closed"))


@pytest.mark.parametrize(
    ("typed", "then"),
    [("客服", "How can we help?"), ("Complaint", "Complaint or idea"), ("my requests", "My requests"),
     ("quiet hours", "When should it be quiet?"), ("income", "Income"), ("9999-0000", "")],
)  # fmt: skip
async def test_words_lead_out_of_help(shop: Shop, typed: str, then: str) -> None:
    me = await at_help(shop)
    await me.writes(typed)
    await me.sees(then)
    assert me.buttons


async def test_photos_voice_and_words_go_to_the_staff_and_back_with_the_job(shop: Shop) -> None:
    support, me = await group(shop.people, SUPPORT), shop.person
    anna = await shop.customer()
    day = (await anna.days())[-1]
    number = await anna.books((await anna.starts(day))[0])
    name = shop.platform.rows(
        "SELECT p.name FROM person p JOIN provider v ON v.person_id = p.id WHERE v.id = ?", shop.id
    )[0][0]
    await at_help(shop)
    await me.taps("Talk to a person")
    asked = await me.sees("Write to us")
    attach = next(data for data in presses(asked) if data.startswith("tnew:question:"))
    await me.taps_stale(asked["message_id"], attach)
    await me.sees(number)
    await me.writes("The gate is locked, which door?", answered=False)
    said = await support.sees("The gate is locked, which door?")
    topic = said["message_thread_id"]
    await support.sees_where(
        lambda _: any(number in words_of(m)
                      for m in support.from_bot(topic)), what="the head with the order",
    )  # fmt: skip
    assert name in words_of((await heads(support, topic))[0])
    await me.sends_photos(jpeg(), caption="This gate", answered=False)
    assert in_(await support.sees("This gate"), topic)
    await support.writes("The blue one.", topic=topic, answered=False)
    answer = await me.sees("The blue one.")
    await support.sends_photos(jpeg(), caption="Like this", topic=topic, answered=False)
    await me.sees("Like this")
    await me.writes("Thank you", reply_to=answer, answered=False)
    assert in_(await support.sees("Thank you"), topic)
    [head] = await heads(support, topic)
    await support.taps_stale(head["message_id"], pressed(head, "tc"))
    asked = await support.sees_where(lambda m: solved_by(m) is not None, what="outcomes")
    await support.taps_stale(asked["message_id"], str(solved_by(asked)))
    await support.sees_where(lambda m: with_verb(m, "tzs") is not None, what="why")
    await support.writes("We opened it", topic=topic, answered=False)
    sure = await support.sees_where(lambda m: with_verb(m, "tzy") is not None, what="sure?")
    await support.taps_stale(sure["message_id"], pressed(sure, "tzy"))
    ended = await me.sees("“We opened it”")
    assert await is_closed(support, topic)
    await me.taps_stale(ended["message_id"], str(with_verb(ended, "tanswer")))
    await me.sees("Write what is still wrong")
    await me.writes("Closed again", answered=False)
    assert in_(await support.sees("Closed again"), topic)


async def test_an_idea_has_a_number_and_a_state(shop: Shop) -> None:
    me = await at_help(shop)
    await act(
        me, ("Complaint or idea", "It gets a number"), ("💡 An idea", "What could be better?")
    )
    await me.sends_sticker("💡")
    await me.sees("Please send words")
    await me.writes("A map of all jobs of the day")
    await me.sees("Your idea is T")
    await act(
        me, ("My requests", "My requests"), ("🟡", "waiting for an answer"), ("Home", "Hello, ")
    )


async def test_old_and_foreign_buttons_are_answered(shop: Shop) -> None:
    me = await at_help(shop)
    message = me.last["message_id"]
    for data in ("helpo:1", "treq:1", "tanswer:1", "solved:1", "tnew:complaint:1"):
        await me.taps_stale(message, data)
        assert me.toast, data
    for data in ("faq:99:99", "faqs:99", "faqq:1:1:1", "tnew:x:0", "treqs:77"):
        await me.taps_stale(message, data)
        await me.refresh()
        assert me.buttons, data
