"""Every test of this folder that asks for `here` gets a counting house of its own on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.databases import DIALECTS, Blank
from tests.money.house import House, house


@pytest.fixture(params=DIALECTS)
async def here(
    request: pytest.FixtureRequest, tmp_path: Path, blank: Blank
) -> AsyncIterator[House]:
    """At the end the books are closed: whatever the story was, they must be right."""
    async with (
        blank(request.param, tmp_path) as url,
        house(url, tmp_path, migrated=True) as it,
    ):
        yield it
        await it.closes_the_books()
