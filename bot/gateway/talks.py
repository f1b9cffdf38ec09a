"""Where a talk stands between two updates: the step that expects an answer, and ids of what it is about."""

from typing import Any

from bot.conversation import Incoming, Known
from bot.gateway.ports import ConversationKey, ConversationStore


class Talks:
    """Loads and saves the step and memory of whoever sent this update, in this chat and topic."""

    def __init__(self, store: ConversationStore) -> None:
        self._store = store

    async def load(self, incoming: Incoming) -> Known:
        person, state, memory, on_card, stands = await self._store.arrived(
            _key(incoming), message_id=incoming.message_id
        )
        answers = None
        if incoming.reply_to and incoming.chat_kind == "private":
            answers = await self._store.card_at(
                incoming.bot, incoming.chat_id, message_id=incoming.reply_to
            )
        return Known(person, state or "", memory, on_card, answers, stands)

    async def save(self, incoming: Incoming, step: str, memory: dict[str, Any]) -> None:
        await self._store.put(_key(incoming), state=step or None, data=memory)


def _key(incoming: Incoming) -> ConversationKey:
    return (incoming.bot, incoming.chat_id, incoming.user_id, incoming.thread_id or 0, "talk")
