"""What `/metrics` tells moves when something happens, and tells it to nobody else."""

import asyncio
import re

import aiohttp

from bot.wiring.meters import KNOWN
from tests.chat import People
from tests.e2e.conftest import Platform
from tests.e2e.journey import booking, welcomed


async def read(url: str, **headers: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{url}/metrics", headers=headers) as answer:
            return answer.status, await answer.text()


def value(text: str, line: str) -> float:
    found = re.search(rf"^{re.escape(line)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


async def test_a_tap_and_an_order_move_the_numbers(platform: Platform, people: People) -> None:
    received = 'doorstep_updates_received_total{bot="customer"}'
    done = 'doorstep_updates_worked_total{bot="customer",outcome="done"}'
    calls = 'doorstep_telegram_calls_total{bot="customer",outcome="ok"}'
    status, before = await read(platform.url)
    assert status == 200
    assert value(before, "doorstep_ready") == 1
    assert value(before, "process_resident_memory_bytes") > 1_000_000

    customer = await welcomed(people, "Measured")
    await booking(customer, said="clean my home tomorrow")

    names = {
        received, done, calls, "doorstep_database_commits_total",
        'doorstep_update_seconds_count{bot="customer"}', "doorstep_sweep_seconds_count",
    }  # fmt: skip
    async with asyncio.timeout(20):
        while names:
            _, now = await read(platform.url)
            names -= {name for name in names if value(now, name) > value(before, name)}


async def test_who_comes_through_a_web_server_in_front_is_refused(platform: Platform) -> None:
    status, text = await read(platform.url, **{"X-Forwarded-For": "203.0.113.5"})
    assert status == 403
    assert "METRICS_TOKEN" in text
    assert "doorstep_" not in text


async def test_labels_are_words_of_ours(platform: Platform) -> None:
    _, text = await read(platform.url)
    events = set(re.findall(r'event="([^"]*)"', text))
    assert events <= KNOWN | {"other"}
    assert len(text.splitlines()) < 3000
