"""Webhook delivery as Telegram does it: the head blocks its queue until 2xx, other queues go on beside it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from bot.sandbox.queues import Queue, Waiting

Execute = Callable[[int, str, dict[str, Any]], Awaitable[Any]]
FIRST_PAUSES = (0.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0)
GONE_AFTER = 23 * 3600


class Webhook:
    """Delivers the updates of one bot while a webhook is set."""

    def __init__(self, queue: Queue, execute: Execute, answer_within: float = 60.0) -> None:
        self._queue, self._execute, self._answer_within = queue, execute, answer_within
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy: set[str] = set()
        self._session: aiohttp.ClientSession | None = None
        self._gone_since: float | None = None

    async def start(self) -> None:
        self._session = aiohttp.ClientSession()
        self._spawn(self._run())

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    @property
    def _hook(self) -> dict[str, Any] | None:
        return self._queue.world.states[self._queue.bot].webhook

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self) -> None:
        while True:
            heads = await self._queue.bell.until(self._heads, 3600)
            for waiting in heads or []:
                self._busy.add(waiting.queue)
                self._spawn(self._deliver(waiting))

    def _heads(self) -> list[Waiting]:
        """The first update of every queue that is not being delivered, as far as connections last."""
        if not self._hook:
            return []
        heads: dict[str, Waiting] = {}
        for waiting in self._queue.ready(limit=10_000):
            heads.setdefault(waiting.queue, waiting)
        free = int(self._hook["max_connections"]) - len(self._busy)
        return [head for head in heads.values() if head.queue not in self._busy][: max(0, free)]

    async def _deliver(self, waiting: Waiting) -> None:
        try:
            pauses = iter(FIRST_PAUSES)
            while self._hook and waiting.number in self._queue.waiting:
                pause = await self._attempt(waiting)
                if pause is None:
                    break
                await self._pause(pause or next(pauses, FIRST_PAUSES[-1]))
                self._queue.ready()
        finally:
            self._busy.discard(waiting.queue)
            self._queue.bell.ring()

    async def _pause(self, seconds: float) -> None:
        """Waits, but not longer than the webhook itself stays as it is."""
        hook = self._hook
        await self._queue.bell.until(lambda: self._hook is not hook, seconds)

    async def _attempt(self, waiting: Waiting) -> float | None:
        """None when delivered; else the pause the other side asked for, or 0 for the usual one."""
        hook = self._hook
        assert hook is not None
        assert self._session is not None
        secret = hook.get("secret_token")
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        try:
            timeout = aiohttp.ClientTimeout(total=self._answer_within)
            async with self._session.post(
                hook["url"], json=waiting.body, headers=headers, timeout=timeout
            ) as answer:
                return await self._judge(waiting, hook, answer)
        except (aiohttp.ClientError, TimeoutError) as trouble:
            words = (
                "Read timeout expired"
                if isinstance(trouble, TimeoutError)
                else ("Connection refused")
            )
            self._note(hook, words)
            return 0.0

    async def _judge(
        self, waiting: Waiting, hook: dict[str, Any], answer: aiohttp.ClientResponse
    ) -> float | None:
        if 200 <= answer.status < 300:
            self._gone_since = None
            body = await answer.read()
            self._queue.confirm(waiting)
            await self._reply(body)
            return None if waiting.number not in self._queue.waiting else 0.0
        self._note(hook, f"Wrong response from the webhook: {answer.status} {answer.reason}")
        if answer.status == 410:
            self._gone()
        asked = answer.headers.get("Retry-After", "")
        return min(float(asked), 3600.0) if asked.isdigit() else 0.0

    async def _reply(self, body: bytes) -> None:
        """A method named in the answer is carried out; its result and its error are lost."""
        try:
            call = json.loads(body)
        except ValueError:
            return
        if isinstance(call, dict) and isinstance(call.get("method"), str):
            await self._execute(self._queue.bot, call.pop("method"), call)

    def _note(self, hook: dict[str, Any], words: str) -> None:
        hook["last_error_date"] = int(self._queue.world.now())
        hook["last_error_message"] = words

    def _gone(self) -> None:
        """410 for most of a day closes the webhook."""
        now = self._queue.world.now()
        self._gone_since = self._gone_since or now
        if now - self._gone_since >= GONE_AFTER:
            self._queue.world.states[self._queue.bot].webhook = None
            self._queue.world.keep_bot(self._queue.bot)
            self._queue.bell.ring()
