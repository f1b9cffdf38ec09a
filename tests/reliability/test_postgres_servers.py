"""The PostgreSQL server restarts, breaks down, or its standby takes over, while we write: nothing that was acknowledged
is lost, and ten seconds later at most all is well without a restart of ours.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from sqlalchemy import Column, Integer, MetaData, Table, text

from db.engine import Database
from db.errors import StorageUnavailable
from db.ops import Op
from tests.cluster import Server, servers

WRITERS = 8
WELL_WITHIN_S = 10.0
_metadata = MetaData()
Table("kept", _metadata, Column("number", Integer, primary_key=True))


def url_of(*several: Server) -> str:
    hosts, ports = ",".join("127.0.0.1" for _ in several), ",".join(str(s.port) for s in several)
    return f"postgresql+asyncpg://postgres@/postgres?host={hosts}&port={ports}"


class Writers:
    """Write numbers for ever; `acknowledged` are those that were told to be safe."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.acknowledged: set[int] = set()
        self.failed = 0
        self._next = 0
        self._news = asyncio.Event()

    @asynccontextmanager
    async def busy(self) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(self._write_for_ever()) for _ in range(WRITERS)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _write_for_ever(self) -> None:
        while True:
            self._next += 1
            number = self._next
            try:
                await self.database.apply([Op("INSERT INTO kept (number) VALUES (?)", [number])])
            except StorageUnavailable:
                self.failed += 1
                continue
            self.acknowledged.add(number)
            self._news.set()

    async def well(self, *, more: int = 40) -> float:
        """Seconds until so many more were written and rows can be read."""
        began, wanted = time.monotonic(), len(self.acknowledged) + more
        while len(self.acknowledged) < wanted:
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), 60)

        async def count(session) -> int:  # type: ignore[no-untyped-def]
            return int((await session.exec(text("SELECT COUNT(*) FROM kept"))).scalar())

        assert await self.database.reading(count) >= wanted
        return time.monotonic() - began

    async def all_there(self) -> None:
        found = {number for (number,) in await self.database.fetch("SELECT number FROM kept")}
        assert self.acknowledged <= found


@pytest.mark.parametrize(
    "times",
    [
        pytest.param(4, marks=pytest.mark.timeout(300)),
        pytest.param(100, marks=[pytest.mark.slow, pytest.mark.timeout(3600)]),
    ],
)
async def test_a_server_that_restarts_or_breaks_down_loses_nothing_that_was_acknowledged(
    times: int,
) -> None:
    async with servers(1) as [server]:
        database = await Database.open(url_of(server))
        try:
            await database.create(_metadata)
            writers, waits = Writers(database), list[float]()
            async with writers.busy():
                for number in range(times):
                    await writers.well(more=20)
                    await server.control("restart", "-m", ("fast", "immediate")[number % 2])
                    waits.append(await writers.well())
            await writers.all_there()
        finally:
            await database.close()
    print(f"restarts {times}, slowest {max(waits):.2f} s, written {len(writers.acknowledged)}")
    assert max(waits) <= WELL_WITHIN_S
    assert writers.failed == 0


@pytest.mark.parametrize(
    "times",
    [
        pytest.param(1, marks=pytest.mark.timeout(300)),
        pytest.param(20, marks=[pytest.mark.slow, pytest.mark.timeout(3600)]),
    ],
)
async def test_a_standby_takes_over_while_the_old_server_lives_on_for_readers(times: int) -> None:
    waits, written = list[float](), 0
    for _ in range(times):
        async with servers(2) as [old, new]:
            await new.follow(old)
            await new.control("start")
            await _each_commit_waits_for_the_standby(old)
            database = await Database.open(url_of(old, new))
            try:
                await database.create(_metadata)
                writers = Writers(database)
                async with writers.busy():
                    await writers.well()
                    await _read_only(old)
                    await new.control("promote")
                    waits.append(await writers.well())
                await writers.all_there()
                written += len(writers.acknowledged)
            finally:
                await database.close()
    print(f"promotions {times}, slowest {max(waits):.2f} s, written {written}")
    assert max(waits) <= WELL_WITHIN_S


async def _each_commit_waits_for_the_standby(server: Server) -> None:
    await _say(server, "ALTER SYSTEM SET synchronous_standby_names = 'standby'")


async def _read_only(server: Server) -> None:
    """As whoever switches over fences the old server: it lives on, and writes nothing more."""
    await _say(server, "ALTER SYSTEM SET default_transaction_read_only = on")
    await _say(
        server,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
    )


async def _say(server: Server, sql: str) -> None:
    connection = await asyncpg.connect(
        host="127.0.0.1", port=server.port, user="postgres", database="postgres"
    )
    try:
        await connection.execute(sql)
        await connection.execute("SELECT pg_reload_conf()")
    finally:
        await connection.close()
