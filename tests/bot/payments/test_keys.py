"""A method is on with all its secrets and off without one; keys are read as people have them."""

import base64
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from bot.payments import METHODS, missing_secrets, payees, payment_methods, payout_senders
from bot.payments.keys import (
    SECRETS,
    AlipayKeys,
    InvoiceKeys,
    PaymentKeys,
    StripeKeys,
    WechatAppKeys,
    WechatKeys,
)
from bot.payments.pem import private_pem, public_pem
from bot.payments.shop import Shop
from core.payouts.model import AccountKind

pytestmark = pytest.mark.feature("C10")
SHOP = Shop("doorstep", "https://city.example", "https://city.example/", "CNY")


@cache
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem() -> str:
    raw = key().private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    return raw.decode()


def public() -> str:
    wanted = Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    return key().public_key().public_bytes(*wanted).decode()


def whole() -> PaymentKeys:
    return PaymentKeys(
        StripeKeys("sk_test_1", "whsec_1"),
        WechatKeys("1900000001", "wx1", "5157F", pem(), "k" * 32, "PUB_KEY_ID_1", public()),
        AlipayKeys("2021", "2088", pem(), public()),
        InvoiceKeys("284685063:TEST:1", "1:customer"),
    )


def on(keys: PaymentKeys) -> set[str]:
    return set(payment_methods(keys=keys, shop=SHOP))


def test_nothing_is_on_without_secrets_but_paying_at_the_door() -> None:
    assert on(PaymentKeys()) == {"on_site"}


def _lacking() -> list[tuple[str, str, str]]:
    """(method, the key it lacks, instead of it): nothing, or blanks."""
    found = []
    for method in SECRETS:
        names = [
            one.name for one in fields(getattr(PaymentKeys(), method)) if one.name != "api_base"
        ]
        found += [(method, name, instead) for name in names for instead in ("", "  ")]
    return found


@pytest.mark.parametrize(("method", "name", "instead"), _lacking())
def test_a_method_that_lacks_one_secret_is_off(method: str, name: str, instead: str) -> None:
    keys = whole()
    assert keys.whole(method)
    lacking: Any = replace(getattr(keys, method), **{name: instead})
    poorer = replace(keys, **{method: lacking})
    assert not poorer.whole(method)
    assert method not in on(poorer)
    assert on(poorer) == on(keys) - {method}


def test_money_goes_to_wechat_only_with_the_apps_secret() -> None:
    def ways(keys: PaymentKeys) -> set[AccountKind]:
        return set(payout_senders(payment_methods(keys=keys, shop=SHOP), keys=keys))

    app = replace(whole(), wechat_app=WechatAppKeys("s" * 32))
    assert ways(app) == {AccountKind.ALIPAY, AccountKind.WECHAT}
    assert payees(keys=app, shop=SHOP)
    for poorer in (
        whole(), replace(app, wechat_app=WechatAppKeys("  ")), replace(app, wechat=WechatKeys()),
    ):  # fmt: skip
        assert AccountKind.WECHAT not in ways(poorer)
        assert payees(keys=poorer, shop=SHOP) is None
    assert payees(keys=app, shop=replace(SHOP, public_url="")) is None
    assert payees(keys=app, shop=replace(SHOP, currency="EUR")) is None


def test_all_methods_with_all_their_secrets_are_on() -> None:
    assert on(whole()) == set(METHODS)


def test_what_a_method_lacks_is_named_once_it_is_begun() -> None:
    assert missing_secrets({}) == ()
    assert missing_secrets({"PUBLIC_URL": True}) == ()
    begun = {"ALIPAY_APP_ID": True, "ALIPAY_SELLER_ID": True, "ALIPAY_PRIVATE_KEY": True,
             "ALIPAY_PUBLIC_KEY": True}  # fmt: skip
    assert missing_secrets(begun) == (("alipay", ("PUBLIC_URL",)),)
    assert missing_secrets(begun | {"PUBLIC_URL": True}) == ()


def test_a_private_key_is_read_as_people_have_it(tmp_path: Path) -> None:
    der = key().private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    file = tmp_path / "key.pem"
    file.write_text(pem())
    bare = base64.b64encode(der).decode()
    wrapped = "\n".join(bare[at : at + 64] for at in range(0, len(bare), 64))
    told = {
        private_pem(text) for text in (pem(), pem().replace("\n", "\\n"), bare, wrapped, str(file))
    }
    assert len(told) == 1
    assert told.pop().startswith("-----BEGIN PRIVATE KEY-----")


def test_a_public_key_is_read_as_people_have_it() -> None:
    der = key().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert public_pem(base64.b64encode(der).decode()) == public_pem(public()) == public()


@pytest.mark.parametrize("text", ["", "no", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                                  "A" * 400, "a" * 30_000])  # fmt: skip
def test_what_is_no_key_is_refused(text: str) -> None:
    for read in (private_pem, public_pem):
        with pytest.raises(ValueError):
            read(text)


def test_other_kinds_of_keys_are_refused() -> None:
    curve = ec.generate_private_key(ec.SECP256R1())
    how = Encoding.PEM, PrivateFormat.PKCS8
    locked = key().private_bytes(*how, BestAvailableEncryption(b"secret"))
    for raw in (curve.private_bytes(*how, NoEncryption()), locked):
        with pytest.raises(ValueError):
            private_pem(raw.decode())
