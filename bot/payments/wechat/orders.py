"""An order at WeChat Pay: what it is asked with, and what its state says. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from core.payments.method import Answer, Intent, Outcome

CURRENCY: Final = "CNY"
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
TITLE_BYTES: Final = 127
ATTACH_CHARACTERS: Final = 127
# An order that is made for less is refused as run out already; `close` ends it in time.
SHORTEST: Final = timedelta(minutes=5)
PHONE: Final = "H"
_STATES: Final = {
    "SUCCESS": Outcome.PAID,
    "REFUND": Outcome.PAID,  # paid, and some of it went back
    "NOTPAY": Outcome.OPEN,
    "USERPAYING": Outcome.OPEN,
    "ACCEPT": Outcome.OPEN,
    "CLOSED": Outcome.REFUSED,
    "REVOKED": Outcome.REFUSED,
    "PAYERROR": Outcome.REFUSED,
}


def phone_number(number: str) -> str:
    """The number of the order for the phone: one number is good for one kind of order only."""
    return number + PHONE


def payment_number(number: str) -> str:
    """Our number, whichever of the two orders is meant."""
    return number.removesuffix(PHONE)


def order(
    *, intent: Intent, number: str, app_id: str, merchant_id: str, shop: str, notify_url: str
) -> dict[str, Any]:
    """The same for the same intention, however often."""
    until = max(intent.expires_at, intent.created_at + SHORTEST)
    return {
        "appid": app_id,
        "mchid": merchant_id,
        "description": cut(intent.title, TITLE_BYTES),
        "out_trade_no": number,
        "time_expire": stamp(until),
        "attach": shop,
        "notify_url": notify_url,
        "amount": {"total": intent.amount, "currency": CURRENCY},
    }


def phone_scene(ip: str) -> dict[str, Any]:
    """Where the payer is: WeChat compares it with where the link is opened."""
    return {"scene_info": {"payer_client_ip": ip, "h5_info": {"type": "Wap"}}}


def answer_of(said: Mapping[str, Any]) -> Answer:
    """What an order's state means for the payment."""
    outcome = _STATES.get(str(said.get("trade_state")), Outcome.UNKNOWN)
    if outcome is Outcome.PAID:
        return paid(said)
    return Answer(outcome, expired=said.get("trade_state") == "CLOSED")


def paid(said: Mapping[str, Any]) -> Answer:
    amount, charge = said.get("amount"), said.get("transaction_id")
    total = amount.get("total") if isinstance(amount, Mapping) else None
    if not isinstance(total, int) or not isinstance(charge, str) or not charge:
        return Answer(Outcome.UNKNOWN)
    assert isinstance(amount, Mapping)
    return Answer(Outcome.PAID, total, str(amount.get("currency") or CURRENCY), charge)


def path(*parts: str) -> str:
    """A path out of parts that may hold anything."""
    return "/" + "/".join(quote(part, safe="") for part in parts)


def stamp(at: datetime) -> str:
    """A moment as the platform writes it."""
    return at.astimezone(SHANGHAI).replace(microsecond=0).isoformat()


def cut(text: str, size: int) -> str:
    """At most `size` bytes, never half a character."""
    plain = " ".join(text.split())
    return plain.encode()[:size].decode(errors="ignore")
