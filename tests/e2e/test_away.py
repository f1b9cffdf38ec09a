"""A provider can't work: two taps, and the customers of that day hear at once what becomes of their visits."""

from datetime import datetime

import pytest

from tests.chat import words_of
from tests.e2e.test_hours import Booker, Shop, shop

pytestmark = pytest.mark.feature("P8")
__all__ = ["shop"]
LEFT = ("searching", "offered", "choosing", "cancelled")


async def booked(shop: Shop) -> tuple[Booker, str, datetime]:
    """Somebody whose visit on the last day that can be booked is accepted."""
    anna = await shop.customer()
    start = (await anna.starts((await anna.days())[-1]))[0]
    return anna, await anna.books(start), start


async def hears(customer: Booker) -> None:
    """That somebody else is looked for or, where nobody else could, that it is off."""
    await customer.person.sees_where(
        lambda m: "can't come." in words_of(m) or "Nobody can come" in words_of(m),
        what="what becomes of the visit",
    )


async def takes_off(shop: Shop, start: datetime) -> None:
    await shop.person.writes(f"{start:%Y-%m-%d} off")
    await shop.person.sees("What becomes of them?")


async def test_two_taps_from_home_take_tomorrow_off_and_one_gives_it_back(shop: Shop) -> None:
    sql = "SELECT COUNT(*) FROM day_hours WHERE provider_id = ?"
    [[before]] = shop.platform.rows(sql, shop.id)
    await shop.person.writes("/start")
    await shop.person.sees("Hello")
    await shop.taps(("Can't work", "For how long?"), ("🌴 A week", "Saved"))
    assert shop.platform.rows(sql, shop.id)[0][0] >= 7
    await shop.taps(("Undo", "you work as usual"))
    assert shop.platform.rows(sql, shop.id)[0][0] <= before


async def test_a_visit_is_passed_on_and_its_customer_hears_it_at_once(shop: Shop) -> None:
    anna, number, start = await booked(shop)
    await takes_off(shop, start)
    assert shop.state(number) == "accepted", "nothing is saved before it is said to be"
    asked = shop.person.last["message_id"]
    pressed = shop.person.data("Somebody else")
    await shop.taps(("Somebody else", "goes to somebody else"))
    await hears(anna)
    assert shop.state(number) in LEFT
    await shop.person.taps_stale(asked, pressed)  # a second tap passes nothing on again
    await shop.person.sees("Saved")
    steps = (
        "SELECT COUNT(*) FROM order_step JOIN orders ON orders.id = order_id"
        " WHERE number = ? AND verb = 'drop'"
    )
    assert shop.platform.rows(steps, number.replace("-", "")) == [(1,)]


async def test_the_customer_is_asked_for_another_time_and_agrees(shop: Shop) -> None:
    anna, number, start = await booked(shop)
    await takes_off(shop, start)
    await shop.taps(("Ask to move", "is asked for another time"))
    screen = await anna.person.sees("asks for another time")
    assert "They can't come at your time" in words_of(screen)
    await anna.person.taps("✅ Yes")
    await anna.person.sees("Moved")
    assert shop.state(number) == "accepted"
    sql = "SELECT starts_at FROM orders WHERE number = ?"
    assert str(shop.platform.rows(sql, number.replace("-", ""))[0][0])[:10] != f"{start:%Y-%m-%d}"


async def test_who_keeps_the_time_gets_somebody_else(shop: Shop) -> None:
    anna, number, start = await booked(shop)
    await takes_off(shop, start)
    await shop.taps(("Ask to move", "is asked for another time"))
    await anna.person.sees("asks for another time")
    await anna.person.taps("🕒 Keep")
    await hears(anna)
    assert shop.state(number) in LEFT


async def test_visits_are_settled_one_by_one(shop: Shop) -> None:
    anna, first, start = await booked(shop)
    ben = await shop.customer()
    free = [one for one in await ben.starts(start.date()) if one > start + shop.visit * 2]
    if not free:
        free = await ben.starts(start.date())
    second = await ben.books(free[-1])
    await takes_off(shop, start)
    await shop.taps(("One by one", "Tap one."))
    await shop.taps(
        (f"{start:%H:%M}", "What becomes of this visit?"), ("Somebody else", "Tap one.")
    )
    assert "It goes to somebody else" in shop.person.toast
    await hears(anna)
    await shop.taps(
        (f"{free[-1]:%H:%M}", "What becomes of this visit?"), ("I still come", "Visits in")
    )
    assert shop.state(first) != "accepted"
    assert shop.state(second) == "accepted"
