"""What the book says of a provider: per order and as balances, in minor units."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Booked:
    """What the book says of one order for its provider, in minor units.

    `gross` is the price of the work; `extra` what came on top (tips, the part of a cancellation fee); `penalties`
    what was taken off beside the commission. `cash` is the part of it all that was taken at the door.
    """

    order_id: int
    at: datetime
    currency: str
    gross: int = 0
    commission: int = 0
    extra: int = 0
    penalties: int = 0
    cash: int = 0

    @property
    def net(self) -> int:
        return self.gross + self.extra - self.commission - self.penalties


@dataclass(frozen=True, slots=True)
class Balances:
    """`pending` is held for some days, `available` free to be withdrawn, `debt` owed for cash taken at the door."""

    pending: int = 0
    available: int = 0
    debt: int = 0
