"""Where the page is asked for, and where a phone is sent on into the app."""

import ipaddress
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, Protocol, runtime_checkable
from urllib.parse import quote

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

    async def open_on_phone(self, *, intent: Intent, ip: str) -> str:
        """The address that leads into the app. Raises NoAnswer, PaymentUnavailable."""


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
        """Into the app; where that fails, the page says so and has the code."""
        known = await self._known(request)
        method = self._methods.get(request.match_info["method"])
        if known is None or not isinstance(method, OnPhone) or not known.open(now=self._clock()):
            return self._shown(request, known)
        words = self._words(known.customer)
        intent = intent_of(
            payment=known.payment, order_number=known.order.number, language=words.language,
            title=title_of(order=known.order, language=words.language),
        )  # fmt: skip
        try:
            url = await method.open_on_phone(intent=intent, ip=address_of(request))
        except (NoAnswer, PaymentUnavailable) as error:
            log.warning("phone_not_sent_on", error=type(error).__name__)
            return self._shown(request, known, trouble=True)
        back = quote(self._pages[request.match_info["method"]](known.payment.number), safe="")
        joint = "&" if "?" in url else "?"
        raise web.HTTPSeeOther(f"{url}{joint}redirect_url={back}", headers=HEADERS)

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
        html = look(
            Look(
                method=request.match_info["method"], known=known, now=self._clock(),
                on_phone=bool(PHONE.search(request.headers.get("User-Agent", ""))), trouble=trouble,
            ),
            self._words(customer),
        )  # fmt: skip
        status = 200 if known else 404
        return web.Response(text=html, content_type="text/html", status=status, headers=HEADERS)


def add_pay_pages(app: web.Application, door: Door) -> None:
    app.router.add_get("/pay/{method}/{number}", door.shows)
    app.router.add_post("/pay/{method}/{number}", door.sends_on)


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
