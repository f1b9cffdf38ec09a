"""Everything there is: bots, people, chats and their messages, held in memory and kept in the journal."""

import itertools
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.sandbox.events import Events
from bot.sandbox.journal import Journal

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SandboxBot:
    """A bot as @BotFather would have made it; its role says which people find it in their list.

    `inline`: @BotFather was told that it may be called in any chat.
    """

    id: int
    token: str
    username: str
    name: str
    role: str
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    name_en: str
    lat: float
    lon: float


@dataclass
class Person:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    roles: list[str] = field(default_factory=list)
    phone: str = ""
    avatar: str | None = None
    seeded: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def user(self) -> dict[str, Any]:
        """The User object that bots see."""
        known = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        user = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return user | {key: value for key, value in known.items() if value}


@dataclass
class Topic:
    id: int
    name: str
    icon_color: int = 7322096
    closed: bool = False


@dataclass
class Chat:
    """One conversation: a person with one bot, or the staff group. `bot` is the bot whose file ids it carries.

    `reactions` are the bot's own by message, `reacted` those of people by message and person.
    """

    key: str
    id: int
    kind: str
    bot: int
    title: str = ""
    members: list[int] = field(default_factory=list)
    started: bool = False
    blocked: bool = False
    left: bool = False
    next_id: int = 1
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    keyboards: dict[int, dict[str, Any] | None] = field(default_factory=dict)
    read: dict[int, int] = field(default_factory=dict)
    reactions: dict[int, list[Any]] = field(default_factory=dict)
    reacted: dict[int, dict[str, list[Any]]] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict, repr=False)

    @property
    def is_group(self) -> bool:
        return self.kind == "supergroup"

    def facts(self) -> dict[str, Any]:
        """What the journal keeps of it; messages have rows of their own."""
        return {k: v for k, v in self.__dict__.items() if k not in ("messages", "topics")} | {
            "topics": [asdict(topic) for topic in self.topics.values()]
        }

    @classmethod
    def from_facts(cls, facts: dict[str, Any]) -> "Chat":
        topics = {topic["id"]: Topic(**topic) for topic in facts.pop("topics")}
        chat = cls(**facts, topics=topics)
        for name in ("keyboards", "read", "reactions", "reacted"):
            setattr(chat, name, {int(k): v for k, v in getattr(chat, name).items()})
        return chat


@dataclass
class BotState:
    """What a bot has told Telegram about itself."""

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    menus: dict[str, dict[str, Any]] = field(default_factory=dict)
    webhook: dict[str, Any] | None = None
    allowed_updates: list[str] = field(default_factory=list)
    next_update: int = field(default_factory=lambda: random.randrange(10**8, 9 * 10**8))


