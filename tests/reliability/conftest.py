"""Every test of this folder that asks for `here` gets a town of its own on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from db.engine import Database
from tests.databases import DIALECTS, Blank
from tests.reliability.town import Town, settle


@pytest.fixture(params=DIALECTS)
async def here(request: pytest.FixtureRequest, tmp_path: Path, blank: Blank) -> AsyncIterator[Town]:
    async with blank(request.param, tmp_path) as url:
        database = await Database.open(url)
        try:
            yield await settle(database, tmp_path)
        finally:
            await database.close()
