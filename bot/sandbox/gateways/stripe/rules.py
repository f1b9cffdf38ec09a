"""What Stripe checks in a request, in Stripe's words: the stand-in is strict where the real one is."""

import re
from collections.abc import Iterable
from typing import Any

PAGE_FIELDS = {
    "mode", "payment_method_types", "line_items", "client_reference_id", "metadata",
    "payment_intent_data", "expires_at", "locale", "success_url", "cancel_url", "customer_email",
}  # fmt: skip
REFUND_FIELDS = {"payment_intent", "amount", "metadata", "reason"}
LOCALES = {"auto", "zh", "zh-TW", "zh-HK", "en", "ja", "ko", "fr", "de", "es"}


class Refused(Exception):
    """An error as Stripe answers it."""

    def __init__(
        self, message: str, *, status: int = 400, code: str = "", param: str = "", kind: str = ""
    ) -> None:
        super().__init__(message)
        self.status = status
        error = {"type": kind or "invalid_request_error", "message": message}
        self.body = {
            "error": error | ({"code": code} if code else {}) | ({"param": param} if param else {})
        }


def unfold(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """`a[b][0]=c` as nested dicts; lists are dicts with the keys "0", "1", …"""
    tree: dict[str, Any] = {}
    for name, value in pairs:
        first, *rest = re.findall(r"[^\[\]]+", name)
        node, key = tree, first
        for part in rest:
            node = node.setdefault(key, {})
            key = part
        node[key] = value
    return tree


def check_page(form: dict[str, Any], *, now: int) -> None:
    _known(form, PAGE_FIELDS)
    if form.get("mode") != "payment":
        raise Refused("mode must be payment", param="mode")
    if not form.get("success_url"):
        raise Refused(
            "Missing required param: success_url.", code="parameter_missing", param="success_url"
        )
    if form.get("locale", "auto") not in LOCALES:
        raise Refused("Invalid locale", param="locale")
    expires = _whole(form.get("expires_at", str(now + 86400)), "expires_at")
    if not 1800 <= expires - now <= 86400:
        raise Refused(
            "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout"
            " Session creation.", param="expires_at",
        )  # fmt: skip
    _metadata(form)
    if not form.get("line_items"):
        raise Refused(
            "Missing required param: line_items.", code="parameter_missing", param="line_items"
        )


def total(form: dict[str, Any]) -> tuple[int, str, str]:
    """(amount, currency, name) of all lines together."""
    amount, currencies, names = 0, set(), []
    for line in form["line_items"].values():
        price = line.get("price_data", {})
        unit = _whole(price.get("unit_amount", ""), "line_items[0][price_data][unit_amount]")
        amount += unit * _whole(line.get("quantity", ""), "line_items[0][quantity]")
        currencies.add(price.get("currency", ""))
        names.append(price.get("product_data", {}).get("name", ""))
    if len(currencies) != 1 or not re.fullmatch("[a-z]{3}", min(currencies)):
        raise Refused("Invalid currency", param="line_items[0][price_data][currency]")
    _fits(amount, min(currencies), "line_items[0][price_data][unit_amount]")
    if amount <= 0 or amount > 99_999_999 or not all(names):
        raise Refused("Invalid line item", param="line_items[0]")
    return amount, currencies.pop(), ", ".join(names)


def check_refund(form: dict[str, Any], *, charge: dict[str, Any] | None, left: int) -> int:
    """How much goes back."""
    _known(form, REFUND_FIELDS)
    _metadata(form)
    if charge is None:
        raise Refused(
            "No such payment_intent", status=404, code="resource_missing", param="payment_intent"
        )
    if left == 0:
        raise Refused("Charge has already been refunded.", code="charge_already_refunded")
    amount = _whole(form.get("amount", str(left)), "amount")
    _fits(amount, charge["currency"], "amount")
    if not 0 < amount <= left:
        raise Refused(
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})",
            param="amount",
        )
    return amount


def _fits(amount: int, currency: str, param: str) -> None:
    """Whole units of those that have no other, and nothing finer than ten of those with three digits."""
    step = {"isk": 100, "ugx": 100, "bhd": 10, "jod": 10, "kwd": 10, "omr": 10, "tnd": 10}
    if amount % step.get(currency, 1):
        raise Refused(f"Invalid amount for {currency}: {amount}", param=param)


def _known(form: dict[str, Any], fields: set[str]) -> None:
    for name in form.keys() - fields:
        raise Refused(f"Received unknown parameter: {name}", code="parameter_unknown", param=name)


def _metadata(form: dict[str, Any]) -> None:
    data = form.get("metadata", {})
    if len(data) > 50 or any(len(k) > 40 or len(v) > 500 for k, v in data.items()):
        raise Refused("Metadata: at most 50 keys of 40 characters, values of 500", param="metadata")
    if len(form.get("client_reference_id", "")) > 200:
        raise Refused("Invalid string", param="client_reference_id")


def _whole(text: str, param: str) -> int:
    if not re.fullmatch(r"-?\d{1,18}", text):
        raise Refused(f"Invalid integer: {text}", code="parameter_invalid_integer", param=param)
    return int(text)
