"""Complaints that bring something, pressed by everybody: staff decide, both sides hear it, the money moves at once."""

from dataclasses import dataclass

import pytest

from core.ids import spell_order_number
from tests.chat import Message, People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import (
    Player,
    booking,
    confirmed,
    its_provider,
    page_of,
    paying,
    welcomed,
    with_verb,
    worked,
)
from tests.e2e.staff import OWNER, SUPPORT, TICKETS, act, colleague, desk_of, group, opened, told
from tests.e2e.watching import watched

pytestmark = pytest.mark.feature("A4", "A5")


@dataclass
class Done:
    """A visit that is over and paid, and everybody around it."""

    people: People
    customer: Player
    provider: Person
    order: int
    number: str
    paid: int

    async def complains(self, text: str) -> int:
        """The topic of the complaint."""
        anna = self.customer.person
        await anna.writes("/help", answered=False)
        await anna.sees("How can we help?")
        await anna.taps("Complaint or idea")
        await anna.sees("It gets a number")
        await anna.taps("A complaint")
        await anna.sees_button("📎")
        await anna.taps("📎")
        await anna.sees("About order")
        await anna.writes(text, answered=False)
        await anna.sees("Your complaint is T")
        staff = await group(self.people, SUPPORT)
        return await staff.topic(anna.name)


async def done(platform: Platform, people: People, name: str) -> Done:
    async with watched(platform, people) as watch:
        customer = await welcomed(people, name)
        await booking(customer)
        await paying(customer, "full")
        order = await confirmed(customer, watch)
        await page_of(customer)
        provider = await its_provider(people, watch, order)
        await worked(provider, watch, order)
        await customer.offered("review")
        number, paid = watch.rows("SELECT number, paid FROM orders WHERE id = ?", order)[0]
    return Done(
        people, customer, provider.person, order, spell_order_number(str(number)), int(paid)
    )


async def reading(people: People, who: int) -> Person:
    """A member of the staff in the group, reading English."""
    await desk_of(people, who)
    return await group(people, who)


async def head(staff: Person, topic: int) -> Message:
    def there(_: Message) -> bool:
        return any(TICKETS in words_of(m) for m in staff.from_bot(topic))

    await staff.sees_where(there, what="the head")
    return next(m for m in staff.from_bot(topic) if TICKETS in words_of(m))


async def closes(staff: Person, topic: int, *taps: tuple[str, str]) -> Message:
    """From the head's button on, each label and what must be seen then."""
    first = await head(staff, topic)
    await staff.taps_stale(first["message_id"], str(with_verb(first, "tc")))
    seen = await staff.sees_where(lambda m: "what came of it?" in words_of(m), what="outcomes")
    for label, then in taps:
        await staff.taps(label, on=seen)
        seen = await staff.sees_where(lambda m, then=then: then in told(m), what=then)  # type: ignore[misc]
    return seen


async def test_a_complaint_ends_with_money_back_and_both_sides_hear_it(
    platform: Platform, people: People
) -> None:
    one = await done(platform, people, "Rhea Moss")
    topic = await one.complains("The tap still drips")
    clerk = await reading(people, SUPPORT)
    shown = await closes(clerk, topic)
    assert "Money back" not in told(shown), "support answers, others give money"
    boss = await reading(people, OWNER)
    refused = await closes_taken(boss, topic)
    assert "Take it over" in told(refused)
    await boss.taps("Take it over", on=refused)
    sure = await closes(
        boss, topic, ("Money back", "How much?"), ("¥30", "Who bears it?"),
        ("The provider", "your own words"), ("not as agreed", "goes back to the customer"),
    )  # fmt: skip
    assert "bears" in words_of(sure)
    yes = str(with_verb(sure, "tzy"))
    await boss.taps_stale(sure["message_id"], yes)
    await boss.taps_stale(sure["message_id"], yes)
    ended = await one.customer.person.sees("Outcome: Money refunded")
    assert "on its way back to you" in words_of(ended)
    await one.customer.person.sees("is back with you")
    told_him = await one.provider.sees_where(
        lambda m: with_verb(m, "earned") is not None, what="what it costs him"
    )
    assert "⚖️" in words_of(told_him)
    row = platform.rows(
        "SELECT refund_due, refunded, given_back FROM orders WHERE id = ?", one.order
    )[0]
    assert row[0] == row[1] == row[2] > 0
    logged = platform.rows(
        "SELECT reason FROM staff_act WHERE subject LIKE 'T%' ORDER BY id DESC LIMIT 1"
    )
    assert "not as agreed" in logged[0][0]


