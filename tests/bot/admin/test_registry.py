"""Every command, button and typed answer of the staff chat against every role, and all who must stay outside."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from bot import admin
from bot.admin.desk.places import DRAWERS, TYPED, WORK
from bot.admin.desk.screens import ACTIONS, WHYS
from bot.admin.registry import Command, Registry, Row, Say, Tap
from bot.conversation import Incoming, Talk
from bot.gateway.incoming import incoming
from bot.i18n import Words, languages
from bot.links import Links
from core.people.model import Person, Role, Staff
from core.permissions import PERMISSIONS
from core.security.model import Why

NOW = datetime(2026, 3, 2, tzinfo=UTC)
STAFF_CHAT, OTHER_CHAT, CHANNEL, MEMBER = -100200, -100300, -100400, 77
Raw = dict[str, Any]


@dataclass
class Room:
    """A staff room with at most one member, and a record of refusals that can be read."""

    role: Role | None
    former: bool = False
    refused: list[tuple[int, int, str, Why]] = field(default_factory=list)

    async def member(self, *, telegram_id: int) -> Staff | None:
        if self.role is None or telegram_id != MEMBER:
            return None
        return Staff(id=1, telegram_id=MEMBER, name="Mia", role=self.role, added_at=NOW)

    async def outside(self, *, telegram_id: int) -> Why:
        return Why.FORMER if self.former else Why.STRANGER

    async def note(
        self, *, telegram_id: int, chat_id: int, action: str, why: Why, **_: Any
    ) -> None:
        self.refused.append((telegram_id, chat_id, action, why))


@dataclass
class Pen:
    sent: list[tuple[int, str]] = field(default_factory=list)

    async def send(self, chat_id: int, screen: Any, *, thread_id: int | None = None) -> int:
        self.sent.append((chat_id, str(screen.text)))
        return 1


@dataclass
class _Core:
    staff: Room

    @property
    def refusals(self) -> Room:
        return self.staff


def talk(room: Room, arrived: Incoming, *, step: str = "") -> Talk:
    person = Person(id=9, telegram_id=arrived.user_id, name="Mia", created_at=NOW, seen_at=NOW)
    return Talk(
        core=_Core(room), person=person, words=Words("en", "Asia/Shanghai"), now=NOW,  # type: ignore[arg-type]
        incoming=arrived, messenger=Pen(), link=Links("our_staff_bot", b"secret"),
        shop=Links("our_bot", b"secret"),  # type: ignore[arg-type]
        step=step,
    )  # fmt: skip


def message(text: str, where: int = STAFF_CHAT, **more: Any) -> Raw:
    """As Telegram tells of it."""
    kind = "private" if where > 0 else "supergroup"
    told = {
        "message_id": 5, "date": 1, "text": text, "chat": {"id": where, "type": kind},
        "from": {"id": MEMBER, "is_bot": False, "first_name": "Mia"},
    }  # fmt: skip
    if text.startswith("/"):
        told["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return told | more


def update(row: Row, **more: Any) -> Raw:
    """The command, the button or the answer of this row."""
    match row:
        case Command():
            return {"update_id": 1, "message": message(f"/{row.name}", **more)}
        case Say():
            return {"update_id": 1, "message": message("some words", **more)}
        case Tap():
            shown = message("a card", **{k: v for k, v in more.items() if k != "from"})
            sender = more.get("from", {"id": MEMBER, "is_bot": False, "first_name": "Mia"})
            tap = {"id": "1", "from": sender, "message": shown, "data": f"{row.verb}:1"}
            return {"update_id": 1, "callback_query": tap}


def said(room: Room, row: Row, raw: Raw | None = None, **more: Any) -> Talk:
    arrived = incoming("admin", raw or update(row, **more))
    assert arrived is not None
    return talk(room, arrived, step=row.step if isinstance(row, Say) else "")


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
    opened = await guard(said(room, row))
    assert opened is (role in PERMISSIONS[row.action])
    kept = [] if opened else [(MEMBER, STAFF_CHAT, row.action, Why.ROLE)]
    assert room.refused == kept


@pytest.mark.feature("A1")
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("row", admin.REGISTRY.commands, ids=name)
async def test_a_command_s_button_opens_to_the_same_roles_as_the_command(
    row: Command, role: Role
) -> None:
    tap = Tap(f"/{row.name}", row.action, row.handler)
    room = Room(role)
    opened = await guard(said(room, tap, update(tap)))
    assert opened is (role in PERMISSIONS[row.action])
    kept = [] if opened else [(MEMBER, STAFF_CHAT, row.action, Why.ROLE)]
    assert room.refused == kept


@pytest.mark.feature("A1")
def test_each_command_has_its_place_on_the_desk_or_is_meant_to_be_typed() -> None:
    places = [*WORK, *(place for drawer in DRAWERS for place in drawer.places)]
    placed = [one.command for one in places]
    assert sorted(placed) == sorted({row.name for row in admin.REGISTRY.commands} - TYPED)
    assert len(WORK) + len(DRAWERS) <= 8
    assert all(len(one.places) <= 7 for one in DRAWERS), "and the way home"


@dataclass(frozen=True)
class Intruder:
    """Somebody who must stay outside: what is peculiar about their message, and by whom and why it is refused."""

    why: Why
    who: int = MEMBER
    chat: int = STAFF_CHAT
    more: Raw = field(default_factory=dict)
    rows: Callable[[Row], bool] = lambda row: True

    def room(self, role: Role) -> Room:
        outside = self.why in (Why.STRANGER, Why.FORMER)
        return Room(None if outside else role, former=self.why is Why.FORMER)


def typed(row: Row) -> bool:
    """A tap is always a person's own."""
    return not isinstance(row, Tap)


