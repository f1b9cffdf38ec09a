"""A customer looks at what can be had for less, takes a coupon along, and pays exactly the price on the card."""

import re

import pytest

from tests.chat import People, Person
from tests.e2e.journey import presses
from tests.e2e.test_booking import at_summary
from tests.e2e.test_browse import go, settled, somebody
from tests.e2e.test_compare import to_the_summary


def prices(text: str) -> list[int]:
    return [int(price.replace(",", "")) for price in re.findall(r"¥([\d,]+)", text)]


async def open_deal(person: Person, name: str) -> None:
    await person.writes("/deals")
    await person.sees("Deals for you")
    await go(person, name, "Choose a service")


@pytest.mark.feature("C2")
async def test_the_price_on_the_card_is_the_price_charged(people: People) -> None:
    person = await settled(people)
    await open_deal(person, "Appliance days")
    assert "¥30 off from ¥150" in person.screen
    card = person.buttons[0]
    (least,) = prices(card)
    await go(person, card, "can come")
    assert "🎟 Appliance days" in person.screen
    offers = re.findall(r"^\s+¥(\d+) ¥(\d+) ", person.screen, re.MULTILINE)
    assert offers, person.screen
    assert all(int(usual) - int(price) == 30 for price, usual in offers)
    await go(person, "Sort & filter", "How should we sort them?")
    await go(person, "Lowest price", "can come")
    lines = re.findall(r"^(\d)\. .*\n\s+¥(\d+) ¥(\d+) ", person.screen, re.MULTILINE)
    number, price, _ = lines[0]
    assert int(price) == least
    await go(person, f"{number}. ", f"{'jobs done'}")
    assert f"Book · ¥{price}" in person.buttons
    await person.taps(f"Book · ¥{price}")
    if any(press.startswith("bnext:") for press in presses(person.last)):
        await person.taps_stale(
            person.last["message_id"],
            next(press for press in presses(person.last) if press.startswith("bnext:")),
        )
    await person.sees("Which door exactly?")
    await to_the_summary(person)
    assert f"Total ¥{price}" in person.screen, person.screen
    assert "Coupon −¥30" in person.screen


@pytest.mark.feature("C2")
async def test_a_deal_is_shared_by_a_link_and_who_cannot_use_it_is_told_why(
    people: People,
) -> None:
    person = await settled(people)
    await open_deal(person, "Welcome gift")
    assert "for your first order" in person.screen
    payload = person.shares("Share")
    friend = await somebody(people)
    await friend.writes(f"/start {payload}")
    await friend.sees("Welcome gift")
    far = await somebody(people)
    await far.writes("/start")
    await far.taps("Skip")
    await far.shares_location((45.0, 130.0))
    await far.sees("do for you")
    await far.writes(f"/start {payload}")
    await far.sees("Nobody near you offers this deal")
    await go(far, "Other deals", "Nothing you could use right now")
    await far.writes(f"/start d{payload}")
    await far.sees("no longer available")
    await far.sees("what can we do for you?")


@pytest.mark.feature("C7")
async def test_the_summary_says_what_the_best_coupon_takes_off_until_one_is_chosen(
    people: People,
) -> None:
    person = await at_summary(people)
    said = re.search(r"You have a coupon for this: (¥\d+) off", person.screen)
    assert said, person.shown()
    await go(person, "Payment, coupon", "How would you like to pay?")
    await go(person, "🎟 Coupon", "type its code")
    best = person.buttons[0]
    assert best.endswith(f"−{said[1]}"), person.shown()
    await go(person, best, f"Coupon −{said[1]}")
    assert "You have a coupon" not in person.screen
