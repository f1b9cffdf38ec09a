"""The platform's pen: checks what a shop signed, signs its own words, locks what only the shop may read."""

import base64
import binascii
import json
import re
import secrets
from collections.abc import Mapping
from typing import Any, Final, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from bot.sandbox.gateways.wechat.keys import StandInKeys

SCHEMA: Final = "WECHATPAY2-SHA256-RSA2048"
FIELDS: Final = frozenset({"mchid", "serial_no", "nonce_str", "timestamp", "signature"})
CLOCKS_DIFFER_SECONDS: Final = 300


class Pen:
    def __init__(self, keys: StandInKeys) -> None:
        self._keys = keys
        self._own = cast(
            RSAPrivateKey, load_pem_private_key(keys.platform.private.encode(), password=None)
        )
        self._shop = cast(RSAPublicKey, load_pem_public_key(keys.merchant.public.encode()))

    def wrong(
        self, *, verb: str, target: str, raw: bytes, authorization: str, now: float
    ) -> str:  # fmt: skip
        """What is wrong with a request's signature; empty when nothing is."""
        schema, _, rest = authorization.partition(" ")
        given = dict(re.findall(r'(\w+)="([^"]*)"', rest))
        if schema != SCHEMA or given.keys() != FIELDS:
            return "Authorization"
        if (given["mchid"], given["serial_no"]) != (self._keys.merchant_id, self._keys.serial):
            return "mchid, serial_no"
        stamp, nonce = given["timestamp"], given["nonce_str"]
        if not stamp.isdigit() or abs(now - int(stamp)) > CLOCKS_DIFFER_SECONDS:
            return "timestamp"
        if not re.fullmatch(r"[0-9A-Za-z]{16,32}", nonce):
            return "nonce_str"
        said = f"{verb}\n{target}\n{stamp}\n{nonce}\n".encode() + raw + b"\n"
        try:
            mark = base64.b64decode(given["signature"], validate=True)
            self._shop.verify(mark, said, PKCS1v15(), SHA256())
        except (InvalidSignature, binascii.Error):
            return "signature"
        return ""

    def unlocked(self, text: str) -> str:
        """What a shop locked for the platform's eyes. Raises ValueError."""
        padding = OAEP(mgf=MGF1(SHA1()), algorithm=SHA1(), label=None)
        return self._own.decrypt(base64.b64decode(text, validate=True), padding).decode()

    def signed(self, *, raw: bytes, at: float) -> dict[str, str]:
        """The headers that go with an answer or a notice."""
        stamp, nonce = str(int(at)), secrets.token_hex(16)
        said = f"{stamp}\n{nonce}\n".encode() + raw + b"\n"
        mark = self._own.sign(said, PKCS1v15(), SHA256())
        return {
            "Wechatpay-Serial": self._keys.key_id,
            "Wechatpay-Timestamp": stamp,
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Signature": base64.b64encode(mark).decode(),
            "Wechatpay-Signature-Type": SCHEMA,
            "Content-Type": "application/json",
        }

    def locked(self, thing: Mapping[str, Any], *, about: str) -> dict[str, str]:
        """What a notice carries."""
        nonce = secrets.token_hex(6)
        sealed = AESGCM(self._keys.api_v3_key.encode()).encrypt(
            nonce.encode(), json.dumps(thing, ensure_ascii=False).encode(), about.encode()
        )
        return {
            "original_type": about, "algorithm": "AEAD_AES_256_GCM",
            "ciphertext": base64.b64encode(sealed).decode(), "associated_data": about,
            "nonce": nonce,
        }  # fmt: skip
