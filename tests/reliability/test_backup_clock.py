"""Backups by the clock: in their time, thinned out, tried out, told about when one fails, begun anew after a stop."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.wiring.keeper import Keeper
from bot.wiring.safekeeping import Safekeeping
from core.backups.model import Run, RunState, Work
from db.engine import Database
from tests.databases import DIALECTS, Blank
from tests.reliability.test_backups import settings_of
from tests.reliability.town import Town, settle

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Kept:
    """A town with somebody who makes its backups."""

    def __init__(self, here: Town, safe: Safekeeping) -> None:
        self.here, self.safe = here, safe
        self.keeper = self.another()

    def another(self) -> Keeper:
        """As after a start."""
        return Keeper(self.here.core, self.safe, lambda: self.here.now, "Asia/Shanghai")

    async def later(self, time: timedelta) -> None:
        """The clock goes on, and everybody does what is due."""
        self.here.now += time
        await self.here.sweep.run()
        await self.keeper.look()

    async def runs(self, work: Work = Work.BACKUP) -> list[Run]:
        return await self.here.core.store.find(Run, work=work)

    async def letters(self, kind: str) -> int:
        sql = "SELECT COUNT(*) FROM outbox WHERE kind = ?"
        return int((await self.here.database.fetch(sql, [kind]))[0][0])


@asynccontextmanager
async def kept(blank: Blank, dialect: str, folder: Path) -> AsyncIterator[Kept]:
    async with blank(dialect, folder) as url:
        database = await Database.open(url)
        try:
            here = await settle(database, folder)
            settings = settings_of(folder, url)
            await here.core.backups.begin(now=here.now)
            yield Kept(here, Safekeeping(settings, settings.backup_keys))
        finally:
            await database.close()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.feature("A14")
async def test_backups_come_in_their_time_and_are_tried_out_once_a_week(
    dialect: str, blank: Blank, tmp_path: Path
) -> None:
    async with kept(blank, dialect, tmp_path) as one:
        await one.later(HOUR / 2)
        assert await one.runs() == []
        await one.later(HOUR)
        [first] = await one.runs()
        assert first.state is RunState.DONE
        assert first.by is None
        assert first.name in one.safe.shelf.all()
        assert await one.letters("backup_run") == 0  # nobody is told that all is well
        await one.later(DAY / 2)
        assert len(await one.runs()) == 1
        await one.later(DAY / 2)
        assert len(await one.runs()) == 2
        await one.later(6 * DAY)
        [trial] = await one.runs(Work.DRILL)
        assert trial.state is RunState.DONE
        assert trial.taken_at is not None
        assert await one.letters("backup_run") == 1  # but of a trial they are
        found = await one.here.core.backups.overview()
        assert found.drill == trial
        assert found.under_way == ()


@pytest.mark.feature("A14")
async def test_old_backups_go_by_the_rule(blank: Blank, tmp_path: Path) -> None:
    async with kept(blank, "sqlite", tmp_path) as one:
        one.here.core.rules.update({"backup_minutes": "720", "backup_keep_days": "4"})
        for _ in range(20):
            await one.later(DAY / 2 + HOUR / 60)
        taken = sorted(one.safe.shelf.all().values())
        assert len(await one.runs()) >= 19
        assert len(taken) <= 4 + 2 + 1
        assert taken[0] > one.here.now - 5 * DAY


@pytest.mark.feature("A14")
async def test_a_failed_backup_is_told_and_tried_again_within_the_hour(
    blank: Blank, tmp_path: Path
) -> None:
    async with kept(blank, "sqlite", tmp_path) as one:
        in_the_way = tmp_path / "backups"
        in_the_way.write_text("no folder")
        await one.later(HOUR)
        [failed] = await one.runs()
        assert (failed.state, failed.why) == (RunState.FAILED, "disk")
        assert await one.letters("backup_failed") == 1
        in_the_way.unlink()
        await one.later(HOUR)
        assert [run.state for run in await one.runs()] == [RunState.FAILED, RunState.DONE]
        assert not list(tmp_path.glob(".scratch*"))
        assert not list((tmp_path / "backups").glob("*.part"))


@pytest.mark.feature("A14")
async def test_a_trial_without_a_backup_says_so(blank: Blank, tmp_path: Path) -> None:
    async with kept(blank, "sqlite", tmp_path) as one:
        run = await one.here.core.backups.ask(work=Work.DRILL, by=1, now=one.here.now)
        await one.keeper.look()
        ended = await one.here.core.backups.look(run_id=run.id)
        assert (ended.state, ended.why) == (RunState.FAILED, "no_file")


@pytest.mark.feature("A14")
async def test_a_stop_in_the_middle_begins_it_anew_and_a_kill_is_told(
    blank: Blank, tmp_path: Path
) -> None:
    async with kept(blank, "sqlite", tmp_path) as one:
        core = one.here.core
        run = await core.backups.ask(work=Work.BACKUP, by=None, now=one.here.now)
        again = await core.backups.ask(work=Work.BACKUP, by=5, now=one.here.now)
        assert again == run  # one at a time, whoever asks
        taken = await core.backups.take(now=one.here.now)
        assert taken is not None
        one.keeper.stop()
        await one.keeper._do(taken)
        assert (await core.backups.look(run_id=run.id)).state is RunState.ASKED
        assert one.safe.shelf.all() == {}
        one.keeper = one.another()
        await one.keeper.look()
        assert (await core.backups.look(run_id=run.id)).state is RunState.DONE

        await core.backups.ask(work=Work.BACKUP, by=None, now=one.here.now)
        killed = await core.backups.take(now=one.here.now)
        assert killed is not None
        await core.backups.alone(now=one.here.now)
        told = await core.backups.look(run_id=killed.id)
        assert (told.state, told.why) == (RunState.FAILED, "broken_off")
        assert await one.letters("backup_failed") == 1
