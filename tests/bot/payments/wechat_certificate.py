"""A platform certificate, for shops that have no public key of the platform."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import NameOID

SERIAL = 0x0F3B_2A41_0000_0001


def certificate(private: str) -> tuple[str, str]:
    """(PEM, serial number as the platform writes it)."""
    key = load_pem_private_key(private.encode(), password=None)
    assert isinstance(key, RSAPrivateKey)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tenpay.com sign")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(SERIAL)
        .not_valid_before(datetime(2025, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=1825))
        .sign(key, SHA256())
    )  # fmt: skip
    return made.public_bytes(Encoding.PEM).decode(), f"{SERIAL:040X}"
