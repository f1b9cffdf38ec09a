"""What staff do to orders over HTTP: find, cancel, hand on, let begin, settle."""

import re
from datetime import UTC, datetime

import pytest

from tests.chat import People, Person, words_of
from tests.e2e.journey import about, accepts, taps_about
from tests.e2e.staff import (
    ALERTS,
    OPERATOR,
    ORDERS,
    act,
    colleague,
    group,
    in_topic,
    its_provider,
    opened,
    told,
)
from tests.e2e.test_booking import ordered, sees
from tests.e2e.test_payment import at_stripe
from tests.e2e.test_provider import booked as on_site
from tests.e2e.test_story import EN, booked, pays
from tests.platforms import Platform


@pytest.mark.feature("A4", "X2")
async def test_staff_cancel_with_a_reason_the_customer_reads_in_their_language(
    people: People,
) -> None:
    staff, late = [await colleague(people, "operator") for _ in range(2)]
    customer, number = await ordered(people)
    for one in (staff, late):
        await opened(one, number)
        await act(one, ("Cancel order", "Paid so far"), ("Free of charge", "Why?"))
    await act(late, ("The customer asked", "Yes, cancel"))
    await staff.writes("Water main broke in <your> street", answered=False)
    await staff.sees("Water main broke")
    seen = words_of(await act(staff, ("Yes, cancel", "✖️ Cancelled")))
    assert f"{staff.name} (staff)" in seen
    assert "Water main broke in <your> street" in seen
    await customer.sees("Water main broke in <your> street")
    await act(late, ("Yes, cancel", "✖️ Cancelled"))
    assert "not possible any more" in late.toast


@pytest.mark.feature("A4")
async def test_orders_are_found_by_typing_in_their_topic(people: People) -> None:
    staff = await group(people, OPERATOR)
    customer, number = await ordered(people)
    topic = in_topic(staff, ORDERS)
    await staff.writes(f"{customer.name} 2020-01-31", topic=topic, answered=False)
    nothing = await staff.sees("🔎")
    assert number not in told(nothing)
    await staff.writes(customer.name, topic=topic, answered=False)
    await staff.sees_where(lambda m: number in str(m.get("reply_markup")))
    await staff.writes(number.replace("-", ""), topic=topic, answered=False)
    await staff.sees_where(lambda m: customer.name in words_of(m) and "🕒" in told(m))


@pytest.mark.feature("A4")
async def test_staff_hand_an_order_to_the_provider_they_choose(people: People) -> None:
    staff = await colleague(people, "operator")
    number = (await on_site(people, far=True))[2]
    before = await opened(staff, number)
    await act(staff, ("Another provider", "Who takes over"))
    chosen = staff.buttons[0]
    assert "Automatically" not in chosen, f"nobody else is free\n{staff.shown()}"
    assert f"Provider: {chosen}" not in before
    seen = await act(
        staff, (chosen, "Why?"), ("The provider is late", f"{chosen} is asked"),
        ("Yes, hand on", f"Provider: {chosen}"),
    )  # fmt: skip
    assert "The provider is late" in words_of(seen)
    provider = await its_provider(people, words_of(seen))
    await provider.refresh()
    assert any(number in words_of(m) or "Accept" in str(m) for m in provider.from_bot())


async def at_work(people: People, staff: Person, number: str) -> Person:
    """The provider of the order stands before the door."""
    provider = await its_provider(people, await opened(staff, number))
    await accepts(provider, number)
    await taps_about(provider, number, "I'm here")
    await about(provider, number, lambda m: "Start with code" in told(m), "the door")
    return provider


@pytest.mark.feature("C14", "A4")
async def test_staff_let_work_begin_without_the_code_and_it_is_written_down(
    people: People,
) -> None:
    staff = await colleague(people, "operator")
    _, number = await ordered(people)
    provider = await at_work(people, staff, number)
    await opened(staff, number, "Arrived")
    seen = await act(
        staff, ("Start without code", "Why?"), ("confirmed by phone", "without the customer's"),
        ("Yes, start", "In progress"),
    )  # fmt: skip
    assert "“The customer confirmed by phone”" in words_of(seen)
    await about(provider, number, lambda m: "Finish" in told(m), "the way to finish")


@pytest.mark.feature("C12", "A4")
async def test_a_cash_dispute_is_told_and_settled_with_both_numbers_shown(
    people: People,
) -> None:
    staff = await colleague(people, "operator")
    customer, number = await ordered(people)
    provider = await at_work(people, staff, number)
    await opened(staff, number, "Arrived")
    await act(staff, ("Start without code", "Why?"), ("Too many", "without the customer's"))
    await staff.taps("Yes, start")
    await provider.sees_where(
        lambda m: number in words_of(m) and "let you begin" in words_of(m), what="the news"
    )
    for label in ("Finish", "Yes, done", "Received"):
        await taps_about(provider, number, label)
    await customer.sees_button("Another amount")
    await customer.taps("Another amount")
    await customer.writes("50", answered=False)
    await customer.sees_button("Yes, ¥50")
    await customer.taps("Yes, ¥50")
    chat = await group(people, OPERATOR)
    alert = await chat.sees_where(lambda m: number in words_of(m) and "¥50" in words_of(m))
    assert alert["message_thread_id"] == in_topic(chat, ALERTS)
    shown = await opened(staff, number, "Being checked")
    price = re.search(r"provider says (¥\d+), customer says ¥50", shown)
    assert price, shown
    await act(staff, ("Settle", "How much was really paid?"))
    await staff.writes("999", answered=False)
    await staff.sees(f"The amount can be at most {price[1]}.")
    await staff.writes("80", answered=False)
    await staff.sees("¥80")
    seen = await act(
        staff, ("Yes, go on", "Why?"), ("Decided after a call", "¥80 counts as paid"),
        ("Yes, settle", "Completed"),
    )  # fmt: skip
    assert f"{staff.name} (staff) · ¥80" in words_of(seen)
    await customer.sees("¥80")
    await provider.sees("Our staff have checked it")


