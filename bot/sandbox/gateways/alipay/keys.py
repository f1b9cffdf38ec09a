"""Both sides' keys of the stand-in, made once and kept: what the platform would get from Alipay's console."""

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Final

from bot.payments.keys import AlipayKeys
from bot.sandbox.gateways.pairs import Pair, kept_in, new_pair

APP_ID: Final = "2021000000000001"
SELLER_ID: Final = "2088000000000001"
GATEWAY: Final = "/sandbox/alipay/gateway.do"


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
    return StandInKeys(new_pair(), new_pair())


def kept(path: Path) -> StandInKeys:
    """The same keys at every start."""
    return StandInKeys(**kept_in(path, lambda: asdict(fresh())))
