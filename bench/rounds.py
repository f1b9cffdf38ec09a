"""Interleaved rounds: everything that is compared meets the same machine in the same minute."""

import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

Work = Callable[[], Awaitable[float]]
ROUNDS = 15


@dataclass(frozen=True, slots=True)
class Series:
    """What one contender took in each round, in seconds per unit."""

    took: tuple[float, ...]

    @property
    def middle(self) -> float:
        return statistics.median(self.took)

    @property
    def least(self) -> float:
        return min(self.took)

    @property
    def most(self) -> float:
        return max(self.took)


async def interleaved(contenders: Mapping[str, Work], *, rounds: int = ROUNDS) -> dict[str, Series]:
    """Each contender once per round, after one round that is thrown away."""
    took: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, work in contenders.items():
            seconds = await work()
            if number:
                took[name].append(seconds)
    return {name: Series(tuple(each)) for name, each in took.items()}


def ratios(one: Series, other: Series) -> Series:
    """Round by round, so that what disturbs both disturbs the ratio little."""
    return Series(tuple(a / b for a, b in zip(one.took, other.took, strict=True)))


async def machine() -> float:
    """A fixed piece of plain Python: how steady the machine itself is."""
    began = time.process_time()
    total = 0
    for number in range(400_000):
        total += number * number % 7
    return time.process_time() - began
