"""The platform as a process: how long until somebody's /start is answered, and how many taps make an order."""

import asyncio
import io
import time
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from tests.chat import People
from tests.e2e import test_booking as booking
from tests.platforms import Platform

STARTS = 5


@dataclass(frozen=True, slots=True)
class Found:
    """Seconds of the first start, which makes the demo city, of later ones, and what the counted walks said."""

    first: float
    later: tuple[float, ...]
    taps: list[str]


async def first_answer(platform: Platform) -> float:
    """Seconds from starting the process until somebody's /start has been answered."""
    began = time.perf_counter()
    platform.start()
    await platform.ready()
    async with People(platform.url) as people:
        person = await people.person(f"Early {began}", language="en")
        await person.writes("/start", timeout=30)
    return time.perf_counter() - began


async def measure(folder: Path) -> Found:
    """On a folder that is empty at first."""
    folder.mkdir(parents=True)
    platform = Platform(folder)
    try:
        first, later = await first_answer(platform), []
        for _ in range(STARTS):
            await asyncio.to_thread(platform.stop)
            later.append(await first_answer(platform))
        return Found(first, tuple(later), await counted(platform))
    finally:
        await asyncio.to_thread(platform.stop)


async def counted(platform: Platform) -> list[str]:
    """The walks of the tests print how many taps they took."""
    heard = io.StringIO()
    async with People(platform.url) as people:
        with redirect_stdout(heard):
            await booking.test_nine_taps_lead_from_start_to_an_order_with_nothing_saved(people)
            await booking.test_five_taps_are_enough_with_a_saved_address(people)
    return [line for line in heard.getvalue().splitlines() if line.startswith("taps")]
