"""Telegram as a process of its own, so that its work is not counted as ours: says yes to everything, hands out updates.

For each line it reads (updates for one bot, and how) it answers how long each waited until its chat was written to.
"""

import asyncio
import json
import sys
import time
from collections import defaultdict, deque
from typing import Any

from aiohttp import ClientSession, TCPConnector, web

from bench.updates import SECRET

ME = {"id": 100, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
MESSAGE = {
    "message_id": 7, "date": 1, "chat": {"id": 5, "type": "private", "first_name": "A"},
    "from": ME, "text": "x",
}  # fmt: skip
RESULTS: dict[str, Any] = {
    "getme": ME, "answercallbackquery": True, "setwebhook": True, "deletewebhook": True,
    "createforumtopic": {"message_thread_id": 3, "name": "A", "icon_color": 0},
}  # fmt: skip
CONNECTIONS = 40  # as Telegram opens to a webhook
Raw = dict[str, Any]


class Telegram:
    """What waits for the bot, and since when for each chat."""

    def __init__(self) -> None:
        self._waiting: list[Raw] = []
        self._since: dict[int, deque[float]] = defaultdict(deque)
        self._took: list[float] = []
        self._news, self._answered = asyncio.Event(), asyncio.Event()

    async def called(self, request: web.Request) -> web.Response:
        method, params = request.match_info["method"].lower(), await read(request)
        if method == "getupdates":
            found = await self._updates(int(params.get("offset") or 0))
            return web.json_response({"ok": True, "result": found})
        if method.startswith(("send", "edit")):
            self._written(int(params["chat_id"]))
        return web.json_response({"ok": True, "result": RESULTS.get(method, MESSAGE)})

    def _written(self, chat: int) -> None:
        if since := self._since[chat]:
            self._took.append(time.perf_counter() - since.popleft())
            self._answered.set()

    async def _updates(self, offset: int) -> list[Raw]:
        self._waiting = [u for u in self._waiting if u["update_id"] >= offset]
        if not self._waiting:
            self._news.clear()
            await self._news.wait()
        return self._waiting[:100]

    async def hand_out(self, url: str, updates: list[Raw], every: float) -> list[float]:
        """One each `every` seconds whoever is still busy, or all at once; to a webhook, or kept to be fetched."""
        self._took.clear()
        began = time.perf_counter()
        async with ClientSession(connector=TCPConnector(limit=CONNECTIONS)) as session:
            posts = []
            for number, update in enumerate(updates):
                due = began + number * every
                if every and (early := due - time.perf_counter()) > 0:
                    await asyncio.sleep(early)
                self._since[_chat(update)].append(due)
                if url:
                    posts.append(asyncio.create_task(self._post(session, url, update)))
                else:
                    self._waiting.append(update)
                    self._news.set()
            await asyncio.gather(*posts)
        while len(self._took) < len(updates):
            self._answered.clear()
            await self._answered.wait()
        return list(self._took)

    async def _post(self, session: ClientSession, url: str, update: Raw) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with session.post(url, json=update, headers=headers) as answer:
            answer.raise_for_status()
            await answer.read()


def _chat(update: Raw) -> int:
    message = update.get("message") or update["callback_query"]["message"]
    return int(message["chat"]["id"])


async def read(request: web.Request) -> Any:
    """What was sent as JSON or as a form."""
    json_body = request.content_type == "application/json"
    return await (request.json() if json_body else request.post())


async def main() -> None:
    telegram, app = Telegram(), web.Application()
    app.router.add_route("*", "/bot{token}/{method}", telegram.called)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(await telegram.hand_out(**json.loads(line))), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
