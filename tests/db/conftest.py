"""Every test of this folder that asks for `db` runs on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from db.engine import Database
from tests.databases import DIALECTS, scratch_database


@pytest.fixture(params=DIALECTS)
async def db(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    async with scratch_database(request.param, tmp_path) as database:
        yield database
