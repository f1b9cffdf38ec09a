"""What Telegram was told has arrived is done: in order per person, once, even after kill -9 or beside poison."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.gateway.inbox import Inbox, arrival
from bot.gateway.lanes import Handle, Lanes
from bot.gateway.outcomes import NotSent, Unreachable
from db.engine import Database
from db.inbox import InboxTable
from db.ops import Op
from tests.bot.gateway.conftest import QuickClock, make_tables
from tests.databases import scratch_url

Raw = dict[str, Any]


def message(update_id: int, sender: int, text: str = "hello") -> Raw:
    person = {"id": sender, "is_bot": False, "first_name": "Li"}
    chat = {"id": sender, "type": "private"}
    return {
        "update_id": update_id,
        "message": {"message_id": update_id, "date": 1, "chat": chat, "from": person, "text": text},
    }


class Office:
    """An inbox with its lanes; notes what was parked."""

    def __init__(self, db: Database, clock: QuickClock, handle: Handle, **how: Any) -> None:
        self.db, self.parked = db, []
        self.table = InboxTable(db)
        self.lanes = Lanes(self.table, {"customer": handle}, clock, on_parked=self._park, **how)
        self.inbox = Inbox(self.table, self.lanes, clock)

    async def _park(self, update: Any, error: str) -> None:
        self.parked.append((update.update_id, error))

    async def undone(self) -> list[int]:
        sql = "SELECT update_id FROM inbox WHERE done_at IS NULL AND parked_at IS NULL"
        return sorted(number for (number,) in await self.db.fetch(sql))


def number(body: str) -> int:
    return int(json.loads(body)["update_id"])


def about_to_pay(update_id: int, sender: int) -> Raw:
    person = {"id": sender, "is_bot": False, "first_name": "Li"}
    asked = {"id": f"q{update_id}", "from": person, "currency": "CNY", "total_amount": 100,
             "invoice_payload": "P1"}  # fmt: skip
    return {"update_id": update_id, "pre_checkout_query": asked}


async def test_who_is_about_to_pay_waits_neither_for_the_own_lane_nor_for_a_place(
    db: Database, clock: QuickClock
) -> None:
    asked, gate = asyncio.Event(), asyncio.Event()

    async def handle(body: str) -> None:
        if "pre_checkout_query" in body:
            asked.set()
        else:
            await gate.wait()

    office = Office(db, clock, handle, at_once=1)
    await office.inbox.receive("customer", [message(1, 7), message(2, 8)])
    await office.inbox.receive("customer", [about_to_pay(3, 7)])
    async with asyncio.timeout(2):
        await asked.wait()
    assert 1 in await office.undone()
    gate.set()
    await office.lanes.idle()
    assert await office.undone() == []


async def test_a_lane_keeps_order_while_others_run_beside_it(
    db: Database, clock: QuickClock
) -> None:
    seen: list[int] = []
    gate, other = asyncio.Event(), asyncio.Event()

    async def handle(body: str) -> None:
        if number(body) == 1:
            await gate.wait()
        seen.append(number(body))
        other.set()

    office = Office(db, clock, handle)
    await office.inbox.receive("customer", [message(1, 7), message(2, 7), message(3, 8)])
    await office.inbox.receive("customer", [message(4, 7)])
    await other.wait()
    assert seen == [3]
    gate.set()
    await office.lanes.idle()
    assert seen == [3, 1, 2, 4]
    assert await office.undone() == []


async def test_a_repeated_update_is_done_once(db: Database, clock: QuickClock) -> None:
    seen: list[int] = []

    async def handle(body: str) -> None:
        seen.append(number(body))

    office = Office(db, clock, handle)
    batch = [message(1, 7), message(2, 7), message(1, 7)]
    await asyncio.gather(*(office.inbox.receive("customer", batch) for _ in range(5)))
    await office.lanes.idle()
    await office.inbox.receive("customer", batch)
    await office.lanes.idle()
    assert sorted(seen) == [1, 2]


async def test_poison_is_parked_after_three_tries_and_its_lane_goes_on(
    db: Database, clock: QuickClock
) -> None:
    seen: list[int] = []

    async def handle(body: str) -> None:
        seen.append(number(body))
        if number(body) == 1:
            raise KeyError("poison")

    office = Office(db, clock, handle)
    began = clock.now
    await office.inbox.receive("customer", [message(1, 7), message(2, 7)])
    await office.lanes.idle()
    assert seen == [1, 1, 1, 2]
    assert office.parked == [(1, "KeyError")]
    assert clock.now - began < 5
    assert await office.undone() == []


async def test_telegram_being_away_is_nobodys_poison(db: Database, clock: QuickClock) -> None:
    tries = 0

    async def handle(body: str) -> None:
        nonlocal tries
        tries += 1
        if tries < 8:
            raise NotSent("502")

    office = Office(db, clock, handle)
    await office.inbox.receive("customer", [message(1, 7)])
    await office.lanes.idle()
    assert (tries, office.parked, await office.undone()) == (8, [], [])


async def test_nobody_there_to_answer_counts_as_done(db: Database, clock: QuickClock) -> None:
    async def handle(body: str) -> None:
        raise Unreachable("blocked")

    office = Office(db, clock, handle)
    await office.inbox.receive("customer", [message(1, 7)])
    await office.lanes.idle()
    assert (office.parked, await office.undone()) == ([], [])


async def test_a_flood_of_one_person_stays_in_order_and_out_of_memory(
    db: Database, clock: QuickClock
) -> None:
    seen: list[int] = []
    office: Office

    async def handle(body: str) -> None:
        seen.append(number(body))
        assert all(len(lane.queue) <= 50 for lane in office.lanes._lanes.values())

    office = Office(db, clock, handle)
    for start in range(0, 400, 40):
        batch = [message(start + n, 7) for n in range(40)]
        await office.inbox.receive("customer", batch)
    await office.lanes.idle()
    assert seen == list(range(400))


async def test_stop_starts_nothing_new_and_the_next_start_finishes(
    db: Database, clock: QuickClock
) -> None:
    seen: list[int] = []
    begun, gate = asyncio.Event(), asyncio.Event()

    async def slow(body: str) -> None:
        begun.set()
        await gate.wait()
        seen.append(number(body))

    office = Office(db, clock, slow)
    await office.inbox.receive("customer", [message(n, 7) for n in range(1, 4)])
    await begun.wait()
    stopping = asyncio.create_task(office.lanes.stop())
    await asyncio.sleep(0)
    gate.set()
    await stopping
    assert seen == [1]
    assert await office.undone() == [2, 3]

    async def quick(body: str) -> None:
        seen.append(number(body))

    later = Office(db, clock, quick)
    await later.lanes.adopt()
    await later.lanes.idle()
    assert seen == [1, 2, 3]


async def test_what_cannot_end_in_time_is_cut_off_and_stays_undone(
    db: Database, clock: QuickClock
) -> None:
    async def stuck(body: str) -> None:
        await asyncio.Event().wait()

    office = Office(db, clock, stuck)
    await office.inbox.receive("customer", [message(1, 7)])
    await asyncio.sleep(0)
    await office.lanes.stop(within=0.05)
    assert await office.undone() == [1]


async def test_what_was_worked_is_remembered_without_what_it_said(
    db: Database, clock: QuickClock
) -> None:
    async def handle(body: str) -> None:
        pass

    office = Office(db, clock, handle)
    await office.inbox.receive("customer", [message(1, 7)])
    await office.lanes.idle()
    assert await db.fetch("SELECT update_id, body FROM inbox") == [(1, "")]


CHILD = """
import asyncio, sys
from bot.gateway.ports import SystemClock
from db.engine import Database
from db.ops import Op
from tests.bot.gateway.test_lanes import Office, message, number

