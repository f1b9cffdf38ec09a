"""When a provider fails, and when a day is full, as people meet it in the chat."""

from datetime import datetime, timedelta

import pytest

from tests.chat import People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import (
    SHANGHAI,
    SLOW,
    Player,
    about,
    booking,
    confirmed,
    its_provider,
    offer_of,
    on_site,
    state_of,
    welcomed,
    with_verb,
)
from tests.e2e.test_booking import DOOR, jpeg
from tests.e2e.test_moving import booked, of_order, start_of, to
from tests.e2e.watching import Watch, until, watched


async def ordered(people: People, watch: Watch) -> tuple[Player, int]:
    player = await welcomed(people, "Casey Lin")
    await booking(player)
    await on_site(player)
    return player, await confirmed(player, watch)


async def declined_by_all(people: People, watch: Watch, order: int) -> None:
    """Until nobody is left who could come then."""
    for _ in range(12):
        if state_of(watch, order) != "offered":
            break
        asked = await its_provider(people, watch, order)
        await asked.press(f"decline:{order}")
        former = asked.person.id

        def moved_on(former: int = former) -> bool:
            if state_of(watch, order) == "searching":
                return False
            now = "SELECT person.telegram_id FROM orders JOIN provider"
            now += " ON provider.id = orders.provider_id JOIN person"
            now += " ON person.id = provider.person_id WHERE orders.id = ?"
            same = int(watch.rows(now, order)[0][0]) == former
            return state_of(watch, order) == "choosing" or not same

        await until(moved_on, lambda: state_of(watch, order), people)
    assert state_of(watch, order) == "choosing"


@pytest.mark.feature("C17")
async def test_when_nobody_can_come_another_time_is_one_tap_away(
    own_platform: Platform, own_people: People
) -> None:
    async with watched(own_platform, own_people) as watch:
        player, order = await ordered(own_people, watch)
        await declined_by_all(own_people, watch, order)
        await player.person.sees("Nobody can come at that time", timeout=SLOW)
        await player.press("otime")
        await until(
            lambda: state_of(watch, order) == "offered", lambda: state_of(watch, order), own_people
        )
        chosen = await its_provider(own_people, watch, order)
        await chosen.press(f"accept:{order}")
        await player.person.sees("comes instead", timeout=SLOW)


@pytest.mark.feature("C17", "P2", "P5")
async def test_whoever_is_late_is_waited_for_once_and_then_replaced_by_the_first_who_accepts(
    own_people: People, own_platform: Platform
) -> None:
    person, provider, number = await booked(own_people, part=0)  # others are at work, too
    await to(own_people, own_platform, number, hours_before=0.001)
    await own_people.later(30)
    await provider.sees("You're expected now", timeout=SLOW)
    await own_people.later(11 * 60)
    told = await about(
        person, number, lambda m: "is late. We are sorry." in words_of(m), "the lateness"
    )
    await person.taps("Wait", on=told)
    await provider.sees("The customer waits for you")
    await own_people.later(16 * 60)
    again = await person.sees_where(
        lambda m: "We are sorry" in words_of(m) and m["message_id"] > told["message_id"],
        what="it once more",
    )
    await person.taps("Somebody else", on=again)
    await provider.sees("this job goes to somebody else")
    quick, slow = await asked_at_once(own_people, own_platform, number)
    offer, dead = await offer_of(quick, number), await offer_of(slow, number)
    await quick.taps_stale(offer["message_id"], str(with_verb(offer, "accept")))
    await person.sees("comes instead", timeout=SLOW)
    await about(
        slow, number,
        lambda m: m["message_id"] == dead["message_id"] and with_verb(m, "accept") is None,
        "a card that can't be accepted any more",
    )  # fmt: skip
    await slow.taps_stale(dead["message_id"], str(with_verb(dead, "accept")))
    assert of_order(own_platform, number, "state") == "accepted"
    winner = "(SELECT telegram_id FROM person JOIN provider ON person_id = person.id"
    winner += " WHERE provider.id = orders.provider_id)"
    assert int(str(of_order(own_platform, number, winner))) == quick.id


