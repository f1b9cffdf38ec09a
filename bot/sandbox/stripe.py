"""A stand-in for Stripe: Checkout pages, charges, refunds and signed notices, for use without any account.

The real SDK talks to it over HTTP. It keeps a book of its own, which is the truth to compare with.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.pay_page import page
from bot.sandbox.stripe_account import Account
from bot.sandbox.stripe_book import Book, Thing
from bot.sandbox.stripe_faults import Fault, Faults
from bot.sandbox.stripe_notices import Notices
from bot.sandbox.stripe_rules import Refused, unfold

API = "/sandbox/stripe/v1"
KEYS_LIVE_SECONDS = 24 * 3600
Form = dict[str, Any]
Call = Callable[[web.Request, Form], Thing]


class StripeStandIn:
    """One Stripe account in test mode."""

    def __init__(
        self,
        secret_key: str,
        webhook_secret: str,
        notify_url: str,
        clock: Callable[[], datetime],
        storage: Path | None = None,
        shop_name: str = "Doorstep",
        on_tried: Callable[[], None] = lambda: None,
    ) -> None:
        self.book = Book(storage)
        self.faults = Faults()
        self.account = Account(self.book, clock)
        self._key, self._shop = secret_key, shop_name
        self._notices = Notices(
            book=self.book, secret=webhook_secret, url=notify_url, clock=clock, faults=self.faults,
            on_tried=on_tried,
        )  # fmt: skip

    def routes(self, app: web.Application) -> None:
        """Adds the API, the page people pay on, and the switches for faults to `app`."""
        app.cleanup_ctx.append(self._lifetime)
        app.on_shutdown.append(self._hush)
        app.add_routes(
            [
                web.post(f"{API}/checkout/sessions", self._api(self._create)),
                web.get(f"{API}/checkout/sessions", self._api(self._list)),
                web.get(f"{API}/checkout/sessions/{{id}}", self._api(self._read)),
                web.post(f"{API}/checkout/sessions/{{id}}/expire", self._api(self._expire)),
                web.post(f"{API}/refunds", self._api(self._refund)),
                web.get(f"{API}/refunds", self._api(self._list_refunds)),
                web.get(f"{API}/balance_transactions", self._api(self._list_movements)),
                web.get("/sandbox/stripe/book", self._show_book),
                web.post("/sandbox/stripe/faults", self._add_fault),
                web.delete("/sandbox/stripe/faults", self._clear_faults),
                web.get("/sandbox/pay/{id}", self._page),
                web.post("/sandbox/pay/{id}", self._act),
            ]
        )

    async def _lifetime(self, _app: web.Application) -> AsyncIterator[None]:
        self._notices.start()
        yield
        self.book.close()

    async def _hush(self, _app: web.Application) -> None:
        """No more notices: one under way to this very process would hold up its end."""
        await self._notices.stop()

    def _api(self, call: Call) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            subject = f"{request.method} {request.path}"
            if self.faults.take(subject, "drop_before"):
                return _cut(request)
            if self.faults.take(subject, "500"):
                error = {"error": {"type": "api_error", "message": "Something went wrong."}}
                return web.json_response(error, status=500)
            status, body = self._answer(call, request, await request.text())
            self._notices.ring()
            if self.faults.take(subject, "drop_after"):
                return _cut(request)
            return web.json_response(body, status=status)

        return handle

    def _answer(self, call: Call, request: web.Request, raw: str) -> tuple[int, Thing]:
        """What Stripe answers, and remembers for the idempotency key, in one transaction of the book."""
        with self.book.writing():
            return self._once(call, request, raw)

    def _once(self, call: Call, request: web.Request, raw: str) -> tuple[int, Thing]:
        if request.headers.get("Authorization") != f"Bearer {self._key}":
            return 401, Refused("Invalid API Key provided").body
        key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
        said = f"{request.path}?{raw}"
        known = (
            self.book.answered(key, after=self.account.now() - KEYS_LIVE_SECONDS) if key else None
        )
        if known and known[0] != said:
            message = "Keys for idempotent requests can only be used with the same parameters."
            return 400, Refused(message, kind="idempotency_error").body
        if known:
            return known[1], known[2]
        try:
            status, body = 200, call(request, unfold(parse_qsl(raw, keep_blank_values=True)))
        except Refused as refused:
            status, body = refused.status, refused.body
        if key and status == 200:
            self.book.answer(key, said, status, body, self.account.now())
        return status, body

    def _create(self, request: web.Request, form: Form) -> Thing:
        return self.account.create(form, base=f"{request.scheme}://{request.host}")

    def _list(self, request: web.Request, _form: Form) -> Thing:
        return self.account.sessions(request.query)

    def _read(self, request: web.Request, _form: Form) -> Thing:
        return self.account.session(request.match_info["id"])

    def _expire(self, request: web.Request, _form: Form) -> Thing:
        return self.account.expire(request.match_info["id"])

    def _refund(self, _request: web.Request, form: Form) -> Thing:
        return self.account.refund(form)

    def _list_refunds(self, request: web.Request, _form: Form) -> Thing:
        return self.account.refunds(request.query)

    def _list_movements(self, request: web.Request, _form: Form) -> Thing:
        return self.account.movements(request.query)

    def pay(self, id: str) -> Thing:
        """The customer's card is charged; once more each time it is called."""
        with self.book.writing():
            session = self.account.pay(id)
        self._notices.ring()
        return session

    async def _page(self, request: web.Request) -> web.Response:
        session = self._look(request.match_info["id"])
        return self._render(session, request, cancelled="cancelled" in request.query)

    async def _act(self, request: web.Request) -> web.Response:
        """A tap on the page. Only an open page can be paid, so a double tap or a reload pays once."""
        action = (await request.post()).get("action")
        session = self._look(request.match_info["id"])
        if session and session["status"] == "open":
            for _ in range({"pay": 1, "twice": 2}.get(str(action), 0)):
                self.pay(session["id"])
        raise web.HTTPSeeOther(request.path + ("?cancelled" if action == "cancel" else ""))

    def _look(self, id: str) -> Thing | None:
        try:
            with self.book.writing():
                return self.account.session(id)
        except Refused:
            return None
        finally:
            self._notices.ring()

    def _render(
        self, session: Thing | None, request: web.Request, *, cancelled: bool
    ) -> web.Response:
        prefers = request.headers.get("Accept-Language", "en")
        html = page(session=session, shop=self._shop, cancelled=cancelled, prefers=prefers)
        status = 200 if session else 404
        return web.Response(text=html, content_type="text/html", status=status)

    async def _show_book(self, _request: web.Request) -> web.Response:
        kinds = {"sessions": "checkout.session", "charges": "payment_intent", "refunds": "refund"}
        shown: Thing = {name: list(self.book.all(kind)) for name, kind in kinds.items()}
        return web.json_response(shown | {"undelivered": len(self.book.waiting())})

    async def _add_fault(self, request: web.Request) -> web.Response:
        wish = await request.json()
        try:
            self.faults.add(
                Fault(
                    str(wish.get("fault")), str(wish.get("match", "")),
                    int(wish.get("times", 1)), float(wish.get("seconds", 1.0)),
                )
            )  # fmt: skip
        except ValueError:
            return web.json_response({"error": "no such fault"}, status=400)
        return web.json_response({"ok": True})

    async def _clear_faults(self, _request: web.Request) -> web.Response:
        self.faults.clear()
        return web.json_response({"ok": True})


def _cut(request: web.Request) -> web.Response:
    """The connection breaks without an answer."""
    if request.transport:
        request.transport.abort()
    return web.Response()
