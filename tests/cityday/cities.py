"""Cities that were settled once: a run works on a copy, so that the next one begins alike."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from tests import databases
from tests.cityday.settling import Wish, settle


@asynccontextmanager
async def city(
    dialect: str, kept: Path | None, folder: Path, wish: Wish, *, now: datetime
) -> AsyncIterator[str]:
    """The address of a database for this run, and its files in `folder`. Without `kept` it is settled for this run."""
    if kept is None:
        url = await databases.lasting_url(dialect, folder)
        try:
            await settle(url, folder, wish, now=now)
            yield url
        finally:
            await databases.drop(url)
        return
    original = await _settled(dialect, kept, wish, now=now)
    shutil.copytree(
        kept, folder, ignore=shutil.ignore_patterns("doorstep.db*", "address"), dirs_exist_ok=True
    )
    async with databases.scratch_url(dialect, folder, like=original) as url:
        yield url


async def _settled(dialect: str, kept: Path, wish: Wish, *, now: datetime) -> str:
    done = kept / "address"
    if not done.exists():
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        url = await databases.lasting_url(dialect, kept)
        await settle(url, kept, wish, now=now)
        done.write_text(url)
    return done.read_text()
