"""How buttons name days and starts, where their taps lead, and the times to which an order could move."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.screen import Button, press
from core.availability.service import Availability, Calendar
from core.orders.model import Order

Rows = list[list[Button]]


@dataclass(frozen=True, slots=True)
class Leads:
    """Callback data of each kind of tap: a month of the calendar, a cell without a day, a day, a part, a start."""

    month: Callable[[int, int], str]
    no_day: Callable[[int, int], str]
    day: Callable[[int], str]
    part: Callable[[int, int], str]
    start: Callable[[datetime], str]


def minutes_of(start: datetime) -> int:
    """How a button names a start: minutes since the epoch."""
    return int(start.timestamp()) // 60


def move_leads(order_id: int) -> Leads:
    """Another time for a visit, asked for by either of its two sides."""
    return Leads(
        month=lambda year, month: press("mvmon", order_id, year, month),
        no_day=lambda year, month: press("mvnone", order_id, year, month),
        day=lambda ordinal: press("mvday", order_id, ordinal),
        part=lambda ordinal, part: press("mvpart", order_id, ordinal, part),
        start=lambda start: press("mvat", order_id, minutes_of(start)),
    )


def day_of(ordinal: int) -> date:
    """The day a button names; an altered one names a day nobody offers."""
    return date.fromordinal(min(max(ordinal, date.min.toordinal() + 2), date.max.toordinal() - 2))


def instant(minutes: int) -> datetime:
    """The start a button names; an altered one names a time nobody offers."""
    return datetime.fromtimestamp(min(max(minutes, 0), 10**8) * 60, UTC)


@dataclass(frozen=True, slots=True)
class Others:
    """The times to which an order could move: whatever is free, but not the one it has."""

    availability: Availability
    calendar: Calendar
    order: Order
    now: datetime

    def starts(self, day: date) -> list[datetime]:
        offered = self.availability.starts(
            calendar=self.calendar, minutes=self.order.minutes, day=day, now=self.now
        )
        return [start for start in offered if start != self.order.starts_at]

    def days(self) -> list[date]:
        found = self.availability.days(
            calendar=self.calendar, minutes=self.order.minutes, now=self.now
        )
        own = date.fromordinal(self.availability.day_of(moment=self.order.starts_at))
        return [day for day in found if day != own or self.starts(day)]
