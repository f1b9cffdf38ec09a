"""Key pairs of a shop and of the platform, made once for all tests; notices as the platform makes them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from bot.payments.keys import WechatKeys
from bot.payments.wechat import WechatMethod
from bot.sandbox.gateways.wechat.keys import StandInKeys, fresh
from bot.sandbox.gateways.wechat.sealing import Pen

NOW = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)
SHOP = "doorstep"


def pairs(who: str = "ours") -> StandInKeys:
    """`who`: other names have other keys."""
    return _made(who)


@cache
def _made(_who: str) -> StandInKeys:
    return fresh()


def keys(**other: str) -> WechatKeys:
    """What our method is given."""
    given = replace(pairs().for_shop(""), api_base="http://127.0.0.1:1")
    return replace(given, **other)


def method(*, shop: str = SHOP, **other: str) -> WechatMethod:
    return WechatMethod(
        keys=keys(**other), shop=shop, notify_url="https://shop.example/pay/wechat/notify",
        page=lambda number: f"https://shop.example/pay/wechat/{number}",
    )  # fmt: skip


def payment(**other: Any) -> dict[str, Any]:
    """What a payment's notice has locked in it."""
    return {
        "mchid": pairs().merchant_id, "appid": pairs().app_id, "out_trade_no": "P1234567",
        "transaction_id": "4200001", "trade_type": "NATIVE", "trade_state": "SUCCESS",
        "trade_state_desc": "支付成功", "bank_type": "OTHERS", "attach": SHOP,
        "success_time": "2026-05-04T12:00:00+08:00", "payer": {"openid": "oUpF8"},
        "amount": {"total": 6000, "payer_total": 6000, "currency": "CNY", "payer_currency": "CNY"},
    } | other  # fmt: skip


def refund(**other: Any) -> dict[str, Any]:
    """What a refund's notice has locked in it."""
    return {
        "mchid": pairs().merchant_id, "transaction_id": "4200001", "out_trade_no": "P1234567",
        "refund_id": "5030001", "out_refund_no": "R7654321", "refund_status": "SUCCESS",
        "success_time": "2026-05-04T12:00:00+08:00", "user_received_account": "零钱",
        "amount": {"total": 6000, "refund": 2000, "payer_total": 6000, "payer_refund": 2000},
    } | other  # fmt: skip


def transfer(**other: Any) -> dict[str, Any]:
    """What the notice of a transfer's end has locked in it: the merchant has another name there."""
    return {
        "mch_id": pairs().merchant_id, "out_bill_no": "W12345678", "transfer_bill_no": "1330001",
        "transfer_amount": 5000, "state": "SUCCESS", "openid": "oUpF8", "fail_reason": "",
        "create_time": "2026-05-04T12:00:00+08:00", "update_time": "2026-05-04T12:01:00+08:00",
    } | other  # fmt: skip


def notice(
    thing: Mapping[str, Any], *, kind: str = "TRANSACTION.SUCCESS", by: str = "ours",
    at: datetime = NOW, **other: Any,
) -> tuple[bytes, dict[str, str]]:  # fmt: skip
    """Body and headers, signed and locked with the keys of `by`."""
    pen = Pen(pairs(by))
    about = {"REFUND": "refund", "MCHTRANSFER": "mch_payment"}.get(
        kind.partition(".")[0], "transaction"
    )
    body = {
        "id": "EV-20260504-0001", "create_time": "2026-05-04T12:00:00+08:00",
        "resource_type": "encrypt-resource", "event_type": kind, "summary": "支付成功",
        "resource": pen.locked(thing, about=about),
    } | other  # fmt: skip
    raw = json.dumps(body, ensure_ascii=False).encode()
    return raw, pen.signed(raw=raw, at=at.timestamp())
