"""How customers look around, order and spend: what is usual, out of the same facts as everything else."""

from collections import Counter
from dataclasses import dataclass
from statistics import median

from core.figures.counting import share
from core.orders.model import Pay
from core.platform.facts import Facts, Kind
from core.platform.measures import Key


@dataclass(frozen=True, slots=True)
class Habits:
    """Shares in basis points; None where there is nothing to say something of. Hours and weekdays are those of visits.

    `looked` are the services most looked for; `again`: of the customers who ordered in these days, those who did twice
    or more; `same_day`: orders for the day on which they were placed; `online`: something is paid before the visit.
    """

    searches: int
    visitors: int
    looked: tuple[tuple[Key, int], ...]
    orders: int
    customers: int
    again: int | None
    same_day: int | None
    ahead: float | None
    hour: int | None
    weekday: int | None
    online: int | None
    middle: float | None
    per_customer: float | None


LOOKED = 3


def habits(*, facts: Facts) -> Habits:
    sought, placed = facts.kinds(Kind.SOUGHT), facts.kinds(Kind.PLACED)
    settled = facts.kinds(Kind.SETTLED)
    looked = Counter(fact.service_id for fact in sought)
    each = Counter(fact.person_id for fact in placed)
    prices = Counter[int]()
    for fact in settled:
        prices[fact.order_id] += fact.amount
    paying = {fact.person_id for fact in settled}
    total = sum(fact.amount for fact in settled)
    return Habits(
        len(sought), len({(fact.day, fact.person_id) for fact in sought}),
        tuple(sorted(looked.items(), key=lambda one: (-one[1], one[0]))[:LOOKED]),
        len(placed), len(each), share(sum(count > 1 for count in each.values()), len(each)),
        share(sum(fact.ahead == 0 for fact in placed), len(placed)),
        sum(fact.ahead for fact in placed) / len(placed) if placed else None,
        _most(Counter(fact.hour for fact in placed)),
        _most(Counter((fact.day + fact.ahead - 1) % 7 for fact in placed)),
        share(sum(fact.pay != Pay.ON_SITE for fact in placed), len(placed)),
        median(prices.values()) if prices else None,
        total / len(paying) if paying else None,
    )  # fmt: skip


def _most(counted: Counter[int]) -> int | None:
    return min(counted, key=lambda one: (-counted[one], one)) if counted else None
