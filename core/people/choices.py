"""What people decided about what reaches them: per kind with sound, silently or not at all, and quiet hours.

What can't wait is of a kind that is not theirs to choose: it always comes, by night without a sound.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

DAY: Final = 24 * 60


class Kind(StrEnum):
    """Customers' first, then providers'; ALWAYS is what nobody can switch off."""

    REMINDERS = "reminders"
    REVIEWS = "reviews"  # being asked for one
    NEWS = "news"
    OFFERS = "offers"
    WORK_OFFERS = "work_offers"  # being asked whether one takes an order
    WORK_REMINDERS = "work_reminders"
    WORK_REVIEWS = "work_reviews"  # what customers wrote
    WORK_MONEY = "work_money"
    WORK_NEWS = "work_news"  # news and tips
    ALWAYS = "always"


class Manner(StrEnum):
    """In the order in which taps go through them."""

    ON = "on"
    SILENT = "silent"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Way:
    """How a kind may come; one that `waits` is kept in quiet hours and comes when they are over."""

    side: str
    manners: tuple[Manner, ...] = tuple(Manner)
    waits: bool = False


WAYS: Final[Mapping[Kind, Way]] = {
    Kind.REMINDERS: Way("customer"),
    Kind.REVIEWS: Way("customer"),
    Kind.NEWS: Way("customer", waits=True),
    Kind.OFFERS: Way("customer", waits=True),
    # Who is asked and doesn't know it would be called silent: to get none there is "off duty".
    Kind.WORK_OFFERS: Way("provider", (Manner.ON, Manner.SILENT)),
    Kind.WORK_REMINDERS: Way("provider"),
    Kind.WORK_REVIEWS: Way("provider", waits=True),
    Kind.WORK_MONEY: Way("provider", waits=True),
    Kind.WORK_NEWS: Way("provider", waits=True),
    Kind.ALWAYS: Way("", (Manner.ON,)),
}

# Local minutes of the day, from and to; over midnight where the end is before the start.
Quiet = tuple[int, int]
USUAL: Final[tuple[Quiet, ...]] = ((22 * 60, 8 * 60), (23 * 60, 7 * 60), (0, 9 * 60))
_QUIET: Final = {"customer": "quiet", "provider": "work_quiet"}


def kinds_of(*, side: str) -> list[Kind]:
    """What the people of this bot may choose about."""
    return [kind for kind, way in WAYS.items() if way.side == side]


def is_quiet(hours: Quiet) -> bool:
    """Whether this can be hours of silence: two different minutes of a day."""
    return len(hours) == 2 and hours[0] != hours[1] and all(0 <= one < DAY for one in hours)


@dataclass(frozen=True, slots=True)
class Arrival:
    """How something comes: in which manner, and where it has to wait, until when."""

    manner: Manner
    waits_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """A reading of `Person.choices` for one of the bots; what was never chosen is on."""

    kept: dict[str, Any]
    side: str = "customer"

    def manner(self, kind: Kind) -> Manner:
        value = self.kept.get(kind)
        return Manner(value) if value in WAYS[kind].manners else Manner.ON

    @property
    def quiet(self) -> Quiet | None:
        found = tuple(self.kept.get(_QUIET[self.side]) or ())
        return found if is_quiet(found) else None

    def quiet_until(self, *, local: datetime) -> datetime | None:
        """When the hours of silence in which this local time lies are over; None outside them."""
        if self.quiet is None:
            return None
        (start, end), minute = self.quiet, local.hour * 60 + local.minute
        within = start <= minute < end if start < end else minute >= start or minute < end
        if not within:
            return None
        day = local if minute < end else local + timedelta(days=1)
        return day.replace(hour=end // 60, minute=end % 60, second=0, microsecond=0)

    def arrival(self, kind: Kind, *, local: datetime) -> Arrival:
        """How something of this kind comes at this local time."""
        manner, until = self.manner(kind), self.quiet_until(local=local)
        if manner is Manner.OFF or until is None:
            return Arrival(manner)
        if WAYS[kind].waits:
            return Arrival(manner, until)
        return Arrival(Manner.SILENT)

    def with_manner(self, kind: Kind, manner: Manner) -> dict[str, Any]:
        return self.kept | {kind.value: manner.value}

    def with_quiet(self, hours: Quiet | None) -> dict[str, Any]:
        return self.kept | {_QUIET[self.side]: list(hours or ())}
