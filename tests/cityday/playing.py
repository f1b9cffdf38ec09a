"""One run from the settled city to the last rating, measured all the way."""

import asyncio
import os
import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.codec import as_json
from db.engine import Database
from tests.cityday.cities import city
from tests.cityday.clock import Clock
from tests.cityday.day import Day, spread
from tests.cityday.measuring import (
    Servers,
    bytes_of,
    cpu_of,
    cpu_of_main,
    memory_of,
    tables_of,
)
from tests.cityday.people import Phone
from tests.cityday.population import CUSTOMERS
from tests.cityday.report import MB, Found, profile_in
from tests.cityday.running import Running, running
from tests.cityday.settling import Wish
from tests.cityday.stories import Offers, Story
from tests.databases import asked
from tests.db.invariants import broken

MORNING = datetime(2026, 5, 3, 23, 0, tzinfo=UTC)
"""A Monday, seven in the morning in Shanghai."""
LOOK = 5.0
SETTLES = 30.0
"""So long at most, in seconds, the platform may take to send what is left at the end."""
Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Asked:
    providers: int
    customers: int
    orders: int
    seed: int
    day: int = 0
    database: str = "sqlite"
    at_once: int = 200
    rate: float = 0.0
    minutes: float = 0.0


async def play(wish: Asked, folder: Path, kept: Path | None, *, say: Say) -> Found:
    whole, rate = (
        max(wish.day, wish.orders),
        f", {wish.rate:g} orders a second" if wish.rate else "",
    )
    title = (
        f"{wish.orders:,} wishes of a day of {whole:,}, {wish.providers:,} providers,"
        f" {wish.customers:,} customers, {wish.database}, seed {wish.seed}{rate}"
    )
    found, began = Found(title), time.monotonic()
    people = Wish(wish.providers, wish.customers, wish.seed)
    say(f"{title}\n")
    async with city(wish.database, kept, folder, people, now=MORNING - timedelta(hours=1)) as url:
        found.settled = time.monotonic() - began
        say(f"settled in {found.settled:.0f} s\n")
        clock = Clock(folder / "clock", MORNING)
        async with running(url, folder, clock) as platform:
            found.started = platform.began
            before, sizes = bytes_of(url), tables_of(url)
            await _passes(wish, platform, clock, found, _words(url), say)
            found.metrics = await platform.metrics()
        found.bytes = before, bytes_of(url)
        found.grown = +(tables_of(url) - sizes)
        found.profile = profile_in(folder / "profile")
        await _looked_over(url, clock, found)
    return found


def _words(url: str) -> list[str]:
    """What people type to find something: names of services and how else they are called."""
    rows = asked(url, "SELECT names FROM service ORDER BY id")
    return [as_json(row[0])["zh_CN"] for row in rows]


async def _passes(
    wish: Asked, platform: Running, clock: Clock, found: Found, words: list[str], say: Say
) -> None:
    rng = random.Random(wish.seed)
    times = spread(wish.orders, wish.day, rng)
    speed = wish.rate * (times[-1] - times[0]) * 3600 / wish.orders if wish.rate else float("inf")
    day, offers = Day(clock, wish.at_once, speed), Offers(platform.chats)
    numbers = rng.sample(range(wish.customers), wish.orders)
    for number, hour in zip(numbers, times, strict=True):
        me = Phone(platform.post, "customer", CUSTOMERS + number)
        own = random.Random(f"{wish.seed} {number}")
        story = Story(platform.post, day, offers, own, me, words, platform.stripe)
        day.tell(story, MORNING.timestamp() + hour * 3600)
    watching = asyncio.ensure_future(_watched(platform, day, clock, found, say))
    began, cpu, main, ours = (
        time.monotonic(),
        cpu_of(platform.pid),
        cpu_of_main(platform.pid),
        cpu_of(os.getpid()),
    )
    try:
        await day.passes(wish.minutes * 60 or float("inf"))
        found.seconds = time.monotonic() - began
        found.cpu, found.cpu_main = cpu_of(platform.pid) - cpu, cpu_of_main(platform.pid) - main
        found.cpu_ours = cpu_of(os.getpid()) - ours
        await _settled(platform)
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
    found.ended, found.most, found.lost = day.ended, day.most, day.lost
    found.updates, found.times = platform.post.updates, dict(platform.post.times)
    found.calls = platform.chats.calls


async def _watched(platform: Running, day: Day, clock: Clock, found: Found, say: Say) -> None:
    servers, last, lost = Servers(), 0, 0
    while True:
        servers.look()
        found.cpu_server = servers.seconds
        found.memory.append(memory_of(platform.pid))
        now = platform.post.updates
        say(
            f"{clock.now():%d %H:%M} UTC, {sum(day.ended.values())} told, {day.busy} at once,"
            f" {(now - last) / LOOK:.0f} updates/s, {found.memory[-1] / MB:.0f} MB\n"
        )
        for line in day.lost[lost:]:
            say(f"lost: {line}\n")
        last, lost = now, len(day.lost)
        await asyncio.sleep(LOOK)


async def _settled(platform: Running) -> None:
    """What the last taps brought about has gone out."""
    until = time.monotonic() + SETTLES
    while time.monotonic() < until:
        async with platform.post.session.get(f"{platform.post.url}/readyz") as answer:
            if answer.status == 200 and not (await answer.json())["at_work"]:
                return
        await asyncio.sleep(0.2)


async def _looked_over(url: str, clock: Clock, found: Found) -> None:
    database = await Database.open(url)
    try:
        fetch = database.fetch
        states = await fetch("SELECT state, COUNT(*) FROM orders GROUP BY state ORDER BY 2 DESC")
        found.states = [(str(state), int(n)) for state, n in states]
        ((found.parked,),) = await fetch("SELECT COUNT(*) FROM inbox WHERE parked_at IS NOT NULL")
        failed = await fetch(
            "SELECT kind, error, COUNT(*) FROM outbox WHERE state = 'failed' GROUP BY 1, 2"
        )
        found.failed = [(str(kind), str(error), int(n)) for kind, error, n in failed]
        found.broken = await broken(database, now=clock.now(), quiet=True)
    finally:
        await database.close()
