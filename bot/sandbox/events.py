"""What happens on people's screens, in order: read by the page as a stream and by tests as a long poll."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Collection
from typing import Any, TypeVar

T = TypeVar("T")


class Bell:
    """Wakes everybody who waits for something to change."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def until(self, look: Callable[[], T], timeout: float) -> T:
        """The first true answer of look, or its last answer when the time is over."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while not (found := look()) and (left := end - loop.time()) > 0:
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.add(future)
            try:
                # wait_for would lose a cancellation that comes together with the ring.
                await asyncio.wait({future}, timeout=left)
            finally:
                self._waiting.discard(future)
        return found


class Events:
    def __init__(self, keep: int = 20_000) -> None:
        # Numbers start at the time of day, so that a client that was connected before a restart continues.
        self.seq = int(time.time() * 1000)
        self.bell = Bell()
        self._kept: deque[dict[str, Any]] = deque(maxlen=keep)

    def publish(self, *, kind: str, person: int, chat_id: int, **facts: Any) -> None:
        self.seq += 1
        event = {"seq": self.seq, "kind": kind, "person": person, "chat_id": chat_id, **facts}
        self._kept.append(event)
        self.bell.ring()

    def after(self, seq: int, people: Collection[int]) -> list[dict[str, Any]]:
        """Events of these people (of all, if none is named) with a higher number."""
        found: list[dict[str, Any]] = []
        for event in reversed(self._kept):
            if event["seq"] <= seq:
                break
            if not people or event["person"] in people:
                found.append(event)
        return found[::-1]

    def clear(self) -> None:
        self._kept.clear()
