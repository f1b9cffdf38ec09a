"""How long a visit holds the provider's time: longer while extra work is proposed, as before if nothing comes of it."""

from datetime import datetime, timedelta
from typing import Final

from core.availability.service import Availability
from core.changes import Change, Claim, Mask, Release
from core.distance import Point
from core.orders.model import Order
from core.people.model import Provider

LONGEST: Final = 240
"""Minutes: what takes longer is another visit."""


class Length:
    def __init__(self, *, availability: Availability) -> None:
        self._availability = availability

    async def room(self, *, order: Order, now: datetime) -> int:
        """How many minutes longer the visit can be before the provider's next one needs him."""
        held = order.minutes + order.extra_min + order.buffer_min
        end = order.starts_at + timedelta(minutes=held)
        return order.extra_min + await self._availability.free_after(
            order_id=order.id, provider_id=order.provider_id, at=order.point,
            buffer=order.buffer_min, moment=end, most=LONGEST - order.extra_min, now=now,
        )  # fmt: skip

    def longer(self, *, order: Order, minutes: int, now: datetime) -> list[Change]:
        """Claims so many minutes more. Where somebody was faster, applying it raises SlotTaken."""
        if not minutes:
            return []
        claim, held = (
            self._claim(order, minutes, now, at=order.point),
            order.minutes + order.buffer_min + minutes,
        )
        day, bits = self._availability.mask_bits(start=order.starts_at, minutes=held)
        return [claim, Mask(order.provider_id, day, take=bits)]

    async def as_before(self, *, order: Order, provider: Provider, now: datetime) -> list[Change]:
        """Gives back what was claimed for a proposal that waits; the caller sets `extra_min` to 0."""
        if not order.extra_min:
            return []
        calendar = await self._availability.calendar(provider=provider, now=now)
        short = order.minutes + order.buffer_min
        day, kept = self._availability.mask_bits(start=order.starts_at, minutes=short)
        _, held = self._availability.mask_bits(
            start=order.starts_at, minutes=short + order.extra_min
        )
        within = self._availability.hours_mask(calendar=calendar, day=day)
        back = Mask(order.provider_id, day, give=held & ~kept, within=within)
        return [Release(order.id), self._claim(order, 0, now), back]

    def _claim(self, order: Order, minutes: int, now: datetime, at: Point | None = None) -> Claim:
        """The visit is on the day's list already; made shorter, it lies as it did."""
        return self._availability.claim(
            order_id=order.id, provider_id=order.provider_id, start=order.starts_at,
            minutes=order.minutes + minutes, buffer=order.buffer_min, at=at, now=now,
        )  # fmt: skip
