"""Where the page is asked for, and where a phone is sent on into the app."""

import ipaddress
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, Protocol, runtime_checkable

import structlog
from aiohttp import web

from bot.i18n import Words
from bot.payments.page.address import Pages
from bot.payments.page.look import Look, look
from core.errors import PaymentUnavailable
from core.payments.method import Intent, NoAnswer
from core.payments.service import intent_of
from core.payments.to_pay import ToPay, title_of, to_pay
from core.people.model import Person
from core.ports import Store

log = structlog.get_logger()
PHONE: Final = re.compile(r"Mobi|Android|iPhone|iPad|HarmonyOS", re.IGNORECASE)
# The key in the address is nobody else's business; the company wants to know from which site somebody comes.
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "origin",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}


@runtime_checkable
class OnPhone(Protocol):
    """A method whose app can be opened from a phone's browser."""

    async def open_on_phone(self, *, intent: Intent, ip: str, back: str) -> str:
        """The address that leads into the app, and from there to `back`. Raises NoAnswer, PaymentUnavailable."""


@runtime_checkable
class OnComputer(Protocol):
    """A method that has a page for computers, too, beside the code."""

    async def open_on_computer(self, *, intent: Intent, back: str) -> str:
        """Its address. Raises NoAnswer, PaymentUnavailable."""


class Door:
    """`words` speaks to a customer, or to somebody nobody knows."""

    def __init__(
        self, *, store: Store, methods: Mapping[str, object], pages: Mapping[str, Pages],
        words: Callable[[Person | None], Words], clock: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self._store, self._words, self._clock = store, words, clock
        self._methods, self._pages = methods, pages

    async def shows(self, request: web.Request) -> web.Response:
        return self._shown(request, await self._known(request))

    async def sends_on(self, request: web.Request) -> web.Response:
        """Into the app, or to the company's own page; where that fails, ours says so and has the code."""
        known = await self._known(request)
        if known is None or not known.open(now=self._clock()):
            return self._shown(request, known)
        try:
            url = await self._onward(request, known)
        except (NoAnswer, PaymentUnavailable) as error:
            log.warning("not_led_on", error=type(error).__name__)
            return self._shown(request, known, trouble=True)
        if not url:
            return self._shown(request, known)
        raise web.HTTPSeeOther(url, headers=HEADERS)

    async def _onward(self, request: web.Request, known: ToPay) -> str:
        """Empty where a code is all there is."""
        code = request.match_info["method"]
        method, words = self._methods.get(code), self._words(known.customer)
        intent = intent_of(
            payment=known.payment, order_number=known.order.number, language=words.language,
            title=title_of(order=known.order, language=words.language),
        )  # fmt: skip
        back = self._pages[code](known.payment.number)
        if not _on_phone(request):
            if isinstance(method, OnComputer):
                return await method.open_on_computer(intent=intent, back=back)
        elif isinstance(method, OnPhone):
            return await method.open_on_phone(intent=intent, ip=address_of(request), back=back)
        return ""

    async def _known(self, request: web.Request) -> ToPay | None:
        method, number = request.match_info["method"], request.match_info["number"]
        pages = self._pages.get(method)
        if pages is None or not pages.right(number=number, key=request.query.get("key", "")):
            return None
        return await to_pay(store=self._store, method=method, number=number)

    def _shown(
        self, request: web.Request, known: ToPay | None, *, trouble: bool = False
    ) -> web.Response:
        customer = known.customer if known else _visitor(request)
        code, on_phone = request.match_info["method"], _on_phone(request)
        leads_on = isinstance(self._methods.get(code), OnPhone if on_phone else OnComputer)
        html = look(
            Look(
                method=code, known=known, now=self._clock(), on_phone=on_phone, leads_on=leads_on,
                trouble=trouble,
            ),
            self._words(customer),
        )  # fmt: skip
        status = 200 if known else 404
        return web.Response(text=html, content_type="text/html", status=status, headers=HEADERS)


def add_pay_pages(app: web.Application, door: Door) -> None:
    app.router.add_get("/pay/{method}/{number}", door.shows)
    app.router.add_post("/pay/{method}/{number}", door.sends_on)


def _on_phone(request: web.Request) -> bool:
    return bool(PHONE.search(request.headers.get("User-Agent", "")))


def address_of(request: web.Request) -> str:
    """The payer's own address; behind a proxy of ours, the one that it was asked from."""
    peer = request.remote or "127.0.0.1"
    passed = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    if passed and _address(peer).is_private:
        try:
            return str(_address(passed))
        except ValueError:
            return peer
    return peer


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    return ipaddress.ip_address(text.partition("%")[0])


def _visitor(request: web.Request) -> Person:
    """Somebody nobody knows, who has a browser with a language."""
    code = request.headers.get("Accept-Language", "")[:16].split(",")[0]
    now = datetime.min
    return Person(id=0, telegram_id=0, language_code=code, created_at=now, seen_at=now)
