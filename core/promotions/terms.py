"""What the terms of a coupon may be."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.errors import Invalid
from core.promotions.codes import CODE
from core.promotions.model import Coupon

# What staff decide about a coupon, and may change later; its code stays as it was printed.
CHANGEABLE: Final = (
    "names", "amount", "percent_bp", "cap", "minimum", "service_ids", "newcomers", "public", "uses",
    "per_person", "starts_at", "ends_at",
)  # fmt: skip
LONGEST_NAME: Final = 60
LARGEST: Final = 10_000_00
"""In minor units."""
MOST_USES: Final = 1_000_000
MOST_EACH: Final = 1_000
MOST_CODES: Final = 500
"""Codes that are good once, made at a time."""
LONGEST_RUN: Final = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class Bound:
    name: str
    low: int
    high: int


_BOUNDS: Final = (
    Bound("percent_bp", 0, 10_000),
    Bound("amount", 0, LARGEST),
    Bound("cap", 0, LARGEST),
    Bound("minimum", 0, 10 * LARGEST),
    Bound("uses", 1, MOST_USES),
    Bound("per_person", 1, MOST_EACH),
)


def check(coupon: Coupon) -> None:
    """Raises Invalid, named by the field."""
    for bound in _BOUNDS:
        if not bound.low <= getattr(coupon, bound.name) <= bound.high:
            raise Invalid(f"coupon_{bound.name}", "bounds", {"low": bound.low, "high": bound.high})
    if not coupon.amount and not coupon.percent_bp:
        raise Invalid("coupon_gives", "nothing")
    if coupon.amount and coupon.percent_bp:
        raise Invalid("coupon_gives", "both")
    if not CODE.fullmatch(coupon.code):
        raise Invalid("coupon_code", "form")
    if not any(coupon.names.values()) or any(
        len(name) > LONGEST_NAME for name in coupon.names.values()
    ):
        raise Invalid("names", "length", {"most": LONGEST_NAME})
    if coupon.starts_at >= coupon.ends_at:
        raise Invalid("coupon_ends_at", "order")
    if coupon.ends_at - coupon.starts_at > LONGEST_RUN:
        raise Invalid("coupon_ends_at", "far")


def check_future(coupon: Coupon, *, now: datetime) -> None:
    """Raises Invalid for one that is over before it begins."""
    if coupon.ends_at <= now:
        raise Invalid("coupon_ends_at", "over")
