"""A clock that jumps instead of waiting, a database with the plumbing's tables, a local Telegram."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Column, String, Table
from sqlmodel import SQLModel

from bot import logs
from bot.sandbox import Floods, Sandbox
from db.engine import Database
from db.tables import people, plumbing
from tests.bot.sandbox.conftest import Running
from tests.databases import DIALECTS, scratch_database

# Without this an exception is drawn with all local variables: slow, and nothing to look at here.
logs.set_up(json_lines=True)

TABLES = [
    row.__table__  # type: ignore[attr-defined]
    for row in (
        plumbing.InboxRow,
        plumbing.ProcessRow,
        plumbing.UnitRow,
        plumbing.LaneRow,
        plumbing.PollerRow,
        plumbing.OutboxRow,
        plumbing.CardRow,
        plumbing.ConversationRow,
        plumbing.UnreachableRow,
        people.PersonRow,
    )
]


class QuickClock:
    """Sleeping takes no time and moves the hands."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def millis(self) -> int:
        return int(self.now * 1000)

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds
        await asyncio.sleep(0)
        self.now = max(self.now, until)


@pytest.fixture
def clock() -> QuickClock:
    return QuickClock()


async def make_tables(db: Database) -> None:
    metadata = SQLModel.metadata
    missing = type(metadata)()
    for table in TABLES:
        table.to_metadata(missing)
    words = (Column("version_num", String), Column("oldest_code", String))
    Table("alembic_version", missing, *words)  # whoever joins looks there
    await db.create(missing)


@pytest.fixture(params=DIALECTS)
async def db(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    async with scratch_database(request.param, tmp_path) as database:
        await make_tables(database)
        yield database


@pytest.fixture
async def box() -> AsyncIterator[Running]:
    """A local Telegram for one test, patient with whoever writes much."""
    box = await Running(Sandbox(storage=None, floods=Floods.lenient())).start()
    yield box
    await box.stop()
