"""Ten thousand people confirm one and the same hour in one moment, on each database that can be reached."""

import time
from pathlib import Path

import pytest

from db.engine import Database
from tests.databases import scratch_url
from tests.reliability.test_rivals import rivals
from tests.reliability.town import Town, town


async def crowd(dialect: str, folder: Path, count: int) -> tuple[float, int] | None:
    """(seconds, winners), or None where there is no such database."""
    folder.mkdir(parents=True)
    try:
        async with scratch_url(dialect, folder) as url:
            database = await Database.open(url)
            try:
                async with town(database, url, folder) as here:
                    return await _one_hour(here, count)
            finally:
                await database.close()
    except pytest.skip.Exception:
        return None


async def _one_hour(here: Town, count: int) -> tuple[float, int]:
    began = time.perf_counter()
    ends = await rivals(here, count)
    won = sum(not isinstance(end, BaseException) for end in ends)
    return time.perf_counter() - began, won
