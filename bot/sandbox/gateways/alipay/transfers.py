"""Money the platform sends out of its purse at Alipay: once for a number, to somebody of that name."""

import secrets
from collections.abc import Mapping
from typing import Any, Final

from bot.payments.alipay.amounts import yuan
from bot.sandbox.gateways.alipay.account import Account, moment
from bot.sandbox.gateways.alipay.rules import Refused, amount, number
from bot.sandbox.gateways.book import Book, Thing

TRANSFER: Final = "transfer"
PRODUCT: Final = ("TRANS_ACCOUNT_NO_PWD", "DIRECT_TRANSFER")
LEAST: Final = 10
# Accounts that end so are nobody's, or not this holder's: so both can be tried.
NOBODY, ANOTHER = "0000", "0001"


class Transfers:
    def __init__(self, book: Book, account: Account) -> None:
        self._book, self._account = book, account

    def send(self, content: Mapping[str, Any]) -> Thing:
        """Raises Refused."""
        wanted = self._wanted(content)
        known = self._book.find(TRANSFER, wanted["id"])
        if known:
            if any(known[name] != wanted[name] for name in ("amount", "identity", "name")):
                raise Refused("PAYMENT_INFO_INCONSISTENCY")
            return self._told(known)
        self._check(wanted)
        made = wanted | {
            "order_id": secrets.token_hex(16), "created": self._account.now().timestamp(),
        }  # fmt: skip
        self._book.keep(made)
        self._account.move(-made["amount"])
        return self._told(made)

    def known(self, content: Mapping[str, Any]) -> Thing:
        """Raises Refused."""
        _product(content)
        known = self._book.find(TRANSFER, number(content, "out_biz_no"))
        if known is None:
            raise Refused("ORDER_NOT_EXIST")
        return self._told(known)

    def _wanted(self, content: Mapping[str, Any]) -> Thing:
        _product(content)
        payee = content.get("payee_info")
        if not isinstance(payee, dict) or payee.get("identity_type") != "ALIPAY_LOGON_ID":
            raise Refused("INVALID_PARAMETER")
        identity, name = payee.get("identity"), payee.get("name")
        if not identity or not name or not content.get("order_title"):
            raise Refused("INVALID_PARAMETER")
        return {
            "id": number(content, "out_biz_no"), "object": TRANSFER,
            "amount": amount(content, "trans_amount"), "identity": identity, "name": name,
        }  # fmt: skip

    def _check(self, wanted: Thing) -> None:
        if wanted["amount"] < LEAST:
            raise Refused("EXCEED_LIMIT_SM_MIN_AMOUNT")
        if wanted["identity"].endswith(NOBODY):
            raise Refused("PAYEE_NOT_EXIST")
        if wanted["identity"].endswith(ANOTHER):
            raise Refused("PAYEE_USER_INFO_ERROR")
        if wanted["amount"] > self._account.purse():
            raise Refused("PAYER_BALANCE_NOT_ENOUGH")

    @staticmethod
    def _told(made: Thing) -> Thing:
        return {
            "out_biz_no": made["id"], "order_id": made["order_id"], "status": "SUCCESS",
            "trans_amount": yuan(made["amount"]), "trans_date": moment(made["created"]),
        }  # fmt: skip


def _product(content: Mapping[str, Any]) -> None:
    if (content.get("product_code"), content.get("biz_scene")) != PRODUCT:
        raise Refused("INVALID_PARAMETER")
