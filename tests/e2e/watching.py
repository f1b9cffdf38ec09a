"""What must never happen behind the scenes while people play: failures in the log, parked updates, lost letters."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from tests.chat import PATIENCE, People
from tests.e2e.conftest import Platform

# Refusals that belong to the trade: the answer is a new message, or nothing. Any other tells of something broken.
EXPECTED = (
    "not modified", "message to edit not found", "message to delete not found", "query is too old",
    "no text in the message",
)  # fmt: skip
BAD_LEVELS = ("warning", "error", "critical")


class Watch:
    """One platform, looked at from behind, since now."""

    def __init__(self, platform: Platform, people: People) -> None:
        self.platform, self.people = platform, people
        self._log = len(platform.log)
        self._calls = 0
        self._failed = self.failed()

    async def begin(self) -> None:
        calls = await self.people.calls()
        self._calls = calls[-1]["seq"] if calls else 0

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the platform's database says."""
        return self.platform.rows(sql, *values)

    def failed(self) -> set[tuple[Any, ...]]:
        """Updates and letters that were given up."""
        parked = "SELECT 'update', bot, update_id, error FROM inbox WHERE parked_at IS NOT NULL"
        letters = "SELECT 'letter', kind, id, error FROM outbox WHERE state = 'failed'"
        return {*self.rows(parked), *self.rows(letters)}

    def logged(self) -> list[str]:
        """Lines of the log that tell of trouble."""
        return [line for line in self.platform.log[self._log :].splitlines() if _bad(line)]

    async def refused(self) -> list[str]:
        """Calls that Telegram refused although nobody asked it to."""
        return [
            f"{call['method']}: {call['error']} {str(call['params'])[:300]}"
            for call in await self.people.calls(after=self._calls)
            if not call["ok"] and str(call["error"]).startswith("Bad Request")
            and not any(words in call["error"] for words in EXPECTED)
        ]  # fmt: skip

    async def delivered(self) -> None:
        """Waits until no update and no letter to customers and providers is left; the staff's group is slow."""
        left = "SELECT count(*) FROM outbox WHERE state = 'waiting' AND bot != 'admin'"
        undone = "SELECT count(*) FROM inbox WHERE done_at IS NULL AND parked_at IS NULL"
        await until(
            lambda: not self.rows(left)[0][0] and not self.rows(undone)[0][0],
            lambda: self.rows("SELECT kind, state, error, tries FROM outbox WHERE state='waiting'"),
            self.people,
        )


async def until(
    wanted: Callable[[], Any],
    otherwise: Callable[[], Any],
    people: People,
    *,
    timeout: float = 3 * PATIENCE,
) -> None:
    """Looks again whenever anything happens in the sandbox."""
    loop, after = asyncio.get_running_loop(), 0
    end = loop.time() + timeout
    while not wanted():
        assert loop.time() < end, otherwise()
        answer = await people.call("GET", f"/events/poll?after={after}&wait=0.3")
        after = answer["seq"]


async def restarted_after_a_kill(platform: Platform, people: People) -> None:
    """Killed once every answer is on record.

    A kill before repeats it, and on PostgreSQL whoever it was for waits until the death is known: see reliability.
    """
    undone = "SELECT count(*) FROM inbox WHERE done_at IS NULL AND parked_at IS NULL"
    await until(lambda: not platform.rows(undone)[0][0], lambda: "undone", people)
    platform.kill()
    platform.start()
    await platform.ready()


def _bad(line: str) -> bool:
    try:
        return str(json.loads(line).get("level")) in BAD_LEVELS
    except (ValueError, AttributeError):
        return bool(line.strip()) and not line.startswith("Open http")


@asynccontextmanager
async def watched(platform: Platform, people: People, *, log: bool = True) -> AsyncIterator[Watch]:
    """What is done inside leaves no trouble behind; with log=False trouble is made on purpose."""
    watch = Watch(platform, people)
    await watch.begin()
    yield watch
    new = watch.failed() - watch._failed
    assert not new, new
    assert not log or not watch.logged(), "\n".join(watch.logged())[:3000]
    assert not (refused := await watch.refused()), "\n".join(refused)[:3000]
