"""Both sides' keys of the stand-in, made once and kept: what the bot would get from WeChat Pay's merchant desk."""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from bot.payments.keys import WechatKeys

MERCHANT_ID: Final = "1900000109"
APP_ID: Final = "wx8888888888888888"


@dataclass(frozen=True, slots=True)
class Pair:
    """One side's key, as PEM."""

    private: str
    public: str


@dataclass(frozen=True, slots=True)
class StandInKeys:
    """`serial` names the shop's key, `key_id` the platform's."""

    merchant: Pair
    platform: Pair
    serial: str
    key_id: str
    api_v3_key: str
    merchant_id: str = MERCHANT_ID
    app_id: str = APP_ID

    def for_shop(self, base: str) -> WechatKeys:
        """What a shop has of it, with the stand-in at `base`."""
        return WechatKeys(
            self.merchant_id, self.app_id, self.serial, self.merchant.private, self.api_v3_key,
            self.key_id, self.platform.public, f"{base}/sandbox/wechat",
        )  # fmt: skip


def fresh() -> StandInKeys:
    return StandInKeys(
        merchant=_pair(), platform=_pair(), serial=secrets.token_hex(20).upper(),
        key_id=f"PUB_KEY_ID_{secrets.randbelow(10**34):034d}", api_v3_key=secrets.token_hex(16),
    )  # fmt: skip


def kept(path: Path) -> StandInKeys:
    """The same keys at every start."""
    if path.exists():
        known = json.loads(path.read_text("utf-8"))
        merchant, platform = (Pair(**known.pop(name)) for name in ("merchant", "platform"))
        return StandInKeys(merchant=merchant, platform=platform, **known)
    keys = fresh()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(keys)), "utf-8")
    return keys


def _pair() -> Pair:
    key: RSAPrivateKey = generate_private_key(65537, 2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return Pair(private.decode(), public.decode())
