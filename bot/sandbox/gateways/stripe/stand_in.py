"""Stripe's side of the wire: its addresses, its keys for repeating a call, its signature."""

import hmac
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import parse_qsl

from aiohttp import web

from bot.payments.stripe.amounts import from_stripe
from bot.sandbox.gateways.bill import Act, Bill, State
from bot.sandbox.gateways.book import Thing
from bot.sandbox.gateways.notices import Letter
from bot.sandbox.gateways.stand_in import Handler, StandIn
from bot.sandbox.gateways.stripe.account import Account
from bot.sandbox.gateways.stripe.disputes import DISPUTE, Disputes
from bot.sandbox.gateways.stripe.rules import Refused, unfold

API: Final = "/sandbox/stripe/v1"
KEYS_LIVE_SECONDS: Final = 24 * 3600
STATES: Final = {"open": State.OPEN, "complete": State.PAID, "expired": State.EXPIRED}
TROUBLE: Final = {"500": (500, "api_error"), "unknown_code": (402, "something_new")}
Form = dict[str, Any]
Call = Callable[[web.Request, Form], Thing]


class StripeStandIn(StandIn):
    """One Stripe account in test mode."""

    code = "stripe"
    kinds = MappingProxyType(
        {
            "sessions": "checkout.session",
            "charges": "payment_intent",
            "refunds": "refund",
            "disputes": DISPUTE,
        }
    )

    def __init__(self, secret_key: str, webhook_secret: str, **rest: Any) -> None:
        super().__init__(**rest)
        self._key, self._secret = secret_key, webhook_secret
        self.account = Account(self.book, self._clock)
        self.disputes = Disputes(self.book, self.account)

    def calls(self) -> Sequence[web.RouteDef]:
        return [
            web.post(f"{API}/checkout/sessions", self._api(self._create)),
            web.get(f"{API}/checkout/sessions", self._api(self._list)),
            web.get(f"{API}/checkout/sessions/{{id}}", self._api(self._read)),
            web.post(f"{API}/checkout/sessions/{{id}}/expire", self._api(self._expire)),
            web.post(f"{API}/refunds", self._api(self._refund)),
            web.get(f"{API}/refunds", self._api(self._list_refunds)),
            web.get(f"{API}/balance_transactions", self._api(self._list_movements)),
        ]

    def letter(self, notice: Thing) -> Letter:
        body = json.dumps(notice)
        signature = sign(body=body, secret=self._secret, at=self._clock())
        return Letter(
            body.encode(), {"Stripe-Signature": signature, "Content-Type": "application/json"}
        )

    def heard(self, status: int, body: bytes) -> bool:
        return 200 <= status < 300

    def trouble(self, kind: str) -> web.Response:
        status, name = TROUBLE[kind]
        error = {"error": {"type": name, "message": "Something went wrong."}}
        return web.json_response(error, status=status)

    def bill(self, id: str) -> Bill | None:
        try:
            session = self.account.session(id)
        except Refused:
            return None
        return Bill(
            title=session["title"],
            amount=from_stripe(amount=session["amount_total"], currency=session["currency"].upper()),
            currency=session["currency"].upper(), state=STATES[session["status"]],
            language=session["locale"] or "auto", back=session["success_url"] or "/",
            left=self.account.left(self.account.charge_of(id)),
            acts=self.disputes.acts(self.account.charge_of(id)),
        )  # fmt: skip

    def pay(self, id: str) -> None:
        self.account.pay(id)

    def give_back(self, id: str, amount: int) -> None:
        charge = self.account.charge_of(id)
        if charge:
            self.account.refund({"payment_intent": charge["id"], "amount": str(amount)})

    def happen(self, id: str, act: Act) -> None:
        if charge := self.account.charge_of(id):
            self.disputes.happen(act, charge)

    def _api(self, call: Call) -> Handler:
        def answer(request: web.Request, raw: bytes) -> web.Response:
            status, body = self._once(call, request, raw.decode())
            return web.json_response(body, status=status)

        return self.answering(answer)

    def _once(self, call: Call, request: web.Request, raw: str) -> tuple[int, Thing]:
        """What Stripe answers, and remembers for the idempotency key."""
        if request.headers.get("Authorization") != f"Bearer {self._key}":
            return 401, Refused("Invalid API Key provided").body
        key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
        said = f"{request.path}?{raw}"
        known = (
            self.book.answered(key, after=self.account.now() - KEYS_LIVE_SECONDS) if key else None
        )
        if known and known[0] != said:
            message = "Keys for idempotent requests can only be used with the same parameters."
            return 400, Refused(message, kind="idempotency_error").body
        if known:
            return known[1], known[2]
        try:
            status, body = 200, call(request, unfold(parse_qsl(raw, keep_blank_values=True)))
        except Refused as refused:
            status, body = refused.status, refused.body
        if key and status == 200:
            self.book.answer(key, said, status, body, self.account.now())
        return status, body

    def _create(self, request: web.Request, form: Form) -> Thing:
        return self.account.create(form, base=f"{request.scheme}://{request.host}")

    def _list(self, request: web.Request, _form: Form) -> Thing:
        return self.account.sessions(request.query)

    def _read(self, request: web.Request, _form: Form) -> Thing:
        return self.account.session(request.match_info["id"])

    def _expire(self, request: web.Request, _form: Form) -> Thing:
        return self.account.expire(request.match_info["id"])

    def _refund(self, _request: web.Request, form: Form) -> Thing:
        return self.account.refund(form)

    def _list_refunds(self, request: web.Request, _form: Form) -> Thing:
        return self.account.refunds(request.query)

    def _list_movements(self, request: web.Request, _form: Form) -> Thing:
        return self.account.movements(request.query)


def sign(*, body: str, secret: str, at: datetime) -> str:
    """The header Stripe sends with a notice."""
    stamp = int(at.timestamp())
    mac = hmac.new(secret.encode(), f"{stamp}.{body}".encode(), sha256)
    return f"t={stamp},v1={mac.hexdigest()}"
