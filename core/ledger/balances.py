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
    """`pending` is held for some days, `available` earned and past that, `debt` owed for cash taken at the door.

    `paying` is on its way to the provider, `withdrawn` is what has reached him.
    """

    pending: int = 0
    available: int = 0
    debt: int = 0
    paying: int = 0
    withdrawn: int = 0

    @property
    def owed(self) -> int:
        """What is owed beyond what is still to come: it is kept back, for earnings pay it first."""
        return max(0, self.debt - self.pending)

    @property
    def free(self) -> int:
        """What can be withdrawn."""
        return max(0, self.available - self.owed)


@dataclass(frozen=True, slots=True)
class OnHold:
    """What one order brought a provider and is not free yet; below zero where more was taken back than was left of it.

    `last` names the posting that moved it last.
    """

    order_id: int
    provider_id: int
    currency: str
    amount: int
    at: datetime
    last: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What one order or payout (`of_payout`) did to all that a provider has with us: held, free, on its way, less debt.

    What only moves between those changes nothing. `booked` has the figures of an order.
    """

    booked: Booked
    change: int
    of_payout: bool = False
