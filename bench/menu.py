"""A step in the menu, from the raw update to the edited message, against a bare aiogram echo: CPU per update."""

import asyncio
import gc
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

from bench.rounds import Series, interleaved
from bot.gateway import gate
from bot.screen import press
from bot.wiring import telegram as wiring
from bot.wiring.telegram import Place, Telegram
from tests.reliability.town import Town

MANY = 150
TOKEN = "100:bench"
ids = count(1)


@asynccontextmanager
async def stub() -> AsyncIterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.stub"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    port = (await asyncio.to_thread(process.stdout.readline)).strip()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def _who(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Ann", "language_code": "en"}


def message(who: int) -> dict[str, Any]:
    chat = {"id": who, "type": "private", "first_name": "Ann"}
    return {
        "update_id": next(ids),
        "message": {"message_id": 9, "date": 1, "chat": chat, "from": _who(who), "text": "hello"},
    }


def tap(who: int, data: str) -> dict[str, Any]:
    update = message(who)
    shown = update.pop("message")
    query = {
        "id": str(update["update_id"]), "from": _who(who), "message": shown, "chat_instance": "1",
        "data": data,
    }  # fmt: skip
    return update | {"callback_query": query}


def echo(api_url: str) -> tuple[Dispatcher, Bot]:
    """The least an aiogram bot can be."""
    server = TelegramAPIServer.from_base(api_url)
    dispatcher, bot = Dispatcher(), Bot(TOKEN, session=AiohttpSession(api=server))

    @dispatcher.message()
    async def _say(message: Message) -> None:
        await message.answer(message.text or "")

    @dispatcher.callback_query()
    async def _edit(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await asyncio.gather(bot(query.message.edit_text("x")), bot(query.answer()))

    return dispatcher, bot


async def measure(here: Town) -> dict[str, Series]:
    """Series of CPU seconds per update: "step" (ours), "echo" (send), "echo of a tap" (edit and answer)."""
    open_wide()
    async with stub() as url:
        dispatcher, bot = echo(url)
        place = Place(
            tokens={"customer": TOKEN, "provider": "200:bench", "admin": "300:bench"},
            api_url=url, staff_chat=-1, zone="Asia/Shanghai", currency="CNY", language="en",
            link_secret=b"bench", webhook_url="https://bench", webhook_secret="x",
        )  # fmt: skip
        telegram = Telegram(place, here.built, here.database, lambda: here.now)
        await telegram.open()
        await telegram.start(parts=frozenset({"customer", "delivery"}))
        gc.collect()
        gc.freeze()  # as the product does once it has started
        try:
            return await interleaved(_contenders(here, telegram, dispatcher, bot))
        finally:
            await telegram.stop()
            await bot.session.close()


def _contenders(here: Town, telegram: Telegram, dispatcher: Dispatcher, bot: Bot) -> Any:
    people = range(10_000, 10_000 + MANY)
    category = here.services[0].category_id

    async def echoes(make: Any) -> float:
        began = time.process_time()
        await asyncio.gather(*(dispatcher.feed_raw_update(bot, make(who)) for who in people))
        return (time.process_time() - began) / MANY

    async def steps() -> float:
        updates = [tap(who, press("c", category, 0)) for who in people]
        began = time.process_time()
        await telegram.inbox.receive("customer", updates)
        await telegram.lanes.idle()
        return (time.process_time() - began) / MANY

    return {
        "step": steps,
        "echo": lambda: echoes(message),
        "echo of a tap": lambda: echoes(lambda who: tap(who, "x")),
    }


def open_wide() -> None:
    """Our own pace is not what is measured here."""
    many = (100_000, 1.0)
    limits = gate.Limits(many, many, many, many)
    wiring.Gate = lambda clock, _: gate.Gate(clock, limits)  # type: ignore[assignment,misc]
