"""From SQLite to PostgreSQL: all of it, once, whatever cuts it off, and never into or out of the wrong place."""

import asyncio
import json
import os
import random
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, DateTime
from sqlmodel import SQLModel

from bot.refusals import told as in_words
from db.engine import Database
from db.errors import CannotMove, DatabaseInUse
from db.migrate import migrate
from db.transfer.moving import move
from db.transfer.source import BOOK, Source, tables
from tests import servers
from tests.cities import Cities
from tests.databases import asked, written
from tests.starting import ROOT

NOW = datetime(2030, 1, 1, tzinfo=UTC)
KILLS = 8


class Cut(BaseException):
    """The power goes."""


def silent(_table: str, _there: int, _total: int) -> None:
    pass


def rows_of(url: str, table: Any) -> list[str]:
    """All rows, as the same values whichever database they lie in."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    rows = asked(url, f'SELECT {names} FROM "{table.name}"')
    return sorted(repr(_same(row, table)) for row in rows)


def _same(row: tuple[Any, ...], table: Any) -> list[Any]:
    return [_value(v, c.type) for v, c in zip(row, table.columns, strict=True)]


def _value(value: Any, kind: Any) -> Any:
    kind = getattr(kind, "impl", kind)
    if value is None:
        return None
    if isinstance(kind, DateTime):
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.replace(tzinfo=UTC).isoformat()
    if isinstance(kind, JSON):
        return json.dumps(json.loads(value), sort_keys=True) if isinstance(value, str) else value
    return bool(value) if isinstance(kind, Boolean) else str(value)


@pytest.fixture
async def city(cities: Cities, tmp_path: Path) -> Path:
    """The demo city's file, of this test alone."""
    made = await cities._made("sqlite")
    path = tmp_path / "doorstep.db"
    with closing(sqlite3.connect(made / "doorstep.db")) as there:
        there.execute("VACUUM INTO ?", [str(path)])
    return path


@pytest.fixture
async def server() -> AsyncIterator[str]:
    url = await servers.made()
    try:
        yield url
    finally:
        await servers.drop(url)


