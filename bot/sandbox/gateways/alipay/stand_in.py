"""Alipay's side of the wire: one address for all calls, signatures both ways, codes to scan and pages to open."""

import json
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from aiohttp import web

from bot.payments.alipay.amounts import yuan
from bot.payments.alipay.signing import joined, private_key, public_key, sign
from bot.sandbox.gateways.alipay.account import (
    CHARGE,
    OFFER,
    PRODUCTS,
    REFUND,
    TRADE,
    Account,
    moment,
)
from bot.sandbox.gateways.alipay.bills import BILLS
from bot.sandbox.gateways.alipay.keys import GATEWAY, StandInKeys
from bot.sandbox.gateways.alipay.rules import Refused, checked
from bot.sandbox.gateways.alipay.transfers import TRANSFER, Transfers
from bot.sandbox.gateways.bill import Bill, State
from bot.sandbox.gateways.book import Thing
from bot.sandbox.gateways.notices import Letter
from bot.sandbox.gateways.stand_in import StandIn

FORM: Final = "application/x-www-form-urlencoded; charset=utf-8"
STATES: Final = {"WAIT_BUYER_PAY": State.OPEN, "TRADE_CLOSED": State.EXPIRED}
Call = Callable[[Mapping[str, Any], Mapping[str, str], str], Thing]


