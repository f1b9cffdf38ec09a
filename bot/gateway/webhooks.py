"""Receiving updates: the secret is checked, the body stored and committed, then Telegram hears 200."""

import hmac
import json
from collections.abc import Sequence

import structlog
from aiohttp import web

from bot.gateway.polling import Receive

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_log = structlog.get_logger()


def add_webhooks(
    app: web.Application, *, bots: Sequence[str], secret: str, receive: Receive
) -> None:
    """`POST /telegram/<bot>` for each bot; without a secret there is no door at all."""
    if not secret:
        raise ValueError("webhooks need WEBHOOK_SECRET")
    for bot in bots:
        app.router.add_post(f"/telegram/{bot}", _door(bot, secret.encode(), receive))


def _door(bot: str, secret: bytes, receive: Receive):  # type: ignore[no-untyped-def]
    async def enter(request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, secret):
            return web.Response(status=401)
        try:
            update = json.loads(await request.read())
            int(update["update_id"])
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400)
        try:
            await receive(bot, [update])
        except Exception:
            _log.exception("update not stored", bot=bot)
            return web.Response(status=503)  # it will come again
        return web.Response()

    return enter
