"""What each payment company gave the platform to sign with and to know its messages by; empty where it is not used."""

from dataclasses import dataclass, field, fields
from typing import Any, Final

_WAYS: Final = ("api_base", "proxy")
"""Where a method is called and which way: none of these is a secret that it must have."""


@dataclass(frozen=True, slots=True)
class StripeKeys:
    secret_key: str = field(default="", repr=False)
    webhook_secret: str = field(default="", repr=False)
    api_base: str = ""


@dataclass(frozen=True, slots=True)
class WechatKeys:
    """Keys are PEM texts; `public_key` is WeChat's public key or its platform certificate."""

    merchant_id: str = ""
    app_id: str = ""
    key_serial: str = ""
    private_key: str = field(default="", repr=False)
    api_v3_key: str = field(default="", repr=False)
    public_key_id: str = ""
    public_key: str = ""
    api_base: str = ""


@dataclass(frozen=True, slots=True)
class WechatAppKeys:
    """The app (an official account) that people open our pages in: its secret tells who they are to the app."""

    app_secret: str = field(default="", repr=False)
    connect_base: str = ""
    api_base: str = ""


@dataclass(frozen=True, slots=True)
class AlipayKeys:
    """`public_key` is Alipay's own; both keys as PEM, or the bare base64 that Alipay's console shows."""

    app_id: str = ""
    seller_id: str = ""
    private_key: str = field(default="", repr=False)
    public_key: str = ""
    api_base: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceKeys:
    """`provider_token` is the payment company's, from @BotFather; the invoices are the customers' bot's."""

    provider_token: str = field(default="", repr=False)
    bot_token: str = field(default="", repr=False)
    api_base: str = ""
    proxy: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PaymentKeys:
    """All of them."""

    stripe: StripeKeys = StripeKeys()
    wechat: WechatKeys = WechatKeys()
    alipay: AlipayKeys = AlipayKeys()
    invoice: InvoiceKeys = InvoiceKeys()
    wechat_app: WechatAppKeys = WechatAppKeys()

    def whole(self, method: str) -> bool:
        """Whether nothing is missing that the method must have: with half of it, it takes money it never hears of."""
        if method == "on_site":
            return True
        keys: Any = getattr(self, method)
        needed = (one.name for one in fields(keys) if one.name not in _WAYS)
        return all(getattr(keys, name).strip() for name in needed)

    @property
    def pays_to_wechat(self) -> bool:
        """A transfer goes to whom the app knows, so it takes the app's secret beside all that payments take."""
        return self.whole("wechat") and bool(self.wechat_app.app_secret.strip())


# What belongs together in the settings, by method.
SECRETS: Final[dict[str, tuple[str, ...]]] = {
    "stripe": ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"),
    "wechat": (
        "WECHATPAY_MERCHANT_ID", "WECHATPAY_APP_ID", "WECHATPAY_KEY_SERIAL",
        "WECHATPAY_PRIVATE_KEY", "WECHATPAY_API_V3_KEY", "WECHATPAY_PUBLIC_KEY_ID",
        "WECHATPAY_PUBLIC_KEY", "PUBLIC_URL",
    ),
    "alipay": (
        "ALIPAY_APP_ID", "ALIPAY_SELLER_ID", "ALIPAY_PRIVATE_KEY", "ALIPAY_PUBLIC_KEY",
        "PUBLIC_URL",
    ),
}  # fmt: skip
