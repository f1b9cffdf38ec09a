"""Money back by WeChat Pay: under one number it goes back once, so what is known there is asked for first."""

from collections.abc import Mapping
from typing import Any, Final

from bot.payments.wechat.client import Client, Reply
from bot.payments.wechat.orders import CURRENCY, path
from core.payments.facts import Told
from core.payments.method import Answer, Outcome

OUTCOMES: Final = {
    "SUCCESS": Outcome.PAID,
    "PROCESSING": Outcome.OPEN,
    "CLOSED": Outcome.REFUSED,
    "ABNORMAL": Outcome.REFUSED,  # the payer's card or account is gone: staff find another way
}
TOLD: Final = {
    "SUCCESS": Told.REFUNDED,
    "CLOSED": Told.REFUND_FAILED,
    "ABNORMAL": Told.REFUND_FAILED,
}
NOT_MADE: Final = "RESOURCE_NOT_EXISTS"
# Only these say for sure that nothing was given back and that the same again will not help: too little in the
# account, more than is left, the fifty-first part, more than a year ago. A pause that is too short, trouble of
# theirs and wrong keys of ours pass.
DEFINITE: Final = frozenset(
    {
        "NOT_ENOUGH", "PARAM_ERROR", "INVALID_REQUEST", "USER_ACCOUNT_ABNORMAL",
        "RESOURCE_NOT_EXISTS", "ORDER_NOT_EXIST", "MCH_NOT_EXISTS", "REFUND_FEE_MISMATCH",
    }
)  # fmt: skip
UNKNOWN: Final = Answer(Outcome.UNKNOWN)
REFUSED: Final = Answer(Outcome.REFUSED)


async def give_back(
    *, client: Client, merchant_id: str, notify_url: str, number: str, charge: str, amount: int
) -> Answer:
    """Raises NoAnswer."""
    known = await client.get(path("v3", "refund", "domestic", "refunds", number))
    if known.code != NOT_MADE:
        return _answer(known, number, charge)
    paid = await client.get(
        f"{path('v3', 'pay', 'transactions', 'id', charge)}?mchid={merchant_id}"
    )
    if paid.code:
        return _refusal(paid)
    total = (paid.body.get("amount") or {}).get("total")
    if not isinstance(total, int):
        return UNKNOWN
    made = await client.post(
        "/v3/refund/domestic/refunds",
        {
            "transaction_id": charge,
            "out_refund_no": number,
            "notify_url": notify_url,
            "amount": {"refund": amount, "total": total, "currency": CURRENCY},
        },
    )
    return _refusal(made) if made.code else _answer(made, number, charge)


def _refusal(reply: Reply) -> Answer:
    return REFUSED if reply.code in DEFINITE else UNKNOWN


def _answer(reply: Reply, number: str, charge: str) -> Answer:
    said = reply.body
    if reply.code or (said.get("out_refund_no"), said.get("transaction_id")) != (number, charge):
        return UNKNOWN
    amount, reference = said.get("amount"), said.get("refund_id")
    if not isinstance(amount, Mapping) or not isinstance(reference, str):
        return UNKNOWN
    return Answer(
        OUTCOMES.get(str(said.get("status")), Outcome.UNKNOWN), _fen(amount.get("refund")),
        str(amount.get("currency") or CURRENCY), reference,
    )  # fmt: skip


def _fen(value: Any) -> int:
    return value if isinstance(value, int) else 0
