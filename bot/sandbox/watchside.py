"""Over HTTP: what happens on people's screens, as a stream or a long poll, and the files they see."""

import asyncio
import json
from typing import Any

from aiohttp import web

from bot.sandbox.hub import Hub
from bot.sandbox.kept import Routes
from bot.sandbox.people import Denied


class WatchSide:
    def __init__(self, hub: Hub) -> None:
        self.hub, self.world = hub, hub.world
        self.closing = False

    def table(self) -> Routes:
        return [
            ("GET", "/sandbox/callbacks/{id}", self.callback),
            ("GET", "/sandbox/events/poll", self.poll),
        ]

    def routes(self, app: web.Application) -> None:
        app.router.add_get("/sandbox/events", self.stream)
        app.router.add_get("/sandbox/files/{path:.+}", self.file)

    async def callback(self, request: web.Request) -> dict[str, Any]:
        id = request.match_info["id"]
        if "answered" not in self.world.callbacks.get(id, {}):
            raise Denied(404, "no such callback")
        wait = min(60.0, float(request.query.get("wait", 0)))
        await self.world.events.bell.until(
            lambda: self.closing or self.world.callbacks[id]["answered"], wait
        )
        query = self.world.callbacks[id]
        shown = {key: query[key] for key in ("answered", "text", "show_alert", "url")}
        return shown | {"age": self.world.now() - query["at"]}

    def _watched(self, request: web.Request) -> tuple[set[int], int]:
        people = {int(each) for each in request.query.get("people", "").split(",") if each}
        after = request.headers.get("Last-Event-ID") or request.query.get("after") or "0"
        return people, int(after)

    async def poll(self, request: web.Request) -> dict[str, Any]:
        people, after = self._watched(request)
        wait = min(60.0, float(request.query.get("wait", 0)))
        found = await self._news(people, after, wait)
        return {"events": found, "seq": self.world.events.seq}

    async def stream(self, request: web.Request) -> web.StreamResponse:
        people, after = self._watched(request)
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        await response.prepare(request)
        try:
            await response.write(b": connected\n\n")
            while not self.closing:
                found = await self._news(people, after, 15)
                lines = "".join(map(_sse, found)) or ": still here\n\n"
                await response.write(lines.encode())
                after = found[-1]["seq"] if found else after
        except (ConnectionError, asyncio.CancelledError):
            pass
        return response

    async def _news(self, people: set[int], after: int, wait: float) -> list[dict[str, Any]]:
        events = self.world.events
        await events.bell.until(lambda: self.closing or events.after(after, people), wait)
        return events.after(after, people)

    async def file(self, request: web.Request) -> web.Response:
        record = self.hub.files.at(request.match_info["path"])
        if record is None:
            raise web.HTTPNotFound
        body = await self.hub.files.bytes(record["uid"])
        headers = {"Cache-Control": "max-age=86400", "X-Content-Type-Options": "nosniff"}
        # Only pictures, sound and film are shown; anything else could be a page that runs here.
        if record["kind"] == "document":
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=body, content_type=record["mime"], headers=headers)


def _sse(event: dict[str, Any]) -> str:
    body = json.dumps(event, separators=(",", ":"))
    return f"id: {event['seq']}\nevent: {event['kind']}\ndata: {body}\n\n"
