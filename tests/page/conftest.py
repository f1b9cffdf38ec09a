"""The chat page in a real browser, on a sandbox of its own with a small bot that answers everything."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web
from playwright.async_api import Browser, Locator, Page, async_playwright

from bot.sandbox import BOTS, Place, Sandbox
from tests.page.parrot import parrot

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PLACES = [
    Place("人民广场", "People's Square", 31.2304, 121.4737),
    Place("外滩", "The Bund", 31.2400, 121.4900),
    Place("静安寺", "Jing'an Temple", 31.2231, 121.4457),
]


@dataclass
class City:
    """A running sandbox with its bots; people are made as the tests need them."""

    base: str
    sandbox: Sandbox
    bots: list[Bot]
    _last: int = field(default=1000)

    async def person(self, role: str, name: str, language_code: str = "en") -> int:
        self._last += 1
        made = await self.sandbox.ensure_person(
            id=self._last, name=name, roles=[role], language_code=language_code
        )
        return made.id


@asynccontextmanager
async def served() -> AsyncIterator[City]:
    sandbox = Sandbox(places=PLACES, storage=None)
    app = web.Application(client_max_size=20 * 1024 * 1024)
    sandbox.routes(app)
    await sandbox.start()
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    base = f"http://127.0.0.1:{port}"
    server = TelegramAPIServer.from_base(base)
    bots = [Bot(bot.token, session=AiohttpSession(api=server)) for bot in BOTS]
    dispatcher = Dispatcher()
    dispatcher.include_router(parrot())
    polling = asyncio.create_task(dispatcher.start_polling(*bots, handle_signals=False))
    try:
        yield City(base, sandbox, bots)
    finally:
        await dispatcher.stop_polling()
        await polling
        await sandbox.stop()
        await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def city() -> AsyncIterator[City]:
    async with served() as running:
        yield running


@pytest.fixture(scope="session")
def program() -> Path:
    """Debian's browser; without one these tests are skipped, unless services are required."""
    if not CHROMIUM.exists():
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail(f"no Chromium at {CHROMIUM}")
        pytest.skip(f"the page is not tried: no Chromium at {CHROMIUM}")
    return CHROMIUM


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def chromium(program: Path) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        await browser.close()


@dataclass
class Screen:
    """A page opened by somebody new to it, with the names tests use for its parts."""

    page: Page
    city: City
    people: dict[str, int]
    complaints: list[str]

    def column(self, role: str) -> Locator:
        return self.page.get_by_test_id(f"col-{role}")

    async def write(self, role: str, text: str) -> None:
        await self.column(role).get_by_test_id("composer").fill(text)
        await self.column(role).get_by_test_id("send").click()

    def bubble(self, role: str, text: str) -> Locator:
        return self.column(role).get_by_test_id("bubble").filter(has_text=text).last

    async def begin(self, role: str = "customer") -> None:
        await self.column(role).get_by_test_id("start").click()
        await self.bubble(role, "Welcome").wait_for()


class Opener:
    def __init__(self, browser: Browser, city: City) -> None:
        self.browser, self.city = browser, city
        self.screens: list[Screen] = []

    async def __call__(
        self, *, customer: str = "Emma Clarke", width: int = 1440, height: int = 900, **device: Any
    ) -> Screen:
        """A browser of its own in which these people play, waiting until the page is live."""
        people = {
            "customer": await self.city.person("customer", customer),
            "provider": await self.city.person("provider", "Wang Jianguo"),
            "staff": await self.city.person("staff", "Alex Reed"),
        }
        size = {"width": width, "height": height}
        context = await self.browser.new_context(**{"viewport": size, "locale": "en-GB"} | device)
        chosen = "".join(
            f"localStorage['doorstep.person.{role}'] ??= '{id}';" for role, id in people.items()
        )
        await context.add_init_script(chosen)
        page = await context.new_page()
        page.set_default_timeout(8000)
        screen = Screen(page, self.city, people, [])
        page.on("pageerror", lambda error: screen.complaints.append(str(error)))
        page.on("dialog", lambda dialog: screen.complaints.append(f"dialog {dialog.message}"))
        self.screens.append(screen)
        await page.goto(self.city.base)
        await page.locator("[data-testid=connection].live").wait_for()
        chosen_name = page.get_by_test_id("persona-name").filter(has_text=customer)
        await chosen_name.first.wait_for(state="attached")
        return screen


@pytest_asyncio.fixture(loop_scope="session")
async def opened(chromium: Browser, city: City) -> AsyncIterator[Opener]:
    opener = Opener(chromium, city)
    yield opener
    for screen in opener.screens:
        await screen.page.context.close()
        assert screen.complaints == []
