"""Alerts in the staff chat: raised once, taken by one, put right by their buttons, explained, listed."""

import pytest

from tests.chat import Message, People, words_of
from tests.e2e.journey import SLOW, about, with_verb
from tests.e2e.staff import OPERATOR, OWNER, colleague, desk_of, group, told
from tests.e2e.test_contact import to_contact
from tests.e2e.test_moving import booked
from tests.e2e.test_provider import reading_english
from tests.e2e.test_standing import line_in_place_of
from tests.platforms import Platform

pytestmark = pytest.mark.feature("A6")


async def silent(people: People, platform: Platform) -> tuple[Message, str]:
    """Somebody has accepted and says nothing: the alert in the group, and the order's number."""
    chat = await group(people, OPERATOR)
    _, provider, number = await booked(people)
    await reading_english(people, provider.name)
    await to_contact(people, platform, number, 1)
    alert = await about(chat, number, lambda m: "接单后还没联系客户" in words_of(m), "the alert")
    return alert, number


async def test_an_alert_is_taken_by_one_and_explained_and_does_not_come_again(
    own_platform: Platform, own_people: People
) -> None:
    alert, number = await silent(own_people, own_platform)
    chat, second = await group(own_people, OPERATOR), await group(own_people, OWNER)
    await chat.taps("我来处理", on=alert)
    taken = await chat.sees_where(
        lambda m: m["message_id"] == alert["message_id"] and chat.name in told(m),
        timeout=SLOW, what="who has it",
    )  # fmt: skip
    # A colleague hears by whom, in a message of its own.
    await second.taps_stale(alert["message_id"], str(with_verb(taken, "ard")))
    await second.sees_where(lambda m: with_verb(m, "aro") is not None, what="who was first")
    await chat.taps_stale(alert["message_id"], str(with_verb(taken, "ard")))
    why = await chat.sees_where(lambda m: "为什么没问题" in words_of(m), what="why")
    await chat.taps("已和双方说好", on=why)
    sure = await chat.sees_where(
        lambda m: with_verb(m, "ary") is not None and "已和双方说好" in words_of(m), what="sure?"
    )
    await chat.taps("对，没问题", on=sure)
    await line_in_place_of(chat, alert, "没问题：已和双方说好", number)
    await own_people.later(3600)
    await chat.refresh()
    again = [m for m in chat.from_bot() if number in words_of(m) and with_verb(m, "ard")]
    assert again == []


async def test_open_alerts_are_listed_by_kind_and_opened_and_acted_upon(
    own_platform: Platform, own_people: People
) -> None:
    alert, number = await silent(own_people, own_platform)
    staff = await desk_of(own_people, OPERATOR)
    await staff.writes("/alerts", answered=False)
    await staff.sees_where(
        lambda m: "Open alerts: 1" in words_of(m) and number in told(m), what="the list"
    )
    await staff.taps("By kind")
    await staff.sees("Which alerts?")
    await staff.taps("No contact (1)")
    await staff.sees_where(lambda m: "Open alerts: 1 · 🤐" in words_of(m), what="those of the kind")
    await staff.taps(number)
    card = await staff.sees_where(lambda m: with_verb(m, "ogn") is not None, what="the card")
    assert "hasn't been in touch" in words_of(card)
    await staff.taps("📞 Provider", on=card)
    await staff.sees_where(lambda m: "How to reach" in words_of(m), what="the telephone")
    await staff.taps("Another provider", on=card)
    whom = await staff.sees_where(lambda m: "Who takes over" in words_of(m), what="who")
    await staff.taps("Automatically", on=whom)
    why = await staff.sees_where(lambda m: with_verb(m, "xgs") is not None, what="why")
    await staff.taps("The provider doesn't answer", on=why)
    await staff.taps("Yes, hand on")
    await line_in_place_of(await group(own_people, OPERATOR), alert, number)
    await staff.writes("/alerts", answered=False)
    await staff.sees("Everything is as it should be", timeout=SLOW)


async def test_support_may_read_alerts_and_may_not_freeze(people: People) -> None:
    staff = await colleague(people, "support")
    await staff.writes("/alerts", answered=False)
    await staff.sees_where(lambda m: "🚨" in words_of(m), what="the list")
