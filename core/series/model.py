"""A series of visits, and a date of it about which its customer is asked."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field as F

from core.entity import Entity
from core.orders.model import Pay


class Rhythm(StrEnum):
    WEEKLY = "weekly"
    TWO_WEEKS = "two_weeks"
    MONTHLY = "monthly"


class SeriesState(StrEnum):
    ACTIVE = "active"
    STOPPED = "stopped"


class Series(Entity):
    """The visit with number 0 was on `day` (an ordinal) at `minute` by the clock of `zone`; see core.series.dates.

    `wish` is what of a draft makes the same booking again. `price` is the most one visit may cost (minor units) without
    a question, paid in the way of `pay` by `method`. Numbers below `next_index` are settled: booked, asked about, or
    past.
    """

    customer_id: int
    provider_id: int
    service_id: int
    rhythm: Rhythm
    day: int
    minute: int
    zone: str
    wish: dict[str, Any] = F(default_factory=dict)
    price: int
    pay: Pay = Pay.ON_SITE
    method: str = "on_site"
    next_index: int
    state: SeriesState = SeriesState.ACTIVE
    created_at: datetime


class Why(StrEnum):
    """Why a date could not be booked as it was meant."""

    TAKEN = "taken"  # the time, or the provider's day, is not free
    PRICE = "price"  # it costs more than was agreed to
    PROVIDER = "provider"  # the provider may not, or does not, do this (any more)


class DateState(StrEnum):
    OPEN = "open"
    BOOKED = "booked"
    SKIPPED = "skipped"


class SeriesDate(Entity):
    """The one question about one date of a series: another time, or none."""

    series_id: int
    person_id: int
    number: int
    starts_at: datetime
    why: Why
    state: DateState = DateState.OPEN
    asked_at: datetime
