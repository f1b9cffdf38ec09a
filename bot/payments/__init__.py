"""The ways to pay: one file each, one line in METHODS; a method without its secrets is off."""

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from bot.payments.on_site import OnSite
from bot.payments.stripe import StripeMethod
from core.payments.method import Method


class PaymentSettings(Protocol):
    """What the methods read of the settings."""

    @property
    def stripe_secret_key(self) -> str: ...
    @property
    def stripe_webhook_secret(self) -> str: ...
    @property
    def stripe_api_base(self) -> str: ...


def _stripe(settings: PaymentSettings, shop: str, return_url: str) -> Method | None:
    if not settings.stripe_secret_key:
        return None
    return StripeMethod(
        secret_key=settings.stripe_secret_key,
        webhook_secret=settings.stripe_webhook_secret,
        api_base=settings.stripe_api_base,
        shop=shop,
        return_url=return_url,
    )


def _on_site(_settings: PaymentSettings, _shop: str, _return_url: str) -> Method | None:
    return OnSite()


METHODS: Final[dict[str, Callable[[PaymentSettings, str, str], Method | None]]] = {
    "stripe": _stripe,
    "on_site": _on_site,
}


def payment_methods(*, settings: PaymentSettings, shop: str, return_url: str) -> dict[str, Method]:
    """The methods that are on, by code, in the order in which they are offered.

    `shop` marks our payments at a gateway that others use too; `return_url` leads back to the chat.
    """
    built = {code: build(settings, shop, return_url) for code, build in METHODS.items()}
    return {code: method for code, method in built.items() if method is not None}


# What belongs together: a method with only some of them takes money it never hears of.
SECRETS: Final[dict[str, tuple[str, ...]]] = {
    "stripe": ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"),
}


def missing_secrets(given: Mapping[str, bool]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(method, the names of the settings it lacks) for each that has some but not all."""
    lacks = {
        method: tuple(name for name in names if not given.get(name))
        for method, names in SECRETS.items()
    }
    return tuple(
        (method, names) for method, names in lacks.items() if 0 < len(names) < len(SECRETS[method])
    )
