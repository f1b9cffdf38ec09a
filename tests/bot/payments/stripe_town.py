"""The town where people pay by Stripe."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from bot.payments.keys import StripeKeys
from bot.payments.stripe.method import StripeMethod
from bot.sandbox.gateways.stripe import StripeStandIn
from tests.bot.payments.towns import NOW, Clock, Town, built, intent

KEY, SECRET = "sk_test_doorstep", "whsec_doorstep"
__all__ = ["KEY", "NOW", "SECRET", "Town", "intent", "town"]


def town(
    *, storage: Path | None = None, key: str = KEY, secret: str = SECRET, timeout: float = 3.0
) -> AbstractAsyncContextManager[Town]:
    def build(base: str, clock: Clock, on_tried: Any) -> tuple[StripeStandIn, StripeMethod]:
        stand_in = StripeStandIn(
            KEY, SECRET, notify_url=f"{base}/pay/stripe/notify", clock=clock, storage=storage,
            on_tried=on_tried,
        )  # fmt: skip
        method = StripeMethod(
            keys=StripeKeys(key, secret, f"{base}/sandbox/stripe"), shop="doorstep",
            return_url="http://127.0.0.1/", timeout=timeout,
        )  # fmt: skip
        return stand_in, method

    return built(build)
