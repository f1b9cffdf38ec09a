"""A sandbox on a port of its own, and a bare client that calls methods as any bot could."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox import Floods, Place, Sandbox
from tests.chat import People

CUSTOMER, PROVIDER, STAFF = "100:sandbox-customer", "200:sandbox-provider", "300:sandbox-admin"
PLACES = (Place("人民广场", "People's Square", 31.2304, 121.4737),)


class Clock:
    """Time that moves only when told; the log of an update's age depends on nothing else."""

    def __init__(self) -> None:
        self.now = 1_780_000_000.0

    def __call__(self) -> float:
        return self.now


class Running:
    """A sandbox that serves, and can be ended as kill -9 would end it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.base = ""
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> "Running":
        app = web.Application()
        self.sandbox.routes(app)
        await self.sandbox.start()
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._session = aiohttp.ClientSession()
        return self

    async def stop(self) -> None:
        assert self._session is not None
        assert self._runner is not None
        await self._session.close()
        await self._runner.cleanup()
        await self.sandbox.stop()

    async def raw(self, token: str, method: str, body: Any = None, **fields: Any) -> dict[str, Any]:
        """One call; the whole answer, ok or not."""
        assert self._session is not None
        url = f"{self.base}/bot{token}/{method}"
        request = {"data": body} if body is not None else {"json": fields}
        async with self._session.post(url, **request) as answer:
            found: dict[str, Any] = await answer.json()
            assert answer.status == found.get("error_code", 200)
            return found

    async def call(self, token: str, method: str, body: Any = None, **fields: Any) -> Any:
        answer = await self.raw(token, method, body, **fields)
        assert answer["ok"], answer
        return answer["result"]

    async def updates(self, token: str, **fields: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.call(token, "getUpdates", **fields)
        return found

    async def get(self, path: str) -> tuple[int, bytes]:
        assert self._session is not None
        async with self._session.get(self.base + path) as answer:
            return answer.status, await answer.read()


Start = Callable[..., Awaitable[Running]]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def start(clock: Clock) -> AsyncIterator[Start]:
    """Starts sandboxes and ends them after the test."""
    running: list[Running] = []

    async def begin(**options: Any) -> Running:
        given = {"places": PLACES, "storage": None, "clock": clock, "floods": Floods.lenient()}
        running.append(await Running(Sandbox(**{**given, **options})).start())
        return running[-1]

    yield begin
    await asyncio.gather(*(each.stop() for each in running))


@pytest.fixture
async def box(start: Start) -> Running:
    return await start()


@pytest.fixture
async def people(box: Running) -> AsyncIterator[People]:
    async with People(box.base) as found:
        yield found
