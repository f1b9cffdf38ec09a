"""Through the operator's proxy to Telegram: every call goes there, and a proxy that is away is a server not reached."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from telegram.ext import Application

from bot.config import Settings
from bot.gateway.aiogram_messenger import AiogramMessenger
from bot.gateway.api import UpdateApi
from bot.gateway.gate import Gate
from bot.gateway.json_session import JsonSession
from bot.gateway.messenger import Messenger
from bot.gateway.outcomes import NotSent
from bot.gateway.ptb_messenger import PtbMessenger
from bot.gateway.ptb_session import JsonRequest
from bot.gateway.way_out import connector
from tests.bot.gateway.conftest import QuickClock
from tests.bot.gateway.test_messengers import HELLO, TOKEN, Cupboard
from tests.bot.sandbox.conftest import Running
from tests.chat import People, Person, words_of
from tests.platforms import free_port

pytestmark = pytest.mark.filterwarnings("ignore:Please use 'Bot")
TELEGRAM = "http://api.telegram.invalid"  # whose name only the proxy can look up


class Proxy:
    """Leads whatever is asked of it to one place, and notes what was asked for."""

    def __init__(self, port: int) -> None:
        self.port, self.asked = port, list[str]()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://u:p@127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        self._server.close()

    async def _serve(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        head = await near.readuntil(b"\r\n\r\n")
        self.asked.append(head.split()[1].decode())
        assert b"Proxy-Authorization: Basic" in head
        far, there = await asyncio.open_connection("127.0.0.1", self.port)
        back.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_pours(near, there), _pours(far, back))


async def _pours(source: asyncio.StreamReader, drain: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while piece := await source.read(65536):
            drain.write(piece)
    drain.close()


@pytest.fixture
async def proxy(box: Running) -> AsyncIterator[Proxy]:
    proxy = Proxy(int(box.base.rpartition(":")[2]))
    await proxy.start()
    yield proxy
    await proxy.stop()


@pytest.fixture
async def wang(box: Running) -> AsyncIterator[Person]:
    async with People(box.base) as people:
        wang = await people.person("Wang")
        await wang.writes("hi", answered=False)
        yield wang


@asynccontextmanager
async def aiogram_pen(proxy: str, gate: Gate) -> AsyncIterator[Messenger]:
    session = JsonSession(api=TelegramAPIServer.from_base(TELEGRAM), timeout=2, proxy=proxy)
    yield AiogramMessenger("customer", Bot(TOKEN, session=session), gate, Cupboard())
    await session.close()


@asynccontextmanager
async def ptb_pen(proxy: str, gate: Gate) -> AsyncIterator[Messenger]:
    async with JsonRequest(answers=2, proxy=proxy) as given:
        builder = Application.builder().token(TOKEN).base_url(f"{TELEGRAM}/bot")
        app = builder.request(given).get_updates_request(JsonRequest()).updater(None).build()
        yield PtbMessenger("customer", app.bot, gate, Cupboard())


Make = Callable[[str, Gate], AbstractAsyncContextManager[Messenger]]


@pytest.mark.parametrize("make", [aiogram_pen, ptb_pen])
async def test_both_libraries_go_through_it(
    make: Make, proxy: Proxy, wang: Person, clock: QuickClock
) -> None:
    async with make(proxy.url, Gate(clock)) as pen:
        await pen.send(wang.id, HELLO)
    assert set(proxy.asked) == {"api.telegram.invalid:80"}
    assert "Hello" in words_of((await wang.refresh()).last)


@pytest.mark.parametrize("make", [aiogram_pen, ptb_pen])
async def test_a_proxy_that_is_away_means_not_sent(make: Make, clock: QuickClock) -> None:
    async with make(f"socks5://127.0.0.1:{free_port()}", Gate(clock)) as pen:
        with pytest.raises(NotSent):
            await pen.send(1, HELLO)


async def test_updates_are_fetched_through_it(proxy: Proxy, wang: Person) -> None:
    async with aiohttp.ClientSession(connector=connector(proxy.url)) as session:
        updates = await UpdateApi(session, TELEGRAM, TOKEN).updates(offset=None, wait=5)
    assert [one["message"]["text"] for one in updates] == ["hi"]


@pytest.mark.parametrize("bad", ["ftp://x:1", "127.0.0.1:1080", "http://host", "socks5://:1080"])
def test_what_is_no_proxy_is_said_at_once(bad: str) -> None:
    with pytest.raises(ValueError, match=r"socks5://127\.0\.0\.1:1080"):
        Settings(_env_file=None, bot_api_proxy=bad)
