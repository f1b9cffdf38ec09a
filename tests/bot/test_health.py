"""Alive is not ready: the one says that the process answers, the other that it does its work, or why not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import app as wiring
from bot.app import App
from bot.config import Settings
from bot.gateway.delivery import Delivery
from bot.wiring import health
from tests.bot.gateway.conftest import QuickClock
from tests.platforms import free_port


@dataclass
class Place:
    reasons: list[str] = field(default_factory=list)
    at_work: int = 3
    silent: bool = False

    async def lacking(self) -> list[str]:
        if self.silent:
            await asyncio.Event().wait()
        return self.reasons


@asynccontextmanager
async def asking(place: Place) -> AsyncIterator[TestClient[Any, Any]]:
    app = web.Application()
    health.add_health(app, place)
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_ready_tells_how_much_is_in_hand() -> None:
    async with asking(Place()) as client:
        answer = await client.get("/readyz")
        assert (answer.status, await answer.json()) == (200, {"status": "ready", "at_work": 3})


async def test_who_does_no_work_says_why_and_lives() -> None:
    async with asking(Place(["Messages are not delivered."])) as client:
        answer = await client.get("/readyz")
        assert answer.status == 503
        assert (await answer.json())["reasons"] == ["Messages are not delivered."]
        assert (await client.get("/healthz")).status == 200


async def test_a_silent_database_is_no_answer_that_never_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "_WITHIN_S", 0.05)
    async with asking(Place(silent=True)) as client:
        answer = await client.get("/readyz")
        assert answer.status == 503
        assert "database" in (await answer.json())["reasons"][0]


async def test_while_it_starts_it_lives_and_asks_everybody_to_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, enough = asyncio.Event(), asyncio.Event()

    async def slow(_url: str) -> None:
        reached.set()
        await enough.wait()
        raise KeyError("enough")

    monkeypatch.setattr(wiring, "migrate", slow)
    port = free_port()
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", http_port=port)
    app = App(settings)
    start = asyncio.create_task(app.start())
    async with asyncio.timeout(20), aiohttp.ClientSession(f"http://127.0.0.1:{port}") as here:
        await reached.wait()
        assert (await here.get("/healthz")).status == 200
        ready = await here.get("/readyz")
        assert ready.status == 503
        assert "database" in (await ready.json())["reasons"][0]
        notice = await here.post("/pay/stripe/notify", data=b"{}")
        assert (notice.status, notice.headers["Retry-After"]) == (503, "5")
        enough.set()
        with pytest.raises(KeyError, match="enough"):
            await start
    assert await app.lacking() == ["It stops."]


class _Nothing:
    """An outbox with nothing in it."""

    async def refusing(self) -> set[tuple[str, int]]:
        return set()

    async def lease(self, **_asked: Any) -> list[Any]:
        return []


async def test_delivery_that_ended_by_itself_is_told() -> None:
    delivery = Delivery(_Nothing(), {}, QuickClock(), None)  # type: ignore[arg-type]
    assert not delivery.running
    await delivery.start()
    assert delivery.running
    delivery._loops[0].cancel()
    await asyncio.wait(delivery._loops[:1])
    assert not delivery.running
    await delivery.stop()
