"""A step in the menu, from the raw update to the edited message, against a bare aiogram echo: CPU per update."""

import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from bench.beside import Beside, beside
from bench.ours import Ours, ours
from bench.rounds import Series, interleaved
from bench.updates import PEOPLE, message, tap
from bot.screen import press
from tests.reliability.town import Town

Round = Callable[[], Awaitable[float]]


async def measure(here: Town, *, webhook: bool) -> dict[str, Series]:
    """Series of CPU seconds per update: "step" (ours), "echo" (send), "echo of a tap" (edit and answer)."""
    category = here.services[0].category_id
    return await against_echoes(here, press("c", category, 0), webhook=webhook)


async def against_echoes(here: Town, data: str, *, webhook: bool) -> dict[str, Series]:
    """What pressing this costs us."""
    with beside("bench.stub") as stub, beside("bench.stub") as other:
        api = f"http://127.0.0.1:{other.first}"
        async with ours(here, stub, webhook=webhook) as we:
            with beside("bench.echo", api, *(["webhook"] if webhook else [])) as echo:
                return await interleaved(
                    {"step": partial(_step, we, stub, data), **_echoes(echo, other)},
                    rounds=9,
                )


async def _step(we: Ours, stub: Beside, data: str) -> float:
    updates = [tap(who, data) for who in PEOPLE]
    began = time.process_time()
    await stub.hand_out(updates, url=we.door)
    await we.telegram.lanes.idle()
    return (time.process_time() - began) / len(PEOPLE)


def _echoes(echo: Beside, stub: Beside) -> dict[str, Round]:
    async def took(make: Callable[[int], dict[str, Any]]) -> float:
        began = float(await echo.ask())
        await stub.hand_out([make(who) for who in PEOPLE], url=echo.first)
        return (float(await echo.ask()) - began) / len(PEOPLE)

    return {
        "echo": lambda: took(message),
        "echo of a tap": lambda: took(lambda who: tap(who, "x")),
    }
