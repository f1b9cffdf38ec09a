"""What the stand-ins share: calls with faults on request, notices, the page people pay on, the book to compare with."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from aiohttp import web

from bot.sandbox.gateways.bill import Act, Bill, State
from bot.sandbox.gateways.book import Book, Thing
from bot.sandbox.gateways.faults import Fault, Faults
from bot.sandbox.gateways.notices import Letter, Notices
from bot.sandbox.gateways.pay_page import page

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class StandIn(ABC):
    """One company. Its book is the truth to compare with; without `storage` it ends with the process.

    `code` is that of our method and names its addresses, `kinds` what its book shows and under which name.
    """

    code: ClassVar[str]
    kinds: ClassVar[Mapping[str, str]]

    def __init__(
        self, *, notify_url: str, clock: Callable[[], datetime], storage: Path | None = None,
        shop_name: str = "Doorstep", on_tried: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self.book, self.faults = Book(storage), Faults()
        self._clock, self._shop = clock, shop_name
        self.notices = Notices(
            book=self.book, faults=self.faults, url=notify_url, letter=self.letter,
            heard=self.heard, on_tried=on_tried,
        )  # fmt: skip

    @abstractmethod
    def calls(self) -> Sequence[web.RouteDef]:
        """The API, each handler made by `answering`."""

    @abstractmethod
    def letter(self, notice: Thing) -> Letter:
        """A notice as it travels now: signed, sealed."""

    @abstractmethod
    def heard(self, status: int, body: bytes) -> bool:
        """Whether that answer ends the repeating."""

    @abstractmethod
    def bill(self, id: str) -> Bill | None:
        """What stands on the page; looked at within a transaction of the book."""

    @abstractmethod
    def pay(self, id: str) -> None:
        """The customer pays, once more each time it is called."""

    @abstractmethod
    def give_back(self, id: str, amount: int) -> None:
        """Somebody at the company's own desk does."""

    def happen(self, id: str, act: Act) -> None:
        """Something else that the bill says may happen."""
        raise NotImplementedError

    @abstractmethod
    def trouble(self, kind: str) -> web.Response:
        """The answer to a call that meets the fault "500" or "unknown_code"."""

    def routes(self, app: web.Application) -> None:
        """Adds the API, the page people pay on, and the switches for faults to `app`."""
        app.cleanup_ctx.append(self._lifetime)
        app.on_shutdown.append(self._hush)
        base, pay = f"/sandbox/{self.code}", f"/sandbox/pay/{self.code}/{{id}}"
        app.add_routes(
            [
                *self.calls(),
                web.get(f"{base}/book", self._show_book),
                web.post(f"{base}/faults", self._add_fault),
                web.delete(f"{base}/faults", self._clear_faults),
                web.get(pay, self._page),
                web.post(pay, self._act),
            ]
        )

    async def _lifetime(self, _app: web.Application) -> AsyncIterator[None]:
        self.notices.start()
        yield
        self.book.close()

    async def _hush(self, _app: web.Application) -> None:
        """No more notices: one under way to this very process would hold up its end."""
        await self.notices.stop()

    def answering(self, answer: Callable[[web.Request, bytes], web.Response]) -> Handler:
        """A call of the API: `answer` in one transaction of the book, and what may go wrong around it."""

        async def handle(request: web.Request) -> web.StreamResponse:
            raw = await request.read()
            subject = f"{request.method} {request.path} {self.named(request, raw)}".rstrip()
            if self.faults.take(subject, "drop_before"):
                return _cut(request)
            if fault := self.faults.take(subject, "500", "unknown_code"):
                return self.trouble(fault.kind)
            with self.book.writing():
                response = answer(request, raw)
            self.notices.ring()
            if self.faults.take(subject, "drop_after"):
                return _cut(request)
            return response

        return handle

    def named(self, request: web.Request, raw: bytes) -> str:
        """What else a fault can be meant for, where one address serves all calls."""
        return ""

    def paid(self, id: str, times: int = 1) -> None:
        """The customer has paid so many times."""
        with self.book.writing():
            for _ in range(times):
                self.pay(id)
        self.notices.ring()

    def act(self, id: str, act: Act, bill: Bill) -> None:
        """A tap below what is paid."""
        with self.book.writing():
            if act in (Act.PART, Act.REST):
                self.give_back(id, bill.given_back_by(act))
            else:
                self.happen(id, act)
        self.notices.ring()

    async def _page(self, request: web.Request) -> web.Response:
        bill = self._look(request.match_info["id"])
        html = page(
            bill=bill, company=self.code, shop=self._shop, cancelled="cancelled" in request.query,
            prefers=request.headers.get("Accept-Language", "en"),
        )  # fmt: skip
        return web.Response(text=html, content_type="text/html", status=200 if bill else 404)

    async def _act(self, request: web.Request) -> web.Response:
        """A tap on the page. Only an open page can be paid, so a double tap or a reload pays once."""
        action, id = str((await request.post()).get("action")), request.match_info["id"]
        bill = self._look(id)
        if bill and bill.state is State.OPEN:
            self.paid(id, {"pay": 1, "twice": 2}.get(action, 0))
        elif bill and action in bill.possible:
            self.act(id, Act(action), bill)
        raise web.HTTPSeeOther(request.path + ("?cancelled" if action == "cancel" else ""))

    def _look(self, id: str) -> Bill | None:
        with self.book.writing():
            bill = self.bill(id)
        self.notices.ring()
        return bill

    async def _show_book(self, _request: web.Request) -> web.Response:
        shown: Thing = {name: list(self.book.all(kind)) for name, kind in self.kinds.items()}
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
