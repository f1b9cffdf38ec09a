"""Takes away what lies too long, a small batch at a time, so that nobody who taps ever waits for it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Protocol

from core.rules import Rules
from core.tidying.heaps import LASTS, Heap

BATCH: Final = 500


class Heaps(Protocol):
    """Where it lies; see db/heaps.py."""

    async def forget(self, *, heap: Heap, before: datetime, limit: int) -> int:
        """Takes away so many at most of what is older and needed no more; how many it was."""


class Tidying:
    def __init__(self, *, heaps: Heaps, rules: Rules) -> None:
        self._heaps = heaps
        self._rules = rules

    async def tidy(self, *, now: datetime, heaps: Iterable[Heap] = Heap) -> dict[Heap, int]:
        """How many went of each heap; several may do it at the same time."""
        return {heap: await self._shrink(heap, now - self._lasts(heap)) for heap in heaps}

    def _lasts(self, heap: Heap) -> timedelta:
        lasts = LASTS[heap]
        return lasts if isinstance(lasts, timedelta) else timedelta(days=self._rules.number(lasts))

    async def _shrink(self, heap: Heap, before: datetime) -> int:
        gone = some = await self._heaps.forget(heap=heap, before=before, limit=BATCH)
        while some == BATCH:
            some = await self._heaps.forget(heap=heap, before=before, limit=BATCH)
            gone += some
        return gone
