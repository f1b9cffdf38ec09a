"""Money is an integer of minor units and a currency code; this file shares and splits it without losing a fen."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

BASIS: Final = 10_000
"""Rates are basis points: 1 500 of 10 000 is 15 %."""

# Minor digits where they are not two (ISO 4217).
EXPONENTS: Final = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
    "RWF": 0, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}  # fmt: skip


class CurrencyMismatch(Exception):
    """Two amounts of different currencies were put together: a fault of ours, never of a user."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__(f"{left} and {right} do not add up")
        self.left = left
        self.right = right


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of one currency."""

    amount: int
    currency: str

    def _same(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return other.amount

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __bool__(self) -> bool:
        return self.amount != 0

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)


def exponent(*, currency: str) -> int:
    """How many digits the minor unit has: 2 for CNY, 0 for JPY, 3 for KWD."""
    return EXPONENTS.get(currency, 2)


def to_decimal(*, amount: int, currency: str) -> Decimal:
    """12850 CNY is 128.50: for paper, exports and people, never for sums."""
    return Decimal(amount).scaleb(-exponent(currency=currency))


def to_minor(*, value: Decimal, currency: str) -> int:
    """128.50 CNY is 12850. A value finer than the minor unit is refused with ValueError, never rounded."""
    minor = value.scaleb(exponent(currency=currency))
    if not minor.is_finite() or minor != minor.to_integral_value():
        raise ValueError(f"{currency} has no unit as fine as {value}")
    return int(minor)


def share(*, amount: int, rate_bp: int) -> int:
    """`rate_bp` of `amount`, rounded half away from zero.

    So a refund of a share is the exact mirror of the share: share(−a) = −share(a). Whatever is left belongs to the
    other side and is got by subtraction, never by a second rounding.
    """
    whole, rest = divmod(abs(amount) * rate_bp, BASIS)
    rounded = whole + (2 * rest >= BASIS)
    return rounded if amount >= 0 else -rounded


def split(*, total: int, weights: Sequence[int]) -> list[int]:
    """`total` in proportion to `weights`, by largest remainder: the parts always add up to `total`.

    Each part is within one minor unit of its exact value; units left over go to the largest remainders, the
    earlier part first among equals. Raises ValueError if no weight is positive or one is negative.
    """
    scale = sum(weights)
    if scale <= 0 or min(weights) < 0:
        raise ValueError("weights must not be negative and not all be zero")
    sign = 1 if total >= 0 else -1
    shares = [divmod(abs(total) * weight, scale) for weight in weights]
    parts = [whole for whole, _ in shares]
    by_remainder = sorted(range(len(parts)), key=lambda index: -shares[index][1])
    for index in by_remainder[: abs(total) - sum(parts)]:
        parts[index] += 1
    return [sign * part for part in parts]
