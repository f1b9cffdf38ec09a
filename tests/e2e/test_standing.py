"""Messages about a state of an order end with it, in all three chats, whoever ended it."""

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.journey import SLOW, about, presses, taps_about, with_verb
from tests.e2e.staff import OPERATOR, act, colleague, group, opened, told
from tests.e2e.test_booking import ordered, sees
from tests.e2e.test_contact import to_contact
from tests.e2e.test_moving import booked, chosen, has, to
from tests.e2e.test_provider import reading_english
from tests.e2e.test_repeated import ahead, paid, repeated
from tests.e2e.test_staff_orders import at_work
from tests.e2e.test_story import EN, pays
from tests.platforms import Platform


async def line_in_place_of(person: Person, former: Message, *said: str) -> Message:
    """What stood here is a line now: these words, no button."""
    line = await person.sees_where(
        lambda m: (
            m["message_id"] == former["message_id"]
            and not presses(m)
            and all(word in words_of(m) for word in said)
        ),
        timeout=SLOW,
        what=f"{said} in the place of {words_of(former)}",
    )
    assert words_of(line).count("\n") <= 1
    return line


@pytest.mark.feature("C13", "C12", "A4")
async def test_a_settled_dispute_is_settled_in_all_three_chats(people: People) -> None:
    staff = await colleague(people, "operator")
    customer, number = await ordered(people)
    provider = await at_work(people, staff, number)
    here = await about(
        customer, number, lambda m: "is here" in words_of(m) and bool(with_verb(m, "order")), "who is here"
    )  # fmt: skip
    await opened(staff, number, "Arrived")
    await act(staff, ("Start without code", "Why?"), ("Too many", "without the customer's"))
    await staff.taps("Yes, start")
    await line_in_place_of(customer, here, "The provider arrived", number)
    for label in ("Finish", "Yes, done", "Received"):
        await taps_about(provider, number, label)
    await customer.sees_button("Another amount")
    await customer.taps("Another amount")
    await customer.writes("50", answered=False)
    await customer.sees_button("Yes, ¥50")
    await customer.taps("Yes, ¥50")
    chat = await group(people, OPERATOR)
    alert = await about(chat, number, lambda m: with_verb(m, "osn") is not None, "the alert")
    checking = await about(provider, number, has("Our staff are checking"), "that it is checked")  # type: ignore[arg-type]
    # Somebody opens the matter from the alert and goes away: the alert stays for the others.
    await chat.taps_stale(alert["message_id"], str(with_verb(alert, "osn")))
    await chat.sees_where(
        lambda m: number in words_of(m) and m["message_id"] > alert["message_id"] and with_verb(m, "xmr") is not None,
        what="the amounts to settle at",
    )  # fmt: skip
    await opened(staff, number, "Being checked")
    await act(
        staff, ("Settle", "How much was really paid?"), ("¥50", "Why?"),
        ("Decided after a call", "¥50 counts as paid"), ("Yes, settle", "Completed"),
    )  # fmt: skip
    await line_in_place_of(chat, alert, "✅ 平台已裁定", staff.name, number)
    await line_in_place_of(provider, checking, "The payment was checked by our staff", number)


@pytest.mark.feature("C13", "P4")
async def test_a_provider_who_is_in_touch_ends_the_alert_about_it(
    own_platform: Platform, own_people: People
) -> None:
    staff = await group(own_people, OPERATOR)
    _, provider, number = await booked(own_people)
    await reading_english(own_people, provider.name)
    await to_contact(own_people, own_platform, number, -14)
    await provider.sees("waits for a word from you", timeout=SLOW)
    await to_contact(own_people, own_platform, number, 1)
    alarm = await about(staff, number, has("接单后还没联系客户"), "the alert")  # type: ignore[arg-type]
    await taps_about(provider, number, "Confirm details")
    await line_in_place_of(staff, alarm, "师傅已联系客户", number)


@pytest.mark.feature("C13", "C15", "P3")
async def test_a_question_about_another_time_ends_where_it_was_asked(
    own_platform: Platform, own_people: People
) -> None:
    person, provider, number = await booked(own_people)
    await reading_english(own_people, provider.name)
    await to(own_people, own_platform, number, hours_before=3)
    await person.writes(number)
    await person.sees("is coming")
    await chosen(person)
    await person.taps("Ask them")
    asked = await about(provider, number, has("asks for another time"), "the question")  # type: ignore[arg-type]
    await taps_about(person, number, "Take it back")
    await line_in_place_of(provider, asked, "Another time was asked for", number)
    # Agreed to on the job's own card, the question itself ends, too.
    await person.writes(number)
    await person.sees("is coming")
    await chosen(person)
    await person.taps("Ask them")
    again = await provider.sees_where(
        lambda m: m["message_id"] > asked["message_id"] and "asks for another time" in told(m),
        timeout=SLOW, what="the second question",
    )  # fmt: skip
    await provider.writes(number)
    card = await provider.sees_where(
        lambda m: m["message_id"] > again["message_id"] and with_verb(m, "mvyes") is not None,
        timeout=SLOW, what="the job's card",
    )  # fmt: skip
    await provider.taps("Agree", on=card)
    await line_in_place_of(provider, again, "Another time was asked for", number)


@pytest.mark.feature("C13", "C20", "C10")
async def test_a_call_to_pay_ends_with_the_payment_and_when_its_time_is_over(
    own_platform: Platform, own_people: People
) -> None:
    person, _, number = await paid(own_people, own_platform)
    await repeated(person, number, sees_first="We send a link to pay")
    first, second = ahead(own_platform, number)[:2]
    await to(own_people, own_platform, first, hours_before=4 * 24)
    call = await about(person, first, lambda m: "can be paid now" in words_of(m), "the call")
    # Paid on a message of its own: the order opened by its number.
    await person.writes(first)
    card = await person.sees_where(
        lambda m: m["message_id"] > call["message_id"] and with_verb(m, "pay") is not None,
        timeout=SLOW, what="the way to pay on the order's card",
    )  # fmt: skip
    await person.taps_stale(card["message_id"], str(with_verb(card, "pay")))
    await sees(person, "payment page")
    await pays(person, EN)
    await line_in_place_of(person, call, "You were asked to pay for this visit", first)
    # The next one is left unpaid: its call is followed by the last one, and that ends with the time.
    await to(own_people, own_platform, second, hours_before=4 * 24)
    await about(person, second, lambda m: "can be paid now" in words_of(m), "the next call")
    await to(own_people, own_platform, second, hours_before=2 * 24 + 4)
    last = await about(person, second, lambda m: "isn't paid yet" in words_of(m), "the last call")
    await to(own_people, own_platform, second, hours_before=2 * 24 - 0.1)
    await line_in_place_of(person, last, "You were asked to pay for this visit", second)