async def main(url):
    db = await Database.open(url)
    async def handle(body):
        if number(body) % 3:
            await asyncio.Event().wait()
        await db.apply([Op("INSERT INTO effect (id) VALUES (?)", [number(body)])])
    office = Office(db, SystemClock(), handle, at_once=1000)
    for n in range(1, 100000):
        await office.inbox.receive("customer", [message(n, n)])
        print(n, flush=True)

asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
async def test_kill_9_between_store_and_handler_loses_nothing(
    dialect: str, tmp_path: Path, clock: QuickClock
) -> None:
    async with scratch_url(dialect, tmp_path) as url:
        db = await Database.open(url)
        await make_tables(db)
        await db.apply([Op("CREATE TABLE effect (id BIGINT PRIMARY KEY)")])
        await db.close()
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", CHILD, url, stdout=asyncio.subprocess.PIPE
        )
        assert child.stdout is not None
        acknowledged = [int(await child.stdout.readline()) for _ in range(60)]
        child.kill()
        acknowledged += [int(line) for line in (await child.stdout.read()).split(b"\n") if line]
        await child.wait()

        db = await Database.open(url)

        async def handle(body: str) -> None:
            sql = "INSERT INTO effect (id) VALUES (?) ON CONFLICT DO NOTHING"
            await db.apply([Op(sql, [number(body)])])

        office = Office(db, clock, handle)
        await office.lanes.adopt()
        await office.lanes.idle()
        effects = {n for (n,) in await db.fetch("SELECT id FROM effect")}
        assert effects >= set(acknowledged)
        assert await office.undone() == []
        await db.close()


def test_the_lane_is_the_person_wherever_they_write() -> None:
    group = {"id": -100, "type": "supergroup"}
    sender = {"id": 7, "is_bot": False, "first_name": "Li"}
    tap = {"id": "1", "from": sender, "message": {"chat": group, "message_id": 3}, "data": "x"}
    assert arrival("admin", {"update_id": 1, "callback_query": tap}).lane == 7
    post = {"message_id": 1, "date": 1, "chat": group}
    assert arrival("admin", {"update_id": 2, "channel_post": post}).lane == -100
    assert arrival("admin", {"update_id": 3, "poll": {"id": "9"}}).lane == 0