def url_of(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def all_alike(path: Path, url: str) -> None:
    for table in tables():
        assert rows_of(url_of(path), table) == rows_of(url, table), table.name


async def test_cut_off_anywhere_it_goes_on_and_everything_arrives(city: Path, server: str) -> None:
    odd = "tab\there, back\\slash, line\nend, \r, \\N, 'quoted', 😀"
    with closing(sqlite3.connect(city)) as file:
        file.execute("UPDATE person SET name = ? WHERE id = (SELECT MIN(id) FROM person)", [odd])
        file.commit()
    before = sha256(city.read_bytes()).hexdigest()
    seen = []

    def cut_at(number: int) -> Any:
        beats = iter(range(1_000_000))

        def told(table: str, there: int, total: int) -> None:
            seen.append((table, there))
            if next(beats) == number:
                raise Cut

        return told

    for number in (0, 3, 7, 20):
        with pytest.raises(Cut):
            await move(city, server, now=NOW, told=cut_at(number), batch=700)
        with pytest.raises(CannotMove, match="half"):
            await Database.open(server)
    counts = await move(city, server, now=NOW, told=cut_at(-1), batch=700)
    assert len(seen) == len(set(seen)), "a batch was copied twice"
    assert counts.keys() == SQLModel.metadata.tables.keys()
    assert counts["provider"] > 100
    assert sha256(city.read_bytes()).hexdigest() == before
    await asyncio.to_thread(all_alike, city, server)
    assert asked(server, "SELECT COUNT(*) FROM person WHERE name = ?", odd) == [(1,)]
    with pytest.raises(Exception, match="append-only"):
        written(server, "TRUNCATE ledger_leg CASCADE")
    platform = await Database.open(server)
    await platform.close()


async def moving(city: Path, server: str) -> asyncio.subprocess.Process:
    """`python -m bot move`, as people start it; a line for each table."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "move", str(city), cwd=ROOT, stdout=PIPE, stderr=PIPE,
        env=keep | {"DATABASE_URL": server, "DATA_DIR": str(city.parent)},
    )  # fmt: skip


async def killed_at(process: asyncio.subprocess.Process, line: int, after: float) -> str:
    """What it said until it was killed, a moment after so many lines, or came to its end."""
    assert process.stderr is not None
    said = [await asyncio.wait_for(process.stderr.readline(), 60) for _ in range(line)]
    with suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), after)
    if process.returncode is None:
        process.kill()
    _, rest = await process.communicate()
    return (b"".join(said) + rest).decode()


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_killed_at_random_moments_it_goes_on_and_everything_arrives(
    city: Path, server: str
) -> None:
    """While it makes the tables, while it copies, while it compares."""
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print("SEED", seed)
    rng, kills, refused = random.Random(seed), 0, 0
    before = sha256(city.read_bytes()).hexdigest()
    while True:
        process = await moving(city, server)
        line = rng.randrange(25) if kills < KILLS else 10_000
        said = await killed_at(process, line, rng.uniform(0, 0.03))
        if process.returncode == -signal.SIGKILL:
            kills += 1
            print("killed at", said.strip().rpartition("\n")[2][:120])
        elif process.returncode == 0:
            break
        else:  # the server has not noticed yet that the one before is dead
            assert "Another Doorstep" in said
            refused += 1
            assert refused < 10 * KILLS
    assert kills > 2
    print(f"killed {kills} times, refused {refused} times")
    assert sha256(city.read_bytes()).hexdigest() == before
    await asyncio.to_thread(all_alike, city, server)
    with Source.open(city) as file:
        assert set(asked(server, BOOK)) == file.book()
    assert not asked(server, "SELECT to_regclass('half_moved')")[0][0]
    await (await Database.open(server)).close()


@pytest.mark.slow
async def test_a_platform_that_went_on_meanwhile_is_copied_anew(city: Path, server: str) -> None:
    def cut(_table: str, there: int, _total: int) -> None:
        if there > 1000:
            raise Cut

    with pytest.raises(Cut):
        await move(city, server, now=NOW, told=cut, batch=500)
    written(url_of(city), "UPDATE person SET name = 'Changed'")
    await move(city, server, now=NOW, told=silent)
    assert asked(server, "SELECT DISTINCT name FROM person") == [("Changed",)]
    await asyncio.to_thread(all_alike, city, server)


def refused(error: Any) -> str:
    return in_words(error.value)


async def test_a_running_platform_is_not_moved(city: Path, server: str) -> None:
    platform = await Database.open(url_of(city))
    try:
        with pytest.raises(DatabaseInUse):
            await move(city, server, now=NOW, told=silent)
    finally:
        await platform.close()


async def test_nothing_goes_into_a_database_that_somebody_lives_in(city: Path, server: str) -> None:
    await migrate(server)
    written(server, "INSERT INTO rule_value (id, name, value) VALUES (1, 'a', '1')")
    with pytest.raises(CannotMove) as error:
        await move(city, server, now=NOW, told=silent)
    assert "not empty" in refused(error)
    assert asked(server, "SELECT COUNT(*) FROM rule_value") == [(1,)]
    written(server, "DELETE FROM rule_value")
    written(server, "CREATE TABLE somebody (name text)")
    with pytest.raises(CannotMove, match="not_empty"):
        await move(city, server, now=NOW, told=silent)


async def test_who_is_connected_there_is_in_the_way(city: Path, server: str) -> None:
    async with servers.connected(server):
        with pytest.raises(DatabaseInUse):
            await move(city, server, now=NOW, told=silent)


@pytest.mark.slow
async def test_what_arrives_otherwise_than_it_was_sent_is_no_platform(
    city: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import db.transfer.destination as there

    def one_less(table: Any, rows: list[Any]) -> bytes:
        return whole(table, rows[1:] if table.name == "rule_value" else rows)

    whole = there.written
    monkeypatch.setattr(there, "written", one_less)
    with pytest.raises(CannotMove) as error:
        await move(city, server, now=NOW, told=silent)
    assert "rows:rule_value" in refused(error)
    with pytest.raises(CannotMove, match="half"):
        await Database.open(server)


async def why(path: Path, url: str = "postgresql+asyncpg://nobody@127.0.0.1:1/x") -> str:
    with pytest.raises(CannotMove) as error:
        await move(path, url, now=NOW, told=silent)
    assert "not changed" in refused(error)
    return error.value.why


async def test_what_is_no_whole_platform_is_refused_before_anything(
    tmp_path: Path, city: Path
) -> None:
    other, older = tmp_path / "other.db", tmp_path / "older.db"
    assert await why(other) == "no_source"
    written(url_of(other), "CREATE TABLE cats (name text)")
    assert await why(other) == "foreign"
    other.write_bytes(b"no database at all, whatever it may be called" * 100)
    assert await why(other) == "unreadable"
    await migrate(url_of(older), revision="0075")
    assert await why(older) == "old"
    written(url_of(city), "CREATE TABLE cats (name text)")
    assert await why(city) == "strange"
    written(url_of(city), "DROP TABLE cats")
    letter = "INSERT INTO outbox (key, bot, kind, state) VALUES ('k', 'customer', 'paid', 'odd')"
    written(url_of(city), letter)
    assert await why(city) == "unsound"


async def test_the_way_back_is_none(city: Path) -> None:
    assert await why(city, url_of(city)) == "no_destination"
