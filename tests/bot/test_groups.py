"""A bot that somebody puts into a group or a channel says nothing there, and remembers nobody."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.conversation import Incoming
from bot.dispatch import Desk


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_what_is_said_in_a_group_is_not_said_to_us(kind: str) -> None:
    arrived = Incoming(
        bot="customer", update_id=1, chat_id=-5, user_id=5, chat_kind=kind, text="/start"
    )
    nothing = cast(Any, SimpleNamespace(guard=None))  # whatever is looked up there would fail
    await Desk.handle(nothing, arrived)
