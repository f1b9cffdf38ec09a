"""What a newcomer waits for: a clone, its own environment, the first `make run` with the demo city, the second one."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.start import first_answer
from tests.platforms import Platform
from tests.starting import ROOT


@dataclass(frozen=True, slots=True)
class Found:
    """Seconds. Packages are brought by pip over the network, so their time stands apart."""

    clone: float
    packages: float
    first: float
    second: float


class MakeRun:
    """`make run` in the clone, stopped together with what it started."""

    def __init__(self, clone: Path, settings: Mapping[str, str], log: Path) -> None:
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                ["make", "run"], cwd=clone, env=settings, stdout=out, stderr=out,
                start_new_session=True,
            )  # fmt: skip

    def over(self, *, within: float = 0) -> bool:
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            return False
        return True

    def terminate(self) -> None:
        os.killpg(self._process.pid, signal.SIGTERM)

    def kill(self) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)


async def measure(folder: Path) -> Found:
    data = folder / "data"
    data.mkdir(parents=True)
    clone = folder / "doorstep"
    cloned = await _took("git", "clone", "--quiet", str(ROOT), str(clone))
    packages = await _took("make", "--silent", "-C", str(clone), ".venv/.installed-runtime")
    platform = Platform(data, begin=partial(MakeRun, clone))
    try:
        first = await first_answer(platform)
        await asyncio.to_thread(platform.stop)
        return Found(cloned, packages, first, await first_answer(platform))
    finally:
        await asyncio.to_thread(platform.stop)


async def _took(*command: str) -> float:
    began = time.perf_counter()
    await asyncio.to_thread(subprocess.run, command, check=True)
    return time.perf_counter() - began
