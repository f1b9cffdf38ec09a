"""A sandbox in a process of its own, for tests that kill it: serve.py <storage>; prints its port."""

import asyncio
import sys
from pathlib import Path

from aiohttp import web

from bot.sandbox import Sandbox


async def main() -> None:
    app = web.Application()
    sandbox = Sandbox(storage=Path(sys.argv[1]))
    sandbox.routes(app)
    await sandbox.start()
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
