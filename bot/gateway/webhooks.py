"""Receiving updates: the secret is checked, the body stored and committed, then Telegram hears 200.

The reply to a tap waits a moment for what answers it, and takes it along.
"""

import asyncio
import hmac
from collections.abc import Sequence
from typing import Any

import structlog
from aiohttp import web

from bot.gateway.polling import Receive
from bot.gateway.raw_json import loads
from bot.gateway.replies import Replies

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
# Most taps are answered in a few milliseconds; a longer one is answered by a call of its own, for Telegram shall have
# its 200 within a tenth of a second, and keeps but forty doors.
ANSWERED_WITHIN_S = 0.08
_log = structlog.get_logger()


def add_webhooks(
    app: web.Application, *, bots: Sequence[str], secret: str, receive: Receive, replies: Replies
) -> None:
    """`POST /telegram/<bot>` for each bot; without a secret there is no door at all."""
    if not secret:
        raise ValueError("webhooks need WEBHOOK_SECRET")
    for bot in bots:
        app.router.add_post(f"/telegram/{bot}", _door(bot, secret.encode(), receive, replies))


def _door(bot: str, secret: bytes, receive: Receive, replies: Replies):  # type: ignore[no-untyped-def]
    async def enter(request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, secret):
            return web.Response(status=401)
        try:
            update = loads(await request.read())
            int(update["update_id"])
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400)
        try:
            return await _taken(update)
        except Exception:
            _log.exception("update not stored", bot=bot)
            return web.Response(status=503)  # it will come again

    async def _taken(update: dict[str, Any]) -> web.Response:
        if (tapped := _tapped(update)) is None:
            await receive(bot, [update])
            return web.Response()
        with replies.standing(bot, tapped) as answer:
            await receive(bot, [update])
            await asyncio.wait({answer}, timeout=ANSWERED_WITHIN_S)
        if not answer.done():
            return web.Response()
        call = answer.result()
        return web.json_response({"method": call.method, **call.params})

    return enter


def _tapped(update: dict[str, Any]) -> str | None:
    """The id that the answer to a tap must name."""
    tap = update.get("callback_query")
    named = tap.get("id") if isinstance(tap, dict) else None
    return named if isinstance(named, str) else None
