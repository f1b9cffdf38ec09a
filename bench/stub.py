"""A Bot API that says yes to everything, as a process of its own, so that its work is not counted as ours."""

import asyncio
import sys
from typing import Any

from aiohttp import web

ME = {"id": 100, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
MESSAGE = {
    "message_id": 7, "date": 1, "chat": {"id": 5, "type": "private", "first_name": "A"},
    "from": ME, "text": "x",
}  # fmt: skip
RESULTS: dict[str, Any] = {"getme": ME, "answercallbackquery": True, "setwebhook": True}


async def answer(request: web.Request) -> web.Response:
    await request.read()
    method = request.match_info["method"].lower()
    return web.json_response({"ok": True, "result": RESULTS.get(method, MESSAGE)})


async def main() -> None:
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
