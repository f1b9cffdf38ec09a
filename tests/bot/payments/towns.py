"""One of our methods and a stand-in of its company, talking over real HTTP, and a door at which notices arrive."""

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web

from bot.sandbox.events import Bell
from bot.sandbox.gateways.stand_in import StandIn
from core.payments.facts import Fact
from core.payments.method import Intent

NOW = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Town:
    """`notices` are raw bodies with headers as they came; `facts` what our method read in them."""

    stand_in: Any
    method: Any
    clock: Clock
    base: str
    http: aiohttp.ClientSession
    tried: Bell
    notices: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    deaf: int = 0

    async def door(self, request: web.Request) -> web.Response:
        raw, headers = await request.read(), dict(request.headers)
        if self.deaf > 0:
            self.deaf -= 1
            return web.Response(status=500)
        self.notices.append((raw, headers))
        fact = self.method.read_notice(raw=raw, headers=headers, now=self.clock.now)
        if fact:
            self.facts.append(fact)
        return web.Response(text="success")

    async def fault(self, kind: str, **more: object) -> None:
        url = f"{self.base}/sandbox/{self.stand_in.code}/faults"
        async with self.http.post(url, json={"fault": kind, **more}) as answer:
            assert answer.status == 200

    async def book(self) -> dict[str, list[dict[str, object]]]:
        async with self.http.get(f"{self.base}/sandbox/{self.stand_in.code}/book") as answer:
            book: dict[str, list[dict[str, object]]] = await answer.json()
            return book

    async def tap(self, url: str, action: str, **headers: str) -> str:
        """A person taps a button on the pay page."""
        async with self.http.post(url, data={"action": action}, headers=headers) as answer:
            return await answer.text()

    async def wait(self, condition: Callable[[], bool]) -> None:
        """Looks whenever a notice was tried: nothing here changes by itself."""
        assert await self.tried.until(condition, 20), (self.facts, self.stand_in.book.waiting())


def intent(
    number: str = "P1", *, amount: int = 6000, reference: str = "", **more: object
) -> Intent:
    values: dict[str, object] = {
        "number": number, "order_number": "48273615", "amount": amount, "currency": "CNY",
        "title": "Air conditioner repair", "language": "zh_CN", "created_at": NOW,
        "expires_at": NOW + timedelta(minutes=15), "reference": reference,
    }  # fmt: skip
    return Intent(**(values | more))  # type: ignore[arg-type]


Building = Callable[[str, Clock, Callable[[], None]], tuple[StandIn, Any]]


@asynccontextmanager
async def built(build: Building) -> AsyncIterator[Town]:
    """`build` is given the town's address, its clock and the bell of the notices, and gives stand-in and method."""
    clock, tried = Clock(), Bell()
    app = web.Application()
    runner = web.AppRunner(app, access_log=None)
    sites: list[Town] = []
    port = _free_port()
    base = f"http://127.0.0.1:{port}"
    stand_in, method = build(base, clock, tried.ring)
    app.router.add_post(f"/pay/{stand_in.code}/notify", lambda request: sites[0].door(request))
    stand_in.routes(app)
    async with aiohttp.ClientSession() as http:
        sites.append(Town(stand_in, method, clock, base, http, tried))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield sites[0]
        finally:
            await method.aclose()
            await runner.cleanup()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
