"""JSON answers that are given only when what they report would survive a kill."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.sandbox.people import Denied
from bot.sandbox.refusals import Refused
from bot.sandbox.world import World

Handler = Callable[[web.Request], Awaitable[Any]]
Routes = list[tuple[str, str, Handler]]
SEEN = "/sandbox/people/{person}/chats/{chat}"


def kept_json(world: World, handler: Handler) -> Handler:
    """Answers in JSON, and only when what happened would survive a kill."""

    async def answer(request: web.Request) -> web.Response:
        try:
            body, status = await handler(request), 200
        except Denied as denied:
            body, status = {"error": str(denied)}, denied.status
        except Refused as refusal:
            body, status = {"error": refusal.description}, refusal.code
        except (KeyError, ValueError, TypeError) as wrong:
            body, status = {"error": f"bad request: {wrong!r}"}, 400
        await world.journal.kept()
        text = json.dumps(body, separators=(",", ":"))
        return web.Response(text=text, status=status, content_type="application/json")

    return answer


def add_routes(app: web.Application, world: World, routes: Routes) -> None:
    for method, path, handler in routes:
        app.router.add_route(method, path, kept_json(world, handler))
