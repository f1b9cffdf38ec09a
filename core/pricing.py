"""What a visit costs: itemised lines, discount, what is paid now. Pure; amounts in minor units."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.catalog.model import Names, Service
from core.errors import CouponGone, Invalid
from core.money import share
from core.orders.model import Pay
from core.promotions.model import Coupon


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the price: a name per language, how many, and the amount for all of them."""

    names: Names
    count: int
    amount: int

    def as_dict(self) -> dict[str, Any]:
        return {"names": self.names, "count": self.count, "amount": self.amount}


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of one visit before it is an order. `total` is after the discount."""

    lines: tuple[Line, ...]
    discount: int = 0
    minutes: int = 0
    coupon: str | None = None
    ways: tuple[Pay, ...] = field(default=())

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines) - self.discount


def ways_to_pay(*, service: Service) -> tuple[Pay, ...]:
    """What the service's rule lets the customer choose from, the usual one first."""
    online = Pay.DEPOSIT if service.payment == "deposit" else Pay.FULL
    extra = (Pay.FULL,) if online is Pay.DEPOSIT else ()
    return (online, *extra, *((Pay.ON_SITE,) if service.on_site else ()))


def quote(
    *, service: Service, price: int, options: dict[str, int], coupon: Coupon | None = None
) -> Quote:
    """Lines for the visit itself and each chosen option; a coupon counts from its minimum on.

    Raises Invalid for an option the service hasn't.
    """
    known = {option["code"]: option for option in service.options}
    lines, minutes = [Line(service.names, 1, price)], service.minutes
    for code, count in options.items():
        if code not in known or not 0 <= count <= known[code].get("max", 1):
            raise Invalid("option", "unknown")
        if count:
            option = known[code]
            lines.append(Line(option["names"], count, option["price"] * count))
            minutes += option.get("minutes", 0) * count
    gross = sum(line.amount for line in lines)
    used = coupon if coupon and gross >= coupon.minimum else None
    off = discount(coupon=used, gross=gross) if used else 0
    return Quote(
        lines=tuple(lines), discount=off, minutes=minutes, coupon=used.code if used else None,
        ways=ways_to_pay(service=service),
    )  # fmt: skip


def discount(*, coupon: Coupon, gross: int) -> int:
    """What the coupon takes off; never more than the price."""
    off = coupon.amount + share(amount=gross, rate_bp=coupon.percent_bp)
    return min(off, gross)


def fits(*, coupon: Coupon, service_id: int, gross: int, now: datetime) -> bool:
    """Whether the coupon may be used for this visit now (its counts are judged when it is taken)."""
    in_time = coupon.active and coupon.starts_at <= now < coupon.ends_at
    in_scope = not coupon.service_ids or service_id in coupon.service_ids
    return in_time and in_scope and gross >= coupon.minimum and coupon.used < coupon.uses


def check_coupon(*, coupon: Coupon, service_id: int, gross: int, now: datetime) -> None:
    """Raises CouponGone where `fits` is False."""
    if not fits(coupon=coupon, service_id=service_id, gross=gross, now=now):
        raise CouponGone(coupon.code)


def due_now(*, total: int, pay: Pay, deposit_bp: int) -> int:
    """What is paid online before the provider is asked."""
    if pay is Pay.FULL:
        return total
    return share(amount=total, rate_bp=deposit_bp) if pay is Pay.DEPOSIT else 0


def late_fee(*, order_total: int, hours_before: float, free_hours: int, fee_bp: int) -> int:
    """The fee for cancelling so many hours before the start: nothing inside the free window."""
    return 0 if hours_before >= free_hours else share(amount=order_total, rate_bp=fee_bp)
