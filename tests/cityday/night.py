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

from bot.config import Settings
from bot.wiring.core import build, refresh
from db.engine import Database
from db.ops import Op
from tests import databases
from tests.cityday.measuring import cpu_of
from tests.cityday.playing import MORNING

NIGHT = MORNING + timedelta(hours=17, minutes=10)
"""Ten past midnight."""
NOON = NIGHT + timedelta(hours=12)
LOOKS = 1_000
"""Of the daily look at everybody, which goes on at twenty a second."""
Work = Callable[[], Awaitable[object]]


async def main(kept: Path) -> None:
    original = (kept / "address").read_text()
    dialect = original.partition("+")[0]
    with tempfile.TemporaryDirectory(dir=kept.parent) as name:
        folder = Path(name)
        async with databases.scratch_url(dialect, folder, like=original) as url:
            await _measured(url, folder)


async def _measured(url: str, folder: Path) -> None:
    database = await Database.open(url)
    try:
        settings = Settings(_env_file=None, database_url=url, data_dir=folder)
        built = build(settings, database, methods={}, places=(), clock=lambda: NIGHT)
        core = built.core
        await refresh(core)
        await database.apply([Op("UPDATE provider SET level_at = NULL")])

        async def levels() -> None:
            for _ in range(LOOKS // 20):
                await core.levels.every_day(now=NOON)

        works: dict[str, Work] = {
            f"a look at the levels of {LOOKS} providers": levels,
            "the new day comes into the search": lambda: built.indexer.all_providers(now=NIGHT),
            "what nobody needs is forgotten": lambda: core.tidying.tidy(now=NIGHT),
            "who was active is noted": lambda: core.platform.note_active(now=NIGHT),
        }
        for what, work in works.items():
            began, cpu = time.monotonic(), cpu_of(os.getpid())
            await work()
            took, spent = time.monotonic() - began, cpu_of(os.getpid()) - cpu
            print(f"| {what} | {took:.1f} s | {spent:.1f} s of CPU |", flush=True)
    finally:
        await database.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
