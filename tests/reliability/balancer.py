"""A load balancer as a city has in front of its processes: each request goes to the next one that answers."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import count

from aiohttp import ClientError, ClientSession, ClientTimeout, web


class Balancer:
    """Spreads what comes over `urls`; `given` counts who got how much."""

    def __init__(self, urls: Sequence[str]) -> None:
        self.urls = list(urls)
        self.given = dict.fromkeys(urls, 0)
        self._turn = count()

    @asynccontextmanager
    async def open(self, port: int) -> AsyncIterator[None]:
        app = web.Application(client_max_size=64 << 20)
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        async with ClientSession(timeout=ClientTimeout(total=30)) as self._session:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            try:
                yield
            finally:
                await runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body, first = await request.read(), next(self._turn)
        headers = {k: v for k, v in request.headers.items() if k.lower() != "host"}
        for step in range(len(self.urls)):
            url = self.urls[(first + step) % len(self.urls)]
            try:
                async with self._session.request(
                    request.method, url + request.path_qs, data=body, headers=headers
                ) as answer:
                    self.given[url] += 1
                    return web.Response(status=answer.status, body=await answer.read())
            except (ClientError, TimeoutError):
                continue  # dead, or dying: what it did not answer another one gets
        return web.Response(status=502)
