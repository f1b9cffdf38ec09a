"""Who says it: our signature on what we ask WeChat Pay, and the platform's on what it answers and tells."""

import base64
import binascii
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from cryptography.x509 import load_pem_x509_certificate

SCHEMA: Final = "WECHATPAY2-SHA256-RSA2048"
# The platform sends wrong signatures now and then to see whether a shop looks at them.
PROBE: Final = "WECHATPAY/SIGNTEST/"
API_V3_KEY_BYTES: Final = 32
HEX: Final = frozenset("0123456789abcdefABCDEF")


class NotGenuine(Exception):
    """Not what the platform signed, or nothing to check it with."""


class Signer:
    """The shop's own key."""

    def __init__(
        self, *, merchant_id: str, serial: str, private_key: str,
        clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        key = load_pem_private_key(private_key.encode(), password=None)
        if not isinstance(key, RSAPrivateKey):
            raise ValueError("WeChat Pay signs with RSA keys only")
        self._key, self._merchant_id, self._serial = key, merchant_id, serial
        self._clock = clock

    def authorization(self, *, verb: str, target: str, body: str) -> str:
        """The header for one request; `target` is its path with the query."""
        stamp, nonce = str(int(self._clock())), secrets.token_hex(16)
        said = message(verb, target, stamp, nonce, body)
        signature = base64.b64encode(self._key.sign(said, PKCS1v15(), SHA256())).decode()
        fields = {
            "mchid": self._merchant_id, "nonce_str": nonce, "signature": signature,
            "timestamp": stamp, "serial_no": self._serial,
        }  # fmt: skip
        return f"{SCHEMA} " + ",".join(f'{name}="{value}"' for name, value in fields.items())


class Platform:
    """The platform's public key, as it is or in a certificate; its id says which one signed."""

    def __init__(self, *, public_key: str, key_id: str) -> None:
        self._key: RSAPublicKey | None = None
        self.key_id = ""
        if public_key.strip():
            self._key, self.key_id = _public(public_key, key_id)

    def lock(self, text: str) -> str:
        """What only the platform can read. Raises NotGenuine without its key."""
        if self._key is None:
            raise NotGenuine("no key")
        padding = OAEP(mgf=MGF1(SHA1()), algorithm=SHA1(), label=None)  # as the platform wants it
        locked = self._key.encrypt(text.encode(), padding)
        return base64.b64encode(locked).decode()

    def check(self, *, raw: bytes, headers: Mapping[str, str]) -> int:
        """When it was signed, by the platform's clock. Raises NotGenuine."""
        given = {name.lower(): value for name, value in headers.items()}
        stamp, nonce = given.get("wechatpay-timestamp", ""), given.get("wechatpay-nonce", "")
        signature = given.get("wechatpay-signature", "")
        if self._key is None or not self.key_id:
            raise NotGenuine("no key")
        if _same(given.get("wechatpay-serial", "")) != _same(self.key_id):
            raise NotGenuine("another key")
        if given.get("wechatpay-signature-type", SCHEMA) != SCHEMA or signature.startswith(PROBE):
            raise NotGenuine("signature")
        try:
            said = message(stamp, nonce) + raw + b"\n"
            mark = base64.b64decode(signature, validate=True)
            if base64.b64encode(mark).decode() != signature:  # bits that say nothing
                raise NotGenuine("signature")
            self._key.verify(mark, said, PKCS1v15(), SHA256())
            return int(stamp)
        except (InvalidSignature, binascii.Error, ValueError) as error:
            raise NotGenuine("signature") from error


def message(*parts: str) -> bytes:
    """What is signed: each part on a line of its own."""
    return "".join(part + "\n" for part in parts).encode()


def unlock(*, ciphertext: str, nonce: str, about: str, api_v3_key: str) -> bytes:
    """The content of a notice. Raises NotGenuine."""
    try:
        sealed = base64.b64decode(ciphertext, validate=True)
        return AESGCM(api_v3_key.encode()).decrypt(nonce.encode(), sealed, about.encode())
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise NotGenuine("resource") from error


def _public(pem: str, key_id: str) -> tuple[RSAPublicKey, str]:
    key: object
    if "BEGIN CERTIFICATE" in pem:
        certificate = load_pem_x509_certificate(pem.encode())
        key, key_id = certificate.public_key(), f"{certificate.serial_number:X}"
    else:
        key = load_pem_public_key(pem.encode())
    if not isinstance(key, RSAPublicKey):
        raise ValueError("WeChat Pay signs with RSA keys only")
    return key, key_id.strip()


def _same(given: str) -> str:
    """Serial numbers of certificates are numbers: leading zeros and case say nothing."""
    return given.upper().lstrip("0") if set(given) <= HEX else given
