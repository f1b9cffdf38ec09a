"""From the outbox to Telegram: claimed, rendered at the last moment, sent or edited, recorded.

What a call may come to is told apart once, in `_settle`: each outcome has one consequence for the row.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from functools import partial
from typing import Any, Protocol

import structlog

from bot import meters
from bot.gateway.looks import fingerprint, repeatable
from bot.gateway.outcomes import (
    CallFailed,
    ChatMoved,
    NotSent,
    Refused,
    RetryAfter,
    Stopping,
    Uncertain,
    Unreachable,
    Withheld,
)
from bot.gateway.ports import Clock, Due, OutboxStore
from bot.gateway.renewal import look_again
from bot.letters import NotYet
from bot.screen import Card, Screen
from bot.turns import Turns
from core.letters import BULK, ONCE, ONLY_ON, STANDING, URGENT
from core.trace import TRACE

LEASE_MS, HEARTBEAT, TICK = 20_000, 5.0, 1.0
_AT_ONCE = 30
_PATIENT = 20  # of them may be letters that can wait: whoever can't finds a place at once
_REFILL = _PATIENT // 2  # places for these are filled together: each look at a long queue costs
_OLDEST_MS = 48 * 3600 * 1000
_RENDER_TRIES = 5
_log = structlog.get_logger()

Render = Callable[[Due], Awaitable[Screen | None]]
Address = Callable[[Due], Awaitable[tuple[int | None, int | None]]]
Notice = Callable[[Due, str], Awaitable[None]]


class Pen(Protocol):
    """What delivery needs of a messenger."""

    def at(self, *, urgency: int, patience: float) -> "Pen": ...

    def beginning(self, begin: Callable[[], Awaitable[None]]) -> "Pen": ...

    async def send(self, chat_id: int, screen: Screen, *, thread_id: int | None = None) -> int: ...

    async def edit(
        self, chat_id: int, message_id: int, screen: Screen, *, thread_id: int | None = None
    ) -> int: ...

    async def fade(self, chat_id: int, message_id: int, screen: Screen) -> None: ...

    async def take_back(self, chat_id: int, message_id: int, screen: Screen) -> None: ...

    async def sign(self, chat_id: int, message_id: int, emoji: str) -> None: ...


async def own_address(due: Due) -> tuple[int | None, int | None]:
    """The chat written in the row, and the topic in its facts."""
    return due.chat_id, due.facts.get("thread_id")


async def _say_nothing(due: Due, why: str) -> None:
    pass


class Delivery:
    """Sends what is due, one message per chat at a time, all chats side by side.

    `render` gives the screen, or None when a later state made the message pointless. `address` gives (chat, topic).
    A screen that names a card edits the live one, in turn with the dialogue (`turns`). `on_refused` hears of
    what can't reach its chat, `on_failed` of messages given up. A bot that is not `speaking` keeps what it has to say.
    """

    def __init__(
        self,
        store: OutboxStore,
        pens: Mapping[str, Pen],
        clock: Clock,
        render: Render,
        *,
        address: Address = own_address,
        on_refused: Notice = _say_nothing,
        on_failed: Notice = _say_nothing,
        turns: Turns | None = None,
        speaking: Callable[[str], bool] = lambda _bot: True,
    ) -> None:
        self._store = store
        self._pens = pens
        self._clock = clock
        self._render = render
        self._address = address
        self._on_refused = on_refused
        self._on_failed = on_failed
        self._turns = turns or Turns()
        self._speaking = speaking
        self._news = asyncio.Event()
        self._running: dict[int, asyncio.Task[None]] = {}
        self._patient: set[int] = set()
        self._loops: list[asyncio.Task[None]] = []
        self._looking = False
        self._stopping = False

    async def start(self) -> None:
        self._loops = [
            asyncio.create_task(self._claim_for_ever(), name="delivery"),
            asyncio.create_task(self._keep_claims(), name="delivery leases"),
        ]

    def wake(self) -> None:
        """Something was just committed: look now, not at the next tick."""
        self._news.set()

    async def stop(self, *, within: float = 10.0) -> None:
        """Claim nothing new, let what is under way end; what is cut off goes out after its lease."""
        self._stopping = True
        self._news.set()
        if self._running:
            _, late = await asyncio.wait(list(self._running.values()), timeout=within)
            for task in late:
                task.cancel()
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, *self._running.values(), return_exceptions=True)

    async def step(self) -> int:
        """Claim what is due and begin to send it; how many."""
        room, patient = _AT_ONCE - len(self._running), _PATIENT - len(self._patient)
        if room <= 0:
            return 0
        now, bots = self._clock.millis(), list(filter(self._speaking, self._pens))
        limit, urgency = (min(room, patient), BULK) if patient >= _REFILL else (room, URGENT)
        claimed = await self._store.lease(
            bots=bots, now=now, until=now + LEASE_MS, limit=limit, urgency=urgency
        )
        for due in claimed:
            if due.id not in self._running:
                if due.urgency > URGENT:
                    self._patient.add(due.id)
                task = asyncio.create_task(self._deliver(due), name=f"outbox {due.id}")
                self._running[due.id] = task
                task.add_done_callback(partial(self._ended, due.id))
        return len(claimed)

    @property
    def running(self) -> bool:
        """Claims what is due, and keeps its claims."""
        return bool(self._loops) and not self._stopping and not any(t.done() for t in self._loops)

    @property
    def at_work(self) -> int:
        """Messages under way; one more while it looks for others."""
        return len(self._running) + (self._looking or self._news.is_set())

    async def settled(self) -> None:
        """Wait until everything that is under way has ended."""
        while self._running:
            await asyncio.wait(list(self._running.values()))

    def _ended(self, row: int, task: asyncio.Task[None]) -> None:
        del self._running[row]
        self._patient.discard(row)
        if not task.cancelled() and (error := task.exception()):
            _log.error("delivery broke", outbox=row, error=type(error).__name__)
        else:
            self._news.set()  # the next message of this chat may go

    async def _claim_for_ever(self) -> None:
        while not self._stopping:
            self._news.clear()
            self._looking = True
            try:
                await self.step()  # all that could go: the next of a chat can when one has ended
            except Exception:
                _log.exception("outbox could not be read")
            self._looking = False
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), TICK)

    async def _keep_claims(self) -> None:
        """Messages that wait at the gate keep their lease; only those of a dead process expire."""
        while True:
            await self._clock.sleep(HEARTBEAT)
            if self._running:
                try:
                    await self._store.extend(
                        list(self._running), until=self._clock.millis() + LEASE_MS
                    )
                except Exception:
                    _log.exception("leases not extended")

    async def _deliver(self, due: Due) -> None:
        TRACE.set(due.trace)
        chat_id, thread_id = await self._address(due)
        if chat_id is None or due.refused:
            await self._store.close(due, reason="unreachable")
            await self._on_refused(due, "unreachable")
            return
        if due.kind in ONCE and due.doubts:
            await self._give_up(due, "cut off")
            return
        try:
            if due.kind == STANDING:
                await self._look_again(due, chat_id)
                return
            if not await self._has_its_card(due, chat_id):
                await self._store.close(due, reason="no card")
                return
            screen = await self._render(due)
            if screen is None:
                await self._store.close(due, reason="pointless")
                return
            await self._write(due, screen, chat_id, thread_id)
        except Exception as error:
            await self._settle(due, chat_id, error)

    async def _write(self, due: Due, screen: Screen, chat_id: int, thread_id: int | None) -> None:
        pen = self._pens[due.bot].at(urgency=due.urgency, patience=0)
        if due.kind in ONCE:
            pen = pen.beginning(partial(self._begin, due))
        if screen.sign is not None:
            await repeatable(pen.sign(chat_id, screen.sign.message_id, screen.sign.emoji))
            await self._store.close(due, reason="a sign")
        elif screen.card is None:
            message_id = await pen.send(chat_id, screen, thread_id=thread_id)
            await self._store.sent(due, message_id=message_id)
            _say_sent(due, message_id)
        else:
            async with self._turn(due.bot, chat_id):
                await self._write_card(due, pen, screen, screen.card, chat_id, thread_id)
        meters.LETTERS.labels(due.bot, "sent").inc()

    async def _has_its_card(self, due: Due, chat_id: int) -> bool:
        """A dialogue that is just showing the card says so before it lets anybody else have the chat."""
        if (kind := ONLY_ON.get(due.kind)) is None:
            return True
        async with self._turn(due.bot, chat_id):
            return await self._store.has(bot=due.bot, chat_id=chat_id, kind=kind)

    async def _begin(self, due: Due) -> None:
        if not await self._store.begin(due, now=self._clock.millis()):
            raise Withheld

    def _turn(self, bot: str, chat_id: int) -> AbstractAsyncContextManager[Any]:
        """In a group nobody waits for anybody."""
        return nullcontext() if chat_id < 0 else self._turns.of(bot, chat_id)

    async def _look_again(self, due: Due, chat_id: int) -> None:
        pen = self._pens[due.bot].at(urgency=due.urgency, patience=0)
        async with self._turn(due.bot, chat_id):
            await look_again(due, chat_id, self._store, pen, self._render)
        await self._store.close(due, reason="looked again")

    async def _write_card(
        self, due: Due, pen: Pen, screen: Screen, card: Card, chat_id: int, thread_id: int | None
    ) -> None:
        name: Any = {"chat_id": chat_id, "kind": card.kind, "subject": card.subject}
        former, content = await self._store.card(bot=due.bot, **name) or (0, "")
        now = fingerprint(screen)
        if not former and card.when_missing == "skip":
            await self._store.close(due, reason="no card")
            return
        if card.fades or card.goes:
            await self._fade(due, pen, screen, chat_id, former)
            return
        if not former or card.anew:
            message_id = await pen.send(chat_id, screen, thread_id=thread_id)
        elif content == now:
            message_id = former
        else:
            edit = pen.edit(chat_id, former, screen, thread_id=thread_id)
            message_id = await repeatable(edit)
        await self._store.sent_card(
            due,
            **name,
            message_id=message_id,
            content=now,
            now=self._clock.millis(),
            stands=card.stands,
            in_place=message_id == former and not (card.stands and chat_id < 0),
        )
        _say_sent(due, message_id)

    async def _fade(
        self, due: Due, pen: Pen, screen: Screen, chat_id: int, message_id: int
    ) -> None:
        """What was a card becomes a line or goes; one that can't be changed any more has old buttons, as all may be."""
        goes = screen.card is not None and screen.card.goes
        await repeatable((pen.take_back if goes else pen.fade)(chat_id, message_id, screen))
        await self._store.faded(due, chat_id=chat_id, message_id=message_id)

    async def _settle(self, due: Due, chat_id: int, error: Exception) -> None:
        """What an end that was not good means for the row."""
        now = self._clock.millis()
        why = _reason(error)
        meters.LETTERS.labels(due.bot, type(error).__name__).inc()
        match error:
            case Withheld():
                pass  # whoever withheld it has written so
            case Stopping():
                await self._store.later(due, at=now, reason="")  # whoever starts next may have it
            case NotYet():
                await self._store.postpone(due, at=int(error.until.timestamp() * 1000))
            case RetryAfter():
                await self._later(due, error.seconds, why)
            case ChatMoved():
                await self._store.move_chat(bot=due.bot, old=chat_id, new=error.chat_id)
                await self._later(due, 0, why)
            case Unreachable():
                await self._store.refused(bot=due.bot, chat_id=chat_id, now=now)
                await self._store.close(due, reason="unreachable")
                await self._on_refused(due, why)
            case Uncertain() if due.doubts == 0:
                await self._later(due, 1, why, doubt=True)
            case Uncertain() | Refused():
                await self._give_up(due, why)
            case NotSent() if now - due.created_at < _OLDEST_MS:
                await self._later(due, _backoff(due.tries), why)
            case NotSent():
                await self._give_up(due, why)
            case _:
                _log.error("message not made", outbox=due.id, kind=due.kind, exc_info=error)
                if due.tries < _RENDER_TRIES or getattr(error, "passing", False):
                    await self._later(due, _backoff(due.tries), why)
                else:
                    await self._give_up(due, why)

    async def _later(self, due: Due, seconds: float, why: str, *, doubt: bool = False) -> None:
        at = self._clock.millis() + int(seconds * 1000)
        await self._store.later(due, at=at, reason=why, doubt=doubt)

    async def _give_up(self, due: Due, why: str) -> None:
        _log.warning("message given up", outbox=due.id, kind=due.kind, error=why)
        await self._store.fail(due, reason=why)
        await self._on_failed(due, why)


def _say_sent(due: Due, message_id: int) -> None:
    _log.info("sent", outbox=due.id, bot=due.bot, kind=due.kind, message=message_id)


def _reason(error: Exception) -> str:
    words = f": {error}" if isinstance(error, CallFailed) else ""
    return f"{type(error).__name__}{words}"[:200]


def _backoff(tries: int) -> float:
    return float(min(2 ** min(tries - 1, 9), 300))
