"""That this process is there among others on one PostgreSQL: its number, its pulse, what it takes over from the dead.

On SQLite it is the only one, so there is nothing to say to anybody.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from bot.gateway.lanes import Lanes
from db.engine import Database
from db.errors import TablesNewer
from db.inbox import InboxTable
from db.processes import ALIVE_MS, NoNumberFree, ProcessTable
from db.shared_inbox import SharedInboxTable

PULSE = 2.0
# After a gap in the pulse all seem dead that could not say otherwise; they get time to let go of what they were at.
_STEADY = 2
OUT = {
    TablesNewer: "The tables are of a later Doorstep: update this one and start it again.",
    NoNumberFree: "All numbers of processes are taken.",
}
"""Why who was taken for dead does not get in again."""
log = structlog.get_logger()


@dataclass(slots=True)
class Presence:
    """`join` before anything is made, `pulse` as long as there is work, `leave` at the end."""

    database: Database
    on_number: Callable[[int], None] = lambda _number: None
    number: int = 0
    _joined: bool = False
    _run: int = 0
    _steady: int = 0
    _task: asyncio.Task[None] | None = None
    _beaten: float = 0.0
    _out: str = ""
    inbox: InboxTable = field(init=False)

    @property
    def shared(self) -> bool:
        return self.database.dialect == "postgresql"

    async def join(self) -> None:
        """Raises NoNumberFree."""
        if not self.shared:
            self.inbox = InboxTable(self.database)
            return
        self._run, self.number = await ProcessTable(self.database).join()
        self.inbox = SharedInboxTable(self.database, run=self._run)
        self._joined = True

    def pulse(self, lanes: Lanes) -> None:
        if self.shared:
            self._beaten = time.monotonic()
            self._task = asyncio.create_task(self._beat_for_ever(lanes), name="presence")

    def lacking(self) -> list[str]:
        """Why the others do not count on this process, in words."""
        late = self._task is not None and time.monotonic() > self._beaten + ALIVE_MS / 1000
        return (
            [f"The other processes take it for dead. {self._out}".strip()]
            if self._out or late
            else []
        )

    async def fetches(self, bot: str) -> bool:
        """Whether this process is the one that fetches a bot's updates."""
        return not self.shared or await ProcessTable(self.database).fetches(bot, run=self._run)

    async def leave(self) -> None:
        """What is left to do here is anybody's at once."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._joined:
            await ProcessTable(self.database).leave(run=self._run)

    async def _beat_for_ever(self, lanes: Lanes) -> None:
        while True:
            await asyncio.sleep(PULSE)
            try:
                async with asyncio.timeout(2 * PULSE):
                    await self._beat(lanes)
                self._beaten, self._out = time.monotonic(), ""
            except Exception as error:
                self._steady = 0
                self._out = OUT.get(type(error), self._out)
                log.warning("pulse_missed", error=type(error).__name__)

    async def _beat(self, lanes: Lanes) -> None:
        if not await ProcessTable(self.database).renew(run=self._run):
            await self._anew(lanes)
            return
        self._steady += 1
        if self._steady >= _STEADY:
            await lanes.adopt()

    async def _anew(self, lanes: Lanes) -> None:
        """Taken for dead: what it was at is done elsewhere."""
        log.error("taken_for_dead")
        await lanes.let_go()
        self._run, self.number = await ProcessTable(self.database).join()
        if isinstance(self.inbox, SharedInboxTable):
            self.inbox.run = self._run
        self.on_number(self.number)
        self._steady = 0