class World:
    def __init__(
        self,
        *,
        bots: Sequence[SandboxBot],
        staff_chat: int,
        staff_title: str,
        journal: Journal,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.bots = {bot.id: bot for bot in bots}
        self.by_token = {bot.token: bot for bot in bots}
        self.staff_chat, self.staff_title = staff_chat, staff_title
        self.journal, self.events = journal, Events()
        self._clock, self.shift = clock, 0.0
        self.people: dict[int, Person] = {}
        self.chats: dict[str, Chat] = {}
        self.states = {bot.id: BotState() for bot in bots}
        self.callbacks: dict[str, dict[str, Any]] = {}
        self.checkouts: dict[str, dict[str, Any]] = {}
        self.queries: dict[str, dict[str, Any]] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self._serial = itertools.count(int(time.time() * 1000))

    def now(self) -> float:
        return self._clock() + self.shift

    def serial(self) -> str:
        """A number never given before, for queries, albums and files."""
        return str(next(self._serial))

    def load(self) -> None:
        for record in self.journal.records("person"):
            self.people[record["id"]] = Person(**record)
        for record in self.journal.records("chat"):
            self.chats[record["key"]] = Chat.from_facts(record)
        for record in self.journal.records("message"):
            if chat := self.chats.get(record["chat"]):
                chat.messages[record["message"]["message_id"]] = record["message"]
        for chat in self.chats.values():
            chat.messages = dict(sorted(chat.messages.items()))
        for record in self.journal.records("bot"):
            bot = record.pop("id")
            if bot in self.states:
                self.states[bot] = BotState(**record)
        for record in self.journal.records("file"):
            self.files[record["uid"]] = record
        for record in self.journal.records("callback"):
            self.callbacks[record["id"]] = record
        self.make_group()

    def make_group(self) -> None:
        """The staff group, if it is not there yet."""
        staff = next((bot for bot in self.bots.values() if bot.role == "staff"), None)
        if staff and str(self.staff_chat) not in self.chats:
            group = Chat(
                key=str(self.staff_chat),
                id=self.staff_chat,
                kind="supergroup",
                bot=staff.id,
                title=self.staff_title,
                started=True,
            )
            self.chats[group.key] = group
            self.keep_chat(group)

    def found_group(self, person: int, bot: int, title: str) -> Chat:
        """One more group, with a person and a bot in it."""
        number = self.staff_chat - sum(chat.is_group for chat in self.chats.values())
        group = Chat(
            key=str(number), id=number, kind="supergroup", bot=bot, title=title,
            members=[person], started=True,
        )  # fmt: skip
        self.chats[group.key] = group
        self.keep_chat(group)
        return group

    def is_forum(self, chat: Chat) -> bool:
        """Topics are switched on in the staff group alone."""
        return chat.id == self.staff_chat

    def private(self, bot: int, person: int) -> Chat:
        """The chat of a person with a bot; made when first looked at, started at the first message."""
        key = f"{bot}:{person}"
        if key not in self.chats:
            self.chats[key] = Chat(key=key, id=person, kind="private", bot=bot, members=[person])
        return self.chats[key]

    def keep_chat(self, chat: Chat) -> None:
        self.journal.put("chat", chat.key, chat.facts())

    def keep_person(self, person: Person) -> None:
        self.journal.put("person", person.id, asdict(person))

    def keep_bot(self, bot: int) -> None:
        self.journal.put("bot", bot, {"id": bot, **asdict(self.states[bot])})

    def keep_message(self, chat: Chat, message: Message) -> None:
        record = {"chat": chat.key, "message": message}
        self.journal.put("message", f"{chat.key}:{message['message_id']}", record)

    def keep_callback(self, callback: dict[str, Any]) -> None:
        self.callbacks[callback["id"]] = callback
        self.journal.put("callback", callback["id"], callback)

    def drop_message(self, chat: Chat, message_id: int) -> None:
        chat.messages.pop(message_id, None)
        self.journal.drop("message", f"{chat.key}:{message_id}")
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
            self.keep_chat(chat)

    def bot_user(self, bot: int) -> dict[str, Any]:
        made = self.bots[bot]
        name = self.states[bot].names.get("name", {}).get("", made.name)
        return {"id": made.id, "is_bot": True, "first_name": name, "username": made.username}

    def chat_object(self, chat: Chat) -> dict[str, Any]:
        """The Chat object inside messages."""
        if chat.is_group:
            forum = {"is_forum": True} if self.is_forum(chat) else {}
            return {"id": chat.id, "type": chat.kind, "title": chat.title, **forum}
        user = self.people[chat.id].user()
        kept: dict[str, Any] = {
            k: user[k] for k in ("first_name", "last_name", "username") if k in user
        }
        return {"id": chat.id, "type": "private", **kept}

    def audience(self, chat: Chat) -> list[tuple[int, int]]:
        """Who sees the chat, and under which id: a private chat is called by its bot's id on a person's side."""
        return [(person, chat.id if chat.is_group else chat.bot) for person in chat.members]

    def tell(self, chat: Chat, kind: str, **facts: Any) -> None:
        """An event on the screen of everybody in the chat."""
        for person, chat_id in self.audience(chat):
            self.events.publish(kind=kind, person=person, chat_id=chat_id, **facts)
