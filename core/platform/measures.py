"""What can be counted, and by what: two tables that screens, pictures, tables and questions in words are read from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from core.figures.counting import share
from core.figures.spans import Span
from core.platform.facts import Fact, Facts, Kind
from core.platform.sums import Adds, Pile, Sums

Value = float | None


class Sort(StrEnum):
    """How a value is written."""

    NUMBER = "number"
    MONEY = "money"
    SHARE = "share"  # basis points
    STARS = "stars"


class Measure(StrEnum):
    ORDERS = "orders"
    DONE = "done"
    AMOUNT = "amount"
    COMMISSION = "commission"
    AVERAGE = "average"
    REFUNDS = "refunds"
    CANCELLED = "cancelled"
    CANCEL_RATE = "cancel_rate"
    ON_TIME = "on_time"
    RATING = "rating"
    REVIEWS = "reviews"
    CUSTOMERS = "customers"
    NEW_USERS = "new_users"
    ACTIVE = "active"
    SEARCHES = "searches"
    UNMET = "unmet"


class Dimension(StrEnum):
    CATEGORY = "category"
    SERVICE = "service"
    DISTRICT = "district"
    HOUR = "hour"
    WEEKDAY = "weekday"
    DAY = "day"
    PROVIDER = "provider"
    CAUSE = "cause"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Counted:
    """Made of facts of these kinds; None where there is nothing to take a mean or a share of."""

    sort: Sort
    kinds: tuple[Kind, ...]
    value: Callable[..., Value]
    """Of the sums of each kind, in this order."""
    by: frozenset[Dimension]

    def of(self, facts: "Whole") -> Value:
        return self.value(*(facts.sums(kind) for kind in self.kinds))

    @property
    def nothing(self) -> Value:
        """What it is where nothing happened."""
        return self.value(*(Sums() for _ in self.kinds))


class Whole(Protocol):
    """Whatever knows what the facts of a span add up to, kind by kind: facts, or totals."""

    @property
    def span(self) -> Span: ...

    def sums(self, kind: Kind) -> Adds: ...


def _many(one: Adds) -> Value:
    return one.count


def _people(one: Adds) -> Value:
    return one.people


def _sum(one: Adds) -> Value:
    return one.amount


def _commission(settled: Adds, waived: Adds) -> Value:
    return settled.part + waived.part


def _average(one: Adds) -> Value:
    """Of what was settled and not taken back."""
    orders = one.orders
    return one.amount / orders if orders else None


def _cancelled(cancelled: Adds, done: Adds) -> Value:
    return share(cancelled.count, cancelled.count + done.count)


def _on_time(one: Adds) -> Value:
    return share(one.on_time, one.known)


def _stars(one: Adds) -> Value:
    return one.amount / (3 * one.count) if one.count else None


_PLACES: Final = frozenset({
    Dimension.CATEGORY, Dimension.SERVICE, Dimension.DISTRICT, Dimension.HOUR, Dimension.WEEKDAY,
    Dimension.DAY,
})  # fmt: skip
_WORK: Final = _PLACES | {Dimension.PROVIDER}
_TIME: Final = frozenset({Dimension.DAY, Dimension.WEEKDAY})

MEASURES: Final[dict[Measure, Counted]] = {
    Measure.ORDERS: Counted(Sort.NUMBER, (Kind.PLACED,), _many, _WORK | {Dimension.STATE}),
    Measure.DONE: Counted(Sort.NUMBER, (Kind.DONE,), _many, _WORK),
    Measure.AMOUNT: Counted(Sort.MONEY, (Kind.SETTLED,), _sum, _WORK),
    Measure.COMMISSION: Counted(Sort.MONEY, (Kind.SETTLED, Kind.WAIVED), _commission, _WORK),
    Measure.AVERAGE: Counted(Sort.MONEY, (Kind.SETTLED,), _average, _WORK),
    Measure.REFUNDS: Counted(Sort.MONEY, (Kind.REFUNDED,), _sum, _WORK),
    Measure.CANCELLED: Counted(
        Sort.NUMBER, (Kind.CANCELLED,), _many, _WORK | {Dimension.CAUSE}
    ),
    Measure.CANCEL_RATE: Counted(Sort.SHARE, (Kind.CANCELLED, Kind.DONE), _cancelled, _WORK),
    Measure.ON_TIME: Counted(Sort.SHARE, (Kind.DONE,), _on_time, _WORK),
    Measure.RATING: Counted(Sort.STARS, (Kind.RATED,), _stars, _WORK),
    Measure.REVIEWS: Counted(Sort.NUMBER, (Kind.RATED,), _many, _WORK),
    Measure.CUSTOMERS: Counted(Sort.NUMBER, (Kind.PLACED,), _people, _PLACES),
    Measure.NEW_USERS: Counted(Sort.NUMBER, (Kind.JOINED,), _many, _TIME),
    Measure.ACTIVE: Counted(Sort.NUMBER, (Kind.ACTIVE,), _people, _TIME),
    Measure.SEARCHES: Counted(Sort.NUMBER, (Kind.SOUGHT,), _many, _PLACES),
    Measure.UNMET: Counted(Sort.NUMBER, (Kind.UNMET,), _many, _PLACES),
}  # fmt: skip

Key = int | str
KEYS: Final[dict[Dimension, Callable[[Fact], Key]]] = {
    Dimension.CATEGORY: lambda fact: fact.category_id,
    Dimension.SERVICE: lambda fact: fact.service_id,
    Dimension.DISTRICT: lambda fact: fact.district,
    Dimension.HOUR: lambda fact: fact.hour,
    Dimension.WEEKDAY: lambda fact: (fact.day - 1) % 7,
    Dimension.DAY: lambda fact: fact.day,
    Dimension.PROVIDER: lambda fact: fact.provider_id,
    Dimension.CAUSE: lambda fact: fact.detail,
    Dimension.STATE: lambda fact: fact.detail,
}
"""Monday is 0; days are ordinals; "" is a place that is in no district we know."""


def split(
    *, measure: Measure, facts: Facts, by: Sequence[Dimension]
) -> dict[tuple[Key, ...], Value]:
    """The value of each part that has one."""
    counted, piles = MEASURES[measure], dict[tuple[Key, ...], dict[Kind, list[Fact]]]()
    keys = [KEYS[dimension] for dimension in by]
    for fact in facts.kinds(*counted.kinds):
        pile = piles.setdefault(tuple(key(fact) for key in keys), {})
        pile.setdefault(fact.kind, []).append(fact)
    values = {
        key: counted.value(*(Pile(some.get(kind, ())) for kind in counted.kinds))
        for key, some in piles.items()
    }
    return {key: value for key, value in values.items() if value is not None}


def ranked(
    *, measure: Measure, facts: Facts, by: Dimension, lowest: bool = False
) -> list[tuple[Key, float]]:
    """The largest first (or the smallest), those alike in the order of their keys."""
    parts = split(measure=measure, facts=facts, by=(by,))
    found = [(key, value) for (key,), value in parts.items() if value is not None]
    return sorted(found, key=lambda one: (one[1] if lowest else -one[1], str(one[0])))
