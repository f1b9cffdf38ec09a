"""The staff's topics and their board: made once and pinned, wherever a kill comes in between."""

import asyncio
from contextlib import suppress
from typing import Any, cast

import pytest
from markupsafe import Markup

from bot.admin.topics import TOPICS, Cards, Pen, Topics
from bot.gateway.outcomes import Stopping
from bot.i18n import Words
from bot.screen import Screen
from core.services import Core

STAFF = -100
BOARD = Screen(Markup("Open orders: 0"))


class Group:
    """The staff's group; `cut` is the step that fails once, as if the process were killed there."""

    def __init__(self, cut: str = "") -> None:
        self.cut = cut
        self.topics: list[str] = []
        self.sent: list[int] = []
        self.pinned: list[int] = []

    def _passes(self, step: str) -> None:
        if step == self.cut:
            self.cut = ""
            raise ConnectionError(step)

    async def create_topic(self, chat_id: int, name: str) -> int:
        self._passes(name)
        self.topics.append(name)
        return len(self.topics)

    async def send(self, chat_id: int, screen: Screen, *, thread_id: int | None = None) -> int:
        self._passes("send")
        self.sent.append(100 + len(self.sent))
        return self.sent[-1]

    async def pin(self, chat_id: int, message_id: int) -> None:
        self._passes("pin")
        self.pinned.append(message_id)

    async def put(self, bot: str, chat_id: int, message_id: int, kind: str, subject: int) -> None:
        self._passes("card")
        assert (kind, message_id) == ("board", self.sent[-1])


class Memory:
    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    async def get(self, key: Any) -> tuple[str | None, dict[str, Any]]:
        return None, dict(self.kept)

    async def put(self, key: Any, *, state: str | None, data: dict[str, Any]) -> None:
        self.kept = dict(data)


def start(group: Group, memory: Memory) -> Topics:
    return Topics(
        core=cast(Core, None), pen=cast(Pen, group), staff_chat=STAFF, memory=memory,
        words=Words("en", "Asia/Shanghai"), cards=cast(Cards, group),
    )  # fmt: skip


@pytest.mark.parametrize("cut", ["", "📦 Orders", "send", "card", "pin"])
async def test_the_board_is_there_once_and_pinned_wherever_it_was_cut_off(cut: str) -> None:
    group, memory = Group(cut), Memory()
    for _ in range(3):  # three starts of the process
        with suppress(ConnectionError):
            await start(group, memory).prepare(BOARD)
    assert not group.cut
    assert len(group.topics) == len(set(group.topics)) == len(TOPICS)
    assert group.sent == group.pinned == [100]


class SlowGroup(Group):
    """It makes what it is told at once; its answers come when `answers` says so."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.answers = asyncio.Event(), asyncio.Event()

    async def create_topic(self, chat_id: int, name: str) -> int:
        made = await super().create_topic(chat_id, name)
        self.asked.set()
        await self.answers.wait()
        return made


async def test_a_stop_in_the_middle_leaves_no_topic_that_is_made_again() -> None:
    group, memory = SlowGroup(), Memory()
    topics = start(group, memory)
    opening = asyncio.ensure_future(topics.prepare(BOARD))
    await group.asked.wait()
    stopping = asyncio.ensure_future(topics.stop(within=5))
    await asyncio.sleep(0)
    assert not stopping.done(), "it waits for the answer"
    group.answers.set()
    await stopping
    with pytest.raises(Stopping):
        await opening
    assert list(memory.kept) == ["applications"], "nothing is begun after the stop"
    await start(group, memory).prepare(BOARD)
    assert len(group.topics) == len(set(group.topics)) == len(TOPICS)