async def closes_taken(staff: Person, topic: int) -> Message:
    first = await head(staff, topic)
    await staff.taps_stale(first["message_id"], str(with_verb(first, "tc")))
    return await staff.sees_where(lambda m: "Take it over" in told(m), what="taken")


async def test_the_work_is_booked_once_more_for_nothing(platform: Platform, people: People) -> None:
    one = await done(platform, people, "Silas Gray")
    topic = await one.complains("It broke again")
    boss = await reading(people, OWNER)
    sure = await closes(
        boss, topic, ("Once more", "Who bears it?"), ("The platform", "your own words"),
        ("We are sorry", "one free visit"),
    )  # fmt: skip
    await boss.taps_stale(sure["message_id"], str(with_verb(sure, "tzy")))
    anna = one.customer.person
    free = await anna.sees_where(lambda m: with_verb(m, "redo") is not None, what="the free visit")
    await anna.taps_stale(free["message_id"], str(with_verb(free, "redo")))
    await anna.sees("Coupon −")
    await anna.sees_button("Confirm")
    await anna.taps("Confirm")
    await anna.sees("Waiting for the provider")
    rows = platform.rows(
        "SELECT o.total, o.state FROM orders o JOIN person p ON p.id = o.customer_id"
        " WHERE p.telegram_id = ? ORDER BY o.created_at DESC LIMIT 1", anna.id,
    )  # fmt: skip
    assert rows == [(0, "offered")]


async def test_staff_give_back_a_part_from_the_order_and_two_taps_are_one(
    platform: Platform, people: People
) -> None:
    one = await done(platform, people, "Tilda Fox")
    staff = await colleague(people, "finance")
    await opened(staff, one.number, "Completed")
    await act(staff, ("Money back", "How much?"))
    await staff.writes("10.50", answered=False)
    await staff.sees("Who bears it?")
    sure = await act(staff, ("The platform", "Why?"), ("too late", "Yes, money back"))
    assert "10.50" in words_of(sure)
    yes = str(with_verb(sure, "xby"))
    await staff.taps_stale(sure["message_id"], yes)
    await staff.sees_where(
        lambda m: "🕒" in told(m) and "Money back" in words_of(m), what="the timeline"
    )
    await staff.taps_stale(sure["message_id"], yes)
    await one.customer.person.sees("goes back to you")
    await one.customer.person.sees("is back with you")
    [(due, refunded)] = platform.rows(
        "SELECT refund_due, refunded FROM orders WHERE id = ?", one.order
    )
    assert (due, refunded) == (1050, 1050)


async def test_earnings_are_freed_early_by_who_may(platform: Platform, people: People) -> None:
    one = await done(platform, people, "Bram Noor")
    clerk, boss = await colleague(people, "operator"), await colleague(people, "finance")
    await opened(clerk, one.number, "Completed")
    assert "Free the earnings now" not in str(clerk.buttons)
    await opened(boss, one.number, "Completed")
    seen = await act(
        boss, ("Free the earnings now", "Why?"), ("all is well", "can withdraw ¥"),
        ("Yes, free it", "Earnings freed early"),
    )  # fmt: skip
    assert "Free the earnings now" not in told(seen)
    held = platform.rows(
        "SELECT count(*) FROM ledger_transaction WHERE kind = 'released' AND order_id = ?",
        one.order,
    )
    assert held[0][0] == 1


async def test_a_part_goes_back_before_the_visit(platform: Platform, people: People) -> None:
    async with watched(platform, people) as watch:
        customer = await welcomed(people, "Ines Falk")
        await booking(customer)
        await paying(customer, "full")
        order = await confirmed(customer, watch)
        await page_of(customer)
        number, total = watch.rows("SELECT number, total FROM orders WHERE id = ?", order)[0]
    boss = await colleague(people, "finance")
    await opened(boss, spell_order_number(str(number)))
    await act(boss, ("Money back", "How much?"))
    await boss.writes("20", answered=False)
    await boss.sees("The price falls by ¥20")
    seen = await act(
        boss, ("Go on ▶", "Why?"), ("Agreed with", "goes back to the customer"),
        ("Yes, money back", "Timeline"),
    )  # fmt: skip
    assert "Money back" in words_of(seen)
    await customer.person.sees("¥20 goes back to you")
    left = platform.rows("SELECT total, refund_due FROM orders WHERE id = ?", order)
    assert left == [(total - 2000, 2000)]
