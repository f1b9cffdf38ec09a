"""What the platform does by itself once a day in a city of this size: how long each of it takes.

python -m tests.cityday.night FOLDER        (a city kept by `--city`; it is worked in a copy)
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from bot.adapters.sweep import Sweep
from bot.config import Settings
from bot.wiring.core import build, refresh
from db.engine import Database
from db.timers import TimerTable
from tests import databases
from tests.cityday.measuring import cpu_of
from tests.cityday.playing import MORNING

NIGHT = MORNING + timedelta(hours=17, minutes=10)
"""Ten past midnight."""
Work = Callable[[], Awaitable[object]]


async def main(kept: Path) -> None:
    original = (kept / "address").read_text()
    dialect = original.partition("+")[0]
    with tempfile.TemporaryDirectory(dir=kept.parent) as name:
        folder = Path(name)
        async with databases.scratch_url(dialect, folder, like=original) as url:
            await _measured(url, folder)


async def _measured(url: str, folder: Path) -> None:
    database, now = await Database.open(url), [NIGHT]
    try:
        settings = Settings(_env_file=None, database_url=url, data_dir=folder)
        core = build(settings, database, methods={}, places=(), clock=lambda: now[0])
        await refresh(core.core)
        sweep = Sweep(core=core.core, timers=TimerTable(database), clock=lambda: now[0])
        works: dict[str, Work] = {
            "the new day comes into the search": lambda: core.indexer.all_providers(now=NIGHT),
            "what nobody needs is forgotten": lambda: core.core.tidying.tidy(now=NIGHT),
            "who was active is noted": lambda: core.core.platform.note_active(now=NIGHT),
            "timers until one in the morning": sweep.run,
            "timers until seven": sweep.run,
        }
        for what, work in works.items():
            if what.startswith("timers"):
                now[0] = NIGHT + timedelta(hours=1 if "one" in what else 7)
            began, cpu = time.monotonic(), cpu_of(os.getpid())
            await work()
            print(
                f"| {what} | {time.monotonic() - began:.1f} s | {cpu_of(os.getpid()) - cpu:.1f} s of CPU |",
                flush=True,
            )
    finally:
        await database.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
