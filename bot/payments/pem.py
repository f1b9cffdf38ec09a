"""Keys as people have them: a PEM text, its bare base64, or the name of a file with either; checked when read."""

import base64
import binascii
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
    load_pem_private_key,
    load_pem_public_key,
)

_LONGEST: Final = 20_000
# Shorter ones are no protection any more; none of the companies takes them.
LEAST_BITS: Final = 2048


def private_pem(value: str) -> str:
    """The private RSA key as PEM (PKCS #8). Raises ValueError."""
    raw = _text(value).encode()
    read = load_pem_private_key if raw.startswith(b"-----") else load_der_private_key
    try:
        key = read(_bytes(raw), None)
    except TypeError as error:  # locked with a password
        raise ValueError("locked") from error
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < LEAST_BITS:
        raise ValueError("not RSA, or too short")
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_pem(value: str) -> str:
    """The public RSA key as PEM, also out of a certificate. Raises ValueError."""
    raw = _text(value).encode()
    if b"BEGIN CERTIFICATE" in raw:
        key = x509.load_pem_x509_certificate(raw).public_key()
    else:
        read = load_pem_public_key if raw.startswith(b"-----") else load_der_public_key
        key = read(_bytes(raw))  # type: ignore[assignment]
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < LEAST_BITS:
        raise ValueError("not RSA, or too short")
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _text(value: str) -> str:
    """What is in the file, if it is a file's name; line ends that a settings file can't hold are put right."""
    text = value.strip().replace("\\n", "\n")
    if text and len(text) < 300 and "\n" not in text and (file := Path(text)).is_file():
        text = file.read_text("utf-8").strip()
    if len(text) > _LONGEST:
        raise ValueError("too long")
    return text


def _bytes(raw: bytes) -> bytes:
    if raw.startswith(b"-----"):
        return raw
    try:
        return base64.b64decode(b"".join(raw.split()), validate=True)
    except binascii.Error as error:
        raise ValueError("not a key") from error
