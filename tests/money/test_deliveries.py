"""MO1: notices delivered many times and many at once through the door over HTTP are one posting each."""

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
from tests.databases import DIALECTS, Blank
from tests.money.gateway import letter
from tests.money.house import SIGNED, START, House, house

pytestmark = pytest.mark.feature("C10")

AT_ONCE = 32
A_DAY = 10


@asynccontextmanager
async def door(here: House) -> AsyncIterator[str]:
    """Where the company sends its notices to."""
    app = web.Application()
    add_payment_notices(app, here.core, lambda: here.now)
    async with TestServer(app) as server:
        yield str(server.make_url("/pay/card/notify"))


async def paid_orders(here: House, count: int) -> list[Fact]:
    """So many orders of as many customers, each paid at its link; nobody has told us yet."""
    providers = await here.opens(*(f"p{n}" for n in range(-(-count // A_DAY))))
    facts = []
    for n, customer in enumerate(await here.customers(count)):
        start = START + timedelta(days=n % A_DAY)
        await here.books(providers[n // A_DAY], customer=customer, start=start)
        fact = here.gateway.pays((await here.link()).number)
        assert fact is not None
        facts.append(fact)
    return facts


async def delivers(doors: Sequence[str], facts: Sequence[Fact], times: int) -> list[str]:
    """Each notice so many times, in any order, at any of the doors; what each was answered."""
    letters = [letter(fact) for fact in facts for _ in range(times)]
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    chance.shuffle(letters)
    async with ClientSession(connector=TCPConnector(limit=AT_ONCE)) as post:

        async def answered(raw: bytes, where: str) -> str:
            async with post.post(where, data=raw, headers=SIGNED) as answer:
                return f"{answer.status} {await answer.text()}"

        return await asyncio.gather(*(answered(raw, chance.choice(doors)) for raw in letters))


async def works(house_: House, over: asyncio.Event) -> None:
    """What came in is worked while more comes in."""
    while not over.is_set():
        await house_.sweep.run()
        await asyncio.sleep(0)


@asynccontextmanager
async def houses(url: str, folder: Path, count: int) -> AsyncIterator[list[House]]:
    """As many processes on one database, with one company."""
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(house(url, folder, migrated=True))
        others = [
            await stack.enter_async_context(
                house(url, folder, migrated=True, methods={"card": first.gateway})
            )
            for _ in range(count - 1)
        ]
        yield [first, *others]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("notices", "times"),
    [(10, 20), pytest.param(100, 100, marks=pytest.mark.slow)],
    ids=["daily", "whole"],
)
async def test_a_notice_delivered_many_times_at_once_is_booked_once(
    dialect: str, notices: int, times: int, tmp_path: Path, blank: Blank
) -> None:
    processes = 2 if dialect == "postgresql" else 1
    async with (
        blank(dialect, tmp_path) as url,
        houses(url, tmp_path, processes) as all_of_them,
        AsyncExitStack() as stack,
    ):
        here = all_of_them[0]
        facts = await paid_orders(here, notices)
        for other in all_of_them:
            other.now = here.now
        doors = [await stack.enter_async_context(door(one)) for one in all_of_them]
        over = asyncio.Event()
        workers = [asyncio.create_task(works(one, over)) for one in all_of_them]
        try:
            answers = await delivers(doors, facts, times)
        finally:
            over.set()
            await asyncio.gather(*workers)
        await here.sweep.run()

        assert len(answers) == notices * times
        assert set(answers) == {"200 success"}
        assert await here.posted(CAPTURED) == {fact.reference: fact.amount for fact in facts}
        assert len(await here.posted(CAPTURED)) == notices
        await here.closes_the_books()