class AlipayStandIn(StandIn):
    """One app at Alipay, and the account its money is in."""

    code = "alipay"
    kinds = MappingProxyType(
        {
            "offers": OFFER,
            "trades": TRADE,
            "charges": CHARGE,
            "refunds": REFUND,
            "transfers": TRANSFER,
        }
    )

    def __init__(self, keys: StandInKeys, **rest: Any) -> None:
        super().__init__(**rest)
        self._keys = keys
        self._sealing, self._app = private_key(keys.alipay.private), public_key(keys.app.public)
        self.account = Account(self.book, self._clock)
        self.transfers = Transfers(self.book, self.account)
        self._calls: dict[str, Call] = {
            "alipay.trade.precreate": self._offer,
            "alipay.trade.query": self._query,
            "alipay.trade.close": self._close,
            "alipay.trade.refund": self._refund,
            "alipay.trade.fastpay.refund.query": self._known_refund,
            "alipay.data.dataservice.bill.downloadurl.query": self._bill_url,
            "alipay.fund.trans.uni.transfer": lambda c, _f, _b: self.transfers.send(c),
            "alipay.fund.trans.common.query": lambda c, _f, _b: self.transfers.known(c),
        }

    def calls(self) -> Sequence[web.RouteDef]:
        return [
            web.post(GATEWAY, self.answering(self._answer)),
            web.get(GATEWAY, self.answering(self._open)),
            web.get("/sandbox/alipay/qr/{token}", self.answering(self._scan)),
            web.get("/sandbox/alipay/bill/{kind}/{day}", self.answering(self._bill)),
        ]

    def named(self, request: web.Request, raw: bytes) -> str:
        form = dict(parse_qsl(raw.decode("utf-8", "replace"))) or request.query
        content = str(form.get("biz_content", ""))
        number = re.search(r'"out_trade_no":"(\w+)"', content)
        return f"{form.get('method', '')} ({number[1] if number else ''})"

    def letter(self, notice: Thing) -> Letter:
        told = notice["fields"] | {
            "app_id": self._keys.app_id, "seller_id": self._keys.seller_id,
        }  # fmt: skip
        signature = sign(data=joined(told).encode(), key=self._sealing)
        body = urlencode(told | {"sign": signature, "sign_type": "RSA2"})
        return Letter(body.encode(), {"Content-Type": FORM}, notice["url"])

    def heard(self, status: int, body: bytes) -> bool:
        return status == 200 and body == b"success"

    def trouble(self, kind: str) -> web.Response:
        if kind == "500":
            return web.Response(status=502, text="<html>Bad Gateway</html>")
        return self._signed("error", Refused("ACQ.SOMETHING_NEW").body)

    def bill(self, id: str) -> Bill | None:
        trade = self.account.look(id)
        if trade is None:
            return None
        state = State.PAID if trade["paid"] else STATES[trade["trade_status"]]
        return Bill(
            title=trade["subject"], amount=trade["amount"], currency="CNY", state=state,
            back=trade["back"] or "/", left=trade["amount"] - trade["back_fee"],
        )  # fmt: skip

    def pay(self, id: str) -> None:
        self.account.pay(id)

    def give_back(self, id: str, amount: int) -> None:
        """The desk gives its refunds numbers of its own."""
        number = f"{self.account.now():%Y%m%d}{secrets.randbelow(10**16):016d}"
        self.account.refund(
            {"trade_no": id, "refund_amount": yuan(amount), "out_request_no": number}
        )

    def _answer(self, request: web.Request, raw: bytes) -> web.Response:
        fields = dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True))
        method = fields.get("method", "")
        try:
            content = checked(fields, app_id=self._keys.app_id, key=self._app)
            if method not in self._calls:
                raise Refused("isv.invalid-method", code="40002")
            body = self._calls[method](content, fields, f"{request.scheme}://{request.host}")
        except Refused as refused:
            return self._signed(method.replace(".", "_"), refused.body)
        done = {"code": "10000", "msg": "Success"}
        return self._signed(method.replace(".", "_"), done | body)

    def _signed(self, name: str, body: Thing) -> web.Response:
        """The answer in a spelling that no reader would give it by itself: only the text as it came fits."""
        text = json.dumps(body, ensure_ascii=False, separators=(" ,", " : ")).replace("/", "\\/")
        signature = sign(data=text.encode(), key=self._sealing)
        answer = f'{{"{name}_response":{text},"sign":"{signature}"}}'
        return web.Response(text=answer, content_type="text/html", charset="utf-8")

    def _open(self, request: web.Request, _raw: bytes) -> web.Response:
        try:
            return _to_page(self.opened(dict(request.query)))
        except Refused as refused:
            return web.Response(status=400, text=f"{refused}")

    def opened(self, fields: Mapping[str, str]) -> Thing:
        """A signed link is opened in a browser; once more, it shows what became of it. Raises Refused."""
        content = checked(fields, app_id=self._keys.app_id, key=self._app)
        if fields["method"] not in PRODUCTS:
            raise Refused("isv.invalid-method", code="40002")
        known = self.account.of(str(content.get("out_trade_no", "")))
        return known or self.account.opened(content, fields)

    def _scan(self, request: web.Request, _raw: bytes) -> web.Response:
        trade = self.account.scanned(request.match_info["token"])
        return _to_page(trade) if trade else web.Response(status=404, text="no such code")

    def _offer(self, content: Mapping[str, Any], fields: Mapping[str, str], base: str) -> Thing:
        offer = self.account.offer(content, fields)
        code = f"{base}/sandbox/alipay/qr/{offer['token']}"
        return {"out_trade_no": offer["out_trade_no"], "qr_code": code}

    def _query(self, content: Mapping[str, Any], _fields: Mapping[str, str], _base: str) -> Thing:
        trade = self.account.named(content)
        told = {
            "trade_no": trade["id"], "out_trade_no": trade["out_trade_no"],
            "trade_status": trade["trade_status"], "total_amount": yuan(trade["amount"]),
            "buyer_logon_id": "138****0001",
        }  # fmt: skip
        return told | ({"send_pay_date": moment(trade["paid"])} if trade["paid"] else {})

    def _close(self, content: Mapping[str, Any], _fields: Mapping[str, str], _base: str) -> Thing:
        trade = self.account.close(content)
        return {"trade_no": trade["id"], "out_trade_no": trade["out_trade_no"]}

    def _refund(self, content: Mapping[str, Any], _fields: Mapping[str, str], _base: str) -> Thing:
        trade, moved = self.account.refund(content)
        return {
            "trade_no": trade["id"], "out_trade_no": trade["out_trade_no"],
            "refund_fee": yuan(trade["back_fee"]), "fund_change": "Y" if moved else "N",
        }  # fmt: skip

    def _known_refund(
        self, content: Mapping[str, Any], _fields: Mapping[str, str], _base: str
    ) -> Thing:
        """One that never was is told by what is missing in the answer."""
        refund = self.account.known_refund(content)
        if refund is None:
            return {}
        return {
            "out_request_no": refund["number"], "refund_amount": yuan(refund["amount"]),
            "refund_status": "REFUND_SUCCESS",
        }  # fmt: skip

    def _bill_url(self, content: Mapping[str, Any], _fields: Mapping[str, str], base: str) -> Thing:
        try:
            day = date.fromisoformat(str(content.get("bill_date")))
        except ValueError as error:
            raise Refused("INVAILID_ARGUMENTS") from error
        kind = str(content.get("bill_type"))
        if kind not in BILLS or BILLS[kind](self.book, day) is None:
            raise Refused("BILL_NOT_EXIST")
        return {"bill_download_url": f"{base}/sandbox/alipay/bill/{kind}/{day}"}

    def _bill(self, request: web.Request, _raw: bytes) -> web.Response:
        wanted = request.match_info
        made = BILLS[wanted["kind"]](self.book, date.fromisoformat(wanted["day"]))
        return web.Response(body=made or b"", content_type="application/zip")


def _to_page(trade: Thing) -> web.Response:
    return web.Response(status=303, headers={"Location": f"/sandbox/pay/alipay/{trade['id']}"})
