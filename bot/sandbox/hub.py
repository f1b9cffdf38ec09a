"""Where the bots' side and the people's side meet: finds chats, posts messages, sends updates and events."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.faults import Faults
from bot.sandbox.files import Files, Upload
from bot.sandbox.floods import Floods
from bot.sandbox.queues import Queue
from bot.sandbox.refusals import bad, forbidden
from bot.sandbox.world import Chat, Message, Person, SandboxBot, World


class Hub:
    def __init__(self, world: World, floods: Floods) -> None:
        self.world, self.floods = world, floods
        self.files, self.faults = Files(world), Faults()
        self.queues = {bot: Queue(bot, world, self.faults) for bot in world.bots}
        self.calls: deque[dict[str, Any]] = deque(maxlen=5_000)
        self.called = 0

    def chat(self, bot: int, chat_id: int | str) -> Chat:
        """The chat a bot names, if the bot knows it."""
        world = self.world
        group = world.chats.get(str(chat_id))
        if group and group.is_group and group.bot == bot:
            if group.left:
                raise forbidden("bot is not a member of the supergroup chat")
            return group
        if isinstance(chat_id, int) and chat_id in world.people:
            private = world.private(bot, chat_id)
            if private.started:
                return private
            if self._met(bot, chat_id):
                raise forbidden("bot can't initiate conversation with a user")
        raise bad("chat not found")

    def writable(self, bot: int, chat_id: int | str) -> Chat:
        chat = self.chat(bot, chat_id)
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def _met(self, bot: int, person: int) -> bool:
        """Whether the bot has seen this person somewhere else, in a group."""
        groups = (chat for chat in self.world.chats.values() if chat.is_group)
        return any(group.bot == bot and person in group.members for group in groups)

    def post(self, chat: Chat, sender: dict[str, Any], content: dict[str, Any]) -> Message:
        """A new message in a chat, on everybody's screen and in the journal."""
        message: Message = {
            "message_id": chat.next_id,
            "from": sender,
            "chat": self.world.chat_object(chat),
            "date": int(self.world.now()),
            **content,
        }
        chat.next_id += 1
        chat.messages[message["message_id"]] = message
        self.world.keep_chat(chat)
        self.world.keep_message(chat, message)
        self.show(chat, "message", message)
        return message

    def replace(self, chat: Chat, message: Message) -> None:
        """A message as it is after an edit."""
        chat.messages[message["message_id"]] = message
        self.world.keep_message(chat, message)
        self.show(chat, "edit", message)

    def remove(self, chat: Chat, message_ids: list[int]) -> None:
        for message_id in message_ids:
            self.world.drop_message(chat, message_id)
        self.world.tell(chat, "delete", message_ids=message_ids)

    def show(self, chat: Chat, kind: str, message: Message) -> None:
        for person, chat_id in self.world.audience(chat):
            view = self.view(chat, message, person)
            self.world.events.publish(kind=kind, person=person, chat_id=chat_id, message=view)

    def view(self, chat: Chat, message: Message, person: int) -> dict[str, Any]:
        """A message as the page shows it to one person."""
        outgoing = message["from"]["id"] == person
        urls = {each["file_id"]: self.url(chat, each["file_id"]) for each in _files_in(message)}
        return {
            **message,
            "outgoing": outgoing,
            "unread": not outgoing and message["message_id"] > chat.read.get(person, 0),
            "files": urls,
            "reactions": _reactions(chat, message["message_id"]),
            "reacted": _own_reaction(chat, message["message_id"], person),
        }

    def url(self, chat: Chat, file_id: str) -> str:
        record = self.world.files[self.files.uid(file_id, chat.bot)]
        return f"/sandbox/files/{record['path']}"

    def tell_person(self, person: Person, chat: Chat, kind: str, **facts: Any) -> None:
        """An event on one person's screen only."""
        chat_id = chat.id if chat.is_group else chat.bot
        self.world.events.publish(kind=kind, person=person.id, chat_id=chat_id, **facts)

    def tell_bot(
        self, chat: Chat, kind: str, body: dict[str, Any], *, lane: Any = None
    ) -> int | None:
        """An update for the chat's bot; messages line up per chat, presses per person."""
        queue = self.queues[chat.bot]
        if chat.left and kind != "my_chat_member":
            return None
        return queue.put(kind, body, lane=chat.id if lane is None else lane)


@dataclass
class Call:
    """One call of a method by a bot, its parameters already read by the schema."""

    hub: Hub
    bot: SandboxBot
    method: str
    params: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)

    @property
    def world(self) -> World:
        return self.hub.world

    def get(self, name: str, default: Any = None) -> Any:
        return self.params.get(name, default)

    def chat(self) -> Chat:
        return self.hub.chat(self.bot.id, self.params["chat_id"])

    def writable(self) -> Chat:
        return self.hub.writable(self.bot.id, self.params["chat_id"])

    def me(self) -> dict[str, Any]:
        return self.world.bot_user(self.bot.id)

    def spend(self, chat: Chat, count: int = 1) -> None:
        self.hub.floods.spend(bot=self.bot.id, chat=chat.id, now=self.world.now(), count=count)


def _reactions(chat: Chat, message_id: int) -> list[Any]:
    """The bot's and everybody's."""
    given = chat.reacted.get(message_id, {}).values()
    return [*chat.reactions.get(message_id, []), *(one for each in given for one in each)]


def _own_reaction(chat: Chat, message_id: int, person: int) -> str:
    given = chat.reacted.get(message_id, {}).get(str(person)) or [{"emoji": ""}]
    return str(given[0]["emoji"])


def _files_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "file_id" in value:
            yield value
        for item in value.values():
            yield from _files_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _files_in(item)
