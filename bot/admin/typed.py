"""Plain words in the staff chat: an answer in a ticket's topic, a search in the topic of orders, a question in that of
reports, else just talk.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.admin.orders import find
from bot.admin.parts import me
from bot.admin.stats.asked import answered as asked
from bot.admin.tickets.handlers import answered
from bot.conversation import Talk
from bot.screen import Screen
from core.ids import read_order_number
from core.permissions import may

NameOf = Callable[[int], Awaitable[str]]


async def typed(talk: Talk) -> Screen | None:
    """Where the topics are not known: a ticket's topic, or an order number wherever it is typed."""
    return await Typed(_nowhere)(talk)


async def _nowhere(_thread_id: int) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Typed:
    """`name_of` tells which fixed topic a thread is."""

    name_of: NameOf

    async def __call__(self, talk: Talk) -> Screen | None:
        incoming = talk.incoming
        if incoming.chat_kind == "private":
            return await self._asked(talk) or await find.typed(talk, incoming.text)
        if incoming.thread_id is None:
            return await self._number(talk)
        ticket = await talk.core.support.by_topic(topic_id=incoming.thread_id)
        if ticket is not None:
            return await answered(talk, ticket)
        if incoming.text and await self.name_of(incoming.thread_id) == "orders":
            return await find.typed(talk, incoming.text)
        if await self.name_of(incoming.thread_id) == "reports" and (
            found := await self._asked(talk)
        ):
            return found
        return await self._number(talk)

    @staticmethod
    async def _asked(talk: Talk) -> Screen | None:
        """A question about the figures, where it comes from somebody who may see them."""
        if not may(role=(await me(talk)).role, action="stats.read"):
            return None
        return await asked(talk)

    @staticmethod
    async def _number(talk: Talk) -> Screen | None:
        """Colleagues talk; only a whole order number is meant for us."""
        if read_order_number(talk.incoming.text):
            return await find.typed(talk, talk.incoming.text)
        return None
