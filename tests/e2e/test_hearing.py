"""Staff ask the other side of a complaint through the bots, neither side learns of the other; the evidence at a tap."""

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import with_verb
from tests.e2e.staff import SUPPORT, group
from tests.e2e.test_booking import jpeg
from tests.e2e.test_redress import Done, closes, done, head, reading

pytestmark = pytest.mark.feature("A5")


async def asks(staff: Person, topic: int, text: str) -> Message:
    """From the ticket's card to the question as it will be read."""
    first = await head(staff, topic)
    await staff.taps_stale(first["message_id"], str(with_verb(first, "th")))
    await staff.sees("What do you want to know?")
    await staff.writes(text, topic=topic, answered=False)
    return await staff.sees_where(lambda m: with_verb(m, "thy") is not None, what="sure?")


async def heard(staff: Person, topic: int, text: str) -> Message:
    """A message with these words in the ticket's topic."""
    seen = await staff.sees(text)
    assert seen.get("message_thread_id") == topic
    return seen


async def in_english(who: Person) -> None:
    await who.writes("/language", answered=False)
    await who.sees_button("English")
    await who.taps("English")


async def by_the_provider(one: Done, asked: Message, *texts: str) -> None:
    await one.provider.taps_stale(asked["message_id"], str(with_verb(asked, "hanswer")))
    await one.provider.sees("Type it; photos")
    for text in texts:
        await one.provider.writes(text, answered=False)
        await one.provider.sees("Our staff have it")


async def test_the_provider_is_heard_learns_nothing_of_the_complaint_and_evidence_is_a_tap_away(
    platform: Platform, people: People
) -> None:
    one = await done(platform, people, "Tilda Voss")
    anna = one.customer.person
    await anna.taps_stale(anna.last["message_id"], f"rtalk:{one.order}")
    await anna.sees("You're writing to")
    await anna.sends_photos(jpeg(), caption="The wet floor", answered=False)
    await one.provider.sees_where(lambda m: "The wet floor" in words_of(m), what="the photo")
    topic = await one.complains("The sink leaks since you left")
    await in_english(one.provider)
    staff = await reading(people, SUPPORT)
    sure = await asks(staff, topic, "Did Tilda Voss show you the sink? Call 13812345678")
    assert "It names who wrote to us" in words_of(sure)
    assert "13812345678" not in words_of(sure), "contact data crosses to nobody"
    await staff.writes("Was the sink dry when you left?", topic=topic, answered=False)
    sure = await staff.sees_where(lambda m: "dry when you left" in words_of(m), what="sure?")
    await staff.taps("Send", on=sure)
    await heard(staff, topic, "询问师傅")
    asked = await one.provider.sees("Was the sink dry when you left?")
    for secret in ("Tilda", "leaks", "omplain", "T1", anna.phone or "T1"):
        assert secret not in words_of(asked), secret
    assert one.number in words_of(asked)
    await by_the_provider(one, asked, "Dry as a bone")
    answer = await heard(staff, topic, "Dry as a bone")
    assert "（师傅，我们询问的）" in words_of(answer)
    await one.provider.sends_photos(jpeg(), caption="See here", answered=False)
    await heard(staff, topic, "See here")
    await one.provider.writes("I replaced the seal, too", reply_to=asked, answered=False)
    await heard(staff, topic, "I replaced the seal, too")
    await anna.refresh()
    assert not any("Dry as a bone" in words_of(m) for m in anna.from_bot()), "for staff alone"
    await anna.taps_stale(anna.last["message_id"], str(with_verb(asked, "hanswer")))
    assert anna.toast, "somebody else's question"
    first = await head(staff, topic)
    await staff.taps_stale(first["message_id"], str(with_verb(first, "te")))
    await staff.sees("What the two sides wrote to each other")
    mine = [m for m in (await staff.refresh()).from_bot(topic) if "Evidence for T" in words_of(m)]
    for part in (one.number, "Timeline", "Booked", "Paid", "Arrived", "the customer’s code", "¥"):
        assert part in words_of(mine[-1]), part
    await staff.sees("What they sent each other")
    *_, photo, head_of_it = (await staff.refresh()).from_bot(topic)
    assert "What they sent each other" in words_of(head_of_it)
    assert "photo" in photo
    await closes(staff, topic, ("Solved", "your own words"), ("glad it is settled", "Yes, close"),
                 ("Yes, close it", "closed"))  # fmt: skip
    over = await one.provider.sees("The matter is closed")
    assert over["message_id"] == asked["message_id"], "the question says in its place how it ended"
    assert with_verb(over, "hanswer") is None
    await one.provider.taps_stale(asked["message_id"], str(with_verb(asked, "hanswer")))
    await one.provider.sees("needs no answer any more")
    assert platform.rows("SELECT count(*) FROM heard")[0][0] >= 4


async def test_the_customer_of_a_providers_ticket_is_heard_in_chinese(
    platform: Platform, people: People
) -> None:
    one = await done(platform, people, "Ines Quill")
    provider, anna = one.provider, one.customer.person
    await in_english(provider)
    await provider.writes("/help", answered=False)
    await provider.sees("How can we help?")
    await provider.taps("Complaint or idea")
    await provider.taps("A complaint")
    await provider.sees_button("📎")
    await provider.taps("📎")
    await provider.writes("They did not let me finish", answered=False)
    await provider.sees("Your complaint is T")
    staff = await group(people, SUPPORT)
    topic = await staff.topic(provider.name)
    await anna.writes("/language")
    await anna.taps("中文")
    staff = await reading(people, SUPPORT)
    sure = await asks(staff, topic, "How did the visit end?")
    await staff.taps("Send", on=sure)
    asked = await anna.sees("想了解订单")
    assert provider.name not in words_of(asked)
    await anna.taps_stale(asked["message_id"], str(with_verb(asked, "hanswer")))
    await anna.sees("请直接输入")
    await anna.writes("做完就走了", answered=False)
    await anna.sees("运营人员已收到")
    answer = await heard(staff, topic, "做完就走了")
    assert "（客户，我们询问的）" in words_of(answer)
