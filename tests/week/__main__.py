"""Plays the week and prints what happened, how fast, what stays, and which invariants broke.

    python -m tests.week --orders 200 --seed 1

The sandbox's clock moves on between the stories. At the end an operator works off the topic of alerts.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from db.engine import Database
from tests.chat import People, words_of
from tests.databases import written
from tests.db.invariants import broken
from tests.e2e.journey import presses
from tests.platforms import Platform
from tests.week.alerts import left, operated
from tests.week.days import Week

RULES = {"depart_ahead_hours": 1440, "payout_second_above": 10_000}
"""So that anybody may set out at any hour, and a withdrawal out of the demo city can be a large one."""
A_LOOK = 11.0
"""So often alerts are looked at, in seconds."""
LOOKED_AT = 100
"""So many messages of a chat people have before them; some chats grow to thousands."""
ASKED = {
    "alerts": "SELECT kind, fate, COUNT(*) FROM alert GROUP BY kind, fate",
    "orders": "SELECT state, COUNT(*) FROM orders GROUP BY state",
    "applications": "SELECT state, COUNT(*) FROM provider GROUP BY state",
    "withdrawals": "SELECT state, COUNT(*) FROM payout GROUP BY state",
    "tickets": "SELECT state, outcome, COUNT(*) FROM ticket GROUP BY state, outcome",
    "parked": "SELECT COUNT(*) FROM inbox WHERE parked_at IS NOT NULL",
    "letters given up": "SELECT kind, error, COUNT(*) FROM outbox WHERE state = 'failed' GROUP BY 1, 2",
}


async def run(orders: int, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        platform = Platform(Path(folder) / "data")
        platform.data.mkdir()
        platform.start()
        try:
            await _answers(platform)
            platform.stop()
            for id, (name, value) in enumerate(RULES.items(), start=1):
                row = f"VALUES ({id}, '{name}', '{value}')"
                written(platform.database, f"INSERT INTO rule_value (id, name, value) {row}")
            platform.start()
            await _answers(platform)
            await _told(platform, orders, seed)
        finally:
            platform.stop()


async def _answers(platform: Platform) -> None:
    """On a busy machine the first start, which makes the whole city, takes a while."""
    try:
        await platform.ready()
    except AssertionError:
        await platform.ready()


async def _told(platform: Platform, orders: int, seed: int) -> None:
    out, began = sys.stdout.write, time.monotonic()
    async with People(platform.url, last=LOOKED_AT) as people:
        week = Week(people, random.Random(seed))
        await week.passes(orders)
        spent = time.monotonic() - began
    async with People(platform.url) as people:
        stand = await left(people)
        stuck = await operated(people)
        await asyncio.sleep(A_LOOK)
        now = await people.now()
        out(f"seed {seed}: {orders} orders in {spent:.0f} s, {dict(week.told)}\n")
        for line in week.stopped:
            out(f"stopped: {line}\n")
        for name, sql in ASKED.items():
            out(f"{name}: {platform.rows(sql)}\n")
        for message in stand:
            out(f"--- {words_of(message)}\n    {presses(message)}\n")
        out(f"not ended by buttons: {stuck}\n")
    platform.stop()
    database = await Database.open(platform.database)
    try:
        out(f"invariants: {await broken(database, now=now)}\n")
    finally:
        await database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="A simulated week of the platform.")
    parser.add_argument("--orders", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    asyncio.run(run(asked.orders, asked.seed))


if __name__ == "__main__":
    main()
