"""One lane per person and bot: updates of one person in order, of different people side by side.

What can't wait at all has a lane of its own, and a place however many others are at work.
"""

import asyncio
import time
import zlib
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field

import structlog

from bot import meters
from bot.gateway.outcomes import Unreachable
from bot.gateway.ports import Clock, InboxStore, Update
from core.trace import TRACE, of_update

Handle = Callable[[str], Awaitable[None]]
Parked = Callable[[Update, str], Awaitable[None]]

_TRIES = 3
_PAUSES = (0.2, 1.0)
_LONG_WAITS = 20  # when the fault is not the update's: Telegram or the database is away for a while
_AHEAD = 50  # updates of one lane kept in memory; the rest wait in the inbox
# Lanes from here down belong to no person or chat: one for each question that is answered in seconds or never.
_HURRIED = -(1 << 62)
_log = structlog.get_logger()


def hurried(question: str) -> int:
    """The lane of its own of a question that can't wait, by its id."""
    return _HURRIED - zlib.crc32(question.encode())


def _can_wait(lane: int) -> bool:
    return lane > _HURRIED


@dataclass(slots=True)
class _Lane:
    queue: deque[Update] = field(default_factory=deque)
    more: bool = False  # the inbox holds more than the queue
    calls: int = 0  # how often updates were stored for it, as far as is known here


Number = tuple[str, int]  # the bot, and the person


