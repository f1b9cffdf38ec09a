"""The send gate of a token that several processes use: what all of them sent is counted in Redis.

Each process orders its own calls by urgency as ever (bot/gateway/gate.py) and then asks here. Who is urgent and finds
no place leaves a mark, for which those who are not step back; these go evenly, also all processes together.
"""

import asyncio
import time
from itertools import count

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.gateway.gate import CATCH_UP, FOR_THE_URGENT, URGENT, Gate, Limits
from bot.gateway.outcomes import RetryAfter, Stopping
from bot.gateway.ports import Clock

# KEYS: all calls of the token, calls to the chat, those of them that could wait, closed until, somebody urgent waits,
# when the next one that can wait may go.
# ARGV: many and milliseconds for each of the first three, urgent?, how many calls, a name for them, by how many
# milliseconds who can wait may catch up.
# Gives milliseconds to wait (0: go), and whether Telegram closed the chat.
_ASK = """
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local size, urgent = tonumber(ARGV[8]), ARGV[7] == '1'
local closed = tonumber(redis.call('GET', KEYS[4]) or '0')
if closed > now then return {closed - now, 1} end
if not urgent and redis.call('EXISTS', KEYS[5]) == 1 then return {20, 0} end
local wait, last, every = 0, urgent and 2 or 3, tonumber(ARGV[2]) / tonumber(ARGV[1])
local free = urgent and now or tonumber(redis.call('GET', KEYS[6]) or '0')
if free > now then wait = math.ceil(free - now) end
for i = 1, last do
  local many, span = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - span)
  local over = redis.call('ZCARD', KEYS[i]) + math.min(size, many) - many
  if over > 0 then
    local first = redis.call('ZRANGE', KEYS[i], over - 1, over - 1, 'WITHSCORES')
    wait = math.max(wait, tonumber(first[2]) + span - now)
    if urgent and i == 1 then redis.call('SET', KEYS[5], '1', 'PX', 100) end
  end
end
if wait > 0 then return {wait, 0} end
if not urgent then
  local late = tonumber(ARGV[10])
  free = (now - free > late and now or free) + size * every
  redis.call('SET', KEYS[6], tostring(free), 'PX', math.ceil(free - now) + late + 1)
end
for i = 1, last do
  for n = 1, size do redis.call('ZADD', KEYS[i], now, ARGV[9] .. ':' .. n) end
  redis.call('PEXPIRE', KEYS[i], ARGV[2 * i])
end
return {0, 0}
"""
_COMPLAIN_EVERY = 60.0
log = structlog.get_logger()


class RedisGate(Gate):
    """As Gate, for all processes together."""

    def __init__(
        self, clock: Clock, limits: Limits | None, redis: Redis, *, prefix: str, process: int
    ) -> None:
        super().__init__(clock, limits)
        self._redis = redis
        self._prefix = prefix
        self._ask = redis.register_script(_ASK)
        self._name, self._calls = f"{process}:{time.time_ns()}", count()
        self._complained = float("-inf")
        self._telling: set[asyncio.Task[None]] = set()

    async def enter(
        self, chat_id: int, *, urgency: int = 0, patience: float = float("inf"), edit: bool = False,
        size: int = 1,
    ) -> None:  # fmt: skip
        await super().enter(chat_id, urgency=urgency, patience=patience, edit=edit, size=size)
        while True:
            wait, closed = await self._asked(chat_id, urgency, edit, size)
            if wait <= 0:
                return
            if closed and wait > patience:
                raise RetryAfter(wait)
            if self._shut:
                raise Stopping
            await asyncio.sleep(min(wait, 1.0))

    def close(self, chat_id: int, seconds: float) -> None:
        super().close(chat_id, seconds)
        task = asyncio.ensure_future(self._tell_closed(chat_id, seconds))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell_closed(self, chat_id: int, seconds: float) -> None:
        until = int((time.time() + seconds) * 1000)
        try:
            await self._redis.set(self._key("closed", chat_id), until, px=int(seconds * 1000) + 1)
        except (RedisError, OSError) as error:
            self._complain(error)

    async def _asked(self, chat_id: int, urgency: int, edit: bool, size: int) -> tuple[float, bool]:
        """(seconds to wait, whether the chat is closed); nothing to wait for while Redis is away."""
        door = self._key("edits" if edit else "chat", chat_id)
        keys = [self._key("all"), door, f"{door}:unhurried", self._key("closed", chat_id),
                self._key("urgent"), self._key("next")]  # fmt: skip
        (many, span), (each, within) = self._limits.overall, self._of(chat_id, edit)
        spare = each - int(each * FOR_THE_URGENT)
        numbers = [many, _ms(span), each, _ms(within), max(1, spare), _ms(within)]
        call, late = f"{self._name}:{next(self._calls)}", int(_ms(span) * CATCH_UP)
        try:
            wait, closed = await self._ask(
                keys, [*numbers, int(urgency <= URGENT), size, call, late]
            )
        except (RedisError, OSError) as error:
            self._complain(error)
            return 0.0, False
        return wait / 1000, bool(closed)

    def _key(self, *of: object) -> str:
        return ":".join(map(str, (self._prefix, "gate", *of)))

    def _complain(self, error: Exception) -> None:
        if time.monotonic() > self._complained + _COMPLAIN_EVERY:
            self._complained = time.monotonic()
            log.warning("gate_unshared", error=type(error).__name__)


def _ms(seconds: float) -> int:
    return int(seconds * 1000)
