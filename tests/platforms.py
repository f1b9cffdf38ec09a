"""The whole platform as a process on a free port, for tests that meet it from outside."""

import asyncio
import os
import socket
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession

from tests.databases import asked
from tests.starting import Command, Process, Start

PATIENCE = 90.0
ROOMY = "1000/60"
"""Tests share one staff group and are quicker than fingers; what the real limits do are tests of their own."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Platform:
    """A running Doorstep that can be stopped, killed and started again on the same data."""

    def __init__(
        self, data: Path, *, database: str = "", chat_limit: str = ROOMY, group_limit: str = ROOMY,
        begin: Start = Command, more: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """`more` settings than those of every test."""
        self.data = data
        self.database = database or f"sqlite+aiosqlite:///{data}/doorstep.db"
        self._more = {"CHAT_LIMIT": chat_limit, "GROUP_LIMIT": group_limit, **(more or {})}
        self._begin = begin
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: Process | None = None

    def start(self) -> None:
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        settings = {
            "HTTP_PORT": str(self.port),
            "DATA_DIR": str(self.data),
            **self._more,
            "DATABASE_URL": self.database,
        }
        self._process = self._begin(keep | settings, self.data / "log.jsonl")

    async def ready(self) -> None:
        """Waits until the process says that it answers."""
        process, until = self._process, time.monotonic() + PATIENCE
        assert process is not None
        async with ClientSession() as session:
            while time.monotonic() < until:
                assert not process.over(), self.log[-3000:]
                try:
                    async with session.get(f"{self.url}/readyz") as answer:
                        if answer.status == 200:
                            return
                except ClientError:
                    pass
                await asyncio.to_thread(process.over, within=0.05)  # its end would wake us at once
        raise AssertionError(f"not ready: {self.log[-3000:]}")

    @property
    def log(self) -> str:
        return (self.data / "log.jsonl").read_text("utf-8", "replace")

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the platform's database says."""
        return asked(self.database, sql, *values)

    def stop(self) -> None:
        """As an administrator stops it."""
        self._end(kill=False)

    def kill(self) -> None:
        """As a power cut stops it."""
        self._end(kill=True)

    def _end(self, *, kill: bool) -> None:
        if self._process is not None and not self._process.over():
            self._process.kill() if kill else self._process.terminate()
            assert self._process.over(within=20), f"does not stop: {self.log[-3000:]}"
