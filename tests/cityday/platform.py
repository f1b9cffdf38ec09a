"""The platform as one process: the product as it is, but for its clock and for limits nobody here sets.

python -m tests.cityday.platform CLOCK PROFILE
"""

import asyncio
import gc
import signal
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.__main__ import GARBAGE
from bot.app import App
from bot.config import Settings
from bot.gateway.gate import Limits
from bot.logs import set_up
from bot.wiring.telegram import Place
from tests.cityday.clock import Clock
from tests.cityday.sampling import Sampler

MANY = (1_000_000, 1.0)


@dataclass(slots=True)
class CityApp(App):
    """Telegram's limits are what a token may send; here is asked what the platform can."""

    clock: Clock | None = None

    def _now(self) -> datetime:
        assert self.clock is not None
        return self.clock.now()

    def _place(self) -> Place:
        return replace(App._place(self), limits=Limits(MANY, MANY, MANY, MANY))


async def run(clock: Clock, profile: Path) -> None:
    stopped, sampler = asyncio.Event(), Sampler()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    app = CityApp(Settings(_env_file=None), clock=clock)
    await app.start()
    sampler.start()
    await stopped.wait()
    sampler.write(profile)
    await app.stop()


if __name__ == "__main__":
    set_up()
    gc.set_threshold(*GARBAGE)
    asyncio.run(run(Clock(Path(sys.argv[1])), Path(sys.argv[2])))
