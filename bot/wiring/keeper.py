"""The one who makes the backups that were asked for, and tries them out, one after the other."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from bot.wiring.safekeeping import Safekeeping
from core.backups.keeping import to_drop
from core.backups.model import Made, Run, RunState, Work
from core.errors import OutOfDate, Unusable
from core.services import Core

log = structlog.get_logger()
BEAT_S = 2.0


class Stopping(Exception):
    """The process is to end; the work is begun anew after the next start."""


@dataclass(slots=True)
class Keeper:
    core: Core
    safe: Safekeeping
    clock: Callable[[], datetime]
    zone: str
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)
    _stopping: bool = False
    _at: tuple[str, int] = ("", 0)

    async def look(self) -> None:
        """Does everything that was asked for; a call while one is at work does nothing."""
        if self._busy.locked():
            return
        async with self._busy:
            while not self._stopping and (run := await self.core.backups.take(now=self.clock())):
                await self._do(run)

    def stop(self) -> None:
        """What is under way breaks off at its next step."""
        self._stopping = True

    def _told(self, step: str, done: int) -> None:
        """Called by whoever works, on a thread of its own."""
        if self._stopping:
            raise Stopping
        self._at = (step, done)

    async def _do(self, run: Run) -> None:
        self._at, over = ("", 0), asyncio.Event()
        beating = asyncio.create_task(self._beat(run, over))
        try:
            made = await self._made(run)
        except (Stopping, asyncio.CancelledError):
            made = None
        except Exception as error:
            made = _why(run, error)
        over.set()
        run, now = await beating, self.clock()
        match made:
            case Made():
                await self.core.backups.ended(run=run, made=made, now=now)
            case str():
                await self.core.backups.failed(run=run, why=made, now=now)
            case None:
                await self.core.backups.put_off(run=run)

    async def _made(self, run: Run) -> Made | str | None:
        if run.work is Work.DRILL:
            return await self.safe.try_latest(told=self._told)
        made = await self.safe.make(at=self.clock(), told=self._told)
        await self._thin_out()
        return made

    async def _thin_out(self) -> None:
        tried = await self.core.backups.latest(work=Work.DRILL, state=RunState.DONE)
        names = to_drop(
            taken=self.safe.shelf.all(), now=self.clock(), zone=ZoneInfo(self.zone),
            keep_days=self.core.rules.number("backup_keep_days"), tried=tried.name if tried else "",
        )  # fmt: skip
        await asyncio.to_thread(self.safe.shelf.drop, names)

    async def _beat(self, run: Run, over: asyncio.Event) -> Run:
        """Shows how far it is, now and then; the row as it is in the end."""
        while True:
            try:
                await asyncio.wait_for(over.wait(), BEAT_S)
                return run
            except TimeoutError:
                with suppress(OutOfDate):
                    step, done = self._at
                    run = await self.core.backups.goes_on(
                        run=run, step=step, done=done, now=self.clock()
                    )


def _why(run: Run, error: Exception) -> str:
    """What went wrong, as a word of the table in bot/admin/backups."""
    if isinstance(error, Unusable):
        return error.why
    log.error("backup_failed", work=run.work.value, error=type(error).__name__, exc_info=error)
    return "disk" if isinstance(error, OSError) else "crash"
