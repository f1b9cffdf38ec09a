"""Several processes of one token: together they stay within its limits, and one hand at a time is on a chat."""

import asyncio
import uuid
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from bot.gateway.gate import Limits
from bot.gateway.outcomes import RetryAfter
from bot.gateway.ports import SystemClock
from bot.gateway.redis import RedisGate, RedisTurns, connect
from tests import servers

LIMITS = Limits(overall=(10, 0.5), chat=(4, 0.5), group=(4, 0.5), edits=(6, 0.5))


@pytest.fixture
async def redis() -> AsyncIterator[Redis]:
    async with connect(await servers.redis_url()) as found:
        yield found


def gates(redis: Redis, limits: Limits = LIMITS) -> list[RedisGate]:
    prefix = f"test:{uuid.uuid4().hex}"
    return [
        RedisGate(SystemClock(), limits, redis, prefix=prefix, process=number)
        for number in range(3)
    ]


async def passed(gate: RedisGate, chat_id: int, **how: int) -> float:
    await gate.enter(chat_id, **how)
    return asyncio.get_running_loop().time()


async def test_together_they_send_no_more_than_one_may(redis: Redis) -> None:
    several, began = gates(redis), asyncio.get_running_loop().time()
    at = sorted(await asyncio.gather(*(passed(several[n % 3], n) for n in range(31))))
    # Milliseconds are lost in counting whole ones.
    assert [at[n] - began > n / 20 - 0.01 for n in (10, 20, 30)] == [True] * 3


async def test_what_may_wait_leaves_evenly_from_all_of_them(redis: Redis) -> None:
    several = gates(redis)
    at = sorted(await asyncio.gather(*(passed(several[n % 3], n, urgency=9) for n in range(9))))
    # What comes a little late may catch up, at most by half of the time.
    assert at[8] - at[0] > 8 / 20 - 0.5 / 2 - 0.01


async def test_a_chat_gets_no_more_than_it_may_and_keeps_a_place_for_the_urgent(
    redis: Redis,
) -> None:
    several = gates(redis)
    began = asyncio.get_running_loop().time()
    waiting = [asyncio.ensure_future(passed(several[n % 3], 7, urgency=5)) for n in range(4)]
    urgent = await passed(several[0], 7, urgency=0)
    last = max(await asyncio.gather(*waiting))
    assert last - began > 0.49, "what may wait leaves a quarter free"
    assert urgent < last


async def test_who_is_urgent_goes_before_what_waits_elsewhere(redis: Redis) -> None:
    several = gates(redis, Limits(overall=(5, 0.5), chat=(100, 0.5)))
    waiting = [asyncio.ensure_future(passed(several[0], n, urgency=9)) for n in range(20)]
    await waiting[4]
    urgent = await passed(several[1], 99, urgency=0)
    assert urgent <= sorted(await asyncio.gather(*waiting))[10]


async def test_telegrams_later_to_one_is_later_to_all(redis: Redis) -> None:
    several = gates(redis)
    several[0].close(7, 30)
    await asyncio.gather(*several[0]._telling)
    with pytest.raises(RetryAfter) as later:
        await several[1].enter(7, patience=0)
    assert 28 < later.value.seconds <= 30
    await several[1].enter(8, patience=0)


async def test_without_redis_each_goes_by_its_own_limits() -> None:
    async with connect("redis://127.0.0.1:1/0") as nobody:
        [gate, *_] = gates(nobody)
        gate.close(7, 30)
        await gate.enter(8)
        with pytest.raises(RetryAfter):
            await gate.enter(7, patience=0)
        async with RedisTurns(nobody, prefix="test").of("customer", 7):
            pass


async def test_one_hand_at_a_time_whichever_process(redis: Redis) -> None:
    prefix, inside, most = f"test:{uuid.uuid4().hex}", 0, 0
    processes = [RedisTurns(redis, prefix=prefix) for _ in range(3)]

    async def write(turns: RedisTurns) -> None:
        nonlocal inside, most
        async with turns.of("customer", 7):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(write(processes[n % 3]) for n in range(12)))
    assert most == 1
    async with processes[0].of("customer", 7), processes[1].of("customer", 8):
        pass
