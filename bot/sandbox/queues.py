"""Updates on their way to a bot: numbered, kept until confirmed, ordered only inside a queue of their own."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from bot.sandbox.events import Bell
from bot.sandbox.faults import Faults
from bot.sandbox.refusals import conflict
from bot.sandbox.world import World

# Seconds an update waits for its bot before it is dropped.
LIFE = {
    "callback_query": 150,
    "pre_checkout_query": 150,
    "shipping_query": 150,
    "inline_query": 30,
    "chosen_inline_result": 600,
}
DAY = 86_400
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
MESSAGES = {"message", "edited_message"}


@dataclass(slots=True)
class Waiting:
    number: int
    queue: str
    expires: float
    body: dict[str, Any]
    again: bool = False


class Queue:
    """All waiting updates of one bot."""

    def __init__(self, bot: int, world: World, faults: Faults) -> None:
        self.bot, self.world, self.faults = bot, world, faults
        self.waiting: dict[int, Waiting] = {}
        self.bell = Bell()
        self._poller: asyncio.Future[str] | None = None
        self._last = (0, -1.0)

    def load(self, records: Collection[dict[str, Any]]) -> None:
        for record in sorted(records, key=lambda record: int(record["number"])):
            if record["bot"] == self.bot:
                fields = {k: v for k, v in record.items() if k != "bot"}
                self.waiting[record["number"]] = Waiting(**fields)

    def put(self, kind: str, body: dict[str, Any], *, lane: Any) -> int | None:
        """Queues an update, unless the bot did not ask for its kind."""
        state = self.world.states[self.bot]
        wanted = (
            kind in state.allowed_updates if state.allowed_updates else (kind not in NOT_BY_DEFAULT)
        )
        if not wanted:
            return None
        number, state.next_update = state.next_update, state.next_update + 1
        self.world.keep_bot(self.bot)
        family = "message" if kind in MESSAGES else kind
        waiting = Waiting(
            number=number,
            queue=f"{family}:{lane}",
            expires=self.world.now() + LIFE.get(kind, DAY),
            body={"update_id": number, kind: body},
        )
        self.waiting[number] = waiting
        self._keep(waiting)
        self.bell.ring()
        return number

    def ready(self, limit: int = 100) -> list[Waiting]:
        """What would be delivered now, in order of number; the expired are dropped."""
        now = self.world.now()
        for waiting in [w for w in self.waiting.values() if w.expires < now]:
            self.drop(waiting)
        return list(self.waiting.values())[:limit]

    def confirm(self, waiting: Waiting) -> None:
        """The bot has it: it goes away, or comes once more if a fault says so."""
        if not waiting.again and self.faults.redelivers(self.world.bots[self.bot].username):
            waiting.again = True
        else:
            self.drop(waiting)

    def drop(self, waiting: Waiting) -> None:
        if self.waiting.pop(waiting.number, None):
            self.world.journal.drop("update", f"{self.bot}:{waiting.number}")

    def clear(self) -> None:
        for waiting in list(self.waiting.values()):
            self.drop(waiting)

    async def poll(self, *, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:
        """One getUpdates call: a higher offset confirms, another poller ends this one."""
        self.interrupt(
            "terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        )
        self._confirm_below(offset)
        loop = asyncio.get_running_loop()
        if offset and self._last[0] == offset and loop.time() - self._last[1] < 0.5:
            limit = 1
        self._poller = mine = loop.create_future()
        self.bell.ring()
        try:
            found = await self._wait(limit, timeout, mine)
        finally:
            if self._poller is mine:
                self._poller = None
        if found:
            self._last = (offset, loop.time())
        return [waiting.body for waiting in found]

    @property
    def polled(self) -> bool:
        """Whether somebody is waiting for updates right now."""
        return self._poller is not None

    def interrupt(self, reason: str) -> None:
        """Ends the long poll that is under way."""
        if self._poller and not self._poller.done():
            self._poller.set_result(reason)
            self.bell.ring()

    async def _wait(self, limit: int, timeout: float, mine: asyncio.Future[str]) -> list[Waiting]:
        found = await self.bell.until(lambda: self.ready(limit) or mine.done(), timeout)
        if mine.done():
            raise conflict(mine.result())
        return found if isinstance(found, list) else []

    def _confirm_below(self, offset: int) -> None:
        if offset < 0:
            keep = list(self.waiting)[offset:]
            offset = keep[0] if keep else 0
        for waiting in list(self.waiting.values()):
            if waiting.number < offset:
                self.confirm(waiting)

    def _keep(self, waiting: Waiting) -> None:
        record = {
            "bot": self.bot,
            "number": waiting.number,
            "queue": waiting.queue,
            "expires": waiting.expires,
            "body": waiting.body,
        }
        self.world.journal.put("update", f"{self.bot}:{waiting.number}", record)
