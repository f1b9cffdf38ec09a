"""Amounts as Stripe counts them: mostly in the minor units of ISO 4217, which the book counts in, but not always.

From "Supported currencies", sections "Zero-decimal currencies", "Three-decimal currencies" and "Special cases"
(docs.stripe.com/currencies): the króna and Uganda's shilling have no minor unit and are asked for with two zeros behind
them; of three digits the last must be 0. The forint and the Taiwan dollar are charged as in ISO 4217: only Stripe's
payouts to a bank want whole ones.
"""

from typing import Final

WITH_TWO_ZEROS: Final = frozenset({"ISK", "UGX"})
LAST_DIGIT_ZERO: Final = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})
# The ariary has no minor unit there and two digits in the book; of the dinars of Iraq and Libya Stripe tells nothing.
NOT_TAKEN: Final = frozenset({"MGA", "IQD", "LYD"})


def can_be_charged(*, amount: int, currency: str) -> bool:
    """Nothing is ever rounded on the way: what is shown is what is charged."""
    return currency not in LAST_DIGIT_ZERO or amount % 10 == 0


def to_stripe(*, amount: int, currency: str) -> int:
    return amount * 100 if currency in WITH_TWO_ZEROS else amount


def from_stripe(*, amount: int, currency: str) -> int:
    """Raises ValueError for what Stripe can't have charged."""
    if currency not in WITH_TWO_ZEROS:
        return amount
    whole, rest = divmod(amount, 100)
    if rest:
        raise ValueError(f"{currency} has no unit as fine as {amount}")
    return whole


def fee_from_stripe(*, fee: int, currency: str) -> int:
    """A share of a charge, and so perhaps finer than it: rounded up, for it is only looked at."""
    return -(-fee // 100) if currency in WITH_TWO_ZEROS else fee
