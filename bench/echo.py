"""The least an aiogram bot can be, in a process of its own: a round of updates for each line it reads.

`python -m bench.echo URL` answers "message" or "tap" with the CPU seconds that one such update took.
"""

import asyncio
import sys
import time

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

from bench.updates import PEOPLE, TOKEN, message, tap


def echo(api_url: str) -> tuple[Dispatcher, Bot]:
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


async def main() -> None:
    dispatcher, bot = echo(sys.argv[1])
    while wanted := (await asyncio.to_thread(sys.stdin.readline)).strip():
        updates = [tap(who, "x") if wanted == "tap" else message(who) for who in PEOPLE]
        began = time.process_time()
        await asyncio.gather(*(dispatcher.feed_raw_update(bot, update) for update in updates))
        print((time.process_time() - began) / len(PEOPLE), flush=True)
    await bot.session.close()


asyncio.run(main())