class Lanes:
    """Works stored updates with the handler of their bot; a few tries, then the update is parked."""

    def __init__(
        self,
        store: InboxStore,
        handlers: Mapping[str, Handle],
        clock: Clock,
        *,
        on_parked: Parked,
        at_once: int = 32,
        time_limit: float = 60.0,
    ) -> None:
        self._store = store
        self._handlers = handlers
        self._clock = clock
        self._on_parked = on_parked
        self._time_limit = time_limit
        self._places = asyncio.Semaphore(at_once)
        self._lanes: dict[Number, _Lane] = {}
        self._tasks: dict[Number, asyncio.Task[None]] = {}
        self._resting: set[Number] = set()
        self._started = self._stopping = False

    async def adopt(self) -> None:
        """Take up what an earlier run left undone, or another process that is gone; at the start, before new updates
        come in, and now and then.
        """
        if self._handlers:
            for number in await self._store.adopt(bots=list(self._handlers)):
                self._lanes.setdefault(number, _Lane()).more = True
                self._wake(number)
        self._started = True

    def take(self, updates: Sequence[Update], calls: int | None) -> None:
        """Newly stored updates of one lane, in order of arrival; None if another process works it.

        Only if nobody else called it in between is what is known here all there is.
        """
        if calls is None or not updates:
            return
        number = (updates[0].bot, updates[0].lane)
        lane = self._lanes.setdefault(number, _Lane())
        in_turn = calls in (0, lane.calls + 1)
        if in_turn and not lane.more and len(lane.queue) + len(updates) <= _AHEAD:
            lane.queue.extend(updates)
            lane.calls = calls
        else:
            lane.more = True
        self._wake(number)

    async def let_go(self) -> None:
        """Others take this process for dead and work its lanes: it must not, whatever it was at."""
        self._lanes.clear()
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def at_work(self) -> int:
        """Lanes that are not empty."""
        return len(self._tasks)

    @property
    def queued(self) -> int:
        """Updates in memory; more may wait in the inbox."""
        return sum(len(lane.queue) for lane in self._lanes.values())

    @property
    def running(self) -> bool:
        """Takes what comes."""
        return self._started and not self._stopping

    async def idle(self) -> None:
        """Wait until nothing is left to do."""
        while self._tasks:
            await asyncio.wait(list(self._tasks.values()))

    async def stop(self, *, within: float = 10.0) -> None:
        """Start nothing new, let what runs finish; what is cut off stays undone and is done next time."""
        self._stopping = True
        for number in self._resting:
            self._tasks[number].cancel()
        if self._tasks:
            _, late = await asyncio.wait(list(self._tasks.values()), timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _wake(self, number: Number) -> None:
        if number not in self._tasks and not self._stopping:
            task = asyncio.create_task(self._run(number), name=f"lane {number[1]}")
            self._tasks[number] = task
            task.add_done_callback(lambda done: self._left(number, done))

    def _left(self, number: Number, task: asyncio.Task[None]) -> None:
        del self._tasks[number]
        if not task.cancelled() and (error := task.exception()):
            _log.error("lane broke", lane=number[1], error=type(error).__name__)
            self._lanes.setdefault(number, _Lane()).more = True
            asyncio.get_running_loop().call_later(1.0, self._wake, number)
        elif number in self._lanes:  # an update came between the last look and the end
            self._wake(number)

    async def _run(self, number: Number) -> None:
        lane = self._lanes[number]
        while not self._stopping:
            if not lane.queue and lane.more and not await self._refill(number, lane):
                del self._lanes[number]
                return
            if lane.queue:
                await self._work(lane.queue[0])
                lane.queue.popleft()
            elif await self._left_for_good(number, lane):
                return

    async def _refill(self, number: Number, lane: _Lane) -> bool:
        """False if the lane is another's."""
        lane.more = False
        bot, of = number
        found = await self._store.waiting(bot=bot, lane=of, limit=_AHEAD)
        if found is None:
            return False
        waiting, lane.calls = found
        # What arrived during that read is either in it or stored after it: read again later.
        lane.more = lane.more or bool(lane.queue) or len(waiting) == _AHEAD
        lane.queue = deque(waiting)
        return True

    async def _left_for_good(self, number: Number, lane: _Lane) -> bool:
        """Nothing more to do, and nobody has called meanwhile."""
        bot, of = number
        if not await self._store.leave(bot=bot, lane=of, calls=lane.calls):
            lane.more = lane.more or not lane.queue
        elif not lane.queue and not lane.more:
            del self._lanes[number]
            return True
        return False

    async def _work(self, update: Update) -> None:
        """Until it is done or parked."""
        bot, update_id = update.bot, update.update_id
        tries, waits = update.tries, 0
        while (error := await self._attempt(update)) is not None:
            name = type(error).__name__
            if getattr(error, "passing", False) and waits < _LONG_WAITS:
                waits += 1
                await self._rest(update, min(2.0**waits, 30.0))
                continue
            tries += 1
            if tries >= _TRIES:
                await self._park(update, name)
                return
            meters.WORKED.labels(bot, "failed").inc()
            await self._store.failed(bot=bot, update_id=update_id, tries=tries, error=name)
            await self._rest(update, _PAUSES[tries - 1])
        await self._store.done(bot=bot, update_id=update_id, now=self._clock.millis())
        meters.WORKED.labels(bot, "done").inc()

    async def _attempt(self, update: Update) -> Exception | None:
        """None if it went well (or nobody is there to answer)."""
        began = time.monotonic()
        TRACE.set(of_update(bot=update.bot, update_id=update.update_id))
        try:
            places = self._places if _can_wait(update.lane) else nullcontext()
            async with places, asyncio.timeout(self._time_limit):
                await self._handlers[update.bot](update.body)
        except Unreachable:
            _log.info("nobody to answer", bot=update.bot, update=update.update_id)
        except Exception as error:
            _log.exception("update failed", bot=update.bot, update=update.update_id)
            return error
        finally:
            meters.UPDATE_TIME.labels(update.bot).observe(time.monotonic() - began)
        return None

    async def _rest(self, update: Update, seconds: float) -> None:
        """A pause between tries; a stop ends it, and the update stays undone."""
        if self._stopping:
            raise asyncio.CancelledError
        number = (update.bot, update.lane)
        self._resting.add(number)
        try:
            await self._clock.sleep(seconds)
        finally:
            self._resting.discard(number)

    async def _park(self, update: Update, error: str) -> None:
        meters.WORKED.labels(update.bot, "parked").inc()
        await self._store.park(
            bot=update.bot, update_id=update.update_id, error=error, now=self._clock.millis()
        )
        try:
            await self._on_parked(update, error)
        except Exception:
            _log.exception("nobody told of a parked update", update=update.update_id)
