"""WeChat Pay's notices: who says it and when, for which shop, then what it says."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from bot.payments.keys import WechatKeys
from bot.payments.wechat.orders import CURRENCY, payment_number
from bot.payments.wechat.refunds import TOLD
from bot.payments.wechat.signing import API_V3_KEY_BYTES, NotGenuine, Platform, unlock
from core.payments.facts import Fact, Told
from core.payments.method import NoticeRefused
from core.payments.service import our_refund

TOLERANCE_SECONDS: Final = 300
ALGORITHM: Final = "AEAD_AES_256_GCM"
PAID: Final = "TRANSACTION.SUCCESS"
TRANSFERRED: Final = "MCHTRANSFER.BILL.FINISHED"
REFUNDS: Final = frozenset({"REFUND.SUCCESS", "REFUND.ABNORMAL", "REFUND.CLOSED"})


class Notices:
    """For one shop."""

    def __init__(self, *, keys: WechatKeys, platform: Platform, shop: str) -> None:
        self._keys, self._platform, self._shop = keys, platform, shop

    def read(self, *, raw: bytes, headers: Mapping[str, str], now: datetime) -> Fact | None:
        """None for one that tells nothing of ours. Raises NoticeRefused."""
        notice, thing = self.open(raw=raw, headers=headers, now=now)
        kind, key = notice.get("event_type"), notice.get("id")
        if not isinstance(key, str) or not key:
            raise NoticeRefused("not a notice")
        try:
            if kind == PAID:
                return self._payment(key, thing)
            if kind in REFUNDS:
                return self._refund(key, thing)
            if kind == TRANSFERRED:
                return self._transfer(key, thing)
        except (KeyError, TypeError, AttributeError) as error:
            raise NoticeRefused("not a notice") from error
        return None

    def open(
        self, *, raw: bytes, headers: Mapping[str, str], now: datetime
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """The notice and what was locked in it, if the platform signed these bytes within five minutes of `now`."""
        if not self._platform.key_id or len(self._keys.api_v3_key.encode()) != API_V3_KEY_BYTES:
            raise NoticeRefused("no secret")
        try:
            signed_at = self._platform.check(raw=raw, headers=headers)
            if abs(now.timestamp() - signed_at) > TOLERANCE_SECONDS:
                raise NoticeRefused("too old")
            notice = json.loads(raw)
            return notice, self._unlock(notice["resource"])
        except NotGenuine as error:
            raise NoticeRefused(str(error)) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NoticeRefused("not a notice") from error

    def _unlock(self, locked: dict[str, Any]) -> dict[str, Any]:
        if locked["algorithm"] != ALGORITHM:
            raise NotGenuine("algorithm")
        thing = json.loads(
            unlock(
                ciphertext=locked["ciphertext"], nonce=locked["nonce"],
                about=locked.get("associated_data") or "", api_v3_key=self._keys.api_v3_key,
            )
        )  # fmt: skip
        # A transfer's notice has another name for it than all others.
        if thing.get("mchid", thing.get("mch_id")) != self._keys.merchant_id:
            raise NotGenuine("shop")
        return dict(thing)

    def _payment(self, key: str, thing: dict[str, Any]) -> Fact | None:
        if (thing["appid"], thing["attach"]) != (self._keys.app_id, self._shop):
            raise NoticeRefused("shop")
        if thing["trade_state"] != "SUCCESS":
            return None
        number, amount = payment_number(_text(thing["out_trade_no"])), thing["amount"]
        return Fact(
            Told.PAID, number, key, reference=_text(thing["transaction_id"]),
            amount=_fen(amount["total"]), currency=_yuan(amount),
        )  # fmt: skip

    def _refund(self, key: str, thing: dict[str, Any]) -> Fact | None:
        told = TOLD.get(thing["refund_status"])
        if told is None:
            return None
        amount = thing["amount"]
        return Fact(
            told, "", key, reference=_text(thing["refund_id"]), amount=_fen(amount["refund"]),
            currency=_yuan(amount), charge=_text(thing["transaction_id"]),
            refund_number=our_refund(number=_text(thing["out_refund_no"])),
        )  # fmt: skip

    @staticmethod
    def _transfer(key: str, thing: dict[str, Any]) -> Fact:
        """That a transfer came to its end; to which is asked for."""
        return Fact(
            Told.PAYOUT_ENDED, _text(thing["out_bill_no"]), key,
            reference=_text(thing["transfer_bill_no"]), amount=_fen(thing["transfer_amount"]),
            currency=CURRENCY,
        )  # fmt: skip


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise NoticeRefused("not a notice")
    return value


def _fen(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise NoticeRefused("not a notice")
    return value


def _yuan(amount: Mapping[str, Any]) -> str:
    """A refund's notice names no currency: there is only one."""
    return _text(amount.get("currency", CURRENCY))
