"""Both sides' keys of the stand-in, made once and kept: what the bot would get from WeChat Pay's merchant desk."""

import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bot.payments.keys import WechatAppKeys, WechatKeys
from bot.sandbox.gateways.pairs import Pair, kept_in, new_pair

MERCHANT_ID: Final = "1900000109"
APP_ID: Final = "wx8888888888888888"
APP_SECRET: Final = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"


@dataclass(frozen=True, slots=True)
class StandInKeys:
    """`serial` names the shop's key, `key_id` the platform's."""

    merchant: Pair
    platform: Pair
    serial: str
    key_id: str
    api_v3_key: str
    app_secret: str = APP_SECRET
    merchant_id: str = MERCHANT_ID
    app_id: str = APP_ID

    def for_shop(self, base: str) -> WechatKeys:
        """What a shop has of it, with the stand-in at `base`."""
        return WechatKeys(
            self.merchant_id, self.app_id, self.serial, self.merchant.private, self.api_v3_key,
            self.key_id, self.platform.public, f"{base}/sandbox/wechat",
        )  # fmt: skip

    def for_app(self, base: str) -> WechatAppKeys:
        """What the shop's app has, with the stand-in at `base`."""
        weixin = f"{base}/sandbox/weixin"
        return WechatAppKeys(self.app_secret, weixin, weixin)


def fresh() -> StandInKeys:
    return StandInKeys(
        merchant=new_pair(), platform=new_pair(), serial=secrets.token_hex(20).upper(),
        key_id=f"PUB_KEY_ID_{secrets.randbelow(10**34):034d}", api_v3_key=secrets.token_hex(16),
    )  # fmt: skip


def kept(path: Path) -> StandInKeys:
    """The same keys at every start."""
    return StandInKeys(**kept_in(path, lambda: asdict(fresh())))
