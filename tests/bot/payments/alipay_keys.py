"""Key pairs of the app and of Alipay for tests, made once, in every form that people paste them in."""

from functools import cache

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from bot.payments.keys import AlipayKeys

APP, SELLER = "2021000000000001", "2088000000000001"


@cache
def pair(_whose: str) -> tuple[str, str]:
    """(private, public) as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


def keys(api_base: str = "http://127.0.0.1:1/gateway.do") -> AlipayKeys:
    return AlipayKeys(APP, SELLER, pair("app")[0], pair("alipay")[1], api_base)
