"""What the tests of one worker share: a platform with the demo city, and an empty database to be copied."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path, PurePosixPath

import pytest
import pytest_asyncio
from hypothesis import settings

from db.migrate import migrate
from tests.cities import Cities
from tests.databases import Blank, scratch_url
from tests.platforms import Platform
from tests.slates import SLATES
from tests.turns import SLOW_ON_POSTGRESQL, turn

# How long an example takes depends on who else is at work on the machine.
settings.register_profile("doorstep", deadline=None, print_blob=True)
settings.load_profile("doorstep")


@pytest.hookimpl(tryfirst=True)  # before those that are slow are left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "postgresql" in item.name and _path(item).as_posix() in SLOW_ON_POSTGRESQL:
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: turn(_path(item)))


def _path(item: pytest.Item) -> PurePosixPath:
    return PurePosixPath(item.path.relative_to(Path(__file__).parent).as_posix())


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Blank:
    """Databases with all tables and nothing in them: copies of one file, or a PostgreSQL database wiped for each."""
    template = tmp_path_factory.mktemp("blank") / "doorstep.db"

    @asynccontextmanager
    async def on(dialect: str, folder: Path) -> AsyncIterator[str]:
        if dialect == "postgresql":
            async with SLATES.one(tables=True) as url:
                yield url
            return
        like = f"sqlite+aiosqlite:///{template}"
        if not template.exists():
            await migrate(like)
        async with scratch_url(dialect, folder, like=like) as url:
            yield url

    return on


def pytest_sessionfinish() -> None:
    asyncio.run(SLATES.away())


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def cities(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cities]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    mine = tmp_path_factory.getbasetemp()
    cities = Cities((mine.parent if worker else mine) / "cities", worker or "gw")
    yield cities
    await cities.close()


@pytest.fixture(scope="session")
def dialect() -> str:
    """The database a platform lives on; a folder of tests may ask for both."""
    return "sqlite"


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def shared(
    cities: Cities, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Callable[[str], Awaitable[Platform]]]:
    """Platforms for all tests that do not stop them or skip ahead in time, one on each database."""
    running: dict[str, Platform] = {}
    async with AsyncExitStack() as stack:

        async def on(dialect: str) -> Platform:
            if dialect not in running:
                data = tmp_path_factory.mktemp("platform") / "data"
                running[dialect] = await stack.enter_async_context(cities.platform(dialect, data))
            return running[dialect]

        yield on


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def platform(shared: Callable[[str], Awaitable[Platform]], dialect: str) -> Platform:
    return await shared(dialect)
