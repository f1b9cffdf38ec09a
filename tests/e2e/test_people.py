"""Customers and providers in the staff chat over HTTP: found, looked at, corrected, frozen, written to, deleted."""

import asyncio

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.applying import newcomer
from tests.e2e.journey import with_verb
from tests.e2e.staff import NAMES, ORDERS, act, colleague, group, in_topic, told
from tests.e2e.staff import OPERATOR as WU
from tests.e2e.test_booking import ordered, settled
from tests.e2e.watching import until
from tests.platforms import Platform

pytestmark = pytest.mark.feature("A3")
SIGNS = "欧阳司马诸葛上官慕容令狐"


async def customer(people: People, name: str, language: str = "en", **more: object) -> Person:
    """Somebody new who said hello to the customer bot."""
    person = await people.person(name, language=language, **more)
    await person.writes("/start")
    return person


async def opened(staff: Person, words: str, name: str) -> Message:
    """The card of the one whom these words find."""
    await staff.writes(f"/people {words}", answered=False)
    return await staff.sees_where(
        lambda m: words_of(m).startswith("👤") and name in words_of(m), what=f"the card of {name}"
    )


async def frozen(staff: Person, person: Person, reason: str = "Doesn't pay") -> None:
    await opened(staff, str(person.id), person.name)
    await act(
        staff, ("🧊 Freeze", "Why?"), (reason, "They will read"), ("Yes, freeze", "May not book")
    )


async def test_a_customer_is_found_by_name_pinyin_phone_telegram_and_order(people: People) -> None:
    staff = await colleague(people, "operator")
    person, number = await ordered(people)
    for words in (person.name, person.name[1:], str(person.id), number):
        await staff.writes(f"/people {words}", answered=False)
        await staff.sees_where(lambda m: person.name in told(m), what=f"{person.name} by {words}")
        assert len(staff.buttons) <= 11
    name = f"诸葛{SIGNS[next(NAMES) % len(SIGNS)]}瑾瑜"
    called = f"Kong_Ming_{next(NAMES)}"
    await customer(people, name, "zh", username=called)
    for words in ("诸葛", "zhuge", "ZhuGe", f"@{called}", called.lower(), "諸葛"):
        await staff.writes(f"/people {words}", answered=False)
        await staff.sees_where(lambda m: name in told(m), what=f"{name} by {words}")


async def test_words_typed_in_the_chat_find_orders_and_the_people_beside_them(
    people: People,
) -> None:
    staff = await group(people, WU)
    person, number = await ordered(people)
    topic = in_topic(staff, ORDERS)
    await staff.writes(person.name, topic=topic, answered=False)
    seen = await staff.sees_where(
        lambda m: number in str(m.get("reply_markup")) and "👤" in told(m), what="order and people"
    )
    await staff.taps_stale(seen["message_id"], "uqn")
    await staff.sees_where(
        lambda m: words_of(m).startswith("👤") and person.name in words_of(m), what="the card"
    )
    quiet = await customer(people, f"Quietly {next(NAMES)} here")
    await staff.writes(f"@{quiet.id}", topic=topic, answered=False)
    await staff.sees_where(
        lambda m: words_of(m).startswith("👤") and quiet.name in words_of(m), what="the card"
    )


async def test_several_of_a_name_make_a_list_of_eight_a_page(people: People) -> None:
    staff, family = await colleague(people, "support"), f"Manyfold{next(NAMES)}"
    them = [await customer(people, f"{family} {n}") for n in range(9)]
    await staff.writes(f"/people {family.lower()}", answered=False)
    listed = words_of(await staff.sees("9 people"))
    assert str(them[8].id) in listed, "who left no telephone is told apart by their number here"
    assert sum(family in label for label in staff.buttons) == 8
    await act(staff, ("▶", f"{family} 0"), ("◀", f"{family} 8"), (f"{family} 8", "since"),
              ("‹ Back", "9 people"))  # fmt: skip


