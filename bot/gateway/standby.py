"""One process at a time fetches a bot's updates; the others stand by, and one of them takes over when it is gone."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.gateway.polling import Polling
from bot.gateway.ports import Clock

BEAT = 2.0
LASTS = 8.0
"""So long it goes on without having heard that it still may; others wait two seconds longer."""
_log = structlog.get_logger()


class Standby:
    """`may`: whether this process is the one."""

    def __init__(
        self, bot: str, polling: Polling, may: Callable[[str], Awaitable[bool]], clock: Clock
    ) -> None:
        self._bot = bot
        self._polling = polling
        self._may = may
        self._clock = clock
        self._until = 0.0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name=f"standby {self._bot}")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._polling.stop()

    async def _run(self) -> None:
        while True:
            await self.look()
            await self._clock.sleep(BEAT)

    async def look(self) -> None:
        """Begins to fetch, goes on, or leaves it to somebody else."""
        asked = self._clock.monotonic()
        try:
            async with asyncio.timeout(BEAT):
                self._until = asked + LASTS if await self._may(self._bot) else 0.0
        except Exception as error:
            _log.warning("polling unsure", bot=self._bot, error=type(error).__name__)
        mine = self._clock.monotonic() < self._until
        if mine and not self._polling.running:
            _log.info("polling taken", bot=self._bot)
            self._polling.start()
        elif not mine and self._polling.running:
            _log.warning("polling left to another", bot=self._bot)
            await self._polling.stop()
