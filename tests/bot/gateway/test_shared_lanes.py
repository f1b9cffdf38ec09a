"""Several processes work one inbox: each update once, each person's in order, whoever took it in and whoever dies."""

import asyncio
import json
import random
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.gateway.inbox import Inbox, arrival
from bot.gateway.lanes import Lanes
from bot.wiring import presence
from db.engine import Database
from db.ops import Op
from db.processes import ProcessTable
from db.shared_inbox import SharedInboxTable
from tests.bot.gateway.conftest import QuickClock, make_tables
from tests.bot.gateway.test_lanes import message
from tests.databases import scratch_database

PEOPLE, UPDATES = 6, 400


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with scratch_database("postgresql", tmp_path) as database:
        await make_tables(database)
        yield database


class Worker:
    """One process with its lanes; what it worked it notes on the common sheet."""

    def __init__(
        self, db: Database, run: int, clock: QuickClock, sheet: list[tuple[int, int]]
    ) -> None:
        self.run, self.table = run, SharedInboxTable(db, run=run)
        self.lanes = Lanes(self.table, {"customer": self._handle}, clock, on_parked=self._park)
        self.inbox = Inbox(self.table, self.lanes, clock)
        self._sheet = sheet

    async def _handle(self, body: str) -> None:
        update = json.loads(body)
        person = update["message"]["from"]["id"]
        await asyncio.sleep(0)
        self._sheet.append((person, update["update_id"]))

    async def _park(self, update: Any, error: str) -> None:
        raise AssertionError((update.update_id, error))


async def worker(db: Database, clock: QuickClock, sheet: list[tuple[int, int]]) -> Worker:
    run, _ = await ProcessTable(db).join()
    return Worker(db, run, clock, sheet)


async def test_each_update_is_worked_once_and_in_turn_whoever_takes_it_in(
    db: Database, clock: QuickClock
) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print("SEED", seed)
    rng, sheet = random.Random(seed), list[tuple[int, int]]()
    workers = [await worker(db, clock, sheet) for _ in range(3)]
    numbers = iter(range(1, UPDATES + 1))

    async def talk(person: int) -> None:
        """Telegram gives a person's next update when the one before was taken."""
        for number in numbers:
            await rng.choice(workers).inbox.receive("customer", [message(number, person)])

    await asyncio.gather(*(talk(person) for person in range(1, PEOPLE + 1)))
    for one in workers:
        await one.lanes.idle()
    of = defaultdict[int, list[int]](list)
    for person, number in sheet:
        of[person].append(number)
    assert sorted(number for _, number in sheet) == list(range(1, UPDATES + 1))
    assert all(numbers == sorted(numbers) for numbers in of.values())
    assert await db.fetch("SELECT COUNT(*) FROM lane") == [(0,)]


async def test_what_a_dead_process_held_is_taken_over_and_what_a_living_one_holds_is_not(
    db: Database, clock: QuickClock
) -> None:
    sheet = list[tuple[int, int]]()
    dead, alive, heir = [await worker(db, clock, sheet) for _ in range(3)]
    await dead.table.keep([arrival("customer", message(1, 7))], now=clock.millis())
    await alive.table.keep([arrival("customer", message(2, 8))], now=clock.millis())
    await db.apply([Op("UPDATE process SET alive_until = 0 WHERE run = ?", [dead.run])])
    await heir.lanes.adopt()
    await heir.lanes.idle()
    assert sheet == [(7, 1)]
    await alive.lanes.adopt()
    assert await alive.table.waiting(bot="customer", lane=8, limit=9) is not None
    assert await dead.table.waiting(bot="customer", lane=7, limit=9) is None


async def test_who_was_taken_for_dead_lets_go_of_everything(
    db: Database, clock: QuickClock
) -> None:
    sheet = list[tuple[int, int]]()
    slow = await worker(db, clock, sheet)
    gate, begun, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def handle(_body: str) -> None:
        begun.set()
        try:
            await gate.wait()
        finally:
            ended.set()

    slow.lanes._handlers = {"customer": handle}
    await slow.inbox.receive("customer", [message(1, 7), message(2, 7)])
    await begun.wait()
    assert await ProcessTable(db).renew(run=slow.run)
    await db.apply([Op("UPDATE process SET alive_until = 0 WHERE run = ?", [slow.run])])
    assert not await ProcessTable(db).renew(run=slow.run)
    await slow.lanes.let_go()
    assert ended.is_set()
    assert slow.lanes.at_work == 0
    heir = await worker(db, clock, sheet)
    await heir.lanes.adopt()
    await heir.lanes.idle()
    assert sheet == [(7, 1), (7, 2)]


async def test_numbers_are_given_once_and_given_back(db: Database) -> None:
    table = ProcessTable(db)
    joined = await asyncio.gather(*(table.join() for _ in range(5)))
    assert sorted(number for _, number in joined) == [0, 1, 2, 3, 4]
    await table.leave(run=next(run for run, number in joined if number == 2))
    assert (await table.join())[1] == 2


async def test_who_does_not_get_in_again_is_not_ready_and_says_why_until_it_is_back(
    db: Database, clock: QuickClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "PULSE", 0.02)
    here = presence.Presence(db)
    await here.join()
    lanes = Lanes(here.inbox, {}, clock, on_parked=worker)  # type: ignore[arg-type]
    here.pulse(lanes)
    assert here.lacking() == []
    newer = Op("INSERT INTO alembic_version VALUES ('9999', '9999')")
    await db.apply([newer, Op("UPDATE process SET alive_until = 0")])
    async with asyncio.timeout(20):
        while not here.lacking():  # noqa: ASYNC110
            await asyncio.sleep(0)
        assert "later Doorstep" in here.lacking()[0]
        await db.apply([Op("DELETE FROM alembic_version")])
        while here.lacking():  # noqa: ASYNC110
            await asyncio.sleep(0)
        monkeypatch.setattr(presence, "ALIVE_MS", -60_000)
        assert here.lacking() == ["The other processes take it for dead."]
    await here.leave()
