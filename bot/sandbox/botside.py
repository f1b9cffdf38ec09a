"""The bots' side over HTTP: /bot<token>/<method> and /file/bot<token>/<path>, with Telegram's answers and refusals."""

import asyncio
import json
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox import schema
from bot.sandbox.faults import Fault
from bot.sandbox.files import UPLOAD_MAX, Upload
from bot.sandbox.hub import Call, Hub
from bot.sandbox.methods import METHODS
from bot.sandbox.refusals import Refused, bad, forbidden, too_many
from bot.sandbox.world import SandboxBot

LATE = 120.0
ASKING = {"getUpdates", "getMe", "getWebhookInfo", "getFile", "getChat", "getChatMember"}


class BotSide:
    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.closing = asyncio.Event()

    def routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self.call)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self.file)

    async def call(self, request: web.Request) -> web.StreamResponse:
        bot = self.hub.world.by_token.get(request.match_info["token"])
        if bot is None:
            return _response(Refused(401, "Unauthorized").answer())
        try:
            raw, uploads = await _read(request)
        except Refused as refusal:
            return _response(refusal.answer())
        method = request.match_info["method"]
        fault = self.hub.faults.take(bot.username, schema.BY_LOWER.get(method.lower(), method), raw)
        if fault and fault.fault == "drop_before":
            return _hang_up(request)
        answer = await self.execute(bot.id, method, raw, uploads, fault)
        if fault and fault.fault == "timeout":
            await self._withhold()
        if fault and fault.fault in ("drop_after", "timeout"):
            return _hang_up(request)
        return _response(answer)

    async def execute(
        self,
        bot_id: int,
        method: str,
        raw: dict[str, Any],
        uploads: dict[str, Upload] | None = None,
        fault: Fault | None = None,
    ) -> dict[str, Any]:
        """Carries a call out and writes it into the log of calls."""
        bot = self.hub.world.bots[bot_id]
        name = schema.BY_LOWER.get(method.lower(), method)
        params: dict[str, Any] = dict(raw)
        try:
            _strike(fault)
            params = _params(name, raw, uploads or {})
            call = Call(self.hub, bot, name, params, uploads or {})
            answer = {"ok": True, "result": await METHODS[name](call)}
        except Refused as refusal:
            answer = refusal.answer()
        if name not in ASKING:
            await self.hub.world.journal.kept()
        self._log(bot, name, params, uploads or {}, answer)
        return answer

    def _log(
        self,
        bot: SandboxBot,
        method: str,
        params: dict[str, Any],
        uploads: dict[str, Upload],
        answer: dict[str, Any],
    ) -> None:
        if method == "getUpdates" and answer["ok"]:
            return
        self.hub.called += 1
        sent = {name: {"name": each.name, "size": len(each.body)} for name, each in uploads.items()}
        self.hub.calls.append(
            {
                "seq": self.hub.called,
                "bot": bot.username,
                "method": method,
                "params": params | sent,
                "ok": answer["ok"],
                "error": answer.get("description"),
                "at": self.hub.world.now(),
            }
        )

    async def _withhold(self) -> None:
        """The answer that never comes: the other side gives up first."""
        try:
            await asyncio.wait_for(self.closing.wait(), LATE)
        except TimeoutError:
            pass

    async def file(self, request: web.Request) -> web.Response:
        bot = self.hub.world.by_token.get(request.match_info["token"])
        record = self.hub.files.at(request.match_info["path"])
        if bot is None or record is None:
            return _response(Refused(404, "Not Found").answer())
        body = await self.hub.files.bytes(record["uid"])
        return web.Response(body=body, content_type="application/octet-stream")


def _params(method: str, raw: dict[str, Any], uploads: dict[str, Upload]) -> dict[str, Any]:
    if method not in schema.METHODS:
        raise Refused(404, "Not Found: method not found")
    if method not in METHODS:
        raise bad(f"method {method} is not part of the sandbox")
    # A file sent under the name of its parameter stands for the parameter.
    named = {name: f"attach://{name}" for name in uploads if name in schema.METHODS[method]}
    return schema.read(method, named | raw)


def _strike(fault: Fault | None) -> None:
    if fault is None:
        return
    if fault.fault == "429":
        raise too_many(fault.retry_after)
    if fault.fault == "500":
        raise Refused(500, "Internal Server Error")
    if fault.fault == "403":
        raise forbidden("bot was blocked by the user")


def _response(answer: dict[str, Any]) -> web.Response:
    text = json.dumps(answer, separators=(",", ":"))
    status = answer.get("error_code", 200)
    return web.Response(text=text, status=status, content_type="application/json")


def _hang_up(request: web.Request) -> web.Response:
    """The connection breaks without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    raw: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type.startswith("multipart/"):
        await read_parts(request, raw, uploads)
    elif request.content_type == "application/json" and request.can_read_body:
        raw |= _json(await request.read())
    elif request.can_read_body:
        raw |= dict(await request.post())
    return raw, uploads


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise bad("can't parse request JSON object")
    return found


async def read_parts(request: web.Request, raw: dict[str, Any], uploads: dict[str, Upload]) -> None:
    """A form with files, read part by part, so that the server's own limit for bodies does not apply."""
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        body = await _limited(part)
        if part.filename is None:
            raw[part.name] = body.decode()
        else:
            name = part.name if part.name not in uploads else f"{part.name}#{len(uploads)}"
            mime = part.headers.get("Content-Type", "")
            uploads[name] = Upload(part.filename, body, mime)


async def _limited(part: BodyPartReader) -> bytes:
    body = bytearray()
    while chunk := await part.read_chunk(65_536):
        body += chunk
        if len(body) > UPLOAD_MAX:
            raise Refused(413, "Request Entity Too Large")
    return bytes(body)
