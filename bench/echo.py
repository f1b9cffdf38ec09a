"""The least an aiogram bot can be, in a process of its own: `python -m bench.echo API [webhook]`.

Says where it listens, then for each line it reads how many CPU seconds it has taken so far.
"""

import asyncio
import sys
import time

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from bench.updates import SECRET, TOKEN


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


async def listening(dispatcher: Dispatcher, bot: Bot) -> str:
    """The address of its webhook."""
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(app, path="/")
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}/"


async def main() -> None:
    dispatcher, bot = echo(sys.argv[1])
    webhook = "webhook" in sys.argv
    print(await listening(dispatcher, bot) if webhook else "", flush=True)
    async with asyncio.TaskGroup() as tasks:
        if not webhook:
            tasks.create_task(dispatcher.start_polling(bot, handle_signals=False))
        tasks.create_task(telling())


async def telling() -> None:
    while await asyncio.to_thread(sys.stdin.readline):
        print(time.process_time(), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
