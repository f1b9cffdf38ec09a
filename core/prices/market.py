"""What a service usually costs around a place: enough providers, and nobody can be told from it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Market:
    """Eight of ten others nearby ask between `low` and `high`."""

    low: int
    high: int
    count: int


def market(*, prices: Sequence[int], least: int) -> Market | None:
    """The tenth and the ninetieth percentile, or None for fewer than `least` prices."""
    if len(prices) < least:
        return None
    in_order = sorted(prices)
    return Market(_percentile(in_order, 10), _percentile(in_order, 90), len(in_order))


def _percentile(in_order: Sequence[int], percent: int) -> int:
    """The nearest rank: always a price that somebody asks."""
    return in_order[max(0, -(-len(in_order) * percent // 100) - 1)]
