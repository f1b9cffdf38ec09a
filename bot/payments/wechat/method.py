"""WeChat Pay for one shop: the order for a computer under our number, the one for a phone under a second."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final
from urllib.parse import quote

from bot.payments.keys import WechatKeys
from bot.payments.wechat import orders, refunds, statement
from bot.payments.wechat.client import TIMEOUT_SECONDS, Client, Reply
from bot.payments.wechat.notices import Notices
from bot.payments.wechat.signing import Platform, Signer
from bot.payments.wechat.transfer import WechatSender
from core.errors import PaymentUnavailable
from core.payments.facts import Fact
from core.payments.method import Answer, Intent, NoAnswer, Opened, Outcome
from core.reconciling.model import Line

NEVER_MADE: Final = frozenset({"ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS"})
# Only these say for sure that nothing was made and that the same again will not help.
DEFINITE: Final = frozenset(
    {
        "PARAM_ERROR", "NO_AUTH", "SIGN_ERROR", "APPID_MCHID_NOT_MATCH", "MCH_NOT_EXISTS",
        "ACCOUNT_ERROR", "RULE_LIMIT", "RULELIMIT", "TRADE_ERROR",
    }
)  # fmt: skip
GONE: Final = Answer(Outcome.REFUSED, expired=True)
UNKNOWN: Final = Answer(Outcome.UNKNOWN)


class WechatMethod:
    """`page` makes the address of our own page for a number: a chat knows neither phone nor address of who pays;
    `sender` pays providers out.
    """

    code = "wechat"

    def __init__(
        self, *, keys: WechatKeys, shop: str, notify_url: str, page: Callable[[str], str],
        timeout: float = TIMEOUT_SECONDS,
    ) -> None:  # fmt: skip
        self._keys, self._shop, self._notify_url, self._page = keys, shop, notify_url, page
        platform = Platform(public_key=keys.public_key, key_id=keys.public_key_id)
        signer = Signer(
            merchant_id=keys.merchant_id, serial=keys.key_serial, private_key=keys.private_key
        )
        self._client = Client(base=keys.api_base, signer=signer, platform=platform, timeout=timeout)
        self.sender = WechatSender(
            client=self._client, platform=platform, keys=keys, notify_url=notify_url
        )
        self._notices = Notices(keys=keys, platform=platform, shop=shop)

    async def open(self, *, intent: Intent) -> Opened:
        self._only_yuan(intent.currency)
        reply = await self._client.post(
            "/v3/pay/transactions/native", self._order(intent, intent.number)
        )
        code = self._made(reply).body.get("code_url")
        if not isinstance(code, str) or not code:
            raise NoAnswer("no code")
        return Opened(self._page(intent.number), intent.number, intent.expires_at, code)

    async def open_on_phone(self, *, intent: Intent, ip: str, back: str) -> str:
        """The address that leads from a phone's browser into WeChat. Raises NoAnswer, PaymentUnavailable."""
        self._only_yuan(intent.currency)
        order = self._order(intent, orders.phone_number(intent.number)) | orders.phone_scene(ip)
        reply = await self._client.post("/v3/pay/transactions/h5", order)
        url = self._made(reply).body.get("h5_url")
        if not isinstance(url, str) or not url:
            raise NoAnswer("no address")
        joint = "&" if "?" in url else "?"
        return f"{url}{joint}redirect_url={quote(back, safe='')}"

    async def ask(self, *, intent: Intent) -> Answer:
        """Money in either of the two orders is what counts; then the other one is closed."""
        numbers = (intent.number, orders.phone_number(intent.number))
        answers = await asyncio.gather(*map(self._look, numbers))
        if _together(answers).outcome is Outcome.PAID:
            for number, answer in zip(numbers, answers, strict=True):
                if answer is not None and answer.outcome is Outcome.OPEN:
                    await self._shut(number)
        return _together(answers)

    async def close(self, *, intent: Intent) -> Answer:
        """Closing a number that was never used makes it useless, too: nobody can open it afterwards."""
        numbers = (intent.number, orders.phone_number(intent.number))
        return _together(await asyncio.gather(*map(self._close, numbers)))

    async def refund(self, *, number: str, charge: str, amount: int, currency: str) -> Answer:
        if currency != orders.CURRENCY:
            return Answer(Outcome.REFUSED)
        try:
            return await refunds.give_back(
                client=self._client, merchant_id=self._keys.merchant_id,
                notify_url=self._notify_url, number=number, charge=charge, amount=amount,
            )  # fmt: skip
        except NoAnswer:
            return UNKNOWN

    async def statement(self, *, first: datetime, end: datetime) -> list[Line] | None:
        return await statement.lines(client=self._client, first=first, end=end)

    def read_notice(self, *, raw: bytes, headers: Mapping[str, str], now: datetime) -> Fact | None:
        return self._notices.read(raw=raw, headers=headers, now=now)

    async def aclose(self) -> None:
        """Lets go of the connections."""
        await self._client.aclose()

    def _only_yuan(self, currency: str) -> None:
        if currency != orders.CURRENCY:
            raise PaymentUnavailable(self.code)

    def _order(self, intent: Intent, number: str) -> dict[str, object]:
        return orders.order(
            intent=intent, number=number, app_id=self._keys.app_id,
            merchant_id=self._keys.merchant_id, shop=self._shop, notify_url=self._notify_url,
        )  # fmt: skip

    def _made(self, reply: Reply) -> Reply:
        if reply.code in DEFINITE:
            raise PaymentUnavailable(self.code)
        if reply.code:
            raise NoAnswer(reply.code)
        return reply

    async def _look(self, number: str) -> Answer | None:
        """None: there is no order with this number."""
        path = orders.path("v3", "pay", "transactions", "out-trade-no", number)
        try:
            reply = await self._client.get(f"{path}?mchid={self._keys.merchant_id}")
        except NoAnswer:
            return UNKNOWN
        if reply.code in NEVER_MADE:
            return None
        if reply.code or not self._ours(reply, number):
            return UNKNOWN
        return orders.answer_of(reply.body)

    def _ours(self, reply: Reply, number: str) -> bool:
        known = (self._keys.merchant_id, self._keys.app_id, number)
        told = tuple(reply.body.get(name) for name in ("mchid", "appid", "out_trade_no"))
        return told == known and reply.body.get("attach", self._shop) == self._shop

    async def _close(self, number: str) -> Answer:
        code = await self._shut(number)
        if code is None:
            return UNKNOWN
        if code in {"", *NEVER_MADE}:
            return GONE
        answer = await self._look(number)
        return UNKNOWN if answer is None or answer.outcome is Outcome.OPEN else answer

    async def _shut(self, number: str) -> str | None:
        """What the platform says against it; None without an answer."""
        path = orders.path("v3", "pay", "transactions", "out-trade-no", number, "close")
        try:
            return (await self._client.post(path, {"mchid": self._keys.merchant_id})).code
        except NoAnswer:
            return None


def _together(answers: Iterable[Answer | None]) -> Answer:
    """Paid beats unknown beats open beats closed; an order that was never made says nothing beside the other."""
    told = [answer for answer in answers if answer is not None]
    for outcome in (Outcome.PAID, Outcome.UNKNOWN, Outcome.OPEN, Outcome.REFUSED):
        for answer in told:
            if answer.outcome is outcome:
                return answer
    return UNKNOWN
