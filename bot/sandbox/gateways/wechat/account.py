"""The stand-in's account at WeChat Pay: what happens to orders and refunds, apart from HTTP."""

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.sandbox.gateways.book import Book, Thing
from bot.sandbox.gateways.wechat.keys import StandInKeys
from bot.sandbox.gateways.wechat.rules import Refused, check_order, check_part, check_refund

ORDER: Final = "wechat.order"
CHARGE: Final = "wechat.charge"
REFUND: Final = "wechat.refund"
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
PHONE: Final = "H"
WORDS: Final = {
    "SUCCESS": "支付成功",
    "REFUND": "转入退款",
    "NOTPAY": "订单未支付",
    "CLOSED": "订单已关闭",
}


class Account:
    """One shop."""

    def __init__(self, book: Book, keys: StandInKeys, clock: Callable[[], datetime]) -> None:
        self._book, self._keys, self._clock = book, keys, clock

    def now(self) -> float:
        return self._clock().timestamp()

    def create(self, body: Thing, *, kind: str, base: str) -> Thing:
        """A new order; the same number with the same words is the same order."""
        shop = (self._keys.merchant_id, self._keys.app_id)
        check_order(body, shop=shop, now=self.now(), phone=kind == "MWEB")
        known = self._known(body["out_trade_no"])
        if known is not None:
            _again(known, body, kind)
            return known
        token = secrets.token_urlsafe(9)
        order = {
            "id": body["out_trade_no"], "object": ORDER, "asked": body, "trade_type": kind,
            "state": "NOTPAY", "total": body["amount"]["total"], "transaction_id": "",
            "paid_at": 0.0, "until": _until(body, self.now()),
            "link": f"{base}/sandbox/pay/wechat/{body['out_trade_no']}?pr={token}",
        }  # fmt: skip
        self._book.keep(order)
        return order

    def order(self, number: str) -> Thing:
        """The order as it is now: one whose time is over is closed when it is looked at."""
        order = self._known(number)
        if order is None or not order["asked"]:
            raise Refused("ORDER_NOT_EXIST", "订单不存在", status=404)
        return order

    def of_charge(self, charge: str) -> Thing:
        known = self._book.find(CHARGE, charge)
        if known is None:
            raise Refused("ORDER_NOT_EXIST", "订单不存在", status=404)
        return self.order(known["order"])

    def _known(self, number: str) -> Thing | None:
        order = self._book.find(ORDER, number)
        if order and order["state"] == "NOTPAY" and order["until"] <= self.now():
            order["state"] = "CLOSED"
            self._book.keep(order)
        return order

    def close(self, number: str) -> None:
        """A number nobody has used is closed, too: it can't be used any more."""
        order = self._known(number) or {
            "id": number, "object": ORDER, "asked": {}, "trade_type": "", "state": "NOTPAY",
            "total": 0, "transaction_id": "", "paid_at": 0.0, "until": 0.0,
            "link": "",
        }  # fmt: skip
        if order["state"] in {"SUCCESS", "REFUND"}:
            raise Refused("ORDER_PAID", "订单已支付")
        order["state"] = "CLOSED"
        self._book.keep(order)

    def pay(self, number: str) -> None:
        """One order is paid once. Who pays again pays the other of the two: on the phone, or by the code."""
        for one in (number, _twin(number)):
            order = self._known(one)
            if order is None and one != number:
                order = self._twin_of(number)
            if order and order["state"] == "NOTPAY":
                self._charge(order)
                return

    def _twin_of(self, number: str) -> Thing | None:
        """As if the phone had opened it, too."""
        first = self._known(number)
        if first is None or not first["asked"] or number.endswith(PHONE):
            return None
        twin = _twin(number)
        asked = first["asked"] | {"out_trade_no": twin}
        return first | {
            "id": twin, "asked": asked, "trade_type": "MWEB", "state": "NOTPAY",
            "transaction_id": "", "until": self.now() + 300,
        }  # fmt: skip

    def _charge(self, order: Thing) -> None:
        charge = "42000" + "".join(str(secrets.randbelow(10)) for _ in range(23))
        order |= {"state": "SUCCESS", "transaction_id": charge, "paid_at": self.now()}
        self._book.keep(order)
        self._book.keep({"id": charge, "object": CHARGE, "order": order["id"]})
        self.announce("TRANSACTION.SUCCESS", self.told(order), order["asked"]["notify_url"])

    def told(self, order: Thing) -> Thing:
        """An order as the platform tells of it."""
        asked, amount = order["asked"], {"total": order["total"], "currency": "CNY"}
        said = {
            "appid": asked["appid"], "mchid": asked["mchid"], "out_trade_no": order["id"],
            "trade_state": order["state"], "trade_state_desc": WORDS[order["state"]],
            "attach": asked.get("attach", ""), "amount": amount,
        }  # fmt: skip
        if not order["transaction_id"]:
            return said
        paid = {"payer_total": order["total"], "payer_currency": "CNY"}
        return said | {
            "transaction_id": order["transaction_id"], "trade_type": order["trade_type"],
            "bank_type": "OTHERS", "success_time": stamp(order["paid_at"]),
            "payer": {"openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}, "amount": amount | paid,
        }  # fmt: skip

    def refund(self, body: Thing) -> Thing:
        """Gives a charge back, or a part of it; the same number does it once."""
        refund, total = check_refund(body)
        known = self._book.find(REFUND, body["out_refund_no"])
        if known is not None:
            if known["asked"] != body:
                raise Refused("INVALID_REQUEST", "请求重入时，参数与首次请求时不一致")
            return known
        order = self._to_refund(body)
        check_part(
            order=order, earlier=self._parts(order), refund=refund, total=total, now=self.now()
        )
        return self.give(body, order)

    def _parts(self, order: Thing) -> list[Mapping[str, Any]]:
        charge = order["transaction_id"]
        return [one for one in self._book.all(REFUND) if charge and one["charge"] == charge]

    def left(self, order: Thing) -> int:
        """What of it was not given back."""
        return int(order["total"]) - sum(int(one["refund"]) for one in self._parts(order))

    def give(self, body: Thing, order: Thing) -> Thing:
        """So much goes back, whoever asked for it."""
        refund, total = body["amount"]["refund"], body["amount"]["total"]
        made = {
            "id": body["out_refund_no"], "object": REFUND, "asked": body, "order": order["id"],
            "charge": order["transaction_id"], "refund_id": f"50300{secrets.randbelow(10**20):020d}",
            "refund": refund, "total": total, "at": self.now(), "status": "PROCESSING",
        }  # fmt: skip
        self._book.keep(order | {"state": "REFUND"})
        self._book.keep(made | {"status": "SUCCESS"})
        self.announce("REFUND.SUCCESS", self._settled(made), body.get("notify_url", ""))
        return made

    def _to_refund(self, body: Thing) -> Thing:
        order = (
            self.of_charge(body["transaction_id"])
            if "transaction_id" in body
            else self.order(body["out_trade_no"])
        )
        if not order["transaction_id"]:
            raise Refused("INVALID_REQUEST", "订单未支付")
        return order

    def known_refund(self, number: str) -> Thing:
        refund = self._book.find(REFUND, number)
        if refund is None:
            raise Refused("RESOURCE_NOT_EXISTS", "退款单不存在", status=404)
        return refund

    def told_refund(self, refund: Thing) -> Thing:
        """A refund as it is answered."""
        said = {
            "refund_id": refund["refund_id"], "out_refund_no": refund["id"],
            "transaction_id": refund["charge"], "out_trade_no": refund["order"],
            "channel": "ORIGINAL", "user_received_account": "支付用户零钱",
            "create_time": stamp(refund["at"]), "status": refund["status"],
            "funds_account": "UNSETTLED",
            "amount": _amounts(refund) | {"currency": "CNY"},
        }  # fmt: skip
        settled = refund["status"] == "SUCCESS"
        return said | ({"success_time": stamp(refund["at"])} if settled else {})

    def _settled(self, refund: Thing) -> Thing:
        """A refund as a notice tells of it."""
        return {
            "mchid": self._keys.merchant_id, "out_trade_no": refund["order"],
            "transaction_id": refund["charge"], "out_refund_no": refund["id"],
            "refund_id": refund["refund_id"], "refund_status": "SUCCESS",
            "success_time": stamp(refund["at"]), "user_received_account": "支付用户零钱",
            "amount": _amounts(refund),
        }  # fmt: skip

    def announce(self, kind: str, thing: Thing, url: str) -> None:
        """To be told to the shop."""
        notice = {"id": f"EV-{secrets.token_hex(12)}", "type": kind, "thing": thing, "url": url}
        self._book.announce(notice | {"created": stamp(self.now())})


def stamp(at: float) -> str:
    """A moment as the platform writes it."""
    return datetime.fromtimestamp(int(at), UTC).astimezone(SHANGHAI).isoformat()


def _again(known: Thing, body: Thing, kind: str) -> None:
    """Which second order with a number is the same as the first."""
    if known["trade_type"] not in {"", kind}:
        raise Refused("OUT_TRADE_NO_USED", "商户订单号重复", status=403)
    if known["asked"] != body:
        raise Refused("INVALID_REQUEST", "请求重入时，参数与首次请求时不一致")
    if known["state"] == "CLOSED":
        raise Refused("ORDER_CLOSED", "该订单已关闭")
    if known["state"] != "NOTPAY":
        raise Refused("ORDER_PAID", "该订单已支付")


def _twin(number: str) -> str:
    return number.removesuffix(PHONE) if number.endswith(PHONE) else number + PHONE


def _until(body: Thing, now: float) -> float:
    given = body.get("time_expire")
    return datetime.fromisoformat(given).timestamp() if given else now + 7200


def _amounts(refund: Thing) -> dict[str, int]:
    return {
        "total": refund["total"], "refund": refund["refund"], "payer_total": refund["total"],
        "payer_refund": refund["refund"],
    }  # fmt: skip
