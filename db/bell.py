"""What one process wrote and others should look at now, not at their next tick: a word over PostgreSQL's NOTIFY.

A word may be lost with the connection; so after each new connection everything is looked at once.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import asyncpg
import structlog

CHANNEL = "doorstep"
_TOGETHER = 0.02  # seconds in which what is rung goes out as one call
_ALIVE_EVERY = 20.0
_AGAIN_AFTER = 1.0
log = structlog.get_logger()


class PostgresBell:
    """`heard`: word → what to do; `ring` never waits and never fails."""

    def __init__(self, server: str, heard: Mapping[str, Callable[[], Any]]) -> None:
        self._server = server
        self._heard = heard
        self._rung: set[str] = set()
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._listen_for_ever(), name="bell")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def ring(self, word: str) -> None:
        """Others hear it within a moment."""
        self._rung.add(word)
        self._news.set()

    async def _listen_for_ever(self) -> None:
        while True:
            try:
                connection = await asyncpg.connect(
                    self._server, timeout=10, command_timeout=10, target_session_attrs="read-write"
                )
                try:
                    await self._listen(connection)
                finally:
                    with suppress(Exception):
                        await connection.close(timeout=1)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
                log.warning("bell_silent", error=type(error).__name__)
            await asyncio.sleep(_AGAIN_AFTER)

    async def _listen(self, connection: Any) -> None:
        await connection.add_listener(CHANNEL, lambda *told: self._hear(told[-1]))
        for word in self._heard:
            self._hear(word)
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), _ALIVE_EVERY)
            self._news.clear()
            words, self._rung = sorted(self._rung), set()
            await connection.execute(
                "SELECT pg_notify($1, word) FROM unnest($2::text[]) word", CHANNEL, words
            )
            await asyncio.sleep(_TOGETHER)

    def _hear(self, word: str) -> None:
        if word in self._heard:
            self._heard[word]()
