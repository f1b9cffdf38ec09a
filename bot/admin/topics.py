"""The topics of the staff chat: made once, remembered; the address of every letter to the staff; the pinned board."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from typing import Any, Protocol

from bot.gateway.outcomes import Refused, Stopping
from bot.i18n import Words, mark
from bot.screen import Screen
from core.alerts.model import OF_ORDERS
from core.services import Core
from core.support.model import Ticket

TOPICS = {
    "applications": mark("📥 Applications"),
    "orders": mark("📦 Orders"),
    "support": mark("💬 Support"),
    "alerts": mark("🚨 Alerts"),
    "finance": mark("💰 Finance"),
    "reports": mark("📊 Reports"),
}
# Kinds of letters that don't belong to the orders.
TOPIC_OF = {
    "application": "applications",
    "application_files": "applications",
    "inquiry_answer": "applications",
    "price": "applications",
    "price_card": "applications",
    "paper": "applications",
    "portrait": "applications",
    "portrait_card": "applications",
    "portrait_files": "applications",
    "papers_ending": "applications",
    "paper_over": "applications",
    "appeal": "applications",
    "appeal_files": "applications",
    "parked": "alerts",
    "clash": "alerts",
    "staff_left": "alerts",
    "backup_run": "reports",
    "backup_failed": "alerts",
    "quarantine": "alerts",
    "security": "alerts",
    "no_provider": "alerts",
    "alert": "alerts",
    **{kind.value: "alerts" for kind in OF_ORDERS},
    "pattern": "alerts",
    "alert_card": "alerts",
    "ticket_called": "alerts",
    "differs": "finance",
    "by_hand": "finance",
    "charged_back": "finance",
    "charge_regained": "finance",
    "dispute_lost": "finance",
    "stray": "finance",
    "stray_ended": "finance",
    "money": "finance",
    "money_silent": "finance",
    "money_back": "finance",
    "payout": "finance",
    "payout_waits": "finance",
    "review_report": "support",
    "report": "reports",
}
TICKETS = frozenset({"ticket", "ticket_head", "ticket_heard", "ticket_late", "ticket_gone"})


Alone = Callable[[], AbstractAsyncContextManager[None]]


class Pen(Protocol):
    async def create_topic(self, chat_id: int, name: str) -> int: ...
    async def send(self, chat_id: int, screen: Screen, *, thread_id: int | None = None) -> int: ...
    async def pin(self, chat_id: int, message_id: int) -> None: ...
    async def close_topic(self, chat_id: int, thread_id: int) -> None: ...
    async def reopen_topic(self, chat_id: int, thread_id: int) -> None: ...
    async def delete_topic(self, chat_id: int, thread_id: int) -> None: ...


class Memory(Protocol):
    async def get(self, key: Any) -> tuple[str | None, dict[str, Any]]: ...
    async def put(self, key: Any, *, state: str | None, data: dict[str, Any]) -> None: ...


class Cards(Protocol):
    async def put(
        self, bot: str, chat_id: int, message_id: int, kind: str, subject: int
    ) -> None: ...


class Topics:
    """Thread ids of the fixed topics and of each ticket's own."""

    def __init__(
        self, *, core: Core, pen: Pen, staff_chat: int, memory: Memory, words: Words, cards: Cards,
        alone: Alone = nullcontext,
    ) -> None:  # fmt: skip
        self._core = core
        self._pen = pen
        self._chat = staff_chat
        self._memory = memory
        self._words = words
        self._cards = cards
        self._key = ("admin", staff_chat, 0, 0, "topics")
        self._alone = alone
        self._one_at_a_time = asyncio.Lock()
        self._stopped = False
        self._threads: dict[str, int] = {}

    async def stop(self, *, within: float) -> None:
        """What is being made is remembered first, or the next start would make it again; then nothing new is."""
        self._stopped = True
        with suppress(TimeoutError):
            async with asyncio.timeout(within), self._one_at_a_time:
                pass

    async def prepare(self, board: Screen) -> None:
        """All topics, and the board pinned in its own; what is there already stays."""
        for name in TOPICS:
            await self.thread(name)
        thread = await self.thread("orders")
        async with self._one_at_a_time, self._alone():
            _, known = await self._memory.get(self._key)
            if "board" not in known:
                self._not_while_stopping()
                known["board"] = await self._pen.send(self._chat, board, thread_id=thread)
                await self._memory.put(self._key, state=None, data=known)
            if "pinned" not in known:  # also where a kill came in between
                await self._cards.put("admin", self._chat, known["board"], "board", 0)
                await self._pen.pin(self._chat, known["board"])
                known["pinned"] = known["board"]
                await self._memory.put(self._key, state=None, data=known)

    async def thread(self, name: str) -> int:
        """The thread of a fixed topic, created at first need; one that was made stays."""
        if name not in self._threads:
            async with self._one_at_a_time:
                _, known = await self._memory.get(self._key)
                thread = int(known.get(name) or await self._made(name))
                if not thread:
                    return 0
                self._threads[name] = thread
        return self._threads[name]

    async def _made(self, name: str) -> int:
        async with self._alone():
            _, known = await self._memory.get(self._key)
            if name not in known:
                known[name] = await self._create(self._words.plain(TOPICS[name]))
                if not known[name]:
                    return 0
                await self._memory.put(self._key, state=None, data=known)
            return int(known[name])

    async def name_of(self, thread_id: int) -> str:
        """Which fixed topic a thread is, or nothing."""
        _, known = await self._memory.get(self._key)
        return next((name for name in TOPICS if known.get(name) == thread_id), "")

    async def address(self, due: Any) -> tuple[int, int | None]:
        """(chat, thread) for a letter to the staff; a ticket has a topic of its own."""
        if due.kind not in TICKETS:
            return self._chat, await self.thread(TOPIC_OF.get(due.kind, "orders"))
        if due.kind == "ticket_gone":
            await self._forget(due.subject)
            return self._chat, None
        thread = await self._ticket(due.subject)
        if thread and due.kind == "ticket_head":
            await self._as_the_ticket(due, thread)
        return self._chat, thread

    async def _as_the_ticket(self, due: Any, thread: int) -> None:
        """A topic closes with its ticket and opens with it again; done twice it is as it was."""
        if due.facts.get("closed"):
            await self._pen.close_topic(self._chat, thread)
        elif due.facts.get("again"):
            await self._pen.reopen_topic(self._chat, thread)

    async def _forget(self, ticket_id: int) -> None:
        """The topic goes with all that was said in it: whose it was has been erased."""
        ticket = await self._core.support.ticket(ticket_id=ticket_id)
        if ticket.topic_id:
            await self._pen.delete_topic(self._chat, ticket.topic_id)

    async def _ticket(self, ticket_id: int) -> int:
        async with self._one_at_a_time:
            ticket = await self._core.support.ticket(ticket_id=ticket_id)
            if ticket.topic_id is not None:
                return int(ticket.topic_id)
            async with self._alone():
                return await self._bound(ticket_id)

    async def _bound(self, ticket_id: int) -> int:
        ticket = await self._core.support.ticket(ticket_id=ticket_id)
        if ticket.topic_id is not None:  # another process was faster
            return int(ticket.topic_id)
        thread = await self._create(await self._title(ticket))
        if thread:
            await self._core.support.bind_topic(ticket_id=ticket_id, topic_id=thread)
        return thread

    async def _create(self, title: str) -> int:
        """0 (the group's general talk) where topics are off or the bot may not make any."""
        self._not_while_stopping()
        try:
            return await self._pen.create_topic(self._chat, title)
        except Refused:
            return 0

    def _not_while_stopping(self) -> None:
        if self._stopped:
            raise Stopping("no new topics")

    async def _title(self, ticket: Ticket) -> str:
        person = await self._core.people.get(person_id=ticket.person_id)
        return f"🎫 {ticket.number} · {person.name}"[:128]
