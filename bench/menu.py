"""A tap from the raw update to the edited message, against a bare aiogram echo.

CPU seconds per update when all come at once, and how long the unluckiest of a hundred waited at a steady pace.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bench.beside import Beside, beside
from bench.ours import Ours, ours
from bench.rounds import Series, interleaved
from bench.updates import PEOPLE, message, tap
from tests.reliability.town import Town

EVERY_S = 1 / 200
ROUNDS = 9
Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """By contender: "step" (ours), "echo" (send), "echo of a tap" (edit and answer)."""

    cpu: dict[str, Series]
    p99: dict[str, Series]


async def measure(here: Town, data: str, *, webhook: bool) -> Found:
    """What pressing this costs us, and those who wait for it."""
    with beside("bench.stub") as stub, beside("bench.stub") as other:
        api = f"http://127.0.0.1:{other.first}"
        async with ours(here, stub, webhook=webhook) as we:
            with beside("bench.echo", api, *(["webhook"] if webhook else [])) as echo:
                rounds = {
                    "step": _Rounds(
                        partial(_our_cpu, we), stub, we.door, lambda who: tap(who, data)
                    ),
                    "echo": _Rounds(partial(_cpu, echo), other, echo.first, message),
                    "echo of a tap": _Rounds(
                        partial(_cpu, echo), other, echo.first, lambda who: tap(who, "x")
                    ),
                }
                works = {name: each.one for name, each in rounds.items()}
                cpu = await interleaved(works, rounds=ROUNDS)
    return Found(cpu, {name: Series(tuple(each.p99[1:])) for name, each in rounds.items()})


@dataclass(slots=True)
class _Rounds:
    """One contender: `cpu` tells the seconds it has taken so far."""

    cpu: Callable[[], Any]
    stub: Beside
    door: str
    update: Callable[[int], Raw]
    p99: list[float] = field(default_factory=list)

    async def one(self) -> float:
        began = await self.cpu()
        await self.stub.hand_out([self.update(who) for who in PEOPLE], url=self.door)
        took = float(await self.cpu() - began) / len(PEOPLE)
        steadily = [self.update(who) for who in PEOPLE]
        waited = await self.stub.hand_out(steadily, url=self.door, every=EVERY_S)
        self.p99.append(sorted(waited)[len(waited) * 99 // 100])
        return took


async def _our_cpu(we: Ours) -> float:
    await we.telegram.lanes.idle()
    return time.process_time()


async def _cpu(echo: Beside) -> float:
    return float(await echo.ask())
