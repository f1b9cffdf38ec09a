"""WeChat Pay's side of the wire: its addresses, its signature on what it says, ours checked on what it hears."""

import gzip
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from aiohttp import web

from bot.sandbox.gateways.bill import Bill, State
from bot.sandbox.gateways.book import Thing
from bot.sandbox.gateways.notices import Letter
from bot.sandbox.gateways.stand_in import Handler, StandIn
from bot.sandbox.gateways.wechat.account import CHARGE, ORDER, REFUND, Account
from bot.sandbox.gateways.wechat.keys import StandInKeys
from bot.sandbox.gateways.wechat.rules import Refused, wrong
from bot.sandbox.gateways.wechat.sealing import Pen
from bot.sandbox.gateways.wechat.statement import day_of, table
from bot.sandbox.gateways.wechat.transfers import TRANSFER, Transfers
from bot.sandbox.gateways.wechat.weixin import Weixin

BASE: Final = "/sandbox/wechat"
STATES: Final = {"NOTPAY": State.OPEN, "CLOSED": State.EXPIRED}
TROUBLE: Final = {"500": (500, "SYSTEM_ERROR"), "unknown_code": (400, "SOMETHING_NEW")}
ABOUT: Final = {"TRANSACTION": "transaction", "REFUND": "refund", "MCHTRANSFER": "mch_payment"}
BILLS: Final = f"{BASE}/v3/fund-app/mch-transfer/transfer-bills"
Call = Callable[[web.Request, Thing], Thing | None]


