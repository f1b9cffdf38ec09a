"""MO1: each company's own notices, delivered many times and many at once through the door, are one posting each."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession, TCPConnector, web
from aiohttp.test_utils import TestServer

from bot.wiring.web import add_payment_notices
from core.ledger.postings import CAPTURED
from core.payments.facts import Fact
from core.payments.method import Opened
from tests.bot.payments.candidates import CANDIDATES, Candidate
from tests.bot.payments.towns import Town
from tests.databases import DIALECTS, Blank
from tests.money.house import START, House, house

pytestmark = [pytest.mark.feature("C10"), pytest.mark.timeout(300)]

AT_ONCE = 50
A_DAY = 10
# Of one way over the wire, not of the notice.
OF_THE_WIRE = {"host", "content-length", "connection", "transfer-encoding", "accept-encoding"}


@asynccontextmanager
async def door(here: House) -> AsyncIterator[str]:
    """Where the company sends its notices to."""
    app = web.Application()
    add_payment_notices(app, here.core, lambda: here.now)
    async with TestServer(app) as server:
        yield str(server.make_url("/pay/card/notify"))


async def paid_orders(here: House, town: Town, candidate: Candidate, count: int) -> list[Fact]:
    """So many orders of as many customers, each paid on the company's page; nobody has told us yet."""
    town.clock.now = here.now
    providers = await here.opens(*(f"p{n}" for n in range(-(-count // A_DAY))))
    for n, customer in enumerate(await here.customers(count)):
        start = START + timedelta(days=n % A_DAY)
        await here.books(providers[n // A_DAY], customer=customer, start=start)
        link = await here.link()
        opened = Opened(link.url, link.reference, link.expires_at, link.code)
        await town.tap(candidate.till(town, opened), "pay")
    await town.wait(lambda: len(town.facts) >= count)
    return town.facts


async def delivers(
    doors: Sequence[str], notices: Sequence[tuple[bytes, dict[str, str]]], times: int
) -> list[str]:
    """Each notice so many times, in any order, at any of the doors; what each was answered."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    letters = chance.sample(list(notices) * times, len(notices) * times)
    async with ClientSession(connector=TCPConnector(limit=AT_ONCE)) as post:

        async def answered(raw: bytes, signed: dict[str, str], where: str) -> str:
            headers = {k: v for k, v in signed.items() if k.lower() not in OF_THE_WIRE}
            async with post.post(where, data=raw, headers=headers) as answer:
                return f"{answer.status} {await answer.text()}"

        return await asyncio.gather(
            *(answered(raw, signed, chance.choice(doors)) for raw, signed in letters)
        )


async def works(house_: House, over: asyncio.Event) -> None:
    """What came in is worked while more comes in."""
    while not over.is_set():
        await house_.sweep.run()
        await asyncio.sleep(0)


@asynccontextmanager
async def houses(url: str, folder: Path, town: Town, count: int) -> AsyncIterator[list[House]]:
    """As many processes on one database, with one company."""
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(
                house(url, folder, migrated=True, methods={"card": town.method})
            )
            for _ in range(count)
        ]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("candidate", CANDIDATES, ids=str)
@pytest.mark.parametrize(
    ("notices", "times"),
    [(4, 25), pytest.param(100, 100, marks=pytest.mark.slow)],
    ids=["daily", "whole"],
)
async def test_a_notice_delivered_many_times_at_once_is_booked_once(
    dialect: str, candidate: Candidate, notices: int, times: int, tmp_path: Path, blank: Blank
) -> None:
    processes = 2 if dialect == "postgresql" else 1
    async with (
        candidate.town() as town,
        blank(dialect, tmp_path) as url,
        houses(url, tmp_path, town, processes) as all_of_them,
        AsyncExitStack() as stack,
    ):
        here = all_of_them[0]
        facts = await paid_orders(here, town, candidate, notices)
        for other in all_of_them:
            other.now = here.now
        doors = [await stack.enter_async_context(door(one)) for one in all_of_them]
        over = asyncio.Event()
        workers = [asyncio.create_task(works(one, over)) for one in all_of_them]
        try:
            answers = await delivers(doors, town.notices, times)
        finally:
            over.set()
            await asyncio.gather(*workers)
        await here.sweep.run()

        assert len(answers) == len(town.notices) * times >= notices * times
        assert set(answers) == {"200 success"}
        assert await here.posted(CAPTURED) == {fact.reference: fact.amount for fact in facts}
        assert len(await here.posted(CAPTURED)) == notices
        await here.is_right()
