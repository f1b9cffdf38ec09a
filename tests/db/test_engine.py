"""The database keeps its word: all or nothing, one winner, one process, nothing lost."""

import asyncio
import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import BigInteger, Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import JSON
from sqlmodel import Field, MetaData, SQLModel, select

from db.codec import as_json, as_time, clean_text, numbered
from db.engine import Database
from db.errors import (
    ConstraintBroken,
    DatabaseInUse,
    GuardFailed,
    StorageUnavailable,
    UnsupportedDatabase,
)
from db.ops import Op
from tests.databases import scratch_url

_metadata = MetaData()


class Colour(Enum):
    RED = "red"


class Thing(SQLModel, table=True):
    metadata = _metadata
    id: int = Field(primary_key=True, sa_type=BigInteger)
    name: str = Field(unique=True)
    size: int = 0
    at: datetime | None = None
    facts: dict = Field(default={}, sa_column=Column(JSON().with_variant(JSONB(), "postgresql")))


INSERT = "INSERT INTO thing (id, name, size, at, facts) VALUES (?, ?, ?, ?, ?)"
NOW = datetime(2026, 5, 4, 9, 30, tzinfo=timezone(timedelta(hours=8)))


def thing(number: int, name: str, *, guard: object = None, size: int = 0, **facts: object) -> Op:
    return Op(INSERT, (number, name, size, NOW, facts), 1, guard)


@pytest.fixture
async def things(db: Database) -> Database:
    await db.create(_metadata)
    return db


async def names(db: Database) -> list[str]:
    return [name for (name,) in await db.fetch("SELECT name FROM thing ORDER BY id")]


async def test_a_raw_write_reads_back_as_the_row_it_means(things: Database) -> None:
    await things.apply([thing(2**60, "灯", size=3, 类=["空调", Colour.RED.value], ok=True)])
    async with things.session() as session:
        row = (await session.exec(select(Thing).where(Thing.at == NOW))).one()
    assert (row.id, row.name, row.size) == (2**60, "灯", 3)
    assert row.at == NOW
    assert row.at.tzinfo is UTC
    assert row.facts == {"类": ["空调", "red"], "ok": True}
    [(at, facts)] = await things.fetch("SELECT at, facts FROM thing WHERE at = ?", [NOW])
    assert as_time(at) == NOW
    assert as_json(facts) == row.facts


async def test_a_failed_guard_takes_the_whole_unit_back(things: Database) -> None:
    await things.apply([thing(1, "a")])
    grow = Op("UPDATE thing SET size = size + 1 WHERE id = ? AND size = ?", (1, 5), 1, "size")
    with pytest.raises(GuardFailed) as failed:
        await things.apply([thing(2, "b"), grow, thing(3, "c")])
    assert (failed.value.guard, failed.value.index) == ("size", 1)
    assert await names(things) == ["a"]


async def test_a_broken_key_is_a_failed_guard_or_else_a_fault(things: Database) -> None:
    await things.apply([thing(1, "a")])
    with pytest.raises(GuardFailed):
        await things.apply([thing(2, "a", guard="name")])
    with pytest.raises(ConstraintBroken):
        await things.apply([thing(2, "a")])


async def test_returning_rows_come_back_in_order(things: Database) -> None:
    give = Op("UPDATE thing SET size = size + ? RETURNING id, size", (2,), returns=True)
    answers = await things.apply([thing(1, "a"), give, thing(2, "b", size=5), give])
    assert [sorted(rows) for rows in answers] == [[(1, 2)], [(1, 4), (2, 7)]]


async def test_neighbours_in_one_commit_do_not_hurt_each_other(things: Database) -> None:
    async def add(number: int) -> bool:
        try:
            await things.apply([thing(number, f"n{number % 50}", guard="name")])
        except GuardFailed:
            return False
        return True

    results = await asyncio.gather(*(add(number) for number in range(200)))
    assert sum(results) == 50
    assert len(await names(things)) == 50


async def test_a_thousand_rivals_for_one_key_have_one_winner(things: Database) -> None:
    async def claim(number: int) -> str:
        cells = [thing(cell * 10_000 + number, f"cell {cell}", guard="slot") for cell in range(3)]
        try:
            await things.apply(cells)
        except GuardFailed as lost:
            return str(lost.guard)
        return "won"

    results = await asyncio.gather(*(claim(number) for number in range(1000)))
    assert Counter(results) == {"won": 1, "slot": 999}
    assert await names(things) == ["cell 0", "cell 1", "cell 2"]


async def test_a_counter_never_passes_its_limit(things: Database) -> None:
    await things.apply([thing(1, "coupon")])
    use = Op("UPDATE thing SET size = size + 1 WHERE id = 1 AND size < ?", (7,), 1, "gone")
    results = await asyncio.gather(
        *(things.apply([use]) for _ in range(100)), return_exceptions=True
    )
    assert sum(not isinstance(result, Exception) for result in results) == 7


async def test_several_reads_see_one_moment(things: Database) -> None:
    stop = asyncio.Event()

    async def churn() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            await things.apply([thing(number, f"n{number}")])

    task = asyncio.create_task(churn())
    for _ in range(50):
        first, second = await things.fetch_all([("SELECT count(*) FROM thing", ())] * 2)
        assert first == second
    stop.set()
    await task


