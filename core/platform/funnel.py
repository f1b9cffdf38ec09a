"""How far customers came, from looking for a service to a visit that is done; and what they wanted in vain."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.orders.model import State
from core.platform.facts import Fact, Facts, Kind


class Stage(StrEnum):
    """The order of the members is the way."""

    SOUGHT = "sought"
    SEEN = "seen"
    BEGUN = "begun"
    PLACED = "placed"
    PAID = "paid"
    DONE = "done"


OVER = frozenset({State.FINISHED, State.DISPUTED, State.CLOSED})


@dataclass(frozen=True, slots=True)
class Step:
    """How many customers (each counted once a day) came to a stage, or further."""

    stage: Stage
    count: int


def funnel(*, facts: Facts) -> list[Step]:
    """Visitors up to the order, customers of the orders placed in these days from there on, as they stand now."""
    placed = facts.kinds(Kind.PLACED)
    paid = [fact for fact in placed if fact.part or fact.detail in OVER]
    counts = {
        Stage.SOUGHT: _days(facts.kinds(Kind.SOUGHT, Kind.SEEN, Kind.BEGUN)),
        Stage.SEEN: _days(facts.kinds(Kind.SEEN, Kind.BEGUN)),
        Stage.BEGUN: _days(facts.kinds(Kind.BEGUN)),
        Stage.PLACED: _days(placed),
        Stage.PAID: _days(paid),
        Stage.DONE: _days(fact for fact in paid if fact.detail in OVER),
    }
    return [Step(stage, counts[stage]) for stage in Stage]


def _days(facts: Iterable[Fact]) -> int:
    return len({(fact.day, fact.person_id) for fact in facts})