class WechatStandIn(StandIn):
    """One shop at WeChat Pay."""

    code = "wechat"
    kinds = MappingProxyType(
        {"orders": ORDER, "charges": CHARGE, "refunds": REFUND, "transfers": TRANSFER}
    )

    def __init__(self, keys: StandInKeys, **rest: Any) -> None:
        super().__init__(**rest)
        self._keys, self._pen = keys, Pen(keys)
        self.account = Account(self.book, keys, self._clock)
        self.transfers = Transfers(self.book, self.account, keys, self._pen.unlocked)
        self._weixin = Weixin(keys, self.transfers, shop=self._shop, ring=self.notices.ring)

    def calls(self) -> Sequence[web.RouteDef]:
        transactions, refunds = (
            f"{BASE}/v3/pay/transactions",
            f"{BASE}/v3/refund/domestic/refunds",
        )
        return [
            web.post(f"{transactions}/native", self._api(self._native)),
            web.post(f"{transactions}/h5", self._api(self._phone)),
            web.get(f"{transactions}/out-trade-no/{{number}}", self._api(self._order)),
            web.get(f"{transactions}/id/{{charge}}", self._api(self._charge)),
            web.post(f"{transactions}/out-trade-no/{{number}}/close", self._api(self._close)),
            web.post(refunds, self._api(self._refund)),
            web.get(f"{refunds}/{{number}}", self._api(self._known_refund)),
            web.post(BILLS, self._api(self._transfer)),
            web.get(f"{BILLS}/out-bill-no/{{number}}", self._api(self._known_transfer)),
            web.post(f"{BILLS}/out-bill-no/{{number}}/cancel", self._api(self._call_off)),
            *self._weixin.pages(),
            web.get(f"{BASE}/v3/bill/tradebill", self._api(self._statement)),
            web.get(f"{BASE}/v3/billdownload/file", self.answering(self._file)),
        ]

    def letter(self, notice: Thing) -> Letter:
        kind = notice["type"]
        body = {
            "id": notice["id"], "create_time": notice["created"],
            "resource_type": "encrypt-resource", "event_type": kind, "summary": kind,
            "resource": self._pen.locked(notice["thing"], about=ABOUT[kind.partition(".")[0]]),
        }  # fmt: skip
        raw = json.dumps(body, ensure_ascii=False).encode()
        return Letter(raw, self._pen.signed(raw=raw, at=self.account.now()), notice["url"])

    def heard(self, status: int, body: bytes) -> bool:
        return status in {200, 204}

    def trouble(self, kind: str) -> web.Response:
        status, code = TROUBLE[kind]
        return self._said(status, {"code": code, "message": "系统异常，请稍后重试"})

    def named(self, request: web.Request, raw: bytes) -> str:
        """The number to its end: that of the order for the phone begins like the other."""
        return f"({request.match_info.get('number', '')})"

    def bill(self, id: str) -> Bill | None:
        try:
            order = self.account.order(id)
        except Refused:
            return None
        return Bill(
            title=order["asked"]["description"], amount=order["total"], currency="CNY",
            state=STATES.get(order["state"], State.PAID), left=self.account.left(order),
        )  # fmt: skip

    def pay(self, id: str) -> None:
        self.account.pay(id)

    def give_back(self, id: str, amount: int) -> None:
        """The desk gives its refunds numbers of its own, and nobody of us waits for the minute between two parts."""
        order = self.account.order(id)
        self.account.give(
            {
                "transaction_id": order["transaction_id"],
                "out_refund_no": f"{secrets.randbelow(10**18):018d}",
                "notify_url": order["asked"]["notify_url"],
                "amount": {"refund": amount, "total": order["total"], "currency": "CNY"},
            },
            order,
        )  # fmt: skip

    def _api(self, call: Call) -> Handler:
        def answer(request: web.Request, raw: bytes) -> web.Response:
            if refusal := self._unsigned(request, raw):
                return refusal
            try:
                said = call(request, _object(raw))
            except Refused as refused:
                return self._said(refused.status, refused.body)
            return self._said(204 if said is None else 200, said)

        return self.answering(answer)

    def _unsigned(self, request: web.Request, raw: bytes) -> web.Response | None:
        """Who isn't known is answered without a signature."""
        fault = self._pen.wrong(
            verb=request.method, target=request.raw_path.removeprefix(BASE), raw=raw,
            authorization=request.headers.get("Authorization", ""), now=time.time(),
        )  # fmt: skip
        if not fault:
            return None
        body = {"code": "SIGN_ERROR", "message": "签名错误", "detail": {"field": fault}}
        return web.json_response(body, status=401)

    def _said(self, status: int, said: Thing | None) -> web.Response:
        raw = b"" if said is None else json.dumps(said, ensure_ascii=False).encode()
        headers = self._pen.signed(raw=raw, at=self.account.now())
        return web.Response(status=status, body=raw, headers=headers)

    def _native(self, request: web.Request, body: Thing) -> Thing:
        order = self.account.create(body, kind="NATIVE", base=_here(request))
        return {"code_url": order["link"]}

    def _phone(self, request: web.Request, body: Thing) -> Thing:
        order = self.account.create(body, kind="MWEB", base=_here(request))
        return {"h5_url": order["link"]}

    def _order(self, request: web.Request, _body: Thing) -> Thing:
        self._own(request.query.get("mchid"))
        return self.account.told(self.account.order(request.match_info["number"]))

    def _charge(self, request: web.Request, _body: Thing) -> Thing:
        self._own(request.query.get("mchid"))
        return self.account.told(self.account.of_charge(request.match_info["charge"]))

    def _close(self, request: web.Request, body: Thing) -> None:
        self._own(body.get("mchid"))
        self.account.close(request.match_info["number"])

    def _refund(self, _request: web.Request, body: Thing) -> Thing:
        return self.account.told_refund(self.account.refund(body))

    def _known_refund(self, request: web.Request, _body: Thing) -> Thing:
        return self.account.told_refund(self.account.known_refund(request.match_info["number"]))

    def _transfer(self, request: web.Request, body: Thing) -> Thing:
        if "user_name" in body and request.headers.get("Wechatpay-Serial") != self._keys.key_id:
            raise wrong("Wechatpay-Serial")
        return self.transfers.send(body)

    def _known_transfer(self, request: web.Request, _body: Thing) -> Thing:
        return self.transfers.asked(request.match_info["number"])

    def _call_off(self, request: web.Request, _body: Thing) -> Thing:
        return self.transfers.call_off(request.match_info["number"])

    def _own(self, merchant_id: Any) -> None:
        if merchant_id != self._keys.merchant_id:
            raise wrong("mchid")

    def _statement(self, request: web.Request, _body: Thing) -> Thing:
        if request.query.get("bill_type", "ALL") != "ALL":
            raise wrong("bill_type")
        day = request.query.get("bill_date", "")
        digest = hashlib.sha1(self._table(day)).hexdigest()
        url = f"{_here(request)}{BASE}/v3/billdownload/file?token={day}"
        return {"hash_type": "SHA1", "hash_value": digest, "download_url": url}

    def _file(self, request: web.Request, raw: bytes) -> web.Response:
        """The file itself carries no signature; its digest was told in an answer that does."""
        if refusal := self._unsigned(request, raw):
            return refusal
        return web.Response(body=gzip.compress(self._table(request.query.get("token", ""))))

    def _table(self, text: str) -> bytes:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise wrong("bill_date") from None
        if day >= day_of(self.account.now()):
            raise Refused("STATEMENT_CREATING", "账单生成中")
        orders = [o for o in self.book.all(ORDER) if o["transaction_id"]]
        paid = [one for one in orders if day_of(one["paid_at"]) == day]
        back = [one for one in self.book.all(REFUND) if day_of(one["at"]) == day]
        if not paid and not back:
            raise Refused("NO_STATEMENT_EXIST", "账单文件不存在")
        by_number = {one["id"]: one for one in orders}
        return table(orders=paid, refunds=back, by_number=by_number).encode("utf-8-sig")


def _here(request: web.Request) -> str:
    return f"{request.scheme}://{request.host}"


def _object(raw: bytes) -> Thing:
    try:
        body = json.loads(raw) if raw else {}
    except ValueError:
        raise wrong("body") from None
    if not isinstance(body, dict):
        raise wrong("body")
    return body
