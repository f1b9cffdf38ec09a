"""Telegram as a process of its own that counts: a bot over its limits is told "later", each message is noted with its
moment.

For each line it reads (nothing in it) it answers what each chat was written since the last one, and how often it said
"later".
"""

import asyncio
import json
import sys
import time
from collections import defaultdict

from aiohttp import web

from bench.stub import MESSAGE, RESULTS, read
from bot.sandbox.floods import Floods
from bot.sandbox.refusals import Refused


class Telegram:
    """Forgives a bot no burst beyond a second's worth."""

    def __init__(self) -> None:
        self._floods = Floods(bot=(30.0, 30.0))
        self._forget()

    def _forget(self) -> None:
        self._written: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._refused = 0

    async def called(self, request: web.Request) -> web.Response:
        method, params = request.match_info["method"].lower(), await read(request)
        bot = request.match_info["token"].partition(":")[0]
        try:
            if method.startswith(("send", "create")):
                self._write(bot, int(params["chat_id"]))
        except Refused as refused:
            self._refused += 1
            return web.json_response(refused.answer(), status=refused.code)
        return web.json_response({"ok": True, "result": RESULTS.get(method, MESSAGE)})

    def _write(self, bot: str, chat: int) -> None:
        self._floods.spend(bot=int(bot), chat=chat, now=time.monotonic())
        self._written[bot].append((chat, time.time()))

    def told(self) -> str:
        """What happened since it was asked last."""
        found = json.dumps({"refused": self._refused, "written": self._written})
        self._forget()
        return found


async def main() -> None:
    telegram, app = Telegram(), web.Application()
    app.router.add_route("*", "/bot{token}/{method}", telegram.called)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        print(telegram.told(), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
