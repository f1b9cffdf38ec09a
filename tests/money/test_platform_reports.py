"""Reports of the day and the week come by themselves: once each, however many clocks look, and after a pause, too."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.adapters.sweep import Sweep
from db.codec import as_json
from db.timers import TimerTable
from tests.money.house import House

pytestmark = pytest.mark.feature("A9")


async def told(here: House) -> list[tuple[str, dict[str, Any]]]:
    rows = await here.database.fetch(
        "SELECT key, facts FROM outbox WHERE kind = 'report' ORDER BY created_at, key"
    )
    return [(key.split(":")[0], as_json(facts)) for key, facts in rows]


async def passes(here: House, **span: float) -> None:
    """Time goes by, and the clocks of three processes look at once."""
    here.now += timedelta(**span)
    sweeps = [
        Sweep(core=here.core, timers=TimerTable(here.database), clock=lambda: here.now)
        for _ in range(3)
    ]
    await asyncio.gather(*(sweep.run() for sweep in sweeps))


async def test_each_report_comes_once(here: House) -> None:
    await here.core.reports.begin(now=here.now)  # a Monday, 10:00
    await here.core.reports.begin(now=here.now)  # a restart
    await passes(here, hours=22)
    assert await told(here) == []
    monday = here.now.date().toordinal() - 1
    await passes(here, hours=2)  # Tuesday, 10:00
    assert await told(here) == [("report.day", {"first": monday, "last": monday})]
    for _ in range(6):
        await passes(here, hours=24)
    kinds = [name for name, _ in await told(here)]
    assert (kinds.count("report.day"), kinds.count("report.week")) == (7, 1)
    week = next(facts for name, facts in await told(here) if name == "report.week")
    assert week == {"first": monday, "last": monday + 6}
    # Nothing ran for days: the last one is told, what went by in between is not.
    await passes(here, days=4)
    kinds = [name for name, _ in await told(here)]
    assert (kinds.count("report.day"), kinds.count("report.week")) == (8, 1)


async def test_they_can_be_turned_off(here: House) -> None:
    await here.core.reports.begin(now=here.now)
    await here.rules(report_daily=0, report_weekly=0)
    for _ in range(8):
        await passes(here, hours=24)
    assert await told(here) == []
