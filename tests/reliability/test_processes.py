"""Several processes of each kind on one PostgreSQL and one Redis, some of them killed while people are busy: nothing
lost, nothing doubled, everybody served in turn.
"""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import chain
from pathlib import Path

import pytest

from tests import servers
from tests.chat import People
from tests.databases import scratch_url
from tests.platforms import free_port
from tests.reliability.balancer import Balancer
from tests.reliability.busy import Town
from tests.reliability.process import Bots, outside
from tests.reliability.test_kill import (
    all_sent,
    all_taken,
    everybody_busy,
    nothing_said_twice,
    on_their_way,
    same_as_the_gateway,
    settled,
    until_much_happened,
    until_quiet,
)

# Each of these runs so many times; the bots answer people, the others send, and look after what is due.
KINDS = ("customer,provider,admin,http", "delivery", "scheduler")
SECRET = "a-secret-of-these-tests"


@asynccontextmanager
async def running(kinds: Sequence[Sequence[Bots]]) -> AsyncIterator[None]:
    """All of them ready, one kind after the other; gone in the end."""
    try:
        for kind in kinds:
            for one in kind:
                one.start()
            await asyncio.gather(*(one.ready() for one in kind))
        yield
    finally:
        for one in chain.from_iterable(kinds):
            one.kill()


@pytest.mark.parametrize(
    "each",
    [
        pytest.param(2, marks=pytest.mark.timeout(900)),
        pytest.param(4, marks=[pytest.mark.slow, pytest.mark.timeout(3600)]),
    ],
)
async def test_processes_that_share_the_work_lose_and_double_nothing(
    each: int, tmp_path: Path
) -> None:
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print("SEED", seed)
    rng, front = random.Random(seed), free_port()
    redis, held = await servers.redis_url(), 0
    more = {
        "UPDATES": "webhook", "PUBLIC_URL": f"http://127.0.0.1:{front}", "WEBHOOK_SECRET": SECRET,
        "REDIS_URL": redis, "DATABASE_CONNECTIONS": "4", "LINK_SECRET_KEY": SECRET + SECRET,
    }  # fmt: skip
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(scratch_url("postgresql", tmp_path))
        world = stack.enter_context(outside(tmp_path, front))
        people = await stack.enter_async_context(People(world))
        customers, providers = await settled(url, tmp_path, people)
        kinds = [
            [Bots(tmp_path, world, free_port(), url, more=more | {"RUN": run}) for _ in range(each)]
            for run in KINDS
        ]
        balancer = Balancer([one.url for one in kinds[0]])
        await stack.enter_async_context(balancer.open(front))
        await stack.enter_async_context(running(kinds))
        bots = kinds[0][0]

        async def start_code(order: int) -> str:
            """What the customer says at the door."""
            [[[code]]] = await bots.ask(f"SELECT start_code FROM orders WHERE id = {order}")
            return str(code)

        here = Town(people, start_code)
        async with everybody_busy(customers, providers, here, rng):
            for kind in kinds:
                await here.until(here.acts + rng.randrange(20, 80))
                victim = rng.choice(kind)
                victim.kill()
                held += await on_their_way(bots)
                assert await bots.broken() == {}, bots.log()
                await here.until(here.acts + 20)
                victim.start()
                await victim.ready()
            if each > 2:  # the daily run saves its time
                await until_much_happened(bots, here)
        await until_quiet(bots, people)
        updates = await all_taken(tmp_path, bots)
        money = await same_as_the_gateway(world, bots)
        copies = await all_sent(tmp_path, bots)
        await nothing_said_twice(bots)
        [states, [[doubts]], lanes, topics] = await bots.ask(
            "SELECT state, COUNT(*) FROM orders GROUP BY state",
            "SELECT COALESCE(SUM(doubts), 0) FROM outbox",
            "SELECT l.bot, l.number FROM lane l JOIN process p USING (run)",
            "SELECT data FROM conversation WHERE destiny = 'topics'",
        )
    print(f"acts {here.acts}, updates {updates}, orders {dict(states)}, money {money},")
    print(f"copies {len(copies)}, {held} on their way, {doubts} sendings without an answer")
    print("webhooks", sorted(balancer.given.values()), dict(Counter(here.did).most_common(5)))
    assert not lanes, "nobody is at work, yet somebody holds a lane"
    assert len(topics) == 1
    assert min(balancer.given.values()) > 0
    assert len(copies) <= held + doubts, copies
