"""A step in the menu, from the raw update to the edited message, against a bare aiogram echo: CPU per update."""

import asyncio
import gc
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bench.rounds import Series, interleaved
from bench.updates import PEOPLE, TOKEN, tap
from bot.__main__ import GARBAGE
from bot.gateway.gate import Limits
from bot.screen import press
from bot.wiring.presence import Presence
from bot.wiring.telegram import Place, Telegram
from tests.reliability.town import Town

Process = subprocess.Popen[str]


@contextmanager
def beside(*command: str) -> Iterator[Process]:
    """A process of its own, spoken to in lines."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


MANY = (100_000, 1.0)
WIDE = Limits(MANY, MANY, MANY, MANY)
"""Our own pace is not what is measured here."""


async def said(process: Process) -> str:
    assert process.stdout is not None
    return (await asyncio.to_thread(process.stdout.readline)).strip()


async def measure(here: Town) -> dict[str, Series]:
    """Series of CPU seconds per update: "step" (ours), "echo" (send), "echo of a tap" (edit and answer)."""
    with beside("bench.stub") as stub:
        url = f"http://127.0.0.1:{await said(stub)}"
        place = Place(
            tokens={"customer": TOKEN, "provider": "200:bench", "admin": "300:bench"},
            api_url=url, staff_chat=-1, zone="Asia/Shanghai", currency="CNY", language="en",
            link_secret=b"bench", limits=WIDE, webhook_url="https://bench", webhook_secret="x",
        )  # fmt: skip
        presence = Presence(here.database)
        await presence.join()
        telegram = Telegram(place, here.built, here.database, presence, lambda: here.now)
        await telegram.open()
        await telegram.start(parts=frozenset({"customer", "delivery"}))
        gc.collect()  # as the product does once it has started
        gc.freeze()
        gc.set_threshold(*GARBAGE)
        try:
            with beside("bench.echo", url) as echo:
                return await interleaved(_contenders(here, telegram, echo))
        finally:
            await telegram.stop()


def _contenders(
    here: Town, telegram: Telegram, echo: Process
) -> dict[str, Callable[[], Awaitable[float]]]:
    category = here.services[0].category_id

    async def echoes(wanted: str) -> float:
        assert echo.stdin is not None
        print(wanted, file=echo.stdin, flush=True)
        return float(await said(echo))

    async def steps() -> float:
        updates: list[dict[str, Any]] = [tap(who, press("c", category, 0)) for who in PEOPLE]
        began = time.process_time()
        await telegram.inbox.receive("customer", updates)
        await telegram.lanes.idle()
        return (time.process_time() - began) / len(PEOPLE)

    return {
        "step": steps,
        "echo": lambda: echoes("message"),
        "echo of a tap": lambda: echoes("tap"),
    }
