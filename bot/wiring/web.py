"""Our own doors over HTTP: the notices of payment gateways, and the way back to the chat."""

import socket
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime

import structlog
from aiohttp import web

from bot import meters
from bot.payments import METHODS
from bot.refusals import PortTaken
from core.errors import PaymentUnavailable
from core.payments.method import NoticeRefused
from core.services import Core

log = structlog.get_logger()
NOTICE_LIMIT = 1 << 20


def reserved(host: str, port: int) -> socket.socket:
    """The address as ours, before the long part of a start. Raises PortTaken."""
    with ExitStack() as unless_ours:
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
            door = unless_ours.enter_context(socket.socket(family, kind, protocol))
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
        except OSError as error:
            raise PortTaken(host, port) from error
        unless_ours.pop_all()
    return door


def add_payment_notices(app: web.Application, core: Core, clock: Callable[[], datetime]) -> None:
    """`POST /pay/{method}/notify`: verified, kept, answered; the work follows."""

    async def notify(request: web.Request) -> web.Response:
        method = request.match_info["method"]
        raw = await request.read()
        if len(raw) > NOTICE_LIMIT:
            return web.Response(status=413)
        try:
            kept = await core.payments.notice(
                method=method, raw=raw, headers=request.headers, now=clock()
            )
            meters.NOTICES.labels(method, "kept" if kept else "known").inc()
        except (NoticeRefused, PaymentUnavailable) as refusal:
            known = method if method in METHODS else "other"
            meters.NOTICES.labels(known, type(refusal).__name__).inc()
            log.warning("notice_refused", method=method, error=str(refusal))
            return web.Response(status=400)
        return web.Response(text="success")

    app.router.add_post("/pay/{method}/notify", notify)


def add_way_back(app: web.Application, chat: Callable[[], str]) -> None:
    """`GET /pay/back`: from a page on which people paid to the chat."""

    async def back(_request: web.Request) -> web.Response:
        raise web.HTTPFound(chat())

    app.router.add_get("/pay/back", back)
