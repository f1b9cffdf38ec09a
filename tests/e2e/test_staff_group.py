"""The staff group within what Telegram takes: nothing lost, in order, answers before cards, and never a refusal."""

import asyncio

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.staff import OPERATOR, ORDERS, TICKETS, act, colleague, group, opened
from tests.e2e.test_booking import DOOR, PAID_ON_SITE, ordered, payable, placed, settled
from tests.e2e.watching import watched
from tests.platforms import Platform

A_MINUTE, A_FEW_SECONDS = "12/60", "3/6"
PATIENT = 60.0


async def spent(staff: Person) -> None:
    """The group is asked for more new messages than it may get."""
    topic = await staff.topic(ORDERS)
    for _ in range(12):
        await staff.writes("2020-01-31", topic=topic, answered=False)


@pytest.mark.parametrize("group_limit", [A_MINUTE])
@pytest.mark.feature("A4")
async def test_the_board_is_pinned_and_follows_an_order_within_five_seconds(
    own_people: People, own_platform: Platform
) -> None:
    staff, desk = await group(own_people, OPERATOR), await colleague(own_people, "operator")
    await spent(staff)  # whatever is new in the group must wait now; the board is an edit
    _, number = await ordered(own_people)
    await staff.sees_where(
        lambda m: "📋" in words_of(m) and number in words_of(m), timeout=5, what="the board"
    )
    chat = await own_people.call("GET", f"/people/{staff.id}/chats/{staff.chat_id}")
    pinned = [m for m in chat["messages"] if m["message_id"] in chat["pinned"]]
    assert any(number in words_of(m) for m in pinned), chat["pinned"]
    await opened(desk, number)
    await act(
        desk, ("Cancel order", "Paid so far"), ("Free of charge", "Why?"),
        ("Booked twice", "Nothing was paid"), ("Yes, cancel", "Cancelled"),
    )  # fmt: skip
    await staff.sees_where(
        lambda m: "📋" in words_of(m) and number not in words_of(m), timeout=5, what="the board"
    )
    own_platform.kill()  # a stop would wait for all that the group still has coming


async def orders_at_once(people: People) -> list[str]:
    """Numbers of orders that one customer after the other places, all of them ready to before."""
    ready = await asyncio.gather(*(payable(people, service) for service in PAID_ON_SITE))
    by_provider = {one.screen.splitlines()[0].rpartition("·")[2]: one for one in ready}
    return [await placed(person) for person in by_provider.values()]  # or a start is gone already


def cards(staff: Person, numbers: list[str]) -> list[str]:
    """Numbers on the cards of orders, in the order in which the cards came; the board is none."""
    shown = [words_of(m) for m in staff.from_bot() if "📋" not in words_of(m)]
    return [number for text in shown for number in numbers if number in text]


@pytest.mark.parametrize("group_limit", [A_FEW_SECONDS])
@pytest.mark.feature("X3", "A4", "A5")
async def test_a_busy_group_loses_nothing_and_lets_answers_and_tickets_go_first(
    own_people: People, own_platform: Platform
) -> None:
    staff = await group(own_people, OPERATOR)
    await staff.topic(ORDERS)
    async with watched(own_platform, own_people, log=False) as watch:
        asker = await settled(own_people)
        numbers = await orders_at_once(own_people)
        await asker.writes("/help")
        await asker.sees_button("💬 Talk to a person")
        await asker.taps("💬 Talk to a person")
        await asker.sees("messages are welcome")
        await asker.writes(f"Is {DOOR} in reach?", answered=False)
        found, _ = await asyncio.gather(
            staff.writes("2020-01-31", topic=staff.topics[_title(staff)], answered=False),
            staff.sees(DOOR, timeout=PATIENT),
        )
        assert found
        await staff.sees_where(_nothing_found, timeout=PATIENT, what="the answer")
        await staff.refresh()
        waiting = set(numbers) - set(cards(staff, numbers))
        print("cards behind the ticket and the answer:", len(waiting))
        assert waiting, "too few orders to tell who goes first"
        await staff.sees(numbers[-1], timeout=PATIENT)
        await _all_cards(staff, numbers)
        assert cards(staff, numbers) == numbers
        late = [c for c in await own_people.calls() if "Too Many" in (c["error"] or "")]
        assert late == []
        assert watch.failed() == set()
    assert any(TICKETS in title for title in staff.topics)


def _title(staff: Person) -> str:
    return next(title for title in staff.topics if ORDERS in title)


def _nothing_found(message: Message) -> bool:
    return "🔎" in words_of(message)


async def _all_cards(staff: Person, numbers: list[str]) -> None:
    def there(message: Message) -> bool:
        return len(cards(staff, numbers)) == len(numbers)

    await staff.sees_where(there, timeout=PATIENT, what="every card")
