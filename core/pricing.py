"""What a visit costs: itemised lines, discount, what is paid now. Pure; amounts in minor units.

A visit may hold several services. A coupon for certain services counts their lines alone: towards its minimum as well
as for what it takes off. The deposit is the sum of each service's part: its own rate, nothing for one that may be paid
at the door anyway, all of one that may not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.catalog.model import Names, Service
from core.errors import CouponGone, Invalid
from core.money import share, split
from core.orders.model import Pay
from core.promotions.model import Coupon


@dataclass(frozen=True, slots=True)
class Item:
    """One service of the visit: what the provider asks for it, and so many of its options."""

    service: Service
    price: int
    options: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the price: a name per language, how many, and the amount for all of them.

    `option` is the code of the option, nothing for the service itself. What names no service belongs to the main one.
    """

    names: Names
    count: int
    amount: int
    service_id: int = 0
    option: str = ""

    def as_dict(self) -> dict[str, Any]:
        told = {"names": self.names, "count": self.count, "amount": self.amount}
        of = {"service_id": self.service_id, "option": self.option} if self.service_id else {}
        return told | of


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of one visit before it is an order. `total` is after the discount; `deposit` is of the total."""

    lines: tuple[Line, ...]
    discount: int = 0
    minutes: int = 0
    coupon: str | None = None
    ways: tuple[Pay, ...] = field(default=())
    deposit: int = 0

    @property
    def gross(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def total(self) -> int:
        return self.gross - self.discount

    def due(self, pay: Pay) -> int:
        """What is paid online before the provider is asked."""
        return {Pay.FULL: self.total, Pay.DEPOSIT: self.deposit, Pay.ON_SITE: 0}[pay]


def ways_to_pay(*, services: Sequence[Service]) -> tuple[Pay, ...]:
    """What the services' rules let the customer choose from, the usual one first."""
    online: tuple[Pay, ...] = (Pay.FULL,)
    if any(service.payment == "deposit" for service in services):
        online = (Pay.DEPOSIT, Pay.FULL)
    return (*online, Pay.ON_SITE) if all(service.on_site for service in services) else online


def quote(*, items: Sequence[Item], coupon: Coupon | None = None) -> Quote:
    """Lines for each service and each chosen option; a coupon counts from its minimum on.

    Raises Invalid for an option a service hasn't.
    """
    lines = tuple(line for item in items for line in _lines(item))
    off = taken_off(coupon=coupon, lines=lines) if coupon else 0
    return Quote(
        lines=lines, discount=off, minutes=sum(_minutes(item) for item in items),
        coupon=coupon.code if coupon and off else None,
        ways=ways_to_pay(services=[item.service for item in items]),
        deposit=_deposit(items, lines, off, coupon),
    )  # fmt: skip


def _lines(item: Item) -> list[Line]:
    service, known = item.service, {option["code"]: option for option in item.service.options}
    lines = [Line(service.names, 1, item.price, service.id)]
    for code, count in item.options.items():
        if code not in known or not 0 <= count <= known[code].get("max", 1):
            raise Invalid("option", "unknown")
        if count:
            option = known[code]
            amount = option["price"] * count
            lines.append(Line(option["names"], count, amount, service.id, code))
    return lines


def _minutes(item: Item) -> int:
    extra: dict[str, int] = {
        option["code"]: option.get("minutes", 0) for option in item.service.options
    }
    return item.service.minutes + sum(extra[code] * n for code, n in item.options.items())


def _deposit(items: Sequence[Item], lines: Sequence[Line], off: int, coupon: Coupon | None) -> int:
    """Each service's part of what is left after the discount, which falls on the lines it was counted from."""
    counted = [
        sum(line.amount for line in counting(coupon=coupon, lines=_of(item, lines)))
        if coupon else 0
        for item in items
    ]  # fmt: skip
    offs = split(total=off, weights=counted) if off else [0] * len(items)
    due = 0
    for item, less in zip(items, offs, strict=True):
        net = sum(line.amount for line in _of(item, lines)) - less
        if item.service.payment == "deposit":
            due += share(amount=net, rate_bp=item.service.deposit_bp)
        elif not item.service.on_site:
            due += net
    return due


def _of(item: Item, lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.service_id == item.service.id]


def counting(*, coupon: Coupon, lines: Sequence[Line]) -> list[Line]:
    """The lines a coupon is for."""
    wanted = coupon.service_ids
    return [line for line in lines if not wanted or line.service_id in wanted]


def taken_off(*, coupon: Coupon, lines: Sequence[Line]) -> int:
    """What the coupon takes off this price: nothing below its minimum."""
    gross = sum(line.amount for line in counting(coupon=coupon, lines=lines))
    return discount(coupon=coupon, gross=gross) if gross >= coupon.minimum else 0


def discount(*, coupon: Coupon, gross: int) -> int:
    """What the coupon takes off an amount; never more than that, nor than its cap."""
    part = share(amount=gross, rate_bp=coupon.percent_bp)
    off = coupon.amount + (min(part, coupon.cap) if coupon.cap else part)
    return min(off, gross)


def fits(*, coupon: Coupon, service_id: int, gross: int, now: datetime) -> bool:
    """Whether the coupon may be used for this service now (its counts are judged when it is taken)."""
    in_time = coupon.active and coupon.starts_at <= now < coupon.ends_at
    in_scope = not coupon.service_ids or service_id in coupon.service_ids
    return in_time and in_scope and gross >= coupon.minimum and coupon.used < coupon.uses


def usable(*, coupon: Coupon, lines: Sequence[Line], now: datetime) -> bool:
    """The same for a whole visit: one of its services is enough, and its lines are what counts."""
    counted = counting(coupon=coupon, lines=lines)
    gross = sum(line.amount for line in counted)
    return bool(counted) and fits(
        coupon=coupon, service_id=counted[0].service_id, gross=gross, now=now
    )


def check_coupon(*, coupon: Coupon, lines: Sequence[Line], now: datetime) -> None:
    """Raises CouponGone for a coupon that may not be used for this price now, with what would make it count."""
    check_running(coupon=coupon, now=now)
    counted = counting(coupon=coupon, lines=lines)
    if not counted:
        raise CouponGone(coupon.code, "other", {"service_ids": coupon.service_ids})
    lacking = coupon.minimum - sum(line.amount for line in counted)
    if lacking > 0:
        raise CouponGone(coupon.code, "minimum", {"least": coupon.minimum, "lacking": lacking})


def check_running(*, coupon: Coupon, now: datetime) -> None:
    """Raises CouponGone for one that nobody can use now."""
    if coupon.starts_at > now:
        raise CouponGone(coupon.code, "soon", {"starts_at": coupon.starts_at})
    if coupon.ends_at <= now:
        raise CouponGone(coupon.code, "over")
    if coupon.used >= coupon.uses:
        raise CouponGone(coupon.code, "empty")
    if not coupon.active:
        raise CouponGone(coupon.code, "paused")
