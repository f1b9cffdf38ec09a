"""The town where people pay by Alipay."""

from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any

from bot.payments.alipay.method import AlipayMethod
from bot.sandbox.gateways.alipay import AlipayStandIn
from bot.sandbox.gateways.alipay.keys import GATEWAY, StandInKeys
from bot.sandbox.gateways.pairs import Pair
from core.payments.method import Opened
from tests.bot.payments.alipay_keys import APP, SELLER, keys, pair
from tests.bot.payments.towns import Clock, Town, built

PAIRS = ("app", "alipay")


def town(*, timeout: float = 3.0, **other: str) -> AbstractAsyncContextManager[Town]:
    """`other`: keys of ours that are not what Alipay knows."""

    def build(base: str, clock: Clock, on_tried: Any) -> tuple[AlipayStandIn, AlipayMethod]:
        notify_url = f"{base}/pay/alipay/notify"
        stand_in = AlipayStandIn(
            StandInKeys(*(Pair(*pair(whose)) for whose in PAIRS), APP, SELLER),
            notify_url=notify_url, clock=clock, on_tried=on_tried,
        )  # fmt: skip
        method = AlipayMethod(
            keys=replace(keys(base + GATEWAY), **other), shop="doorstep", notify_url=notify_url,
            page=lambda number: f"{base}/pay/alipay/{number}", timeout=timeout, clock=clock,
        )  # fmt: skip
        return stand_in, method

    return built(build)


def till(here: Town, opened: Opened) -> str:
    """The page that the code leads to: somebody scans it."""
    with here.stand_in.book.writing():
        trade = here.stand_in.account.scanned(opened.code.rpartition("/")[2])
    return f"{here.base}/sandbox/pay/alipay/{trade['id']}"
