"""Every command, button and typed answer of the staff chat against every role, and all who must stay outside."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from bot import admin
from bot.admin.desk.screens import ACTIONS
from bot.admin.registry import Command, Registry, Row, Say, Tap
from bot.conversation import Incoming, Talk
from bot.i18n import Words, languages
from bot.links import Links
from core.people.model import Person, Role, Staff
from core.permissions import PERMISSIONS

NOW = datetime(2026, 3, 2, tzinfo=UTC)
STAFF_CHAT, OTHER_CHAT, MEMBER = -100200, -100300, 77


@dataclass
class Room:
    """A staff room with at most one member, and a log that can be read."""

    role: Role | None
    refused: list[tuple[str, str]] = field(default_factory=list)

    async def member(self, *, telegram_id: int) -> Staff | None:
        if self.role is None or telegram_id != MEMBER:
            return None
        return Staff(id=1, telegram_id=MEMBER, name="Mia", role=self.role, added_at=NOW)

    async def log(self, *, action: str, reason: str, allowed: bool, **_: Any) -> None:
        assert not allowed
        self.refused.append((action, reason))


@dataclass
class Pen:
    sent: list[tuple[int, str]] = field(default_factory=list)

    async def send(self, chat_id: int, screen: Any, *, thread_id: int | None = None) -> int:
        self.sent.append((chat_id, str(screen.text)))
        return 1


@dataclass
class _Core:
    staff: Room


def talk(room: Room, row: Row | None = None, *, step: str = "", **given: Any) -> Talk:
    match row:
        case Command():
            given = {"command": row.name, "text": f"/{row.name}"} | given
        case Tap():
            given = {"press": row.verb, "callback_id": "1"} | given
        case Say():
            step = row.step
    arrived: dict[str, Any] = {
        "bot": "admin", "update_id": 1, "chat_id": STAFF_CHAT, "chat_kind": "supergroup",
        "user_id": MEMBER,
    } | given  # fmt: skip
    person = Person(id=9, telegram_id=MEMBER, name="Mia", created_at=NOW, seen_at=NOW)
    return Talk(
        core=_Core(room), person=person, words=Words("en", "Asia/Shanghai"), now=NOW,  # type: ignore[arg-type]
        incoming=Incoming(**arrived), messenger=Pen(), link=Links("our_staff_bot", b"secret"),  # type: ignore[arg-type]
        step=step,
    )  # fmt: skip


guard = admin.guard(STAFF_CHAT)
ROWS = admin.REGISTRY.rows
SOME = next(row for row in ROWS if isinstance(row, Command) and row.name == "orders")


def name(row: Any) -> str:
    return getattr(row, "name", "") or getattr(row, "verb", "") or getattr(row, "step", str(row))


@pytest.mark.feature("A1")
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("row", ROWS, ids=name)
async def test_each_row_opens_to_the_roles_of_its_permission_alone(row: Row, role: Role) -> None:
    room = Room(role)
    opened = await guard(talk(room, row))
    assert opened is (role in PERMISSIONS[row.action])
    assert bool(room.refused) is not opened


@pytest.mark.feature("A1")
@pytest.mark.parametrize("row", ROWS, ids=name)
async def test_strangers_and_removed_staff_open_nothing_and_each_attempt_is_logged(
    row: Row,
) -> None:
    room = Room(None)
    said = talk(room, row)
    assert not await guard(said)
    assert room.refused == [(row.action, "not a member of the staff")]
    assert said.messenger.sent == []  # type: ignore[attr-defined]
    assert bool(said.toast_text) is isinstance(row, Tap)


@pytest.mark.feature("A1")
@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"chat_id": OTHER_CHAT}, "in another chat"),
        ({"on_behalf": True}, "on behalf of a chat"),
        ({"forwarded": True}, "forwarded"),
    ],
)
async def test_even_an_owner_is_refused(given: dict[str, Any], why: str) -> None:
    room = Room(Role.OWNER)
    assert not await guard(talk(room, SOME, **given))
    assert room.refused == [(SOME.action, why)]


@pytest.mark.feature("A1")
async def test_registered_staff_may_work_in_private() -> None:
    assert await guard(talk(Room(Role.SUPPORT), SOME, chat_id=MEMBER, chat_kind="private"))


@pytest.mark.feature("A1")
async def test_a_stranger_in_private_is_told_that_this_is_the_wrong_door() -> None:
    said = talk(Room(None), chat_id=MEMBER, chat_kind="private", text="hello")
    assert not await guard(said)
    assert "staff" in said.messenger.sent[0][1]  # type: ignore[attr-defined]


async def test_a_command_for_another_bot_is_not_ours() -> None:
    room = Room(Role.OWNER)
    assert not await guard(talk(room, SOME, text="/orders@another_bot"))
    assert room.refused == []
    assert await guard(talk(room, SOME, text="/orders@Our_Staff_Bot"))


async def test_colleagues_may_talk_and_strangers_are_not_heard() -> None:
    assert await guard(talk(Room(Role.SUPPORT), text="lunch?"))
    stranger = talk(Room(None), text="hi all")
    assert not await guard(stranger)
    assert stranger.messenger.sent == []  # type: ignore[attr-defined]


def test_a_row_needs_a_permission_that_exists() -> None:
    async def nothing(talk: Talk) -> None:
        return None

    with pytest.raises(ValueError, match="no permission"):
        Tap("x", "nobody.knows", nothing)
    with pytest.raises(TypeError):
        Command(name="x", does="", handler=nothing)  # type: ignore[call-arg]


def test_a_name_stands_once() -> None:
    async def nothing(talk: Talk) -> None:
        return None

    twice = Registry((Tap("x", "help", nothing), Tap("x", "help", nothing)))
    with pytest.raises(ValueError, match="declared twice"):
        twice.dialog()


def test_nothing_can_be_reached_but_by_a_row() -> None:
    [dialog] = admin.DIALOGS
    assert len(dialog.taps) + len(dialog.says) + len(dialog.commands) == len(ROWS)


@pytest.mark.feature("A1", "X2")
@pytest.mark.parametrize("language", languages())
def test_help_lists_exactly_what_a_role_may_do(language: str) -> None:
    from bot.admin.desk.screens import help_for

    words = Words(language, "Asia/Shanghai")
    for role in Role:
        text = str(help_for(words, role, admin.REGISTRY.commands).text)
        for command in admin.REGISTRY.commands:
            listed = f"/{command.name} –" in text
            allowed = role in PERMISSIONS[command.action] and command.name != "start"
            assert listed is allowed, (role, command.name)


def test_every_permission_has_a_word_for_the_log() -> None:
    assert ACTIONS.keys() == PERMISSIONS.keys()