@pytest.mark.feature("C13", "C17", "P5")
async def test_a_provider_says_in_two_taps_or_words_that_he_will_be_late(
    own_people: People, own_platform: Platform
) -> None:
    person, provider, number = await booked(own_people)
    await to(own_people, own_platform, number, hours_before=0.5)
    start = start_of(own_platform, number)
    short, long = (clock(start + timedelta(minutes=minutes)) for minutes in (10, 25))
    await provider.writes(number)
    await provider.taps("I'll be late")
    await provider.sees("How late will you be?")
    await provider.taps("10 min")
    await provider.sees(f"The customer knows that you come at about {short}")
    await person.sees(f"comes at about {short} instead of {clock(start)}")
    assert "Cancel, free" not in person.buttons, "that little is nobody's right to leave"

    await provider.writes("I'll be 25 min late")
    await provider.sees(f"you come at about {long}")
    told = await person.sees("Rather not wait?")
    assert f"comes at about {long} instead of {clock(start)}" in words_of(told)
    await provider.writes("I'll be 90 min late")
    await provider.sees("From 1 to 30 minutes")

    await person.taps("Cancel, free", on=told)
    await person.sees("The provider is late, so it costs you nothing.")


def clock(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).strftime("%H:%M")


async def asked_at_once(people: People, platform: Platform, number: str) -> list[Person]:
    """Two of those who are asked at once."""
    sql = (
        "SELECT person.telegram_id FROM ask JOIN person ON person.id = ask.person_id"
        " JOIN orders ON orders.id = ask.order_id WHERE number = ? AND answer = ''"
    )
    await until(
        lambda: len(platform.rows(sql, number.replace("-", ""))) > 1,
        lambda: platform.rows("SELECT answer FROM ask"), people,
    )  # fmt: skip
    asked = platform.rows(sql, number.replace("-", ""))[:2]
    return [await people.known(int(who)) for (who,) in asked]


@pytest.mark.feature("C17", "C20")
async def test_after_the_money_came_back_everything_entered_waits_for_somebody_else(
    own_platform: Platform, own_people: People
) -> None:
    async with watched(own_platform, own_people) as watch:
        player = await welcomed(own_people, "Casey Lin")
        await booking(player)
        await player.person.taps("Notes, photos")
        await player.person.sees("What should the provider know?")
        await player.person.sends_photos(jpeg())
        await player.person.sees("1 photo")
        await player.person.writes("Third floor")
        await player.person.sees("Third floor")
        await on_site(player)
        order = await confirmed(player, watch)
        await declined_by_all(own_people, watch, order)
        await player.press(f"oback:{order}")
        await player.press(f"oagain:{order}")
        await player.person.sees("Who should come instead?")
        await player.press("bothers", then="bookat")
        await player.press("bookat")
        summary = await player.person.sees("Third floor")
        assert "1 photo" in words_of(summary)
        assert DOOR in words_of(summary)


@pytest.mark.feature("C8")
async def test_whoever_wants_more_of_a_day_waits_and_leaves(
    own_platform: Platform, own_people: People
) -> None:
    async with watched(own_platform, own_people):
        player = await welcomed(own_people, "Casey Lin")
        await booking(player)
        _, data = await player.offered("bgo")
        tag = data.split(":")[1]
        message = player.person.last["message_id"]
        await player.person.taps_stale(message, f"bgo:{tag}:date")
        await player.press("bday", then="wlday")
        await player.press("wlday", then="wljoin")
        await player.press("wljoin", then="waits")
        await player.person.sees("We tell you when a time is free")
        await player.press("waits")
        await player.person.sees("Your waiting list")
        await player.press("wleave")
        await player.person.sees("You wait for nothing")
