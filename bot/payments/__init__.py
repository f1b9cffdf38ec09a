"""The ways to pay: one file or folder each, one line in METHODS; a method without all its secrets is off."""

from collections.abc import Callable, Mapping
from typing import Final, Protocol, runtime_checkable

from bot.payments.alipay.method import AlipayMethod
from bot.payments.invoice import InvoiceMethod
from bot.payments.keys import SECRETS, PaymentKeys
from bot.payments.on_site import OnSite
from bot.payments.page import Pages
from bot.payments.payee import Payees
from bot.payments.shop import Shop
from bot.payments.stripe.amounts import NOT_TAKEN
from bot.payments.wechat import WechatMethod
from core.payments.method import Method
from core.payouts.model import AccountKind
from core.payouts.sending import Sender

# What WeChat Pay and Alipay take, and nothing else.
YUAN: Final = "CNY"


@runtime_checkable
class Closes(Protocol):
    """A method that keeps connections."""

    async def aclose(self) -> None: ...


def _stripe(keys: PaymentKeys, shop: Shop) -> Method | None:
    if shop.currency in NOT_TAKEN:
        return None
    from bot.payments.stripe.method import StripeMethod  # Stripe's library, for those who use it

    return StripeMethod(keys=keys.stripe, shop=shop.code, return_url=shop.return_url)


def _wechat(keys: PaymentKeys, shop: Shop) -> Method | None:
    page = pay_pages(keys=keys, shop=shop).get("wechat")
    if shop.currency != YUAN or page is None:
        return None
    return WechatMethod(
        keys=keys.wechat, shop=shop.code, notify_url=shop.notify_url("wechat"), page=page
    )


def _alipay(keys: PaymentKeys, shop: Shop) -> Method | None:
    page = pay_pages(keys=keys, shop=shop).get("alipay")
    if shop.currency != YUAN or page is None:
        return None
    return AlipayMethod(
        keys=keys.alipay, shop=shop.code, notify_url=shop.notify_url("alipay"), page=page,
        clock=shop.clock,
    )  # fmt: skip


def _invoice(keys: PaymentKeys, _shop: Shop) -> Method | None:
    return InvoiceMethod(keys=keys.invoice)


def _on_site(_keys: PaymentKeys, _shop: Shop) -> Method | None:
    return OnSite()


METHODS: Final[dict[str, Callable[[PaymentKeys, Shop], Method | None]]] = {
    "stripe": _stripe,
    "wechat": _wechat,
    "alipay": _alipay,
    "invoice": _invoice,
    "on_site": _on_site,
}


def payment_methods(*, keys: PaymentKeys, shop: Shop) -> dict[str, Method]:
    """The methods that are on, by code, in the order in which they are offered.

    Those that have all their secrets; one may still say that it isn't for this shop, by its currency or addresses.
    """
    whole = {code: build for code, build in METHODS.items() if keys.whole(code)}
    built = {code: build(keys, shop) for code, build in whole.items()}
    return {code: method for code, method in built.items() if method is not None}


def pay_pages(*, keys: PaymentKeys, shop: Shop) -> dict[str, Pages]:
    """Our own page for each method that needs one: where the internet reaches us."""
    secrets = {"wechat": keys.wechat.api_v3_key, "alipay": keys.alipay.private_key}
    return {
        method: Pages(public_url=shop.public_url, method=method, secret=secret)
        for method, secret in secrets.items()
        if shop.public_url and keys.whole(method)
    }


def payout_senders(
    methods: Mapping[str, Method], *, keys: PaymentKeys
) -> dict[AccountKind, Sender]:
    """The companies that send money, too, by the kind of account they send to.

    WeChat sends only to whom our app knows: to nobody without the app's secret.
    """
    found: dict[AccountKind, Sender] = {}
    alipay, wechat = methods.get("alipay"), methods.get("wechat")
    if isinstance(alipay, AlipayMethod):
        found[AccountKind.ALIPAY] = alipay.sender
    if isinstance(wechat, WechatMethod) and keys.pays_to_wechat:
        found[AccountKind.WECHAT] = wechat.sender
    return found


def payees(
    *, keys: PaymentKeys, shop: Shop, code: Callable[[str], str] = lambda url: url
) -> Payees | None:
    """Our pages for who is sent money to WeChat, where that can be done at all."""
    if shop.currency != YUAN or not shop.public_url or not keys.pays_to_wechat:
        return None
    return Payees(public_url=shop.public_url, secret=keys.wechat_app.app_secret, code=code)


def missing_secrets(given: Mapping[str, bool]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(method, the names of the settings it lacks) for each that has some of its own but not all it needs."""
    lacks = {
        method: tuple(name for name in names if not given.get(name))
        for method, names in SECRETS.items()
    }
    begun = {
        method: any(given.get(name) for name in names if name != "PUBLIC_URL")
        for method, names in SECRETS.items()
    }
    return tuple((method, names) for method, names in lacks.items() if names and begun[method])
