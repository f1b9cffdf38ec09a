"""A killed sandbox loses nothing that it acknowledged."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from tests.bot.sandbox.conftest import CUSTOMER
from tests.chat import People

ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def serving(storage: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(Path(__file__).with_name("serve.py")),
        str(storage),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    port = int(await process.stdout.readline())
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def write_until_killed(
    base: str, name: str, kill_after: int, process: asyncio.subprocess.Process
) -> list[str]:
    """Eight people's hands at once; the kill comes in the middle of their writing."""
    acknowledged: list[str] = []
    async with People(base) as people:
        anna = await people.person(name)

        async def write(hand: int) -> None:
            number = 0
            while True:
                number += 1
                words = f"{name} {hand} {number}"
                try:
                    await anna.writes(words, answered=False)
                except (aiohttp.ClientError, AssertionError):
                    return
                acknowledged.append(words)
                if len(acknowledged) == kill_after:
                    process.kill()

        await asyncio.gather(*(write(hand) for hand in range(8)))
    return acknowledged


async def test_no_acknowledged_message_is_lost_to_a_kill(tmp_path: Path) -> None:
    storage = tmp_path / "sandbox.db"
    acknowledged: list[str] = []
    for name, kill_after in (("Anna", 40), ("Ben", 150)):
        async with serving(storage) as (process, base):
            acknowledged += await write_until_killed(base, name, kill_after, process)
    delivered: list[str] = []
    async with serving(storage) as (_, base), aiohttp.ClientSession() as session:
        offset = 0
        while updates := await _updates(session, base, offset):
            delivered += [update["message"]["text"] for update in updates]
            offset = updates[-1]["update_id"] + 1
    assert len(acknowledged) >= 190
    assert set(acknowledged) <= set(delivered)
    assert len(delivered) == len(set(delivered))


async def _updates(session: aiohttp.ClientSession, base: str, offset: int) -> list[dict]:  # type: ignore[type-arg]
    async with session.get(f"{base}/bot{CUSTOMER}/getUpdates?offset={offset}") as answer:
        found: list[dict] = (await answer.json())["result"]  # type: ignore[type-arg]
        return found
