"""The send gate of one bot token: so many messages a second, so many per chat, and Telegram's "later" is the law.

Whoever is more urgent goes first, and finds a place kept free: what may wait never fills a chat to its limit, and
leaves evenly, so that of all calls of a second the next one is always moments away. A chat that must wait holds up
nobody else.
"""

import asyncio
import heapq
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import Self

from bot.gateway.outcomes import RetryAfter, Stopping
from bot.gateway.ports import Clock

_FORGET_AFTER = 120.0
URGENT = 0
FOR_THE_URGENT = 1 / 4  # of what a chat may get
CATCH_UP = 1 / 2  # of the time in which a bot may say so much


@dataclass(frozen=True, slots=True)
class Limits:
    """So many permits in so many seconds; starting values, for Telegram's own are not published."""

    overall: tuple[int, float] = (30, 1.0)
    chat: tuple[int, float] = (20, 20.0)  # one a second on the average, a burst at the beginning
    group: tuple[int, float] = (20, 60.0)
    edits: tuple[int, float] = (30, 10.0)  # a tap is answered by an edit, and people tap fast

    @classmethod
    def allowing(cls, chat: tuple[int, float], group: tuple[int, float]) -> Self:
        """What Telegram takes for a person and a group; for a group one less, as calls are not equally long on
        their way.
        """
        many, seconds = group
        return cls(
            chat=chat, group=(max(1, many - 1), seconds), edits=(chat[0] * 3 // 2, chat[1] / 2)
        )


class _Window:
    """At most `many` permits in any `span` seconds."""

    def __init__(self, many: int, span: float) -> None:
        self._many, self._span = max(1, many), span
        self._given: deque[float] = deque(maxlen=self._many)

    def free_at(self, size: int = 1) -> float:
        over = len(self._given) + min(size, self._many) - self._many
        return self._given[over - 1] + self._span if over > 0 else float("-inf")

    def take(self, now: float, size: int = 1) -> None:
        self._given.extend([now] * size)


class _Pace:
    """One after the other, evenly; what a machine or a network was a little late with may catch up."""

    def __init__(self, many: int, span: float) -> None:
        self._every, self._behind = span / max(1, many), span * CATCH_UP
        self.free_at = float("-inf")

    def take(self, now: float, size: int) -> None:
        begins = now - self.free_at > self._behind
        self.free_at = (now if begins else self.free_at) + size * self._every


class _Door:
    """One chat, and new messages or edits."""

    def __init__(self, chat_id: int, many: int, span: float) -> None:
        self.chat_id = chat_id
        self.used_at = 0.0
        self.waiters: list[_Waiter] = []
        self._every = _Window(many, span)
        self._unhurried = _Window(many - int(many * FOR_THE_URGENT), span)

    def free_at(self, urgency: int, size: int) -> float:
        every = self._every.free_at(size)
        return every if urgency <= URGENT else max(every, self._unhurried.free_at(size))

    def take(self, now: float, urgency: int, size: int) -> None:
        self.used_at = now
        self._every.take(now, size)
        if urgency > URGENT:
            self._unhurried.take(now, size)


@dataclass(order=True, slots=True)
class _Waiter:
    urgency: int
    number: int
    size: int = field(compare=False)
    future: "asyncio.Future[None]" = field(compare=False)


class Gate:
    """`await gate.enter(...)` before each call; `gate.close(...)` when Telegram says "later"."""

    def __init__(self, clock: Clock, limits: Limits | None = None) -> None:
        self._clock = clock
        self._limits = limits or Limits()
        self._overall = _Window(*self._limits.overall)
        self._pace = _Pace(*self._limits.overall)
        self._doors: dict[tuple[int, bool], _Door] = {}
        self._closed: dict[int, float] = {}
        self._waiting: dict[int, _Door] = {}
        self._numbers = count()
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._shut = False

    async def enter(
        self,
        chat_id: int,
        *,
        urgency: int = 0,
        patience: float = float("inf"),
        edit: bool = False,
        size: int = 1,
    ) -> None:
        """Wait for a permit for so many messages; a chat closed for longer than `patience` raises at once."""
        closed = self.closed_for(chat_id)
        if closed > patience:
            raise RetryAfter(closed)
        door, now = self._door(chat_id, edit), self._clock.monotonic()
        future = asyncio.get_running_loop().create_future()
        waiter = _Waiter(urgency, next(self._numbers), size, future)
        first = not door.waiters or waiter < door.waiters[0]
        if first and max(self._free_at(door, waiter), self._overall_at(waiter)) <= now:
            self._grant(door, waiter, now)
            return
        if self._shut:
            raise Stopping
        heapq.heappush(door.waiters, waiter)
        self._waiting[id(door)] = door
        self._changed.set()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._serve(), name="send-gate")
        await future

    def close(self, chat_id: int, seconds: float) -> None:
        """No call to this chat for so long."""
        until = self._clock.monotonic() + seconds
        self._closed[chat_id] = max(until, self._closed.get(chat_id, until))

    def shut(self) -> None:
        """The process ends: what may go still goes, but nobody waits any longer."""
        self._shut = True
        for door in self._those_who_wait():
            for waiter in door.waiters:
                if not waiter.future.done():
                    waiter.future.set_exception(Stopping())

    def closed_for(self, chat_id: int) -> float:
        """Seconds until the chat may be written to again, as far as Telegram said."""
        left = self._closed.get(chat_id, float("-inf")) - self._clock.monotonic()
        if left <= 0:
            self._closed.pop(chat_id, None)
        return max(0.0, left)

    def _free_at(self, door: _Door, waiter: _Waiter) -> float:
        closed = self._closed.get(door.chat_id, float("-inf"))
        return max(door.free_at(waiter.urgency, waiter.size), closed)

    def _overall_at(self, waiter: _Waiter) -> float:
        every = self._overall.free_at(waiter.size)
        return every if waiter.urgency <= URGENT else max(every, self._pace.free_at)

    def _door(self, chat_id: int, edit: bool) -> _Door:
        door = self._doors.get((chat_id, edit))
        if door is None:
            door = self._doors[chat_id, edit] = _Door(chat_id, *self._of(chat_id, edit))
            if len(self._doors) % 1000 == 0:
                self._forget()
        return door

    def _of(self, chat_id: int, edit: bool) -> tuple[int, float]:
        limits = self._limits
        return limits.edits if edit else limits.group if chat_id < 0 else limits.chat

    def _forget(self) -> None:
        old = self._clock.monotonic() - _FORGET_AFTER
        for key, door in list(self._doors.items()):
            if not door.waiters and door.used_at < old:
                del self._doors[key]

    def _grant(self, door: _Door, waiter: _Waiter, now: float) -> None:
        door.take(now, waiter.urgency, waiter.size)
        self._overall.take(now, waiter.size)
        if waiter.urgency > URGENT:
            self._pace.take(now, waiter.size)

    async def _serve(self) -> None:
        """Give permits as they fall free, the most urgent first, until nobody waits."""
        while waiting := self._those_who_wait():
            now = self._clock.monotonic()
            ready = [door for door in waiting if self._free_at(door, door.waiters[0]) <= now]
            if not ready:
                at = min(self._free_at(door, door.waiters[0]) for door in waiting)
            else:
                door = min(ready, key=lambda door: door.waiters[0])
                at = self._overall_at(door.waiters[0])
                if at <= now:
                    waiter = heapq.heappop(door.waiters)
                    waiter.future.set_result(None)
                    self._grant(door, waiter, now)
                    continue
            self._changed.clear()
            await self._until(max(at, self._overall.free_at()) - now)

    def _those_who_wait(self) -> list[_Door]:
        for number, door in list(self._waiting.items()):
            while door.waiters and door.waiters[0].future.done():  # gave up waiting
                heapq.heappop(door.waiters)
            if not door.waiters:
                del self._waiting[number]
        return list(self._waiting.values())

    async def _until(self, seconds: float) -> None:
        """So long, or until somebody new waits."""
        nap = asyncio.ensure_future(self._clock.sleep(max(seconds, 0.001)))
        news = asyncio.ensure_future(self._changed.wait())
        await asyncio.wait({nap, news}, return_when=asyncio.FIRST_COMPLETED)
        for task in (nap, news):
            task.cancel()
