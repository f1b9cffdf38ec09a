"""Work on its way from the event loop to a thread that owns a connection, and its answers back, both in groups.

A thread's waking costs more than a small query: while it works the next jobs gather, and their answers go back
at once.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from db.errors import StorageUnavailable


@dataclass(eq=False, slots=True)
class Job:
    """A function of whatever the thread owns, and whoever waits for its value."""

    work: Callable[[Any], Any]
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[Any]"
    result: Any = None
    error: BaseException | None = None

    def settle(self) -> None:
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Jobs:
    """The queue before one or more such threads."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._closed = False

    async def do(self, work: Callable[[Any], Any]) -> Any:
        """The value of `work`, which runs on a thread."""
        if self._closed:
            raise StorageUnavailable("the database is being closed")
        loop = asyncio.get_running_loop()
        job = Job(work, loop, loop.create_future())
        self._queue.put(job)
        return await job.future

    def __len__(self) -> int:
        """How many wait; about, for the threads go on taking."""
        return self._queue.qsize()

    def close(self) -> None:
        """What waits is still done; then `gather` gives every thread its end."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)

    def gather(self, most: int) -> list[Job]:
        """On a thread: the jobs that wait, at least one; an empty list means the end."""
        job = self._queue.get()
        group: list[Job] = []
        try:
            while job is not None:
                group.append(job)
                if len(group) == most:
                    return group
                job = self._queue.get_nowait()
        except Empty:
            return group
        self._queue.put(None)  # for the other threads, and for this one when the group is done
        return group


def answer(group: list[Job]) -> None:
    """On a thread: everybody who waits for one of these jobs goes on, on a loop of their own."""
    for loop in {job.loop for job in group}:
        mine = [job for job in group if job.loop is loop]
        try:
            loop.call_soon_threadsafe(_settle, mine)
        except RuntimeError:
            pass  # that loop is gone, and with it everybody who waited


def _settle(jobs: list[Job]) -> None:
    for job in jobs:
        job.settle()
