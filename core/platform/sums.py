"""What facts of one kind add up to: by the database for a whole span, or one by one for a part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from core.platform.facts import Fact


class Adds(Protocol):
    """`people` and `orders` count each once, of orders those with an amount above nothing; `known` are those of which
    it is known whether somebody came on time, `on_time` those of them who did.
    """

    @property
    def count(self) -> int: ...
    @property
    def amount(self) -> int: ...
    @property
    def part(self) -> int: ...
    @property
    def people(self) -> int: ...
    @property
    def orders(self) -> int: ...
    @property
    def known(self) -> int: ...
    @property
    def on_time(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Sums:
    count: int = 0
    amount: int = 0
    part: int = 0
    people: int = 0
    orders: int = 0
    known: int = 0
    on_time: int = 0


@dataclass(frozen=True, slots=True)
class Pile:
    """Facts of one kind, added up when it is asked for."""

    facts: "Sequence[Fact]" = ()

    @property
    def count(self) -> int:
        return len(self.facts)

    @property
    def amount(self) -> int:
        return sum(fact.amount for fact in self.facts)

    @property
    def part(self) -> int:
        return sum(fact.part for fact in self.facts)

    @property
    def people(self) -> int:
        return len({fact.person_id for fact in self.facts})

    @property
    def orders(self) -> int:
        return len({fact.order_id for fact in self.facts if fact.amount > 0})

    @property
    def known(self) -> int:
        return sum(fact.part >= 0 for fact in self.facts)

    @property
    def on_time(self) -> int:
        return sum(fact.part == 1 for fact in self.facts)
