"""Who asks what was looked for in vain hears of all that was noted before, also of what is just being written."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from core.platform.facts import Kind
from core.platform.traces import Noted, Traces

NOW = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)


class SlowBook:
    """Writes when it is let."""

    def __init__(self) -> None:
        self.let, self.begun = asyncio.Event(), asyncio.Event()
        self.noted: list[Noted] = []

    async def write(self, *, noted: Sequence[Noted]) -> None:
        self.begun.set()
        await self.let.wait()
        self.noted += noted

    async def unmet(self, **_: Any) -> dict[int, int]:
        return {one.service_id: 1 for one in self.noted}

    async def key(self, *, day: int, fresh: str) -> str:
        return fresh


@pytest.mark.feature("P10")
async def test_what_is_just_being_written_is_waited_for() -> None:
    book = SlowBook()
    traces = Traces(book=book, places=None, zone="Asia/Shanghai")  # type: ignore[arg-type]
    traces.note(kind=Kind.UNMET, person_id=1, now=NOW, service_id=7)
    by_the_clock = asyncio.create_task(traces.write())
    await book.begun.wait()
    asked = asyncio.create_task(traces.unmet(services=[7], districts=["x"], since=NOW))
    await asyncio.sleep(0)
    assert not asked.done()
    book.let.set()
    assert await asked == {7: 1}
    await by_the_clock
