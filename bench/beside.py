"""Processes beside the one that measures: Telegram, and whoever is compared with."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Beside:
    """A process spoken to in lines; `first` is what it said by itself."""

    process: subprocess.Popen[str]
    first: str

    async def ask(self, line: str = "") -> str:
        assert self.process.stdin is not None
        print(line, file=self.process.stdin, flush=True)
        return await asyncio.to_thread(_said, self.process)

    async def hand_out(
        self, updates: Sequence[Any], *, url: str, every: float = 0.0
    ) -> list[float]:
        """Asks bench.stub: seconds that each update waited for what it brought."""
        said = {"updates": list(updates), "url": url, "every": every}
        return list(json.loads(await self.ask(json.dumps(said))))


@contextmanager
def beside(module: str, *arguments: str) -> Iterator[Beside]:
    """Killed in the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        yield Beside(process, _said(process))
    finally:
        process.kill()
        process.wait()


def _said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()
