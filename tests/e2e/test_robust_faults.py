"""Restarts, and a Telegram that is busy, breaks off, repeats itself or shuts the door, while an order is on its way."""

from itertools import pairwise

import pytest

from bot.gateway.delivery import LEASE_MS
from db.processes import ALIVE_MS
from tests.chat import Message, People, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import (
    SLOW,
    Player,
    booking,
    code_of,
    confirmed,
    its_provider,
    on_site,
    reviewed,
    state_of,
    welcomed,
)
from tests.e2e.test_booking import DOOR, listed
from tests.e2e.test_robust_taps import twice
from tests.e2e.watching import Watch, watched


@pytest.mark.feature("X3", "C7", "C8")
async def test_stopped_in_a_question_and_killed_on_confirm_nothing_is_lost(
    own_platform: Platform, own_people: People
) -> None:
    async with watched(own_platform, own_people, log=False) as watch:
        customer = await welcomed(own_people, "Patient")
        await listed(customer.person)
        await customer.press("bookat")
        await customer.person.sees("Which door exactly?")
        await again(own_platform, kill=False)
        await customer.writes(DOOR, then="bconfirm")
        await on_site(customer)
        message, data = await customer.offered("bconfirm")
        tap = {"message_id": message, "data": data, "stale": True}
        path = f"/people/{customer.person.id}/chats/{customer.person.chat_id}/press"
        await own_people.call("POST", path, json=tap)
        await again(own_platform, kill=True)
        # Beside other processes nobody knows at once that one died, and its pulse is not by our clock.
        await own_people.later(LEASE_MS / 1000)
        await customer.offered("omore", timeout=ALIVE_MS / 1000 + SLOW)
        order = int(watch.rows("SELECT max(id) FROM orders")[0][0])
        provider = await its_provider(own_people, watch, order)
        await provider.press("accept", then="depart")
        await watch.delivered()
        assert twice(watch, order) == []
        assert state_of(watch, order) == "accepted"


async def again(platform: Platform, *, kill: bool) -> None:
    platform.kill() if kill else platform.stop()
    platform.start()
    await platform.ready()


# Every day those that are the hardest: an answer that is an error, and one that is lost after the deed.
FAULTS = (
    "500",
    "drop_after",
    *(pytest.param(one, marks=pytest.mark.slow) for one in ("429", "drop_before")),
)


class Trouble:
    """Every act of a journey meets the same fault, on whatever is called first to this person."""

    def __init__(self, people: People, watch: Watch, fault: str) -> None:
        self.people, self.watch, self.fault, self.made = people, watch, fault, 0

    async def next_for(self, player: Player) -> None:
        """Once what went wrong before has been made up for: else the waits would add up."""
        await self.watch.delivered()
        self.made += 1
        await self.people.fault(self.fault, chat_id=player.person.id, retry_after=1)


async def troubled(people: People, watch: Watch, trouble: Trouble) -> tuple[Player, Player, int]:
    """A whole order on which one call of every act goes wrong."""
    customer = await welcomed(people, f"Unlucky {trouble.fault}")
    await booking(customer)
    await on_site(customer)
    await trouble.next_for(customer)
    order = await confirmed(customer, watch)
    provider = await its_provider(people, watch, order)
    for verb, then in (("accept", "depart"), ("depart", "arrive"), ("arrive", "code")):
        await trouble.next_for(customer if verb == "depart" else provider)
        await provider.press(f"{verb}:{order}", then=f"{then}:{order}")
    await provider.press(f"code:{order}")
    await trouble.next_for(provider)
    await provider.writes(code_of(watch, order), then=f"finish:{order}")
    await provider.press(f"finish:{order}")
    message, _ = await provider.offered(f"finish:{order}:1")
    await trouble.next_for(customer)
    await provider.person.taps_stale(message, f"finish:{order}:1")
    await provider.press(f"cash:{order}")
    await trouble.next_for(customer)
    await customer.press("ocashyes", then="review")
    await reviewed(customer, "Fine in the end", order)
    return customer, provider, order


def copies(messages: list[Message]) -> int:
    """How many messages say the same as the one right before them; a provider of the city has other orders, too.

    What was a card and became a line says where the card is now, however often it was shown anew.
    """
    said = [words_of(one) for one in messages if not words_of(one).startswith(("⬇️", "⬆️"))]
    return sum(one == two != "" for one, two in pairwise(said))


@pytest.mark.feature("X3", "C9")
@pytest.mark.parametrize("fault", FAULTS)
async def test_what_goes_wrong_on_the_way_to_a_chat_loses_and_doubles_nothing(
    platform: Platform, people: People, fault: str
) -> None:
    async with watched(platform, people, log=False) as watch:
        trouble = Trouble(people, watch, fault)
        try:
            customer, provider, order = await troubled(people, watch, trouble)
            await watch.delivered()
        finally:
            await people.no_faults()
        assert state_of(watch, order) == "closed"
        assert twice(watch, order) == []
        cards = "SELECT count(*) FROM card WHERE subject = ? GROUP BY bot, chat_id, kind"
        assert set(watch.rows(cards, order)) == {(1,)}
        number = watch.rows("SELECT number FROM orders WHERE id = ?", order)[0][0]
        dropped = trouble.made if fault == "drop_after" else 0
        for player in (customer, provider):
            await player.look()
            shown = f"{number[:4]}-{number[4:]}"
            said = [m for m in player.person.from_bot() if shown in words_of(m)]
            assert said
            assert copies(said) <= dropped, player.person.shown()


@pytest.mark.feature("X3")
async def test_repeated_updates_do_everything_once(platform: Platform, people: People) -> None:
    async with watched(platform, people) as watch:
        await people.fault("redeliver", times=60)
        try:
            customer = await welcomed(people, "Echo")
            await booking(customer)
            await on_site(customer)
            order = await confirmed(customer, watch)
            provider = await its_provider(people, watch, order)
            await provider.press(f"accept:{order}", then=f"depart:{order}")
            await watch.delivered()
        finally:
            await people.no_faults()
        assert twice(watch, order) == []
        await customer.look()
        assert copies(customer.person.from_bot()) == 0, customer.person.shown()


@pytest.mark.feature("X3", "C9")
async def test_who_blocks_the_bot_and_comes_back_sees_how_things_stand(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        customer = await welcomed(people, "Blocker")
        await booking(customer)
        await on_site(customer)
        order = await confirmed(customer, watch)
        await customer.person.blocks()
        provider = await its_provider(people, watch, order)
        await provider.press(f"accept:{order}", then=f"depart:{order}")
        await watch.delivered()
        await customer.person.unblocks()
        await customer.writes("/orders", then="order")
        await customer.press("order", then="omore")
        await provider.press(f"depart:{order}", then=f"arrive:{order}")
        await customer.person.sees("on the way")
        await watch.delivered()
        assert twice(watch, order) == []
