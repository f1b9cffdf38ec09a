"""Stripe's notices: first who says it and when, then for which shop, then what it says."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from stripe import SignatureVerificationError, WebhookSignature

from bot.payments.stripe.amounts import from_stripe
from core.payments.facts import Fact, Told
from core.payments.method import NoticeRefused

TOLERANCE_SECONDS: Final = 300
CHECKOUT: Final = {
    "checkout.session.completed": Told.PAID,
    "checkout.session.async_payment_succeeded": Told.PAID,
    "checkout.session.async_payment_failed": Told.REFUSED,
    "checkout.session.expired": Told.EXPIRED,
}
REFUND: Final = {
    "succeeded": Told.REFUNDED,
    "pending": Told.REFUND_PENDING,
    "requires_action": Told.REFUND_PENDING,
    "failed": Told.REFUND_FAILED,
    "canceled": Told.REFUND_FAILED,
}

# The money is gone, or here again. A mere question of the bank moves none.
DISPUTE: Final = {
    "charge.dispute.created": Told.DISPUTED,
    "charge.dispute.funds_withdrawn": Told.DISPUTED,
    "charge.dispute.funds_reinstated": Told.DISPUTE_WON,
}
DISPUTE_ENDS: Final = {"won": Told.DISPUTE_WON, "lost": Told.DISPUTE_LOST}


def verify(*, raw: bytes, headers: Mapping[str, str], secret: str, now: datetime) -> dict[str, Any]:
    """The event in `raw`, if Stripe signed these very bytes within five minutes of `now`."""
    if not secret.strip():
        raise NoticeRefused("no secret")
    signature = {name.lower(): value for name, value in headers.items()}.get("stripe-signature", "")
    try:
        WebhookSignature.verify_header(raw, signature, secret)
        stamp = next(p for p in signature.split(",") if p.startswith("t="))
        age = abs(now.timestamp() - int(stamp.split("=", 2)[1]))
        event = json.loads(raw)
    except (SignatureVerificationError, ValueError, TypeError, StopIteration) as error:
        raise NoticeRefused("signature") from error
    if age > TOLERANCE_SECONDS:
        raise NoticeRefused("too old")
    if not isinstance(event, dict):
        raise NoticeRefused("not an event")
    return event


def read_event(event: dict[str, Any], *, live: bool, shop: str) -> Fact | None:
    """What a verified event tells; None if it is of a kind we do not listen to."""
    if event.get("livemode") is not live:
        raise NoticeRefused("mode")
    kind = event.get("type", "")
    try:
        thing = event["data"]["object"]
        if kind in CHECKOUT:
            return _checkout(event["id"], CHECKOUT[kind], thing, shop)
        if thing.get("object") == "dispute":
            return _dispute(event["id"], kind, thing)
        if thing.get("object") == "refund":
            return _refund(event["id"], thing, shop)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NoticeRefused("not an event") from error
    return None


def _checkout(key: str, told: Told, session: dict[str, Any], shop: str) -> Fact | None:
    if session["metadata"].get("shop") != shop:
        raise NoticeRefused("shop")
    if session["metadata"].get("number") != session["client_reference_id"]:
        raise NoticeRefused("number")
    number = session["client_reference_id"]
    if told is not Told.PAID:
        return Fact(told, number, key)
    if session["payment_status"] != "paid":
        return None  # a slow method: another notice will follow
    return Fact(
        Told.PAID, number, key,
        reference=session["payment_intent"], **_money(session["amount_total"], session["currency"]),
    )  # fmt: skip


def _refund(key: str, refund: dict[str, Any], shop: str) -> Fact | None:
    metadata = refund.get("metadata") or {}
    if metadata.get("shop", shop) != shop:
        raise NoticeRefused("shop")
    told = REFUND.get(refund["status"])
    if told is None:
        return None
    return Fact(
        told, "", key,
        reference=refund["id"], **_money(refund["amount"], refund["currency"]),
        charge=refund["payment_intent"], refund_number=metadata.get("number", ""),
    )  # fmt: skip


def _dispute(key: str, kind: str, dispute: dict[str, Any]) -> Fact | None:
    """Whose payment it is, the charge tells: a dispute has no words of ours."""
    status = dispute["status"]
    told = DISPUTE_ENDS.get(status) if kind == "charge.dispute.closed" else DISPUTE.get(kind)
    if told is None or status.startswith("warning"):
        return None
    return Fact(
        told, "", key,
        reference=dispute["id"], **_money(dispute["amount"], dispute["currency"]),
        charge=dispute["payment_intent"],
    )  # fmt: skip


def _money(amount: int, currency: str) -> dict[str, Any]:
    code = currency.upper()
    return {"amount": from_stripe(amount=amount, currency=code), "currency": code}
