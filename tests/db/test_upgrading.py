"""The next version's steps beside this version's code: who may go on, who has to wait, and what is kept."""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.refusals import told
from db import former, revisions
from db.engine import Database
from db.errors import NoCopy, OlderAtWork, TablesHeld, TablesNewer
from db.migrate import migrate
from db.processes import ProcessTable
from tests import servers
from tests.databases import DIALECTS, Blank, asked, scratch_url, written
from tests.reliability.changing import next_version

NextVersion = Callable[[], Any]


@pytest.fixture
def next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NextVersion:
    """Inside the block we are the next version."""
    folder = next_version(tmp_path / "migrations")

    def forget() -> None:
        revisions._script.cache_clear()
        revisions._revisions.cache_clear()

    @contextmanager
    def inside() -> Iterator[None]:
        try:
            with monkeypatch.context() as patch:
                patch.setattr(revisions, "HERE", folder)
                forget()
                yield
        finally:
            forget()

    return inside


def version(url: str) -> str:
    return str(asked(url, "SELECT version_num FROM alembic_version")[0][0])


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_this_version_goes_on_until_what_it_uses_is_gone(
    dialect: str, tmp_path: Path, next_one: NextVersion
) -> None:
    async with scratch_url(dialect, tmp_path) as url:
        await migrate(url)
        with next_one():
            await migrate(url, revision="9002")
        await migrate(url)
        assert await asyncio.to_thread(version, url) == "9002"
        with next_one():
            await migrate(url)
        with pytest.raises(TablesNewer) as newer:
            await migrate(url)
        assert await asyncio.to_thread(version, url) == "9003"
        assert "later Doorstep (9003)" in told(newer.value)


async def test_what_an_older_process_needs_stays_until_it_has_gone_and_none_comes_after(
    tmp_path: Path, next_one: NextVersion
) -> None:
    async with scratch_url("postgresql", tmp_path) as url:
        await migrate(url)
        database = await Database.open(url)
        older = ProcessTable(database)
        try:
            run, _ = await older.join()
            with next_one(), pytest.raises(OlderAtWork) as refused:
                await migrate(url, patience=0)
            assert "1 process(es) of an earlier Doorstep" in told(refused.value)
            assert await asyncio.to_thread(version, url) == "9002"
            await older.leave(run=run)
            with next_one():
                await migrate(url, patience=0)
            with pytest.raises(TablesNewer):
                await older.join()
            with next_one():
                await older.join()
        finally:
            await database.close()


async def test_a_table_that_is_held_is_let_alone_and_taken_up_again(
    tmp_path: Path, next_one: NextVersion
) -> None:
    """By a reader, at the first step; what a broken build of the index left is in nobody's way."""
    async with scratch_url("postgresql", tmp_path) as url:
        await migrate(url)
        async with servers.connected(url) as reader:
            await reader.execute("BEGIN; SELECT 1 FROM orders LIMIT 1")
            with next_one(), pytest.raises(TablesHeld) as held:
                await migrate(url, patience=0)
            assert held.value.pid == reader.get_server_pid()
            assert f"pg_terminate_backend({held.value.pid})" in told(held.value)
            await reader.execute("COMMIT")
        twice = "INSERT INTO rule_value (id, name, value) VALUES (1, 'a', '1'), (2, 'b', '1')"
        await asyncio.to_thread(written, url, twice)
        async with servers.connected(url) as builder:
            broken = "CREATE UNIQUE INDEX CONCURRENTLY ix_orders_source ON rule_value (value)"
            with pytest.raises(Exception, match="could not create unique"):
                await builder.execute(broken)
        with next_one():
            await migrate(url, patience=0)
        valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_orders_source'::regclass"
        assert await asyncio.to_thread(asked, url, valid) == [(True,)]


async def test_the_file_as_it_was_lies_beside_it_for_a_week(
    tmp_path: Path, blank: Blank, next_one: NextVersion
) -> None:
    async with blank("sqlite", tmp_path) as url:
        path, now = tmp_path / "doorstep.db", datetime.now(UTC)
        await migrate(url)
        assert not list(tmp_path.glob("*.before-*")), "nothing was to be changed"
        written(url, "INSERT INTO rule_value (id, name, value) VALUES (1, 'a', '1')")
        with next_one():
            await migrate(url, revision="9001")
            await migrate(url, revision="9003")
        [copy] = tmp_path.glob("*.before-*")
        assert copy.name == "doorstep.db.before-9003"
        assert copy.stat().st_mode & 0o077 == 0
        with closing(sqlite3.connect(copy)) as before:
            assert before.execute("SELECT name FROM rule_value").fetchall() == [("a",)]
            assert before.execute("SELECT version_num FROM alembic_version").fetchone() == ("9001",)
        former.forget(path, now=now + timedelta(days=6))
        assert copy.exists()
        former.forget(path, now=now + timedelta(days=8))
        assert not copy.exists()


async def test_without_room_for_a_copy_nothing_is_changed(
    tmp_path: Path, blank: Blank, next_one: NextVersion
) -> None:
    async with blank("sqlite", tmp_path) as url:
        os.mkdir(tmp_path / "doorstep.db.before-half")
        with next_one(), pytest.raises(NoCopy) as refused:
            await migrate(url)
        assert "Make room" in told(refused.value)
        assert version(url) == revisions.head()