async def test_a_frozen_customer_reads_why_in_the_own_language_and_cannot_book(
    people: People, platform: Platform
) -> None:
    staff, person = await colleague(people, "operator"), await settled(people)
    await person.writes("/language")
    await person.taps("中文")
    await opened(staff, str(person.id), person.name)
    seen = await act(staff, ("🧊 Freeze", "Why?"), ("Doesn't pay", "They will read"))
    assert "拒绝付款" in words_of(seen), "in the language of who reads it"
    assert "Yes, freeze" in staff.buttons[0], "asked again"
    assert not platform.rows("SELECT 1 FROM person WHERE telegram_id = ? AND frozen", person.id)
    await act(staff, ("Yes, freeze", "May not book"))
    await person.sees("拒绝付款")
    await person.sees_button("💬")
    await person.writes("/start")
    await person.sees("您暂时无法预约")
    await person.writes("修空调")
    await person.sees_button("空调维修")
    await person.taps("空调维修")
    await person.sees_button("找师傅")
    await person.taps("找师傅")
    await person.sees_button("1. ")
    await person.taps("1. ")
    await person.sees_button("预约")
    await person.taps("预约")
    assert "拒绝付款" in person.toast, person.toast
    seen = await act(staff, ("📜 History", "What staff did"))
    assert f"{staff.name} · freeze" in words_of(seen)
    await act(staff, ("‹ Back", "May not book"), ("☀️ May book again", "Why?"),
              ("It is cleared up", "is told"), ("Yes, let go on", "🧊 Freeze"))  # fmt: skip
    await person.sees("您可以继续预约了")
    left = "您暂时无法预约"
    await person.sees_where(
        lambda _: not any(left in words_of(m) for m in person.from_bot()), what="no word of it"
    )


async def test_of_two_who_freeze_at_once_one_does_and_the_other_reads_who(
    people: People, platform: Platform
) -> None:
    one, two = await colleague(people, "operator"), await colleague(people, "operator")
    person = await customer(people, f"Rivalled {next(NAMES)}")
    asked = []
    for staff in (one, two):
        await opened(staff, str(person.id), person.name)
        asked.append(await act(staff, ("🧊 Freeze", "Why?"), ("Rude", "They will read")))
    await asyncio.gather(*(
        staff.taps_stale(sure["message_id"], staff.data("Yes, freeze"))
        for staff, sure in zip((one, two), asked, strict=True)
    ))  # fmt: skip
    for staff in (one, two):
        await staff.sees("May not book")
    first, second = sorted((one.toast, two.toast), key=len)
    assert first == "Done."
    assert "was faster" in second
    log = (
        "SELECT COUNT(*) FROM staff_act a JOIN person p ON p.id = a.person_id"
        " WHERE p.telegram_id = ? AND a.action = 'people.freeze'"
    )
    assert platform.rows(log, person.id) == [(1,)]


async def test_a_provider_without_any_order_is_frozen_from_the_card(people: People) -> None:
    """Of the demo city; works again in the end."""
    staff, provider = await colleague(people, "operator"), await people.known(2177)
    await opened(staff, "2177", provider.name)
    await act(staff, ("🧊 No more work", "Why?"))
    await staff.writes("Never <answers>", answered=False)
    await staff.sees("Never <answers>")
    await act(staff, ("Yes, freeze", "May not work"))
    seen = await act(staff, ("📜 History", "What staff did"))
    assert "Never <answers>" in words_of(seen)
    await act(staff, ("‹ Back", "May not work"), ("☀️ May work again", "Why?"),
              ("Frozen by mistake", "is found again"), ("Yes, let go on", "🧊 No more work"))  # fmt: skip


async def test_particulars_are_corrected_with_the_old_and_the_new_in_the_log(
    people: People,
) -> None:
    staff = await colleague(people, "operator")
    person = await newcomer(people)
    new = f"Corrected {next(NAMES)}"
    await opened(staff, str(person.id), person.name)
    await act(staff, ("✏️ Correct", "What is wrong"), ("Name", "Type the right name"))
    await staff.writes("7", answered=False)
    await staff.sees("/cancel")
    await staff.writes(new, answered=False)
    await staff.sees(f"→ {new}")
    await act(staff, ("Yes, correct it", "What is wrong"), ("Phone", "right number"))
    await staff.writes("138-0013-77 01", answered=False)
    await staff.sees("→ 13800137701")
    await act(staff, ("Yes, correct it", "What is wrong"), ("Language", "read?"),
              ("简体中文", "简体中文"), ("Yes, correct it", "What is wrong"), ("‹ Back", new))  # fmt: skip
    seen = words_of(await act(staff, ("📜 History", "What staff did")))
    assert f"{person.name} → {new}" in seen
    assert "→ …7701" in seen
    assert "13800137701" not in seen, "all roles read the log"
    await staff.writes("/people 137701", answered=False)
    await staff.sees(new)


