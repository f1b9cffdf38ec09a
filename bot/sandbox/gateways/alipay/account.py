"""The app's trades at Alipay: made when a code is scanned or a page opened, paid, closed, given back."""

import re
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from bot.payments.alipay.amounts import read_time, written, yuan
from bot.sandbox.gateways.alipay.rules import Refused, amount, ends, number, subject
from bot.sandbox.gateways.book import Book, Thing

OFFER, TRADE, CHARGE, REFUND = "offer", "trade", "charge", "refund"
CODE_PRODUCT: Final = "FACE_TO_FACE_PAYMENT"
PRODUCTS: Final = {
    "alipay.trade.wap.pay": "QUICK_WAP_WAY", "alipay.trade.page.pay": "FAST_INSTANT_TRADE_PAY",
}  # fmt: skip
PAID: Final = ("TRADE_SUCCESS", "TRADE_FINISHED")
# What the platform has at Alipay at first, in fen.
PURSE: Final = 100_000_000


class Account:
    """One app's. All amounts in fen."""

    def __init__(self, book: Book, clock: Callable[[], datetime]) -> None:
        self._book, self._clock = book, clock

    def now(self) -> datetime:
        return self._clock()

    def offer(self, content: Mapping[str, Any], fields: Mapping[str, str]) -> Thing:
        """A code to scan; asked for again it is the same one."""
        wanted = self._wanted(content, fields, CODE_PRODUCT)
        known = self._book.find(OFFER, "offer_" + wanted["out_trade_no"])
        if known is None:
            known = wanted | {"id": "offer_" + wanted["out_trade_no"], "object": OFFER}
            known["token"] = secrets.token_hex(10)
            self._book.keep(known)
        return known

    def scanned(self, token: str) -> Thing | None:
        """Somebody holds his phone over the code: now there is a trade, if its time isn't over."""
        found = next((o for o in self._book.all(OFFER) if o["token"] == token), None)
        return self._begun(found) if found else None

    def opened(self, content: Mapping[str, Any], fields: Mapping[str, str]) -> Thing:
        """Somebody opens a signed link, perhaps when its time is over. Raises Refused."""
        signed = read_time(fields["timestamp"])
        return self._begun(self._wanted(content, fields, PRODUCTS[fields["method"]], signed))

    def _wanted(
        self, content: Mapping[str, Any], fields: Mapping[str, str], product: str,
        signed: datetime | None = None,
    ) -> Thing:  # fmt: skip
        """What is asked for, if nothing else was asked for under its number. Raises Refused."""
        wanted: Thing = {
            "out_trade_no": number(content), "amount": amount(content, "total_amount"),
            "subject": subject(content), "product": product,
            "passback_params": str(content.get("passback_params", "")),
            "notify_url": fields.get("notify_url", ""), "back": fields.get("return_url", "/"),
        }  # fmt: skip
        if content.get("product_code") != product:
            raise Refused("ACQ.INVALID_PARAMETER")
        trade = self.of(wanted["out_trade_no"])
        offer = self._book.find(OFFER, "offer_" + wanted["out_trade_no"])
        for known in (trade, offer):
            if known and (known["amount"], known["product"]) != (wanted["amount"], product):
                raise Refused("ACQ.CONTEXT_INCONSISTENT")
        if trade and trade["trade_status"] in PAID:
            raise Refused("ACQ.TRADE_HAS_SUCCESS")
        if trade and trade["trade_status"] == "TRADE_CLOSED":
            raise Refused("ACQ.TRADE_HAS_CLOSE")
        return wanted | {"ends": ends(content, signed or self.now())}

    def _begun(self, wanted: Thing) -> Thing:
        known = self.of(wanted["out_trade_no"])
        if known:
            return known
        id = f"{self.now():%Y%m%d}22001{secrets.randbelow(10**15):015d}"
        trade = wanted | {
            "id": id, "object": TRADE, "trade_status": "WAIT_BUYER_PAY", "paid": 0.0, "back_fee": 0,
            "closed": 0.0, "created": self.now().timestamp(),
        }  # fmt: skip
        self._book.keep(trade)
        return self.look(id) or trade

    def of(self, out_trade_no: str) -> Thing | None:
        found = (t for t in self._book.all(TRADE) if t["out_trade_no"] == out_trade_no)
        trade = next(found, None)
        return self.look(trade["id"]) if trade else None

    def look(self, id: str) -> Thing | None:
        """The trade as it is now: one whose time is over closes when it is looked at."""
        trade = self._book.find(TRADE, id)
        over = trade and trade["ends"] <= self.now().timestamp()
        if trade and over and trade["trade_status"] == "WAIT_BUYER_PAY":
            self._close(trade)
        return trade

    def named(self, content: Mapping[str, Any]) -> Thing:
        """By Alipay's number or ours. Raises Refused."""
        trade_no = content.get("trade_no")
        trade = self.look(str(trade_no)) if trade_no else self.of(number(content))
        if trade is None:
            raise Refused("ACQ.TRADE_NOT_EXIST")
        return trade

    def close(self, content: Mapping[str, Any]) -> Thing:
        trade = self.named(content)
        if trade["trade_status"] != "WAIT_BUYER_PAY":
            raise Refused("ACQ.TRADE_STATUS_ERROR")
        self._close(trade)
        return trade

    def pay(self, id: str) -> None:
        """The first time this trade; once more is by another trade of the same payment, for one is paid once only."""
        trade = self.look(id)
        if trade and trade["trade_status"] in PAID:
            trade = self._other(trade)
        if trade is None or trade["trade_status"] != "WAIT_BUYER_PAY":
            return
        trade |= {"trade_status": "TRADE_SUCCESS", "paid": self.now().timestamp()}
        self._book.keep(trade)
        self._book.keep({"id": "charge_" + trade["id"], "object": CHARGE} | _money(trade))
        self.move(trade["amount"])
        self._announce("trade.paid", trade)

    def _other(self, trade: Thing) -> Thing | None:
        """The trade that opens on the customer's other device."""
        base = re.sub(r"(?<=\d)[WP]$", "", trade["out_trade_no"])
        for one in (base, base + "W", base + "P"):
            known = self.of(one)
            if known is None or known["trade_status"] == "WAIT_BUYER_PAY":
                return known or self._begun(trade | {"out_trade_no": one})
        return None

    def refund(self, content: Mapping[str, Any]) -> tuple[Thing, bool]:
        """(trade, whether money moved just now): the same number moves it once."""
        trade, wanted = self.named(content), amount(content, "refund_amount")
        request = number(content, "out_request_no") if "out_request_no" in content else trade["id"]
        known = self._refund_of(trade, request)
        if known and known["amount"] != wanted:
            raise Refused("ACQ.DISCORDANT_REPEAT_REQUEST")
        if known:
            return trade, False
        if not trade["paid"]:
            raise Refused("ACQ.TRADE_STATUS_ERROR")
        if wanted > trade["amount"] - trade["back_fee"]:
            raise Refused("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL")
        if wanted > self.purse():
            raise Refused("ACQ.SELLER_BALANCE_NOT_ENOUGH")
        self._give_back(trade, request, wanted)
        return trade, True

    def _give_back(self, trade: Thing, request: str, wanted: int) -> None:
        trade["back_fee"] += wanted
        if trade["back_fee"] == trade["amount"]:
            trade |= {"trade_status": "TRADE_CLOSED", "closed": self.now().timestamp()}
        self._book.keep(trade)
        self._book.keep(
            {
                "id": f"{trade['id']}/{request}", "object": REFUND, "trade": trade["id"],
                "number": request, "amount": wanted, "created": self.now().timestamp(),
            }
        )  # fmt: skip
        self.move(-wanted)
        back = {
            "out_biz_no": request, "refund_fee": yuan(trade["back_fee"]),
            "gmt_refund": written(self.now()) + ".000",
        }  # fmt: skip
        self._announce("refund", trade, back)

    def known_refund(self, content: Mapping[str, Any]) -> Thing | None:
        return self._refund_of(self.named(content), number(content, "out_request_no"))

    def _refund_of(self, trade: Thing, request: str) -> Thing | None:
        return self._book.find(REFUND, f"{trade['id']}/{request}")

    def purse(self) -> int:
        """What the platform has at Alipay."""
        known = self._book.find("purse", "purse")
        return int(known["amount"]) if known else PURSE

    def move(self, change: int) -> None:
        self._book.keep({"id": "purse", "object": "purse", "amount": self.purse() + change})

    def _close(self, trade: Thing) -> None:
        trade |= {"trade_status": "TRADE_CLOSED", "closed": self.now().timestamp()}
        self._book.keep(trade)
        self._announce("trade.closed", trade)

    def _announce(self, kind: str, trade: Thing, more: Mapping[str, str] | None = None) -> None:
        if not trade["notify_url"]:
            return
        fields = {
            "notify_time": written(self.now()), "notify_type": "trade_status_sync",
            "notify_id": secrets.token_hex(17), "charset": "utf-8", "version": "1.0",
            "out_trade_no": trade["out_trade_no"], "trade_no": trade["id"],
            "trade_status": trade["trade_status"], "total_amount": yuan(trade["amount"]),
            "subject": trade["subject"], "buyer_logon_id": "138****0001",
            "gmt_create": moment(trade["created"]), "refund_fee": "0.00",
        } | dict(more or {})  # fmt: skip
        for name, at in (("gmt_payment", trade["paid"]), ("gmt_close", trade["closed"])):
            if at:
                fields[name] = moment(at)
        if trade["passback_params"]:
            fields["passback_params"] = trade["passback_params"]
        self._book.announce({"type": kind, "url": trade["notify_url"], "fields": fields})


def _money(trade: Thing) -> Thing:
    return {name: trade[name] for name in ("out_trade_no", "amount", "paid")}


def moment(stamp: float) -> str:
    """As Alipay writes it."""
    return written(datetime.fromtimestamp(stamp, UTC))
