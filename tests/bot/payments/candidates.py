"""Who sits the common exam: each method with the town it is tried in, and where its customer pays."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from core.payments.method import Opened
from tests.bot.payments import alipay_town, stripe_town, wechat_town
from tests.bot.payments.towns import Town


@dataclass(frozen=True)
class Candidate:
    """`calls` names each of the gateway's calls as faults know it; `charges` and `refunds` are its book's own words.

    `till` is the page on which the customer pays what was opened. Not `closes_at_once`: what nobody has opened yet
    can't be closed before its time is over.
    """

    code: str
    town: Callable[[], AbstractAsyncContextManager[Town]]
    till: Callable[[Town, Opened], str]
    calls: dict[str, str]
    charges: str = "charges"
    refunds: str = "refunds"
    closes_at_once: bool = True

    def __str__(self) -> str:
        return self.code


STRIPE = Candidate(
    "stripe", stripe_town.town, lambda _town, opened: opened.url,
    {"open": "POST /sandbox/stripe/v1/checkout/sessions",
     "ask": "GET /sandbox/stripe/v1/checkout/sessions",
     "close": "POST /sandbox/stripe/v1/checkout/sessions/", "refund": "POST /sandbox/stripe/v1/refunds"},
)  # fmt: skip

WECHAT = Candidate(
    "wechat", wechat_town.town, lambda _town, opened: opened.code,
    {"open": "transactions/native", "ask": "out-trade-no/P100001 (P100001)",
     "close": "close (P100001)", "refund": "POST /sandbox/wechat/v3/refund"},
)  # fmt: skip

ALIPAY = Candidate(
    "alipay", alipay_town.town, alipay_town.till,
    {"open": "alipay.trade.precreate", "ask": "alipay.trade.query (P100001)",
     "close": "alipay.trade.close (P100001)", "refund": "alipay.trade.refund"},
    closes_at_once=False,
)  # fmt: skip

CANDIDATES = [STRIPE, WECHAT, ALIPAY]
