"""RSA2: what is signed at Alipay, with which key, and whether a signature is good."""

import base64
import binascii
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    load_pem_private_key,
    load_pem_public_key,
)

from bot.payments.pem import private_pem, public_pem

SIGN_TYPE: Final = "RSA2"
# Shorter ones are no protection any more, and Alipay takes none for RSA2.
LEAST_BITS: Final = 2048


def private_key(text: str) -> RSAPrivateKey:
    """Raises ValueError for what is no key, or too short a one."""
    key = load_pem_private_key(private_pem(text).encode(), None)
    if not isinstance(key, RSAPrivateKey) or key.key_size < LEAST_BITS:
        raise ValueError("too short")
    return key


def public_key(text: str) -> RSAPublicKey:
    """Raises ValueError as `private_key`."""
    key = load_pem_public_key(public_pem(text).encode())
    if not isinstance(key, RSAPublicKey) or key.key_size < LEAST_BITS:
        raise ValueError("too short")
    return key


def joined(fields: Mapping[str, str]) -> str:
    """The text that is signed: the fields in order of their names."""
    return "&".join(f"{name}={value}" for name, value in sorted(fields.items()))


def sign(*, data: bytes, key: RSAPrivateKey) -> str:
    return base64.b64encode(key.sign(data, PKCS1v15(), SHA256())).decode()


def good(*, data: bytes, signature: str, key: RSAPublicKey) -> bool:
    """Only the one spelling of a signature is one: base64 has spare bits at its end."""
    try:
        told = base64.b64decode(signature, validate=True)
        key.verify(told, data, PKCS1v15(), SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return base64.b64encode(told).decode() == signature
