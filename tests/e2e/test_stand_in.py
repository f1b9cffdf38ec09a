"""When a provider fails, and when a day is full, as people meet it in the chat."""

import pytest

from tests.chat import People
from tests.e2e.conftest import Platform
from tests.e2e.journey import (
    SLOW,
    Player,
    booking,
    confirmed,
    its_provider,
    on_site,
    state_of,
    welcomed,
)
from tests.e2e.watching import Watch, until, watched


async def ordered(people: People, watch: Watch) -> tuple[Player, int]:
    player = await welcomed(people, "Casey Lin")
    await booking(player)
    await on_site(player)
    return player, await confirmed(player, watch)


@pytest.mark.feature("C17")
async def test_when_nobody_can_come_another_time_is_one_tap_away(
    own_platform: Platform, own_people: People
) -> None:
    async with watched(own_platform, own_people) as watch:
        player, order = await ordered(own_people, watch)
        for _ in range(12):
            if state_of(watch, order) != "offered":
                break
            asked = await its_provider(own_people, watch, order)
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

            await until(moved_on, lambda: state_of(watch, order), own_people)
        assert state_of(watch, order) == "choosing"
        await player.person.sees("Nobody can come at that time", timeout=SLOW)
        await player.press("otime")
        await until(
            lambda: state_of(watch, order) == "offered", lambda: state_of(watch, order), own_people
        )
        chosen = await its_provider(own_people, watch, order)
        await chosen.press(f"accept:{order}")
        await player.person.sees("comes instead", timeout=SLOW)


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
