"""Fetching updates: the higher offset goes out only after the commit, so nothing is ever acknowledged unsaved."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

import structlog
from aiohttp import ClientError

from bot.gateway.api import ApiError
from bot.gateway.ports import Clock

_WAIT = 25
_LONGEST_PAUSE = 30.0
_CLASHING = 20.0
_APART = 120.0
_log = structlog.get_logger()


class Source(Protocol):
    """See bot/gateway/api.py."""

    async def updates(self, *, offset: int | None, wait: int, limit: int = 100) -> list[Any]: ...
    async def use_polling(self) -> None: ...


Receive = Callable[[str, Sequence[dict[str, Any]]], Awaitable[None]]


class Clash:
    """Telegram's "somebody else fetches these": once may be the end of a process of ours, again and again is not."""

    def __init__(self) -> None:
        self._since = self._last = float("-inf")

    def lasts(self, *, now: float) -> bool:
        """Called at each; whether it goes on for too long to be one of ours."""
        if now - self._last > _APART:
            self._since = now
        self._last = now
        return now - self._since >= _CLASHING


async def _nobody(_bot: str) -> None: ...


class Polling:
    """One bot's endless question for updates; `on_clash` hears that another program asks for them, too."""

    def __init__(
        self, bot: str, source: Source, receive: Receive, clock: Clock, *, wait: int = _WAIT,
        on_clash: Callable[[str], Awaitable[None]] = _nobody,
    ) -> None:  # fmt: skip
        self._bot = bot
        self._source = source
        self._receive = receive
        self._clock = clock
        self._wait = wait
        self._on_clash = on_clash
        self._clash = Clash()
        self._offset: int | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        return self._task is not None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name=f"polling {self._bot}")

    async def stop(self) -> None:
        """Ask no more; a batch in hand was either committed or will come again."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task, self._offset = None, None

    async def _run(self) -> None:
        pause, ready = 0.0, False
        while True:
            try:
                if not ready:
                    await self._source.use_polling()
                    ready = True
                await self.step()
                pause = 0.0
            except Exception as error:
                pause = self._pause_after(error, pause)
                if isinstance(error, ApiError) and error.code == 409:
                    ready = False
                    await self._note_clash()
                await self._clock.sleep(pause)

    async def step(self) -> None:
        """One batch: fetch, commit, remember what may be acknowledged with the next question."""
        updates = await self._source.updates(offset=self._offset, wait=self._wait)
        await self._receive(self._bot, updates)
        if updates:
            self._offset = int(updates[-1]["update_id"]) + 1

    async def _note_clash(self) -> None:
        if not self._clash.lasts(now=self._clock.monotonic()):
            return
        _log.error("another program fetches this bot's updates with the same token", bot=self._bot)
        try:
            await self._on_clash(self._bot)
        except Exception:
            _log.exception("clash not told", bot=self._bot)

    def _pause_after(self, error: Exception, last: float) -> float:
        pause = min(max(last * 2, 0.5), _LONGEST_PAUSE)
        if isinstance(error, ApiError):
            _log.warning("polling refused", bot=self._bot, code=error.code)
            return max(pause, error.retry_after)
        if isinstance(error, ClientError | TimeoutError):
            _log.warning("polling interrupted", bot=self._bot, error=type(error).__name__)
        else:
            _log.exception("polling failed", bot=self._bot)
        return pause
