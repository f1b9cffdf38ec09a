"""One hand at a time on a person's messages, whichever process it belongs to."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.turns import Turns

# Longer than a call to Telegram that is not in trouble; who dies in his turn keeps others waiting no longer than that.
_TURN, _PATIENCE, _LOOK = 20.0, 5.0, 0.02
log = structlog.get_logger()


class RedisTurns(Turns):
    """First among ourselves, then among the processes; two messages are better than none, so nobody waits for ever."""

    def __init__(self, redis: Redis, *, prefix: str) -> None:
        super().__init__()
        self._redis = redis
        self._prefix = prefix

    def of(self, bot: str, chat_id: int) -> AbstractAsyncContextManager[None]:
        return self._held(bot, chat_id)

    @asynccontextmanager
    async def _held(self, bot: str, chat_id: int) -> AsyncIterator[None]:
        name = f"{self._prefix}:turn:{bot}:{chat_id}"
        lock = self._redis.lock(name, timeout=_TURN, sleep=_LOOK, blocking_timeout=_PATIENCE)
        async with super().of(bot, chat_id):
            try:
                await lock.acquire()
            except (RedisError, OSError) as error:
                log.warning("turns_unshared", error=type(error).__name__)
            try:
                yield
            finally:
                with suppress(RedisError, OSError):
                    await lock.release()