async def paid_and_accepted(people: People) -> tuple[Person, str]:
    anna, name, number = await booked(people, EN)
    await pays(anna, EN)
    await sees(anna, EN.paid)
    await accepts(await people.known(name), number)
    await sees(anna, EN.accepted)
    return anna, number


@pytest.mark.feature("A4", "C10")
async def test_a_late_cancellation_keeps_the_fee_that_was_shown_and_gives_the_rest_back(
    own_people: People, own_platform: Platform
) -> None:
    staff = await colleague(own_people, "operator")
    anna, number = await paid_and_accepted(own_people)
    paid = await inside_the_window(own_people, own_platform, number)
    await opened(staff, number, "Accepted")
    asked = await act(staff, ("Cancel order", "Paid so far"))
    label = next(label for label in told(asked).splitlines() if label.startswith("Fee"))
    fee, back = amounts(label)
    assert 0 < fee <= paid
    assert fee + back == paid
    sure = await act(staff, (label, "Why?"), ("The customer asked", "goes back to the customer"))
    assert amounts(words_of(sure).split("Fee")[1]) == [fee, back]
    await act(staff, ("Yes, cancel", "✖️ Cancelled"))
    if back:  # of a deposit the last hours may leave nothing
        await anna.sees_where(lambda m: "is back with you" in words_of(m), what="the refund")
    sent = [refund["amount"] for refund in await at_stripe(own_platform, "refunds", number)]
    assert sent == ([back] if back else [])
    found = book(own_platform, number)
    assert found.pop("gateway") == fee
    assert found.keys() == {"cancellation_fees", "provider"}
    assert sum(found.values()) == -fee


@pytest.mark.feature("A4", "P17")
async def test_staff_end_a_visit_at_which_nobody_opened(people: People) -> None:
    staff = await colleague(people, "operator")
    customer, number = await ordered(people)
    provider = await at_work(people, staff, number)
    await opened(staff, number, "Arrived")
    await act(
        staff, ("Customer not there", "Why?"), ("waited and called", "without a fee"),
        ("Yes, not there", "✖️ Cancelled"),
    )  # fmt: skip
    await customer.sees("obody opened")
    await about(provider, number, lambda m: "Start with code" not in told(m), "the end of it")


@pytest.mark.feature("A4", "C17")
async def test_a_provider_who_did_not_come_loses_it_and_all_goes_back(
    own_people: People, own_platform: Platform
) -> None:
    staff = await colleague(own_people, "operator")
    anna, number = await paid_and_accepted(own_people)
    order = await opened(staff, number, "Accepted")
    assert "did not come" not in order
    provider = await its_provider(own_people, order)
    assert "Provider did not come" not in str(staff.buttons), "before the start nobody is missed"
    paid = await past_the_start(own_people, own_platform, number)
    await opened(staff, number, "Accepted")
    asked = await act(
        staff, ("Provider did not come", "Why?"), ("did not come. We", "counts as missed")
    )
    assert amounts(words_of(asked))[-1] == paid
    await act(staff, ("Yes, everything back", "✖️ Cancelled"))
    await sees(anna, "did not come. We are sorry.")
    await provider.sees("counts as a missed visit")
    await provider.taps("🎧 Support")
    await provider.sees("How can we help?")
    await anna.sees_where(lambda m: "is back with you" in words_of(m), what="the refund")
    sent = [refund["amount"] for refund in await at_stripe(own_platform, "refunds", number)]
    assert sent == [paid]
    assert book(own_platform, number) == {}


async def past_the_start(people: People, platform: Platform, number: str) -> int:
    """Two minutes into the visit; what was paid for it."""
    sql = "SELECT starts_at, paid FROM orders WHERE number = ?"
    [(starts_at, paid)] = platform.rows(sql, number.replace("-", ""))
    start = datetime.fromisoformat(str(starts_at))
    start = start if start.tzinfo else start.replace(tzinfo=UTC)
    now = await people.call("POST", "/clock", json={"shift_seconds": 0})
    await people.later(start.timestamp() + 120 - now["now"])
    return int(paid)


async def inside_the_window(people: People, platform: Platform, number: str) -> int:
    """Skips to an hour before the visit, or past the free minutes after booking if it is near; what was paid for it."""
    sql = "SELECT starts_at, paid FROM orders WHERE number = ?"
    [(starts_at, paid)] = platform.rows(sql, number.replace("-", ""))
    start = datetime.fromisoformat(str(starts_at))
    start = start if start.tzinfo else start.replace(tzinfo=UTC)
    now = await people.call("POST", "/clock", json={"shift_seconds": 0})
    await people.later(max(660.0, start.timestamp() - 3600 - now["now"]))
    return int(paid)


def amounts(text: str) -> list[int]:
    """Every amount of money in it, in fen."""
    found = re.findall(r"¥([\d,]+(?:\.\d+)?)", text)
    return [round(float(amount.replace(",", "")) * 100) for amount in found]


def book(platform: Platform, number: str) -> dict[str, int]:
    """What the ledger says of an order in the end: accounts that are not at zero."""
    sql = (
        "SELECT account, sum(amount) FROM ledger_leg"
        " JOIN ledger_transaction ON ledger_transaction.id = transaction_id"
        " JOIN orders ON orders.id = ledger_transaction.order_id"
        " WHERE orders.number = ? GROUP BY account"
    )
    rows = platform.rows(sql, number.replace("-", ""))
    return {account.split(":")[0]: int(total) for account, total in rows if total}
