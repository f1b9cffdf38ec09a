"""The day itself: what is to happen when, and a clock that moves on as fast as the platform keeps up.

Nobody is outrun by the clock: it stands still while somebody has waited for an answer longer than PATIENT by it.
"""

import asyncio
import heapq
import random
import time
from bisect import bisect
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.cityday.clock import Clock
from tests.cityday.people import Lost

PATIENT = 120.0
"""Seconds by the city's clock."""
BUSY = 2.0
PROFILE = (2, 4, 8, 10, 9, 6, 5, 6, 6, 7, 8, 10, 12, 11, 6, 3)
"""How many orders begin in each hour from seven in the morning on, as shares."""


@dataclass(slots=True)
class Day:
    """`at_once`: so many people at most are in the middle of something. `speed`: seconds of the city in one of ours."""

    clock: Clock
    at_once: int
    speed: float = float("inf")
    ended: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    most: int = 0
    _alarms: list[tuple[float, int, asyncio.Future[None]]] = field(default_factory=list)
    _since: dict[int, float] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _moved: asyncio.Event = field(default_factory=asyncio.Event)
    _count: int = 0

    async def until(self, seconds: float) -> None:
        """This story goes on then."""
        me = id(asyncio.current_task())
        alarm = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(self._alarms, (max(seconds, self.clock.seconds), self._count, alarm))
        self._since.pop(me, None)
        self._moved.set()
        await alarm
        self.step()

    @property
    def busy(self) -> int:
        """So many people are in the middle of something."""
        return len(self._since)

    def step(self) -> None:
        """Whoever tells this story has just seen an answer."""
        self._since[id(asyncio.current_task())] = self.clock.seconds
        self._moved.set()

    def tell(self, story: Callable[[], Awaitable[str]], at: float) -> None:
        task = asyncio.ensure_future(self._told(story, at))
        self._tasks.add(task)
        task.add_done_callback(self._over)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._moved.set()

    async def _told(self, story: Callable[[], Awaitable[str]], at: float) -> None:
        try:
            await self.until(at)
            self.ended[await story()] += 1
        except asyncio.CancelledError:
            self.ended["cut off"] += 1
        except Lost as error:
            self.ended["lost"] += 1
            self.lost.append(str(error))
        finally:
            self._since.pop(id(asyncio.current_task()), None)

    async def passes(self, within: float = float("inf")) -> None:
        """Until every story has been told, or so many of our seconds are over."""
        began, first = time.monotonic(), self.clock.seconds
        asyncio.get_running_loop().call_later(min(within, 1e6), self._cut)
        await asyncio.sleep(0)
        while self._tasks:
            self._moved.clear()
            if self._alarms and self._room():
                at, _, alarm = self._alarms[0]
                ahead = (at - first) / self.speed - (time.monotonic() - began)
                if ahead > 0:
                    await asyncio.sleep(min(ahead, 0.05))
                    continue
                heapq.heappop(self._alarms)
                if alarm.done():  # its story was cut off
                    continue
                self.clock.seconds = max(at, self.clock.seconds)
                alarm.set_result(None)
                await asyncio.sleep(0)
                self.most = max(self.most, len(self._since))
                continue
            await self._moved.wait()

    def _cut(self) -> None:
        for task in self._tasks:
            task.cancel()

    def _room(self) -> bool:
        if len(self._since) >= self.at_once:
            return False
        slowest = min(self._since.values(), default=float("inf"))
        return self._alarms[0][0] <= slowest + PATIENT


def spread(orders: int, day: int, rng: random.Random) -> list[float]:
    """When the orders begin, in hours after seven. Of a day of so many the first of them from nine o'clock on, so that
    fewer come as thick as all would.
    """
    hours = rng.choices(range(len(PROFILE)), PROFILE, k=max(day, orders))
    times = sorted(hour + rng.random() for hour in hours)
    first = min(bisect(times, BUSY), len(times) - orders) if orders < len(times) else 0
    return times[first : first + orders]
