"""The town where people pay by WeChat."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.payments.wechat import WechatMethod
from bot.sandbox.gateways.wechat import WechatStandIn
from tests.bot.payments.towns import Clock, Town, built, intent
from tests.bot.payments.wechat_keys import SHOP, keys, pairs

NUMBER = "P1234567"
__all__ = ["NUMBER", "Town", "asked", "town"]


@asynccontextmanager
async def town(
    *, storage: Path | None = None, timeout: float = 3.0, **other: str
) -> AsyncIterator[Town]:
    """`other`: keys of ours that are not what the platform knows. Its page speaks the browser's language."""

    def build(base: str, clock: Clock, on_tried: Any) -> tuple[WechatStandIn, WechatMethod]:
        notify_url = f"{base}/pay/wechat/notify"
        stand_in = WechatStandIn(
            pairs(), notify_url=notify_url, clock=clock, storage=storage, on_tried=on_tried
        )
        method = WechatMethod(
            keys=replace(keys(**other), api_base=f"{base}/sandbox/wechat"), shop=SHOP,
            notify_url=notify_url, page=lambda number: f"{base}/pay/wechat/{number}",
            timeout=timeout,
        )  # fmt: skip
        return stand_in, method

    async with built(build) as here:
        here.http.headers["Accept-Language"] = "zh-CN"  # type: ignore[index]
        yield here


def asked(number: str = NUMBER, **more: Any) -> Any:
    """An intention with a number as long as ours are: the platform takes none that is shorter than six."""
    return intent(number, **more)
