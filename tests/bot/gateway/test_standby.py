"""One process fetches a bot's updates at a time; another program that does is told about."""

import asyncio
from pathlib import Path
from typing import Any

from bot.gateway.api import ApiError
from bot.gateway.polling import Clash, Polling
from bot.gateway.standby import BEAT, LASTS, Standby
from db.ops import Op
from db.processes import ProcessTable
from tests.bot.gateway.conftest import QuickClock, make_tables
from tests.databases import scratch_database


class Fetching:
    """Whether it does."""

    def __init__(self) -> None:
        self.running = False

    def start(self) -> None:
        self.running = True

    async def stop(self) -> None:
        self.running = False


class Rights:
    """What the database says, if it answers."""

    def __init__(self) -> None:
        self.answer: bool | None = False

    async def __call__(self, _bot: str) -> bool:
        if self.answer is None:
            raise OSError("away")
        return self.answer


async def test_it_fetches_while_it_may_and_not_much_longer_than_it_knows(clock: QuickClock) -> None:
    polling, may = Fetching(), Rights()
    standby = Standby("customer", polling, may, clock)  # type: ignore[arg-type]
    seen = []
    for answer, seconds in (
        (False, 0),
        (True, BEAT),
        (None, BEAT),
        (None, LASTS),
        (True, BEAT),
        (False, BEAT),
    ):
        may.answer = answer
        clock.now += seconds
        await standby.look()
        seen.append(polling.running)
    assert seen == [False, True, True, False, True, False]


async def test_of_several_processes_one_fetches_until_it_is_dead_or_has_left(
    tmp_path: Path,
) -> None:
    async with scratch_database("postgresql", tmp_path) as db:
        await make_tables(db)
        table = ProcessTable(db)
        runs = [(await table.join())[0] for _ in range(3)]

        async def who(bot: str) -> list[bool]:
            return list(await asyncio.gather(*(table.fetches(bot, run=run) for run in runs)))

        for bot in ("customer", "admin"):
            first = await who(bot)
            assert first.count(True) == 1, "one from the start"
            assert await who(bot) == first, "and the same one on"
        holder = runs[first.index(True)]
        await db.apply([Op("UPDATE process SET alive_until = 0 WHERE run = ?", [holder])])
        second = await who("admin")
        assert second.count(True) == 1
        assert runs[second.index(True)] != holder
        await table.leave(run=runs[second.index(True)])
        third = await who("admin")
        assert third.count(True) == 1
        assert third not in (first, second)


def test_a_clash_that_goes_on_is_told_from_the_end_of_a_process_of_ours() -> None:
    clash = Clash()
    assert not any(clash.lasts(now=at) for at in (0.0, 5.0, 15.0))
    assert not clash.lasts(now=400.0)
    assert [clash.lasts(now=at) for at in (410.0, 425.0, 430.0)] == [False, True, True]


async def test_whoever_clashes_with_us_is_told_about(clock: QuickClock) -> None:
    told = asyncio.Event()

    class Taken:
        async def use_polling(self) -> None: ...

        async def updates(self, **_: Any) -> list[Any]:
            raise ApiError("getUpdates", 409, "Conflict: terminated by other getUpdates request")

    async def receive(_bot: str, _updates: Any) -> None: ...

    async def tell(bot: str) -> None:
        assert bot == "provider"
        told.set()
        raise OSError("and a database that is away stops nothing")

    polling = Polling("provider", Taken(), receive, clock, on_clash=tell)  # type: ignore[arg-type]
    began = clock.now
    polling.start()
    await asyncio.wait_for(told.wait(), 5)
    assert clock.now - began >= 20
    assert polling.running
    await polling.stop()
    assert not polling.running
