"""Where a payee binds his WeChat, and where he says yes to what was sent to it."""

import re
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final, Protocol

import structlog
from aiohttp import web

from bot.i18n import Words
from bot.payments.keys import WechatKeys
from bot.payments.payee.address import BASE, Payees
from bot.payments.payee.look import Look, Sheet, look
from bot.payments.wechat.app import WechatApp
from core.errors import DomainError, OutOfDate, Unknown
from core.payments.method import NoAnswer
from core.payouts.binding import Bindings
from core.payouts.model import Payout, PayoutState
from core.people.model import Person, Provider
from core.ports import Store

log = structlog.get_logger()
WECHAT: Final = re.compile(r"MicroMessenger", re.IGNORECASE)
ENDS: Final = {PayoutState.PAID: "done", PayoutState.RETURNED: "returned"}


class Sending(Protocol):
    """Finds out what became of a payout (see core.payouts.sending)."""

    async def send(self, *, payout_id: int, tries: int, now: datetime) -> datetime | None: ...


class Door:
    """`words` speaks to a provider, or to somebody nobody knows."""

    def __init__(
        self, *, store: Store, bindings: Bindings, sending: Sending, payees: Payees,
        app: WechatApp, keys: WechatKeys, words: Callable[[Person | None], Words],
        clock: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self._store, self._bindings, self._sending = store, bindings, sending
        self._payees, self._app, self._keys = payees, app, keys
        self._words, self._clock = words, clock

    async def to_bind(self, request: web.Request) -> web.Response:
        state, person = await self._binding(request)
        if state == "bind" and not _in_wechat(request):
            state = "scan_bind"
        code = self._payees.to_bind(request.match_info["token"]).code
        return self._shown(request, Look(state, code=code), person)

    async def binds(self, request: web.Request) -> web.Response:
        """To WeChat, which tells who it is."""
        state, person = await self._binding(request)
        if state != "bind":
            return self._shown(request, Look(state), person)
        asked = self._payees.state(request.match_info["token"])
        raise web.HTTPSeeOther(self._app.asks(back=self._payees.back, state=asked))

    async def bound(self, request: web.Request) -> web.Response:
        """Back from WeChat with a code, which is good once as our own token is."""
        token = self._payees.token(request.query.get("state", ""))
        person = await self._person_of(token)
        return self._shown(request, Look(await self._bound(token, request)), person)

    async def _bound(self, token: str, request: web.Request) -> str:
        try:
            await self._bindings.look(token=token, now=self._clock())
            openid = await self._app.openid(code=request.query.get("code", ""))
            await self._bindings.bind(token=token, openid=openid, now=self._clock())
        except OutOfDate:
            return "over"
        except (DomainError, NoAnswer) as error:
            log.warning("wechat_not_bound", error=type(error).__name__)
            return "trouble" if token else "unknown"
        return "bound"

    async def _binding(self, request: web.Request) -> tuple[str, Person | None]:
        token, key = request.match_info["token"], request.query.get("key", "")
        if not self._payees.right(what="bind", name=token, key=key):
            return "unknown", None
        try:
            await self._bindings.look(token=token, now=self._clock())
        except OutOfDate:
            return "over", await self._person_of(token)
        except Unknown:
            return "over", None
        return "bind", await self._person_of(token)

    async def _person_of(self, token: str) -> Person | None:
        provider_id = await self._bindings.whose(token=token) if token else None
        return await self._person(provider_id)

    async def _person(self, provider_id: int | None) -> Person | None:
        provider = await self._store.get(Provider, id=provider_id) if provider_id else None
        return await self._store.get(Person, id=provider.person_id) if provider else None

    async def to_confirm(self, request: web.Request) -> web.Response:
        payout = await self._payout(request)
        person = await self._person(payout.provider_id) if payout else None
        return self._shown(request, self._looks(request, payout), person)

    async def confirms(self, request: web.Request) -> web.Response:
        """WeChat's own sheet is closed: what came of it is asked for at once."""
        payout = await self._payout(request)
        if payout is not None and payout.state is PayoutState.CONFIRMING:
            try:
                await self._sending.send(payout_id=payout.id, tries=0, now=self._clock())
            except DomainError as error:
                log.warning("payout_not_asked", error=type(error).__name__)
        return await self.to_confirm(request)

    async def _payout(self, request: web.Request) -> Payout | None:
        number, key = request.match_info["number"], request.query.get("key", "")
        if not self._payees.right(what="confirm", name=number, key=key):
            return None
        return await self._store.get(Payout, number=number)

    def _looks(self, request: web.Request, payout: Payout | None) -> Look:
        if payout is None:
            return Look("unknown")
        if payout.state is not PayoutState.CONFIRMING:
            return Look(ENDS.get(payout.state, "later"), payout)
        if payout.confirm_until is not None and payout.confirm_until <= self._clock():
            return Look("late", payout)
        if not _in_wechat(request):
            return Look("scan_confirm", payout, self._payees.to_confirm(payout.number).code)
        return Look("confirm", payout, sheet=Sheet(self._keys.merchant_id, self._keys.app_id))

    def _shown(self, request: web.Request, seen: Look, person: Person | None) -> web.Response:
        nonce = secrets.token_urlsafe(16)
        html = look(seen, self._words(person or _visitor(request)), nonce)
        status = 404 if seen.state == "unknown" else 200
        return web.Response(
            text=html, content_type="text/html", status=status, headers=headers(nonce)
        )


def headers(nonce: str) -> dict[str, str]:
    """The ticket in the page is nobody else's business; the page's own script may run, and no other."""
    return {
        "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline';"
        f" script-src 'nonce-{nonce}'; frame-ancestors 'none'",
    }  # fmt: skip


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add_payee_pages(app: web.Application, door: Door) -> None:
    pages: dict[str, tuple[Handler, Handler]] = {
        "bind/{token}": (door.to_bind, door.binds),
        "confirm/{number}": (door.to_confirm, door.confirms),
    }
    for path, (shows, acts) in pages.items():
        app.router.add_get(f"{BASE}/{path}", shows)
        app.router.add_post(f"{BASE}/{path}", acts)
    app.router.add_get(f"{BASE}/bound", door.bound)


def _in_wechat(request: web.Request) -> bool:
    return bool(WECHAT.search(request.headers.get("User-Agent", "")))


def _visitor(request: web.Request) -> Person:
    """Somebody nobody knows, who has a browser with a language."""
    code = request.headers.get("Accept-Language", "")[:16].split(",")[0]
    now = datetime.min
    return Person(id=0, telegram_id=0, language_code=code, created_at=now, seen_at=now)
