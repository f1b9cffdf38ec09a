"""Both sides' keys of the stand-in, made once and kept: what the platform would get from Alipay's console."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from bot.payments.keys import AlipayKeys

APP_ID: Final = "2021000000000001"
SELLER_ID: Final = "2088000000000001"
GATEWAY: Final = "/sandbox/alipay/gateway.do"


@dataclass(frozen=True, slots=True)
class Pair:
    """One side's key, as PEM."""

    private: str
    public: str


@dataclass(frozen=True, slots=True)
class StandInKeys:
    app: Pair
    alipay: Pair
    app_id: str = APP_ID
    seller_id: str = SELLER_ID

    def for_app(self, base: str) -> AlipayKeys:
        """What the app at `base` is set up with."""
        return AlipayKeys(
            self.app_id, self.seller_id, self.app.private, self.alipay.public, base + GATEWAY
        )


@cache
def fresh() -> StandInKeys:
    """One process makes them once: it takes a while."""
    return StandInKeys(_pair(), _pair())


def kept(path: Path) -> StandInKeys:
    """The same keys at every start."""
    if path.exists():
        known = json.loads(path.read_text("utf-8"))
        app, alipay = (Pair(**known.pop(name)) for name in ("app", "alipay"))
        return StandInKeys(app, alipay, **known)
    keys = fresh()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(keys)), "utf-8")
    return keys


def _pair() -> Pair:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return Pair(private.decode(), public.decode())
