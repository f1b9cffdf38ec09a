"""Looks for timers that are due and does what they ask; the scheduler ticks it, a fresh timer wakes it at once."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog

from bot import meters
from core.errors import DomainError
from core.quarantine.service import GO_ON
from core.services import Core
from core.timers import EVER_SLOWER, TIMERS
from core.trace import TRACE, of_timer

log = structlog.get_logger()
_MANY_TRIES = 7


class DueTimer(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def subject_id(self) -> int: ...
    @property
    def tries(self) -> int: ...


class Timers(Protocol):
    """See db/timers.py."""

    async def take(
        self, *, now: datetime, limit: int = 50, only: Collection[str] | None = None
    ) -> list[Any]: ...

    async def done(self, *, timer: Any, now: datetime) -> None: ...
    async def later(self, *, timer: Any, at: datetime, counts: bool = True) -> None: ...


class Sweep:
    """Any number of sweeps may run beside each other; each timer is worked by one of them."""

    def __init__(self, *, core: Core, timers: Timers, clock: Callable[[], datetime]) -> None:
        self._core = core
        self._timers = timers
        self._clock = clock
        self._busy = asyncio.Lock()
        self._again = False

    async def run(self) -> None:
        """Works everything that is due; a call while one is running makes that one look once more."""
        self._again = True
        if self._busy.locked():
            return
        async with self._busy:
            with meters.SWEEP_TIME.time():
                await self._all()
            meters.SWEPT_AT.set_to_current_time()

    async def _all(self) -> None:
        while self._again:
            self._again = False
            while due := await self._timers.take(now=self._clock(), only=self._only):
                await asyncio.gather(*(self._in_turn(timers) for timers in _by_subject(due)))

    @property
    def _only(self) -> frozenset[str] | None:
        """After a restore next to nothing goes on by itself."""
        return GO_ON if self._core.quarantine.standing else None

    async def _in_turn(self, timers: Sequence[DueTimer]) -> None:
        for timer in timers:
            await self._work(timer)

    async def _work(self, timer: DueTimer) -> None:
        TRACE.set(of_timer(kind=timer.kind, subject_id=timer.subject_id))
        now, failed, ended = self._clock(), True, "failed"
        try:
            again = await TIMERS[timer.kind](self._core, timer.subject_id, timer.tries, now)
            failed, ended = False, "done"
        except DomainError as refusal:
            ended = "refused"
            again = self._retry(timer, now, type(refusal).__name__)
        except Exception as error:
            log.exception("timer_failed", kind=timer.kind, error=type(error).__name__)
            again = self._retry(timer, now, "crash")
        meters.TIMERS.labels(ended).inc()
        if again is None:
            await self._timers.done(timer=timer, now=now)
        else:
            counts = failed or timer.kind in EVER_SLOWER
            await self._timers.later(timer=timer, at=again, counts=counts)

    @staticmethod
    def _retry(timer: DueTimer, now: datetime, why: str) -> datetime:
        """Rivals make a timer lose now and then; it looks again, ever more slowly, and is never given up.

        Somebody's money or time hangs on it, and nothing else would look again.
        """
        if timer.tries >= _MANY_TRIES:
            log.error("timer_keeps_failing", kind=timer.kind, tries=timer.tries, error=why)
        return now + timedelta(seconds=2 ** min(timer.tries, _MANY_TRIES) * 5)


def _by_subject(due: Iterable[DueTimer]) -> Iterable[list[DueTimer]]:
    """Two timers of one order would only take each other's turn: the one that loses comes seconds later."""
    found = defaultdict[int, list[DueTimer]](list)
    for timer in due:
        found[timer.subject_id].append(timer)
    return found.values()
