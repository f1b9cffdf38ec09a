"""A provider's day as a card that follows it, and as a picture."""

from datetime import datetime

import pytest

from tests.chat import Message, words_of
from tests.e2e.test_hours import Shop, shop

pytestmark = pytest.mark.feature("P7")
__all__ = ["shop"]


async def opens_day(shop: Shop, day: datetime) -> int:
    """The message that shows this day from now on."""
    await shop.goes(("Day by day", "Your day"))
    card = shop.person.last["message_id"]
    await shop.person.taps_stale(card, f"day:{day.date().toordinal()}")
    await shop.person.sees_where(
        lambda m: m["message_id"] == card and f"{day:%b} {day.day}" in words_of(m)
    )
    return int(card)


async def card_says(shop: Shop, card: int, *, has: str = "", lacks: str = "") -> Message:
    def right(message: Message) -> bool:
        said = words_of(message)
        return message["message_id"] == card and has in said and not (lacks and lacks in said)

    return await shop.person.sees_where(right, what=f"{has} without {lacks}")


async def test_the_card_of_a_day_follows_bookings_and_cancellations(shop: Shop) -> None:
    anna = await shop.customer()
    start = (await anna.starts((await anna.days())[-1]))[0]
    card = await opens_day(shop, start)
    await card_says(shop, card, has="No visits.")
    number = await anna.books(start)
    shown = await card_says(shop, card, has=f"✅ {start:%H:%M}")
    assert "about" in words_of(shown)
    assert "map" in words_of(shown)
    await anna.person.writes(number)
    await anna.person.sees_button("Cancel order")
    await anna.person.taps("Cancel order")
    await anna.person.sees_button("Yes, cancel")
    await anna.person.taps("Yes, cancel")
    await card_says(shop, card, has="No visits.")


async def test_a_moved_visit_leaves_the_card_of_its_day(shop: Shop) -> None:
    anna = await shop.customer()
    days = await anna.days()
    start = (await anna.starts(days[-1]))[0]
    await anna.books(start)
    card = await opens_day(shop, start)
    await card_says(shop, card, has=f"{start:%H:%M}")
    await shop.person.writes(f"{start:%Y-%m-%d} off")
    await shop.person.sees("What becomes of them?")
    await shop.taps(("Ask to move", "is asked for another time"))
    await anna.person.sees("asks for another time")
    await anna.person.taps("✅ Yes")
    await card_says(shop, card, has="No visits.")


async def test_day_and_week_are_drawn_below_the_card_and_drawn_again_in_place(shop: Shop) -> None:
    await shop.goes(("Day by day", "Your day"))
    before = shop.person.last["message_id"]
    await shop.person.taps("🖼 Picture")
    shown = await shop.person.sees_where(lambda m: "photo" in m, what="a picture")
    assert shown["message_id"] > before
    assert "As of" in words_of(shown)
    await shop.person.taps("🔄 Anew")
    again = await shop.person.sees_where(lambda m: "photo" in m, what="a picture")
    assert again["message_id"] == shown["message_id"]
    await shop.goes(("🗓 Week", "Your week"))
    await shop.person.taps("🖼 Picture")
    await shop.person.sees_where(lambda m: "photo" in m and "As of" in words_of(m), what="a week")
