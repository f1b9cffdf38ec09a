"""A sign that a person puts under a message, changes or takes back; the bot hears of it where Telegram tells it."""

from typing import Any

from bot.sandbox.methods.chats import REACTIONS
from bot.sandbox.people import Denied, People
from bot.sandbox.world import Chat, Message, Person


class Reacting:
    def __init__(self, people: People) -> None:
        self.hub, self.world = people.hub, people.world

    def react(self, person: Person, chat: Chat, message_id: int, emoji: str) -> None:
        """Instead of the one there was; no emoji takes it back."""
        message = self._message(chat, message_id)
        if emoji and emoji not in REACTIONS:
            raise Denied(400, "no such reaction")
        signs = chat.reacted.setdefault(message_id, {})
        old: list[Any] = signs.get(str(person.id), [])
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        if old == new:
            return
        signs[str(person.id)] = new
        self.world.keep_chat(chat)
        self.hub.show(chat, "edit", message)
        if not chat.is_group or self.world.is_forum(chat):  # elsewhere the bot is no administrator
            self._tell(person, chat, message_id, old, new)

    def _tell(
        self, person: Person, chat: Chat, message_id: int, old: list[Any], new: list[Any]
    ) -> None:
        change = {
            "chat": self.world.chat_object(chat), "message_id": message_id, "user": person.user(),
            "date": int(self.world.now()), "old_reaction": old, "new_reaction": new,
        }  # fmt: skip
        self.hub.tell_bot(chat, "message_reaction", change)

    @staticmethod
    def _message(chat: Chat, message_id: int) -> Message:
        message = chat.messages.get(message_id)
        if message is None or "pinned_message" in message:
            raise Denied(404, "no such message to react to")
        return message
