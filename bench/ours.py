"""Our bots as the product wires them, in the process that measures, against a Telegram beside it."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bench.beside import Beside
from bench.updates import SECRET, TOKEN
from bot.__main__ import GARBAGE
from bot.gateway.gate import Limits
from bot.gateway.webhooks import add_webhooks
from bot.wiring.presence import Presence
from bot.wiring.telegram import Place, Telegram
from tests.platforms import free_port
from tests.reliability.town import Town

MANY = (100_000, 1.0)
WIDE = Limits(MANY, MANY, MANY, MANY)
"""Our own pace is not what is measured here."""


@dataclass(frozen=True, slots=True)
class Ours:
    """`door` is the customers' webhook, empty where updates are fetched."""

    telegram: Telegram
    door: str


@asynccontextmanager
async def ours(
    here: Town, stub: Beside, *, webhook: bool, limits: Limits = WIDE, redis_url: str = ""
) -> AsyncIterator[Ours]:
    """Started and frozen, as the product is once it answers."""
    base = f"http://127.0.0.1:{free_port()}"
    place = Place(
        tokens={"customer": TOKEN, "provider": "200:bench", "admin": "300:bench"},
        api_url=f"http://127.0.0.1:{stub.first}", staff_chat=-1, zone="Asia/Shanghai", currency="CNY",
        language="en", link_secret=b"bench", limits=limits, webhook_url=base if webhook else "",
        webhook_secret=SECRET, redis_url=redis_url,
    )  # fmt: skip
    presence = Presence(here.database)
    await presence.join()
    telegram = Telegram(place, here.built, here.database, presence, lambda: here.now)
    runner = await _listening(telegram, int(base.rpartition(":")[2]))
    await telegram.open()
    await telegram.start(parts=frozenset({"customer", "delivery"}))
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    try:
        yield Ours(telegram, f"{base}/telegram/customer" if webhook else "")
    finally:
        await runner.cleanup()
        await telegram.stop()
        await presence.leave()


async def _listening(telegram: Telegram, port: int) -> web.AppRunner:
    app = web.Application()
    add_webhooks(
        app, bots=("customer",), secret=SECRET, replies=telegram.replies,
        receive=lambda bot, updates: telegram.inbox.receive(bot, updates),
    )  # fmt: skip
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return runner
