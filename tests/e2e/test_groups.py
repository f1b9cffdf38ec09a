"""A bot that is put into somebody's group says where to find it, goes, and remembers nobody."""

from typing import Any

import pytest

from tests.chat import STAFF_CHAT, People, words_of
from tests.e2e.conftest import Platform
from tests.e2e.watching import watched

STAFF_BOT = "doorstep_staff_bot"


async def left(people: People, bot: str) -> list[Any]:
    """The groups out of which a bot went."""
    return [call["params"]["chat_id"] for call in await people.calls("leaveChat", bot)]


@pytest.mark.feature("X3")
@pytest.mark.parametrize("bot", ["doorstep_bot", "doorstep_provider_bot"])
async def test_it_says_where_to_find_it_and_goes(
    platform: Platform, people: People, bot: str
) -> None:
    async with watched(platform, people) as watch:
        host = await people.person("Henry Host")
        there = await host.in_group_with(bot)
        await there.sees("Just write to me there")
        assert there.link("Write to me") == f"https://t.me/{bot}"
        await watch.delivered()
        assert there.chat_id in await left(people, bot)
        await there.writes("/start", answered=False)
        await watch.delivered()
        assert len((await there.refresh()).from_bot()) == 1
        assert watch.rows("SELECT * FROM person WHERE telegram_id = ?", host.id) == []


@pytest.mark.feature("X3")
async def test_it_speaks_the_language_of_whoever_brought_it(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people):
        host = await people.person("何先生", language="zh-hans")
        there = await host.in_group_with("doorstep_bot")
        await there.sees("私聊")


@pytest.mark.feature("X3", "S1")
async def test_the_staff_bot_stays_in_the_staff_chat_alone(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        stranger = await people.person("Sam Stranger")
        there = await stranger.in_group_with(STAFF_BOT)
        said = await there.sees("this isn't it")
        assert f"STAFF_CHAT_ID={there.chat_id}" in words_of(said)
        await watch.delivered()
        assert there.chat_id in (gone := await left(people, STAFF_BOT))
        assert STAFF_CHAT not in gone
