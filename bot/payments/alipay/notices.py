"""Alipay's notices: first who says it, then for which app, seller and shop, then what it says of a trade.

Alipay repeats a notice for 25 hours and says nowhere that the time in it is that of the repetition, so an age of five
minutes would lose what was sent while we were away. What is let in late does no harm: a notice is kept once by its id,
and it only tells facts, which are merged.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from bot.payments.alipay.amounts import CURRENCY, minor, read_time
from bot.payments.alipay.refunds import refund_reference
from bot.payments.alipay.signing import SIGN_TYPE, good, joined
from bot.payments.alipay.trades import payment_number
from core.payments.facts import Fact, Told
from core.payments.method import NoticeRefused
from core.payments.service import our_refund

OLDEST: Final = timedelta(hours=26)
CLOCKS_DIFFER: Final = timedelta(minutes=5)
CHARSETS: Final = frozenset({"utf-8", "gbk"})
UNSIGNED: Final = ("sign", "sign_type")
PAID: Final = frozenset({"TRADE_SUCCESS", "TRADE_FINISHED"})
_CHARSET: Final = re.compile(rb"(?:^|&)charset=([\w-]{1,12})(?:&|$)", re.ASCII)
LARGEST: Final = 64 << 10


@dataclass(frozen=True, slots=True)
class Ours:
    """Whom a notice must be meant for."""

    app_id: str
    seller_id: str
    shop: str


def read_notice(*, raw: bytes, key: RSAPublicKey, ours: Ours, now: datetime) -> Fact | None:
    """Raises NoticeRefused."""
    fields = verified(raw=raw, key=key)
    _fits(fields, ours, now)
    try:
        return _fact(fields)
    except (KeyError, ValueError) as error:
        raise NoticeRefused("not a notice") from error


def verified(*, raw: bytes, key: RSAPublicKey) -> dict[str, str]:
    """The fields, if Alipay signed them all. Raises NoticeRefused."""
    if len(raw) > LARGEST:
        raise NoticeRefused("too long")
    try:
        found = _CHARSET.search(raw)
        charset = found.group(1).decode().lower() if found else "utf-8"
        if charset not in CHARSETS:
            raise NoticeRefused("charset")
        pairs = parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, strict_parsing=True, encoding=charset,
            errors="strict", max_num_fields=100,
        )  # fmt: skip
        fields = dict(pairs)
        told = {name: value for name, value in fields.items() if name not in UNSIGNED}
        data = joined(told).encode(charset)
    except ValueError as error:
        raise NoticeRefused("not a form") from error
    if len(fields) != len(pairs) or fields.get("sign_type") != SIGN_TYPE:
        raise NoticeRefused("not a form")
    if not good(data=data, signature=fields.get("sign", ""), key=key):
        raise NoticeRefused("signature")
    return told


def _fits(fields: dict[str, str], ours: Ours, now: datetime) -> None:
    if fields.get("app_id") != ours.app_id:
        raise NoticeRefused("app")
    if fields.get("seller_id") != ours.seller_id:
        raise NoticeRefused("seller")
    if fields.get("passback_params", ours.shop) != ours.shop:
        raise NoticeRefused("shop")
    try:
        age = now - read_time(fields.get("notify_time", ""))
    except ValueError as error:
        raise NoticeRefused("no time") from error
    if not -CLOCKS_DIFFER <= age <= OLDEST:
        raise NoticeRefused("too old")


def _fact(fields: dict[str, str]) -> Fact | None:
    """The notice of a refund in parts says that the trade succeeded, as that of a payment does: looked at first."""
    if fields["notify_type"] != "trade_status_sync":
        return None
    status, key = fields["trade_status"], fields["notify_id"]
    number, trade = payment_number(fields["out_trade_no"]), fields["trade_no"]
    if not (number and trade and key):
        raise ValueError("without a number")
    if _of_refund(fields):
        return _refund(fields, key, trade)
    if status in PAID:
        amount = minor(fields["total_amount"])
        return Fact(Told.PAID, number, key, reference=trade, amount=amount, currency=CURRENCY)
    return Fact(Told.EXPIRED, number, key) if status == "TRADE_CLOSED" else None


def _of_refund(fields: dict[str, str]) -> bool:
    back = minor(fields.get("refund_fee") or "0")
    return bool(back or fields.get("gmt_refund") or fields.get("out_biz_no"))


def _refund(fields: dict[str, str], key: str, trade: str) -> Fact:
    """`refund_fee` is all that ever went back of this trade: how much this time, only the book can tell."""
    total, number = minor(fields["refund_fee"]), fields.get("out_biz_no", "")
    if total <= 0 or total > minor(fields["total_amount"]):
        raise ValueError("not an amount")
    return Fact(
        Told.REFUNDED, "", key,
        reference=_reference(fields, number, trade) or key, currency=CURRENCY, charge=trade,
        total=total,
        refund_number=our_refund(number=number),
    )  # fmt: skip


def _reference(fields: dict[str, str], number: str, trade: str) -> str:
    at = fields.get("gmt_refund", "").partition(".")[0]
    return number or (refund_reference("", trade, read_time(at)) if at else "")