def _chat(number: int, kind: str, title: str) -> Raw:
    return {"id": number, "type": kind, "title": title}


ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
FOR_CHANNELS = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
EVE = {"id": 5, "is_bot": False, "first_name": "Eve"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
FROM_CHANNEL = {
    "type": "channel",
    "chat": _chat(CHANNEL, "channel", "News"),
    "message_id": 1,
    "date": 1,
}
INTRUDERS = {
    "a stranger": Intruder(Why.STRANGER),
    "a removed member": Intruder(Why.FORMER),
    "a stranger in private": Intruder(Why.STRANGER, chat=MEMBER, more={"chat": {"id": MEMBER, "type": "private"}}),
    "another group": Intruder(
        Why.ELSEWHERE, chat=OTHER_CHAT, more={"chat": _chat(OTHER_CHAT, "supergroup", "Fake staff")}
    ),
    "an anonymous admin": Intruder(
        Why.ON_BEHALF, who=STAFF_CHAT, rows=typed,
        more={"from": ANONYMOUS, "sender_chat": _chat(STAFF_CHAT, "supergroup", "Staff")},
    ),
    "a channel that writes in the group": Intruder(
        Why.ON_BEHALF, who=CHANNEL, rows=typed,
        more={"from": FOR_CHANNELS, "sender_chat": _chat(CHANNEL, "channel", "News")},
    ),
    "a post of the linked channel": Intruder(
        Why.ON_BEHALF, who=CHANNEL, rows=typed,
        more={"from": TELEGRAM, "sender_chat": _chat(CHANNEL, "channel", "News"),
              "is_automatic_forward": True, "forward_origin": FROM_CHANNEL},
    ),
    "a forwarded command": Intruder(
        Why.FORWARDED, rows=lambda row: isinstance(row, Command),
        more={"forward_origin": {"type": "user", "date": 1, "sender_user": EVE}},
    ),
}  # fmt: skip


@pytest.mark.feature("A1")
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("intruder", INTRUDERS.values(), ids=list(INTRUDERS))
async def test_whoever_has_no_business_here_opens_nothing_and_is_noted(
    intruder: Intruder, role: Role
) -> None:
    for row in filter(intruder.rows, ROWS):
        room = intruder.room(role)
        heard = said(room, row, **intruder.more)
        assert not await guard(heard), row
        assert room.refused == [(intruder.who, intruder.chat, row.action, intruder.why)], row
        assert bool(heard.toast_text) is isinstance(row, Tap), row
        spoken_to = [chat for chat, _ in heard.messenger.sent]  # type: ignore[attr-defined]
        at_home = intruder.why in (Why.FORWARDED,) or intruder.chat == MEMBER
        assert set(spoken_to) <= ({intruder.chat} if at_home else set()), "a stranger is answered"


@pytest.mark.feature("A1")
@pytest.mark.parametrize("row", [row for row in ROWS if isinstance(row, Command)], ids=name)
async def test_a_post_in_a_channel_opens_nothing_and_is_noted(row: Command) -> None:
    room = Room(Role.OWNER)
    post = message(f"/{row.name}", sender_chat=_chat(CHANNEL, "channel", "News"))
    del post["from"]
    post["chat"] = _chat(CHANNEL, "channel", "News")
    assert not await guard(said(room, row, {"update_id": 1, "channel_post": post}))
    assert room.refused == [(CHANNEL, CHANNEL, row.action, Why.ON_BEHALF)]


@pytest.mark.feature("A1")
async def test_registered_staff_may_work_in_private() -> None:
    private = {"id": MEMBER, "type": "private"}
    assert await guard(said(Room(Role.SUPPORT), SOME, chat=private))


def words_in(chat: int, text: str) -> Incoming:
    arrived = incoming("admin", {"update_id": 1, "message": message(text, chat)})
    assert arrived is not None
    return arrived


@pytest.mark.feature("A1")
async def test_a_stranger_in_private_is_told_that_this_is_the_wrong_door() -> None:
    stranger = talk(Room(None), words_in(MEMBER, "hello"))
    assert not await guard(stranger)
    assert "staff" in stranger.messenger.sent[0][1]  # type: ignore[attr-defined]


async def test_a_command_for_another_bot_is_not_ours() -> None:
    room = Room(Role.OWNER)
    assert not await guard(talk(room, words_in(STAFF_CHAT, "/orders@another_bot")))
    assert room.refused == []
    assert await guard(talk(room, words_in(STAFF_CHAT, "/orders@Our_Staff_Bot")))


async def test_colleagues_may_talk_and_strangers_are_not_heard() -> None:
    assert await guard(talk(Room(Role.SUPPORT), words_in(STAFF_CHAT, "lunch?")))
    stranger = talk(Room(None), words_in(STAFF_CHAT, "hi all"))
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
    buttons = len(dialog.commands)  # each does what its button does
    reached = len(dialog.taps) + len(dialog.says) + len(dialog.commands)
    assert reached == len(ROWS) + buttons


@pytest.mark.feature("A1", "X2")
@pytest.mark.parametrize("language", languages())
def test_help_lists_exactly_what_a_role_may_do(language: str) -> None:
    from bot.admin.desk.screens import help_for

    words = Words(language, "Asia/Shanghai")
    for role in Role:
        text = str(help_for(words, role, admin.REGISTRY.commands).text)
        for command in admin.REGISTRY.commands:
            listed = f"/{command.name} –" in text
            allowed = role in PERMISSIONS[command.action]
            assert listed is allowed, (role, command.name)


def test_every_permission_has_a_word_for_the_log() -> None:
    assert ACTIONS.keys() == PERMISSIONS.keys()


def test_every_refusal_has_its_words() -> None:
    assert set(WHYS) == set(Why)
