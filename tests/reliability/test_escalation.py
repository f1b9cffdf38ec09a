"""Stopped and killed in the middle of an escalation: the reminder and the call come once each all the same."""

import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.chat import People
from tests.databases import scratch_url
from tests.platforms import free_port
from tests.reliability.process import Bots, outside
from tests.reliability.test_kill import all_sent, settled, until_quiet

STAFF_BOT = "doorstep_staff_bot"
MINUTE, LONG_AGO = timedelta(minutes=1), timedelta(days=3)
LETTERS = "SELECT COUNT(*) FROM outbox WHERE kind = '{kind}'"


def overdue(file: Path, by: timedelta) -> None:
    """While nothing ran, the time to answer went by; the clock of the process is the world's own."""
    due = (time.time() - by.total_seconds()) * 1000
    stamp = time.strftime("%Y-%m-%d %H:%M:%S.000000", time.gmtime(due / 1000))
    with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as connection:
        changed = connection.execute(
            "UPDATE ticket SET answer_by = ? WHERE answer_by IS NOT NULL", [stamp]
        )
        assert changed.rowcount == 1
        connection.execute("UPDATE timer SET due_at = ? WHERE kind = 'ticket.wait'", [int(due)])


async def letters(bots: Bots, kind: str) -> int:
    [[[count]]] = await bots.ask(LETTERS.format(kind=kind))
    return int(count)


async def killed_before_it_left(bots: Bots, people: People, kind: str) -> None:
    """The letter is written and can't leave just when the process dies."""
    await people.fault("500", method="sendMessage", bot=STAFF_BOT, times=1000)
    bots.start()
    await bots.ready()
    while not await letters(bots, kind):
        await people.call("GET", "/events/poll?after=0&wait=0.1")
    bots.kill()
    await people.no_faults()


async def settles(bots: Bots, people: People) -> None:
    """Started once more, until nothing is left to be done."""
    bots.start()
    await bots.ready()
    await until_quiet(bots, people)


@pytest.mark.timeout(600)
@pytest.mark.feature("A5")
async def test_a_reminder_and_a_call_survive_every_stop_and_come_once(tmp_path: Path) -> None:
    port = free_port()
    async with scratch_url("sqlite", tmp_path) as url:
        with outside(tmp_path, port) as world:
            async with People(world) as people:
                [customer, *_], _ = await settled(url, tmp_path, people)
                file = Path(url.split("///")[1])
                bots = Bots(tmp_path, world, port, url)
                bots.start()
                try:
                    await bots.ready()
                    await customer.writes("/start")
                    await customer.taps_stale(customer.last["message_id"], "ask")
                    await customer.writes("Question 1: does anybody answer?")
                    await until_quiet(bots, people)
                    bots.terminate()
                    for kind, by in (("ticket_late", MINUTE), ("ticket_called", LONG_AGO)):
                        overdue(file, by)
                        await killed_before_it_left(bots, people, kind)
                    await settles(bots, people)
                    assert await letters(bots, "ticket_late") == 1
                    assert await letters(bots, "ticket_called") == 1
                    assert await all_sent(tmp_path, bots) == [], "a letter that was said twice"
                finally:
                    bots.kill()
