"""The people of a platform, and a platform of its own for a test that stops it or skips ahead in time.

Every day both databases see the whole story and a kill in the middle of it; everything else is walked on PostgreSQL
with the slow tests. The manners of the chat (browsing, odd words) are the same on either, and are walked on SQLite
alone; so is the way to a complaint's end, whose money tests/money sees on both.
"""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from tests.chat import People
from tests.cities import Cities
from tests.databases import DIALECTS
from tests.platforms import ROOMY, Platform

__all__ = ["Platform"]

BOTH_EVERY_DAY = {"test_story", "test_stopped_in_a_question_and_killed_on_confirm_nothing_is_lost"}
SQLITE_ALONE = {
    "test_browse",
    "test_compare",
    "test_deals",
    "test_for_you",
    "test_going_over",
    "test_help",
    "test_inline",
    "test_phone",
    "test_redress",
    "test_robust_reviews",
    "test_robust_steps",
    "test_robust_words",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    module = metafunc.module.__name__.rpartition(".")[2]
    if "dialect" not in metafunc.fixturenames or module in SQLITE_ALONE:
        return
    often = () if BOTH_EVERY_DAY & {module, metafunc.function.__name__} else (pytest.mark.slow,)
    marks = {"sqlite": (), "postgresql": often}
    on = [pytest.param(dialect, marks=marks[dialect]) for dialect in DIALECTS]
    metafunc.parametrize("dialect", on, scope="session")


@pytest.fixture
def group_limit() -> str:
    """What the staff group of a test's own platform may get; a file of tests may say something else."""
    return ROOMY


@pytest.fixture
def settings() -> Mapping[str, str]:
    """More settings of a test's own platform; a file of tests may have some."""
    return {}


@pytest.fixture
async def own_platform(
    cities: Cities, dialect: str, tmp_path: Path, group_limit: str, settings: Mapping[str, str]
) -> AsyncIterator[Platform]:
    """A platform of this test alone, which it may stop, kill, or take into the future."""
    data = tmp_path / "data"
    async with cities.platform(dialect, data, group_limit=group_limit, more=settings) as platform:
        yield platform


@pytest.fixture
async def people(platform: Platform) -> AsyncIterator[People]:
    async with People(platform.url) as people:
        yield people


@pytest.fixture
async def own_people(own_platform: Platform) -> AsyncIterator[People]:
    async with People(own_platform.url) as people:
        yield people
