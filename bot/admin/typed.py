"""Plain words in the staff chat: an answer in a ticket's topic, a search for orders and people, a question in that of
reports, else just talk.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.admin.orders import find as orders
from bot.admin.parts import me
from bot.admin.people import find as people
from bot.admin.stats.asked import answered as asked
from bot.admin.tickets.handlers import answered
from bot.conversation import Talk
from bot.screen import Button, Screen, press
from core.ids import read_order_number
from core.people.phones import read_phone
from core.permissions import may

NameOf = Callable[[int], Awaitable[str]]


async def typed(talk: Talk) -> Screen | None:
    """Where the topics are not known: a ticket's topic, or an order number wherever it is typed."""
    return await Typed(_nowhere)(talk)


async def _nowhere(_thread_id: int) -> str:
    return ""


async def looked_for(talk: Talk, text: str) -> Screen:
    """Orders, and people of the same words one tap away; people at once where there is no order or they were meant."""
    if talk.memory.get("people") or text.startswith("@"):
        return await people.typed(talk, text)
    if not text or read_order_number(text):
        return await orders.typed(talk, text)
    found = await talk.core.people_finder.find(text=text)
    if found.total and not (await orders.matching(talk, text, 0)).total:
        return await people.shown(talk, text, found)
    screen = await orders.typed(talk, text)
    if not found.total:
        return screen
    more = Button(talk.words.plain("👤 People ({n})", n=found.total), press("uqn"))
    return replace(screen, rows=[*screen.rows, [more]])


@dataclass(frozen=True, slots=True)
class Typed:
    """`name_of` tells which fixed topic a thread is."""

    name_of: NameOf

    async def __call__(self, talk: Talk) -> Screen | None:
        incoming = talk.incoming
        if incoming.chat_kind == "private":
            return await self._asked(talk) or await looked_for(talk, incoming.text)
        if incoming.thread_id is None:
            return await self._meant(talk)
        ticket = await talk.core.support.by_topic(topic_id=incoming.thread_id)
        if ticket is not None:
            return await answered(talk, ticket)
        if incoming.text and await self.name_of(incoming.thread_id) == "orders":
            return await looked_for(talk, incoming.text)
        if await self.name_of(incoming.thread_id) == "reports" and (
            found := await self._asked(talk)
        ):
            return found
        return await self._meant(talk)

    @staticmethod
    async def _asked(talk: Talk) -> Screen | None:
        """A question about the figures, where it comes from somebody who may see them."""
        if not may(role=(await me(talk)).role, action="stats.read"):
            return None
        return await asked(talk)

    @staticmethod
    async def _meant(talk: Talk) -> Screen | None:
        """Colleagues talk; a whole number of an order or a phone is meant for us, and what was just asked for."""
        text, memory = talk.incoming.text, talk.memory
        if text and (memory.get("people") or read_order_number(text) or read_phone(text)):
            return await looked_for(talk, text)
        return None
