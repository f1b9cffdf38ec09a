"""Money the shop sends to people in WeChat: once for a number, ready for a day, theirs once they say yes."""

import secrets
from collections.abc import Callable
from typing import Any, Final

from bot.sandbox.gateways.book import Book, Thing
from bot.sandbox.gateways.wechat.account import Account, stamp
from bot.sandbox.gateways.wechat.keys import StandInKeys
from bot.sandbox.gateways.wechat.rules import Refused, check_transfer

TRANSFER: Final = "wechat.transfer"
PURSE: Final = "wechat.purse"
FULL: Final = 100_000_000
DAY_SECONDS: Final = 86_400
SAME: Final = ("openid", "amount", "name")
OPEN: Final = "WAIT_USER_CONFIRM"


class Transfers:
    """`unlock` reads a name; raises ValueError."""

    def __init__(
        self, book: Book, account: Account, keys: StandInKeys, unlock: Callable[[str], str]
    ) -> None:
        self._book, self._account, self._keys, self._unlock = book, account, keys, unlock

    def send(self, body: Thing) -> Thing:
        """Raises Refused."""
        check_transfer(body, app_id=self._keys.app_id)
        wanted = {
            "openid": body["openid"], "amount": body["transfer_amount"], "name": self._name(body),
        }  # fmt: skip
        known = self._look(body["out_bill_no"])
        if known is None:
            known = self._made(body, wanted)
        elif any(known[name] != wanted[name] for name in SAME):
            raise Refused("INVALID_REQUEST", "请求重入时，参数与首次请求时不一致")
        said = {
            "out_bill_no": known["id"], "transfer_bill_no": known["bill"],
            "create_time": stamp(known["at"]), "state": known["state"],
        }  # fmt: skip
        return said | ({"package_info": known["package"]} if known["state"] == OPEN else {})

    def _name(self, body: Thing) -> str:
        try:
            return self._unlock(body["user_name"]) if "user_name" in body else ""
        except ValueError:
            raise Refused("PARAM_ERROR", "user_name 解密失败") from None

    def _made(self, body: Thing, wanted: Thing) -> Thing:
        if wanted["amount"] > self.purse():
            raise Refused("NOT_ENOUGH", "商户运营账户资金不足", status=403)
        made = wanted | {
            "id": body["out_bill_no"], "object": TRANSFER, "state": OPEN, "at": self._account.now(),
            "bill": f"1330{secrets.randbelow(10**30):030d}", "package": secrets.token_urlsafe(48),
            "remark": body["transfer_remark"], "url": body["notify_url"], "why": "",
        }  # fmt: skip
        self.move(-made["amount"])
        self._book.keep(made)
        return made

    def asked(self, number: str) -> Thing:
        """Raises Refused."""
        known = self._look(number)
        if known is None:
            raise Refused("NOT_FOUND", "记录不存在", status=404)
        return self._told(known)

    def call_off(self, number: str) -> Thing:
        """Raises Refused."""
        known = self._look(number)
        if known is None:
            raise Refused("NOT_FOUND", "记录不存在", status=404)
        if known["state"] == OPEN:
            self.end(known, "CANCELLED")
        elif known["state"] != "CANCELLED":
            raise Refused("INVALID_REQUEST", "当前状态不可撤销")
        return self._told(known) | {"state": "CANCELING"}

    def of_package(self, package: str) -> Thing | None:
        """What the app shows its user."""
        mine = (one for one in self._book.all(TRANSFER) if one["package"] == package)
        found = next(mine, None)
        return self._look(found["id"]) if found else None

    def end(self, known: Thing, state: str, why: str = "") -> None:
        """For good, and the shop is told."""
        known |= {"state": state, "why": why}
        self._book.keep(known)
        if state != "SUCCESS":
            self.move(known["amount"])
        told = self._told(known)
        self._account.announce("MCHTRANSFER.BILL.FINISHED", told, known["url"])

    def purse(self) -> int:
        kept = self._book.find(PURSE, PURSE)
        return int(kept["fen"]) if kept else FULL

    def move(self, fen: int) -> None:
        self._book.keep({"id": PURSE, "object": PURSE, "fen": self.purse() + fen})

    def _look(self, number: str) -> Thing | None:
        """As it is now: what nobody took within a day is closed when it is looked at."""
        known = self._book.find(TRANSFER, number)
        if known and known["state"] == OPEN and known["at"] + DAY_SECONDS <= self._account.now():
            self.end(known, "FAIL", "OVERDUE_CLOSE")
        return known

    def _told(self, known: Thing) -> Thing:
        said: dict[str, Any] = {
            "mch_id": self._keys.merchant_id, "out_bill_no": known["id"],
            "transfer_bill_no": known["bill"], "appid": self._keys.app_id, "state": known["state"],
            "transfer_amount": known["amount"], "transfer_remark": known["remark"],
            "openid": known["openid"], "create_time": stamp(known["at"]),
            "update_time": stamp(self._account.now()),
        }  # fmt: skip
        return said | ({"fail_reason": known["why"]} if known["why"] else {})
