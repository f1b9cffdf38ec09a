"""Two ways to start the platform's process: the command people type, and a fork of one that has read the code already.

Reading the code takes seconds of a core, most of them in aiogram; tests start the platform some thirty times.
"""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).parent.parent
_READ = ("bot.__main__", "bot.app", "db.sqlite", "db.postgres", "tests.starting", "tests.warm")


class Process(Protocol):
    """A process of the platform."""

    def over(self, *, within: float = 0) -> bool:
        """Whether it ended, now or so many seconds later."""
        ...

    def terminate(self) -> None: ...
    def kill(self) -> None: ...


Start = Callable[[Mapping[str, str], Path], Process]


class Command:
    """`python -m bot`, as people start it."""

    def __init__(self, settings: Mapping[str, str], log: Path) -> None:
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot"], cwd=ROOT, env=settings, stdout=out, stderr=out
            )
        self.terminate, self.kill = self._process.terminate, self._process.kill

    def over(self, *, within: float = 0) -> bool:
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            return False
        return True


class Fork:
    """The same process, except that the code was read before it began."""

    def __init__(self, settings: Mapping[str, str], log: Path) -> None:
        server = multiprocessing.get_context("forkserver")
        server.set_forkserver_preload(list(_READ))
        self._process = server.Process(target=_run, args=(dict(settings), log), daemon=True)
        self._process.start()
        self.terminate, self.kill = self._process.terminate, self._process.kill

    def over(self, *, within: float = 0) -> bool:
        self._process.join(within)
        return self._process.exitcode is not None


def _run(settings: dict[str, str], log: Path) -> None:
    from bot.__main__ import main

    with log.open("ab") as out:
        for stream in (1, 2):
            os.dup2(out.fileno(), stream)
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(settings)
    sys.argv = ["bot"]
    sys.exit(main())
