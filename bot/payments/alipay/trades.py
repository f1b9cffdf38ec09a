"""Up to three trades stand behind one payment: the code to scan, the phone's page and the computer's page.

Alipay lets a number be used with one of its products only, so the pages have the payment's number with a letter added.
"""

import asyncio
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from bot.payments.alipay.amounts import CURRENCY, minor, written, yuan
from bot.payments.alipay.client import Client
from bot.payments.alipay.codes import NOT_OPEN, NOT_THERE
from bot.payments.alipay.reply import Reply
from core.payments.method import Answer, Intent, NoAnswer, Outcome

CODE, PHONE, COMPUTER = "", "W", "P"
TRADES: Final = (CODE, PHONE, COMPUTER)
PRODUCTS: Final = {
    CODE: ("alipay.trade.precreate", "FACE_TO_FACE_PAYMENT"),
    PHONE: ("alipay.trade.wap.pay", "QUICK_WAP_WAY"),
    COMPUTER: ("alipay.trade.page.pay", "FAST_INSTANT_TRADE_PAY"),
}
_MADE: Final = re.compile(r"(.*\d)[WP]?", re.DOTALL)
# Alipay refuses titles with the signs that part the fields of a form, and long ones.
_TITLE: Final = re.compile(r"[^\w\s+,.()（）·:：-]|_")
TITLE_MOST: Final = 100
# What came first of these about three trades is true of the payment.
_FIRST: Final = (Outcome.PAID, Outcome.UNKNOWN, Outcome.OPEN, Outcome.REFUSED)


def payment_number(out_trade_no: str) -> str:
    """Ours again, whichever of its trades was paid."""
    found = _MADE.fullmatch(out_trade_no)
    return found.group(1) if found else out_trade_no


def content(intent: Intent, trade: str, shop: str) -> dict[str, Any]:
    """What is asked for; each ends by itself with the payment, so a link left open somewhere can't be paid later."""
    return {
        "out_trade_no": f"{intent.number}{trade}",
        "total_amount": yuan(intent.amount),
        "subject": " ".join(_TITLE.sub(" ", intent.title).split())[:TITLE_MOST]
        or intent.order_number,
        "product_code": PRODUCTS[trade][1],
        "time_expire": written(intent.expires_at),
        "passback_params": shop,
    }


class Trades:
    """Asks about all trades of a payment, and closes them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def ask(self, intent: Intent, now: datetime) -> Answer:
        return _whole(await asyncio.gather(*(self._one(intent, t, now) for t in TRADES)))

    async def close(self, intent: Intent, now: datetime) -> Answer:
        """A trade that nobody opened can't be closed: it stays open until its time is over."""
        ended = await asyncio.gather(*(self._end(intent, trade) for trade in TRADES))
        answer = await self.ask(intent, now)
        lost = answer.outcome is Outcome.OPEN and not all(ended)
        return Answer(Outcome.UNKNOWN) if lost else answer

    async def _one(self, intent: Intent, trade: str, now: datetime) -> Answer:
        number = f"{intent.number}{trade}"
        try:
            reply = await self._client.call("alipay.trade.query", {"out_trade_no": number})
        except NoAnswer:
            return Answer(Outcome.UNKNOWN)
        if reply.why in NOT_THERE:
            over = now >= intent.expires_at
            return Answer(Outcome.REFUSED, expired=True) if over else Answer(Outcome.OPEN)
        if not reply.ok or reply.text("out_trade_no") != number:
            return Answer(Outcome.UNKNOWN)
        return _told(reply)

    async def _end(self, intent: Intent, trade: str) -> bool:
        """Whether Alipay said anything to it; what it came to tells the question that follows."""
        content = {"out_trade_no": f"{intent.number}{trade}"}
        try:
            reply = await self._client.call("alipay.trade.close", content)
        except NoAnswer:
            return False
        return reply.ok or reply.why in NOT_OPEN


def _told(reply: Reply) -> Answer:
    status = reply.text("trade_status")
    if status == "WAIT_BUYER_PAY":
        return Answer(Outcome.OPEN)
    # A trade that was given back in full is closed, too, but it had been paid.
    paid = status in ("TRADE_SUCCESS", "TRADE_FINISHED") or reply.text("send_pay_date")
    if status == "TRADE_CLOSED" and not paid:
        return Answer(Outcome.REFUSED, expired=True)
    try:
        amount = minor(reply.text("total_amount"))
    except ValueError:
        return Answer(Outcome.UNKNOWN)
    trade_no = reply.text("trade_no")
    if not paid or not trade_no:
        return Answer(Outcome.UNKNOWN)
    return Answer(Outcome.PAID, amount, CURRENCY, trade_no)


def _whole(answers: Iterable[Answer]) -> Answer:
    return min(answers, key=lambda answer: _FIRST.index(answer.outcome))
