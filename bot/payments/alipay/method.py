"""Alipay as a way to pay: a code to scan, a page for the phone and one for the computer, for one payment."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from bot.payments.alipay.amounts import CURRENCY
from bot.payments.alipay.client import Client
from bot.payments.alipay.codes import NO_CODE, NOT_LET_IN
from bot.payments.alipay.notices import Ours, read_notice
from bot.payments.alipay.refunds import give_back
from bot.payments.alipay.statement import lines_between
from bot.payments.alipay.trades import CODE, COMPUTER, PHONE, PRODUCTS, Trades, content
from bot.payments.alipay.transfer import AlipaySender
from bot.payments.keys import AlipayKeys
from core.errors import PaymentUnavailable
from core.payments.facts import Fact
from core.payments.method import Answer, Intent, NoAnswer, Opened
from core.reconciling.model import Line

TIMEOUT_SECONDS: Final = 10.0


class AlipayMethod:
    """Alipay for one app. `page` makes the address of our own page for a payment, which knows phone from computer;
    `sender` pays providers out.
    """

    code = "alipay"

    def __init__(
        self, *, keys: AlipayKeys, shop: str, notify_url: str, page: Callable[[str], str],
        timeout: float = TIMEOUT_SECONDS,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:  # fmt: skip
        self._client = Client(keys=keys, timeout=timeout, clock=clock)
        self._trades = Trades(self._client)
        self._ours = Ours(keys.app_id, keys.seller_id, shop)
        self._notify_url, self._page, self._clock = notify_url, page, clock
        self.sender = AlipaySender(self._client)

    async def open(self, *, intent: Intent) -> Opened:
        """That a payment is paid or closed already is told by the question, not here."""
        if intent.currency != CURRENCY:
            raise PaymentUnavailable(self.code)
        reply = await self._client.call(
            PRODUCTS[CODE][0], content(intent, CODE, self._ours.shop), notify_url=self._notify_url
        )
        if reply.why in NO_CODE or reply.code in NOT_LET_IN:
            raise PaymentUnavailable(self.code)
        code = reply.text("qr_code")
        if not reply.ok or not code:
            raise NoAnswer
        return Opened(self._page(intent.number), intent.number, intent.expires_at, code)

    async def open_on_phone(self, *, intent: Intent, ip: str, back: str) -> str:
        """Nobody is called: a page of Alipay's begins its trade when somebody opens it."""
        return self._link(intent, PHONE, back)

    async def open_on_computer(self, *, intent: Intent, back: str) -> str:
        return self._link(intent, COMPUTER, back)

    async def ask(self, *, intent: Intent) -> Answer:
        return await self._trades.ask(intent, self._clock())

    async def close(self, *, intent: Intent) -> Answer:
        return await self._trades.close(intent, self._clock())

    async def refund(self, *, number: str, charge: str, amount: int, currency: str) -> Answer:
        return await give_back(
            self._client, number=number, charge=charge, amount=amount, currency=currency
        )

    async def statement(self, *, first: datetime, end: datetime) -> list[Line] | None:
        return await lines_between(self._client, first=first, end=end, now=self._clock())

    def read_notice(self, *, raw: bytes, headers: Mapping[str, str], now: datetime) -> Fact | None:
        return read_notice(raw=raw, key=self._client.public, ours=self._ours, now=now)

    async def aclose(self) -> None:
        """Lets go of the connections."""
        await self._client.aclose()

    def _link(self, intent: Intent, trade: str, back: str) -> str:
        return self._client.link(
            PRODUCTS[trade][0], content(intent, trade, self._ours.shop),
            notify_url=self._notify_url, return_url=back,
        )  # fmt: skip
