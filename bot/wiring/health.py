"""Whether the process lives, and whether it does its work: two questions, for two different ones who ask.

`/healthz`: it answers at all; whoever watches it restarts one that does not. `/readyz`: what comes now is worked;
whoever shares out the load leaves one out that says no.
"""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from aiohttp import web

_WITHIN_S = 2.0


class Health(Protocol):
    """What the answers are read from."""

    @property
    def at_work(self) -> int: ...

    async def lacking(self) -> list[str]:
        """Why it does not do its work, in words; nothing: it does."""
        ...


def add_health(app: web.Application, health: Health) -> None:
    """200 or 503, with the reasons; and how much it has in hand."""

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def readyz(_request: web.Request) -> web.Response:
        if reasons := await _lacking(health):
            return web.json_response({"status": "not ready", "reasons": reasons}, status=503)
        return web.json_response({"status": "ready", "at_work": health.at_work})

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)


async def _lacking(health: Health) -> list[str]:
    try:
        return await asyncio.wait_for(health.lacking(), _WITHIN_S)
    except TimeoutError:
        return ["The database does not answer in time."]


@asynccontextmanager
async def waiting_room(door: socket.socket, health: Health) -> AsyncIterator[None]:
    """Until the real server opens the same door: health is told, everything else is asked to come again."""

    async def later(_request: web.Request) -> web.Response:
        return web.Response(status=503, headers={"Retry-After": "5"}, text="Starting ...\n")

    app = web.Application()
    add_health(app, health)
    app.router.add_route("*", "/{anything:.*}", later)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    try:
        await web.SockSite(runner, door.dup()).start()
        yield
    finally:
        await runner.cleanup()
