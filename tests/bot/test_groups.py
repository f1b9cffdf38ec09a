"""What is said in a group is not said to us; and the staff bot is at home in its own."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.conversation import Incoming
from bot.dispatch import Desk
from bot.gateway.incoming import incoming

HOME = -1001


def arrived(chat: str, **more: Any) -> Incoming:
    return Incoming(bot="customer", update_id=1, chat_id=HOME, user_id=5, chat_kind=chat, **more)


# Whatever is looked up in it would fail.
NOTHING = cast(Any, SimpleNamespace(guard=None, group=HOME, _brought=None))


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_what_is_said_in_a_group_is_not_said_to_us(kind: str) -> None:
    await Desk.handle(NOTHING, arrived(kind, text="/start"))


async def test_at_home_there_is_nothing_to_say() -> None:
    await Desk._brought(NOTHING, arrived("supergroup", kind="brought"))


@pytest.mark.parametrize(
    ("chat", "status", "heard"),
    [
        ("supergroup", "member", True), ("group", "administrator", True),
        ("channel", "administrator", True), ("supergroup", "left", False),
        ("supergroup", "kicked", False), ("private", "member", False),
    ],
)  # fmt: skip
def test_only_coming_into_a_group_is_heard(chat: str, status: str, heard: bool) -> None:
    change = {
        "chat": {"id": -7, "type": chat}, "from": {"id": 5, "language_code": "en"},
        "date": 1, "new_chat_member": {"status": status, "user": {"id": 1}},
    }  # fmt: skip
    found = incoming("customer", {"update_id": 1, "my_chat_member": change})
    assert (found is not None and found.kind == "brought") is heard
