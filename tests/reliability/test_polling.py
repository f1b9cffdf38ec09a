"""Two processes that poll on one PostgreSQL: one fetches, and when it is killed or stopped the other takes over."""

import asyncio
import os
import random
import time
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession

from bot.sandbox import BOTS
from tests.chat import People
from tests.databases import scratch_url
from tests.platforms import free_port
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
    until_quiet,
)
from tests.reliability.test_processes import running

TAKEN_OVER_S = 15.0
HELD = "SELECT bot, run FROM poller JOIN process USING (run) ORDER BY bot"


async def another_fetches(bots: Bots, people: People, former: set[int]) -> float:
    """Seconds until all three bots are in other hands."""
    began, after = time.monotonic(), 0
    while time.monotonic() < began + 60:
        [held] = await bots.ask(HELD)
        if len(held) == len(BOTS) and not former & {run for _, run in held}:
            return time.monotonic() - began
        after = (await people.call("GET", f"/events/poll?after={after}&wait=0.2"))["seq"]
    raise AssertionError(bots.log())


async def who_fetches(bots: Bots) -> set[int]:
    [held] = await bots.ask(HELD)
    assert len(held) == len(BOTS)
    return {run for _, run in held}


async def somebody_else_fetches(world: str, bots: Bots) -> None:
    """A program of nobody knows whom, with the customers' token; until the staff have been told."""
    told = "SELECT facts FROM outbox WHERE kind = 'clash' AND state = 'done'"
    async with asyncio.timeout(100), ClientSession() as stranger:
        while not (await bots.ask(told))[0]:
            try:
                asks = {"timeout": 1, "limit": 1}
                async with stranger.post(f"{world}/bot{BOTS[0].token}/getUpdates", json=asks):
                    pass
            except ClientError:
                continue


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_one_process_fetches_and_another_takes_over(tmp_path: Path) -> None:
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print("SEED", seed)
    rng, ports = random.Random(seed), [free_port(), free_port()]
    more = {"DATABASE_CONNECTIONS": "4"}
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(scratch_url("postgresql", tmp_path))
        world = stack.enter_context(outside(tmp_path, ports[1]))
        people = await stack.enter_async_context(People(world))
        customers, providers = await settled(url, tmp_path, people)
        first, second = (Bots(tmp_path, world, port, url, more=more) for port in ports)
        await stack.enter_async_context(running([[first], [second]]))

        async def start_code(order: int) -> str:
            [[[code]]] = await first.ask(f"SELECT start_code FROM orders WHERE id = {order}")
            return str(code)

        here = Town(people, start_code)
        holder = await who_fetches(first)
        assert len(holder) == 1, "the second stands by"
        async with everybody_busy(customers, providers, here, rng):
            await here.until(here.acts + rng.randrange(20, 60))
            assert await who_fetches(first) == holder
            first.kill()
            killed = await another_fetches(second, people, holder)
            held = await on_their_way(second)
            await here.until(here.acts + 20)
            first.start()
            await first.ready()
            holder = await who_fetches(second)
            await here.until(here.acts + 20)
            gone = second.terminate()
            stopped = await another_fetches(first, people, holder)
            second.start()  # the gateway calls it
            await second.ready()
            await here.until(here.acts + 20)
        await until_quiet(first, people)
        updates = await all_taken(tmp_path, first)
        money = await same_as_the_gateway(world, first)
        copies = await all_sent(tmp_path, first)
        await nothing_said_twice(first)
        [[[doubts]]] = await first.ask("SELECT COALESCE(SUM(doubts), 0) FROM outbox")
        log = (tmp_path / "log.jsonl").read_text("utf-8")
        assert "another program fetches" not in log, "ours are no strangers to each other"
        await somebody_else_fetches(world, first)
    print(f"acts {here.acts}, updates {updates}, money {money}, copies {len(copies)}, held {held}")
    print(f"taken over {killed:.1f} s after a kill, {stopped:.1f} s after a stop of {gone:.1f} s")
    assert killed < TAKEN_OVER_S
    assert stopped < TAKEN_OVER_S
    assert len(copies) <= held + doubts, copies