async def test_phone_and_address_are_for_those_whose_work_needs_them(people: People) -> None:
    desk, money = await colleague(people, "support"), await colleague(people, "finance")
    person, _ = await ordered(people)
    await person.writes("/start")
    await opened(desk, str(person.id), person.name)
    seen = await act(desk, ("📞 Contact", "How to reach"))
    assert "📍" in words_of(seen)
    group_ = await group(people, WU)
    number = await phoned(people, person)
    await group_.writes(f"/people {person.id}", topic=in_topic(group_, ORDERS), answered=False)
    card = await group_.sees_where(
        lambda m: words_of(m).startswith("👤") and person.name in words_of(m), what="the card"
    )
    assert number not in told(card), "a whole group reads it"
    await group_.taps_stale(card["message_id"], str(with_verb(card, "ua")))
    assert number in group_.toast
    shown = told(await opened(money, str(person.id), person.name))
    for hidden in ("Contact", "Freeze", "Correct", "Delete"):
        assert hidden not in shown
    assert "📦 1" not in shown, "counted on the button"
    await act(money, ("📦 Orders (1)", "1 order"), ("‹ Back", "As a customer"))


async def phoned(people: People, person: Person) -> str:
    """The number that the person gives."""
    await person.writes("/settings")
    await person.sees_button("Phone")
    await person.taps("Phone")
    await person.writes("13800138123")
    await person.sees("13800138123")
    return "13800138123"


async def test_staff_write_first_and_the_answer_comes_into_a_topic(people: People) -> None:
    staff = await colleague(people, "support")
    person = await settled(people)
    await opened(staff, str(person.id), person.name)
    await act(staff, ("💬 Conversations (0)", "None so far"), ("✍️ Write to them", "What should"))
    await staff.writes("Please <call> us", answered=False)
    await staff.sees("To ")
    await staff.taps("Send")
    assert staff.toast == "Sent."
    await person.sees("Please <call> us")
    await staff.sees_where(lambda m: "🟢" in words_of(m) and "Conversations" in words_of(m))


async def test_deleting_asks_again_and_leaves_the_books_whole(
    people: People, platform: Platform
) -> None:
    staff, person = await colleague(people, "operator"), await settled(people)
    support = await colleague(people, "support")
    assert "Delete" not in told(await opened(support, str(person.id), person.name))
    shown = await opened(staff, str(person.id), person.name)
    await act(staff, ("🗑 Delete", "Why?"), ("asked for it", "can't be undone"))
    mine = platform.rows("SELECT id FROM person WHERE telegram_id = ?", person.id)[0][0]
    await act(staff, ("Yes, delete for good", "Personal data is gone"))
    assert person.name in words_of(shown)
    assert platform.rows("SELECT telegram_id, phone, sounds FROM person WHERE id = ?", mine) == [
        (-mine, None, "")
    ]
    act_ = "SELECT reason FROM staff_act WHERE action = 'people.delete' AND person_id = ?"
    assert platform.rows(act_, mine) == [("The person asked for it",)]
    gone = "SELECT 1 FROM conversation WHERE user_id = ? AND bot = 'customer'"
    await until(lambda: not platform.rows(gone, person.id), lambda: "still there", people)


async def test_who_has_an_open_order_is_not_deleted(people: People) -> None:
    staff = await colleague(people, "operator")
    person, _ = await ordered(people)
    await opened(staff, str(person.id), person.name)
    await act(staff, ("🗑 Delete", "can't be deleted yet"))
    assert "📦 1 open order" in staff.screen
