"""Levels in the chats: they rise with a job, customers see them, and the next offer costs less commission."""

import re

import pytest

from core.rules import RULES
from tests.chat import Message, People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import (
    Player,
    booking,
    confirmed,
    its_provider,
    on_site,
    presses,
    welcomed,
    worked,
)
from tests.e2e.staff import OWNER
from tests.e2e.test_booking import DOOR, listed
from tests.e2e.test_provider import reading_english
from tests.e2e.watching import Watch

pytestmark = pytest.mark.feature("P10")
PLAIN, CHINESE = 2183, 2184


async def rules(owner: Person, **values: int) -> None:
    """Owners change what a level asks for, as any rule."""
    for name, value in values.items():
        await owner.writes("/rules")
        listed = await owner.sees("📐")
        await owner.taps_stale(listed["message_id"], f"rue:{name}")
        await owner.sees_where(
            lambda m: any(data.startswith("rus:levels") for data in presses(m)), what="the question"
        )
        unit = RULES[name].unit
        await owner.writes(f"{value / 100:g}" if unit in ("bp", "stars") else str(value))
        asked = await owner.sees_where(
            lambda m: any(data.startswith("ruy") for data in presses(m)), what="the confirmation"
        )
        sure = next(data for data in presses(asked) if data.startswith("ruy"))
        await owner.taps_stale(asked["message_id"], sure)
        await owner.sees("✅")


def rate(card: Message) -> float:
    """The commission on an offer's card, in per cent of the price."""
    found = re.search(r"Price ¥([\d.,]+), commission ¥([\d.,]+)", words_of(card))
    assert found, words_of(card)
    price, commission = (float(one.replace(",", "")) for one in found.groups())
    return 100 * commission / price


async def card_of(provider: Person, order: int) -> Message:
    return await provider.sees_where(
        lambda m: f"accept:{order}" in presses(m) and "You earn" in words_of(m), what="the offer"
    )


async def test_a_job_lifts_the_level_and_the_next_offer_costs_less(
    own_platform: Platform, own_people: People
) -> None:
    watch = Watch(own_platform, own_people)
    customer = await welcomed(own_people, "Anna")
    await booking(customer)
    await on_site(customer)
    order = await confirmed(customer, watch)
    player = await its_provider(own_people, watch, order)
    provider = await reading_english(own_people, player.person.name)
    await provider.writes("/start")
    await provider.sees("Hello, ")
    await provider.taps_stale(provider.last["message_id"], f"offer:{order}")
    before = rate(await card_of(provider, order))
    owner = await own_people.known(OWNER)
    levels = ("bronze", "silver", "gold")  # none asks for less than the one below it
    await rules(owner, **{f"{level}_jobs": 1 for level in levels})
    await rules(owner, **{f"{level}_rating": 0 for level in levels})
    await worked(player, watch, order)
    news = words_of(await provider.sees("Well done! You're 🥇 Gold now."))
    assert "2% of the price lower" in news
    assert "There is none above it" in news
    await player.press(f"cash:{order}")
    await customer.press(f"ocashyes:{order}", then="review")
    # Customers see it beside the name, and the commission of the next order is lower by it.
    sql = "SELECT provider_id, service_id FROM orders WHERE id = ?"
    provider_id, service_id = watch.rows(sql, order)[0]
    visitor = await welcomed(own_people, "Carla")
    again = await booked_with(visitor, watch, int(provider_id), int(service_id))
    await provider.writes("/start")
    await provider.sees("Your level: 🥇 Gold")
    await provider.taps_stale(provider.last["message_id"], f"offer:{again}")
    assert rate(await card_of(provider, again)) == pytest.approx(before - 2, abs=0.01)


async def booked_with(customer: Player, watch: Watch, provider: int, service: int) -> int:
    """By the page of this very provider, which names the level."""
    person = customer.person
    await listed(person)
    page = f"p:{provider}:{service}:r0000:0"
    await person.taps_stale(person.last["message_id"], page)
    await person.sees("🥇 Gold")
    await customer.press("bookat")
    await person.sees("Which door exactly?")
    await customer.writes(DOOR, then="bconfirm")
    await on_site(customer)
    return await confirmed(customer, watch)


async def test_all_levels_and_the_own_one_are_shown_with_what_is_missing(people: People) -> None:
    provider = await reading_english(people, (await people.known(PLAIN)).name)
    await provider.writes("/level")
    told = words_of(await provider.sees("🏅 Your level: "))
    assert re.search(r"Jobs done \d+, at least \d+", told), told
    assert "of the price lower then" in told
    await provider.taps("📋 All levels")
    every = words_of(await provider.sees("everybody begins here"))
    assert [line for line in every.splitlines() if line[:1] in ("🌱", "🥉", "🥈", "🥇")] == [
        "🌱 Starter", "🥉 Bronze", "🥈 Silver", "🥇 Gold",
    ]  # fmt: skip
    await provider.taps("‹ Back")
    await provider.sees("Your level: ")
    await provider.taps("📊 Statistics")
    await provider.sees("in brackets: the month before")
    await provider.taps("🏅 My level")
    await provider.sees("Your level: ")


async def test_levels_speak_chinese(people: People) -> None:
    provider = await people.known(CHINESE)
    await provider.speaks("zh")
    await provider.writes("/start")
    await provider.sees("您的等级：")
    await provider.writes("/level")
    told = words_of(await provider.sees("您的等级："))
    assert "准时率" in told
    await provider.taps("📋 全部等级")
    await provider.sees("人人从这里起步")
