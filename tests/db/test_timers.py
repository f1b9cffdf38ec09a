"""A timer that fails waits ever longer, and begins anew once a round went well; some are to ask ever more seldom."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.adapters.sweep import Sweep
from core.changes import Timer
from core.timers import TIMERS
from db.engine import Database
from db.store import statements
from db.timers import TimerTable
from tests.databases import DIALECTS, Blank

NOON = datetime(2026, 5, 4, 4, tzinfo=UTC)


class Clockwork:
    """One timer of a kind, what its work does next, and the waits it got."""

    def __init__(self, db: Database, kind: str) -> None:
        self.table, self.kind, self.now = TimerTable(db), kind, NOON
        self.fails, self.seen = False, list[int]()

    async def act(self, _core: Any, _subject: int, tries: int, now: datetime) -> datetime:
        self.seen.append(tries)
        if self.fails:
            raise RuntimeError("the machine has hiccups")
        return now + timedelta(days=1)

    async def rounds(self, many: int, *, fails: bool) -> list[int]:
        """What tries its work was told in each of so many rounds, a day apart."""
        self.fails, self.seen = fails, []
        core: Any = SimpleNamespace(quarantine=SimpleNamespace(standing=False))
        for _ in range(many):
            self.now += timedelta(days=1)
            await Sweep(core=core, timers=self.table, clock=lambda: self.now).run()
        return self.seen


@pytest.fixture(params=DIALECTS)
async def db(
    request: pytest.FixtureRequest, tmp_path: Path, blank: Blank
) -> AsyncIterator[Database]:
    async with blank(request.param, tmp_path) as url:
        database = await Database.open(url)
        yield database
        await database.close()


@pytest.fixture
def clockwork(db: Database, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Clockwork]:
    def of(kind: str) -> Clockwork:
        made = Clockwork(db, kind)
        monkeypatch.setitem(TIMERS, kind, made.act)
        return made

    return of


async def sets(db: Database, kind: str, due_at: datetime) -> None:
    timer = Timer(kind, 1, due_at, kind)
    await db.apply(statements(timer, now=due_at, dialect=db.dialect))


async def test_a_round_that_went_well_ends_the_slowing_down(
    db: Database, clockwork: Callable[[str], Clockwork]
) -> None:
    daily = clockwork("report.day")
    await sets(db, daily.kind, NOON)
    assert await daily.rounds(3, fails=True) == [1, 2, 3]
    assert await daily.rounds(3, fails=False) == [4, 1, 1]
    assert await daily.rounds(2, fails=True) == [1, 2]
    # Set for something new, it owes nothing to what was before.
    await sets(db, daily.kind, daily.now)
    assert await daily.rounds(1, fails=False) == [1]


async def test_what_asks_ever_more_seldom_counts_its_rounds(
    db: Database, clockwork: Callable[[str], Clockwork]
) -> None:
    asking = clockwork("payment.ask")
    await sets(db, asking.kind, NOON)
    assert await asking.rounds(4, fails=False) == [1, 2, 3, 4]
