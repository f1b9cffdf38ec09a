"""What a withdrawal must keep to, rule by rule; each says what it allows and when it passes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.errors import PayoutRefused
from core.ledger.balances import Balances
from core.payouts.model import PayoutAccount


@dataclass(frozen=True, slots=True)
class Purse:
    """Everything a withdrawal depends on, as it is now. `coming` is what will be free when, the nearest first."""

    balances: Balances
    account: PayoutAccount | None
    least: int
    day_left: int
    next_day: datetime
    cool_until: datetime | None = None
    coming: tuple[tuple[datetime, int], ...] = ()

    @property
    def most(self) -> int:
        """What can be withdrawn this moment, 0 where a rule stands in the way of any amount."""
        most = min(self.balances.free, self.day_left)
        fits = self.account is not None and self.cool_until is None and most >= self.least
        return most if fits else 0

    def free_with(self, amount: int) -> datetime | None:
        """When this much can be withdrawn, if nothing but time is missing: what is owed is taken first."""
        missing = amount + self.balances.debt - self.balances.available
        for moment, more in self.coming:
            missing -= more
            if missing <= 0:
                return moment
        return None

    def check(self, *, amount: int) -> None:
        """Raises PayoutRefused with the first rule that says no."""
        for rule in RULES:
            if refusal := rule(self, amount):
                raise refusal


def _account(purse: Purse, amount: int) -> PayoutRefused | None:
    return None if purse.account else PayoutRefused("account")


def _cool(purse: Purse, amount: int) -> PayoutRefused | None:
    return PayoutRefused("cool", until=purse.cool_until) if purse.cool_until else None


def _least(purse: Purse, amount: int) -> PayoutRefused | None:
    if amount >= purse.least:
        return None
    return PayoutRefused("least", purse.least, purse.free_with(purse.least))


def _funds(purse: Purse, amount: int) -> PayoutRefused | None:
    has = purse.balances
    if amount <= has.free:
        return None
    until = purse.free_with(amount)
    if amount <= has.available:
        return PayoutRefused("owed", has.owed, until)
    return PayoutRefused("hold" if until else "funds", has.free, until)


def _day(purse: Purse, amount: int) -> PayoutRefused | None:
    if amount <= purse.day_left:
        return None
    return PayoutRefused("day", max(0, purse.day_left), purse.next_day)


RULES: Final[tuple[Callable[[Purse, int], PayoutRefused | None], ...]] = (
    _account, _cool, _least, _funds, _day,
)  # fmt: skip