async def test_a_reading_session_cannot_write(things: Database) -> None:
    async with things.session() as session:
        session.add(Thing(id=1, name="a", at=NOW))
        with pytest.raises(Exception, match=r"(?i)read-?only"):
            await session.commit()


async def test_hostile_text_is_kept_as_far_as_text_goes(things: Database) -> None:
    nasty = ["a\x00b", "\ud83d alone", "'; DROP TABLE thing; --", "你好🛠", "{0} %s ?", "\u202egnp"]
    await things.apply([thing(n, text, note=text) for n, text in enumerate(nasty)])
    assert await names(things) == [clean_text(text) for text in nasty]
    rows = await things.fetch("SELECT facts FROM thing ORDER BY id")
    assert [as_json(facts)["note"] for (facts,) in rows] == [clean_text(text) for text in nasty]


async def test_a_naive_instant_is_refused(things: Database) -> None:
    with pytest.raises(ValueError, match="zone"):
        await things.apply([Op("UPDATE thing SET at = ?", (datetime(2026, 1, 1),))])


def test_question_marks_in_quotes_are_no_placeholders() -> None:
    assert numbered("SELECT '?', \"a?\" WHERE b = ? AND c = ?") == (
        "SELECT '?', \"a?\" WHERE b = $1 AND c = $2"
    )


async def test_a_second_process_is_refused(tmp_path: Path) -> None:
    async with scratch_url("sqlite", tmp_path) as url:
        db = await Database.open(url)
        with pytest.raises(DatabaseInUse):
            await Database.open(url)
        script = (
            "import asyncio, sys; from db.engine import Database;"
            "asyncio.run(Database.open(sys.argv[1]))"
        )
        other = await asyncio.to_thread(
            subprocess.run, [sys.executable, "-c", script, url], capture_output=True, text=True
        )
        assert other.returncode != 0
        assert "DatabaseInUse" in other.stderr
        await db.close()
        await (await Database.open(url)).close()


async def test_a_database_that_forgets_is_refused() -> None:
    for url in ("sqlite+aiosqlite://", "mysql://nowhere/x"):
        with pytest.raises(UnsupportedDatabase):
            await Database.open(url)


async def test_a_stranger_holding_the_file_only_delays(tmp_path: Path) -> None:
    async with scratch_url("sqlite", tmp_path) as url:
        db = await Database.open(url)
        await db.create(_metadata)
        stranger = sqlite3.connect(tmp_path / "doorstep.db", isolation_level=None)
        stranger.execute("BEGIN IMMEDIATE")
        writing = asyncio.create_task(db.apply([thing(1, "a")]))
        await db.fetch("SELECT 1")
        assert not writing.done()
        stranger.execute("COMMIT")
        stranger.close()
        await writing
        assert await names(db) == ["a"]
        await db.close()


async def test_closing_finishes_what_waits_and_leaves_one_file(tmp_path: Path) -> None:
    async with scratch_url("sqlite", tmp_path) as url:
        db = await Database.open(url)
        await db.create(_metadata)
        writes = [asyncio.create_task(db.apply([thing(n, f"n{n}")])) for n in range(100)]
        await asyncio.sleep(0)
        await db.close()
        await asyncio.gather(*writes)
        plain = sqlite3.connect(tmp_path / "doorstep.db")
        assert plain.execute("SELECT count(*) FROM thing").fetchone() == (100,)
        plain.close()


@pytest.mark.parametrize("db", ["postgresql"], indirect=True)
async def test_ended_server_sessions_are_replaced_without_loss(things: Database) -> None:
    async def add(number: int) -> None:
        await things.apply([thing(number, f"n{number}", guard="twice")])

    async def reap() -> None:
        for _ in range(5):
            await things.fetch("SELECT pg_sleep(0.01)")
            killer = await asyncpg.connect(things.server)  # type: ignore[attr-defined]
            await killer.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            await killer.close()

    await asyncio.gather(reap(), *(add(number) for number in range(300)))
    assert len(await names(things)) == 300

    async def count(session) -> int:
        return len((await session.exec(select(Thing))).all())

    assert await things.reading(count) == 300


async def test_a_full_disk_refuses_aloud_and_harms_nobody_else(tmp_path: Path) -> None:
    async with scratch_url("sqlite", tmp_path) as url:
        db = await Database.open(url)
        await db.create(_metadata)
        await db.apply([thing(0, "first")])
        await db.write(lambda cursor: cursor.execute("PRAGMA max_page_count=12").fetchall())
        big = [thing(1, "b", note="x" * 200_000), thing(2, "c")]
        answers = await asyncio.gather(
            db.apply(big), db.apply([thing(3, "small")]), return_exceptions=True
        )
        assert isinstance(answers[0], StorageUnavailable)
        assert answers[1] == []
        await db.write(lambda cursor: cursor.execute("PRAGMA max_page_count=100000").fetchall())
        await db.apply(big)
        assert await names(db) == ["first", "b", "c", "small"]
        assert await db.fetch("PRAGMA integrity_check") == [("ok",)]
        await db.close()


async def test_a_waiting_writer_that_gave_up_does_not_stop_the_others(things: Database) -> None:
    tasks = [asyncio.create_task(things.apply([thing(n, f"n{n}")])) for n in range(20)]
    await asyncio.sleep(0)
    tasks[3].cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert sum(result == [] for result in results) >= 19
    await things.apply([thing(100, "after")])
