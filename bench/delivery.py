"""How fast a long announcement leaves through the real gates, and how long news of orders wait beside it.

Telegram is a process of its own that keeps its limits (bench/strict.py).
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bench.beside import beside
from bench.ours import ours
from bench.updates import TOKEN
from bot.config import Settings
from bot.gateway.gate import Limits
from core.announcements.model import Announcement
from core.announcements.moves import letter, moved
from core.announcements.ports import Hearer
from core.orders.model import Order, Pay
from core.people.model import Person, Provider
from db.codec import millis
from tests.reliability.town import NOON, Town

HEARERS, AT_ONCE = 2_000, 500
ALLOWED = 30
ORDERS, EVERY_S = 60, 0.7
ALONE = 20  # of the orders, before the announcement begins
A_DAY, DAYS = 8, 5
BOT = TOKEN.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Found:
    """`rate`: messages a second of the bot that announces, news of orders among them; `refused`: how often Telegram
    said "later"; `alone`, `beside`: seconds until an order's news had arrived, without and with the announcement.
    """

    rate: float
    refused: int
    alone: Sequence[float]
    beside: Sequence[float]


@dataclass(frozen=True, slots=True)
class _Job:
    order: Order
    customer: Person
    provider: Provider


async def measure(here: Town, *, redis_url: str = "") -> Found:
    with beside("bench.strict") as strict:
        async with _clock(here), ours(
            here, strict, webhook=True, limits=Limits.allowing(*Settings(_env_file=None).limits), redis_url=redis_url
        ):  # fmt: skip
            jobs = await _jobs(here)
            await _quiet(here)
            await strict.ask()
            accepted = await _accept(here, jobs[:ALONE])
            await _quiet(here)
            alone = _waits(accepted, _written(await strict.ask()))
            await _announce(here)
            accepted = await _accept(here, jobs[ALONE:])
            await _quiet(here)
            told = await strict.ask()
    written = _written(told)
    return Found(_rate(written), json.loads(told)["refused"], alone, _waits(accepted, written))


@asynccontextmanager
async def _clock(here: Town) -> AsyncIterator[None]:
    """The town's time goes on."""
    began = time.monotonic()

    async def tick() -> None:
        while True:
            here.now = NOON + timedelta(seconds=time.monotonic() - began)
            await asyncio.sleep(0.01)

    ticking = asyncio.create_task(tick())
    try:
        yield
    finally:
        ticking.cancel()


async def _jobs(here: Town) -> list[_Job]:
    """Orders that wait for their provider's yes, each at an hour of its own."""
    service = await here.service()
    customers = await here.customers(ORDERS)
    providers = [await here.provider(service) for _ in range(0, ORDERS, A_DAY * DAYS)]
    found = []
    for number, customer in enumerate(customers):
        turn, place = divmod(number, A_DAY * DAYS)
        day, hour = divmod(place, A_DAY)
        start = NOON + timedelta(days=1 + day, hours=hour - 1)
        await here.wants(customer, providers[turn], start, pay=Pay.ON_SITE)
        found.append(_Job(await here.place(customer.id), customer, providers[turn]))
    return found


async def _accept(here: Town, jobs: Sequence[_Job]) -> dict[int, float]:
    """One after the other; when each customer's news was written down, by chat."""
    found = {}
    for job in jobs:
        await here.core.jobs.accept(
            order_id=job.order.id, person_id=job.provider.person_id, now=here.now
        )
        assert job.customer.telegram_id is not None
        found[job.customer.telegram_id] = time.time()
        await asyncio.sleep(EVERY_S)
    return found


async def _announce(here: Town) -> None:
    """All letters of an announcement, at once."""
    people = await here.customers(HEARERS)
    one = await here.core.composing.begin(by=7, person_id=0, now=here.now)
    await here.core.composing.word(announcement_id=one.id, language="en", text="News", length=4)
    one = await _now(here, one)
    for start in range(0, HEARERS, AT_ONCE):
        letters = [
            letter(one, Hearer(person.id, "customer", start + number))
            for number, person in enumerate(people[start : start + AT_ONCE])
        ]
        await here.built.store.apply(moved(one, *letters))
        one = await _now(here, one)


async def _now(here: Town, one: Announcement) -> Announcement:
    found = await here.core.store.get(Announcement, id=one.id)
    assert found is not None
    return found


async def _quiet(here: Town) -> None:
    """Until nothing is due to a customer any more; the board of the staff goes on at the pace of a group."""
    sql = "SELECT COUNT(*) FROM outbox WHERE state = 'waiting' AND bot = 'customer' AND due_at <= ?"
    while (await here.database.fetch(sql, [millis(here.now)]))[0][0]:  # noqa: ASYNC110
        await asyncio.sleep(0.2)


def _written(told: str) -> list[tuple[int, float]]:
    return [(chat, at) for chat, at in json.loads(told)["written"].get(BOT, [])]


def _waits(accepted: dict[int, float], written: Sequence[tuple[int, float]]) -> list[float]:
    last = {chat: at for chat, at in written if chat in accepted}
    return sorted(last[chat] - since for chat, since in accepted.items())


def _rate(written: Sequence[tuple[int, float]]) -> float:
    """From the second second on: what was allowed at once in the beginning is no pace."""
    first, last = written[0][1] + 1, written[-1][1]
    return sum(at > first for _, at in written) / (last - first)
