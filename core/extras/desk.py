"""What a provider has before him while he writes a proposal: it, its order, and lines that are one tap away."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.catalog.model import Names
from core.catalog.service import Catalog
from core.extras.model import Extra
from core.income import expected
from core.orders.model import Order
from core.orders.service import OrderView
from core.people.model import Skill


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line that is one tap away; `code` names it among the others of the same provider and service."""

    code: str
    names: Names
    price: int
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """What the provider has before him: the proposal as far as it is, and what belongs to it."""

    extra: Extra
    view: OrderView
    suggestions: tuple[Suggestion, ...]
    most: int
    photos_needed: int

    @property
    def order(self) -> Order:
        return self.view.order

    @property
    def net(self) -> int:
        """What the provider earns more with it, after the commission: to the fen what will be booked."""
        order = self.order
        bill = {
            "total": order.total + self.extra.amount, "lines": [*order.lines, *self.extra.billed],
        }  # fmt: skip
        grown = order.model_copy(update=bill)
        return expected(order=grown).net - expected(order=order).net


def suggested(
    *, catalog: Catalog, skills: Iterable[Skill], order: Order, extra: Extra
) -> tuple[Suggestion, ...]:
    """The service's own options first, then what else the provider offers; what is on the draft is left out."""
    known = {service.id: service for service in catalog.services()}
    own = known.get(order.service_id)
    offered = [
        Suggestion(str(o["code"]), o["names"], int(o["price"]), int(o.get("minutes", 0)))
        for o in (own.options if own else ())
    ]
    for skill in skills:
        if skill.service_id != order.service_id and (other := known.get(skill.service_id)):
            code = f"s{skill.service_id}"
            offered.append(Suggestion(code, other.names, skill.price, other.minutes))
    there = [line["names"] for line in extra.lines]
    return tuple(one for one in offered if one.names not in there)
