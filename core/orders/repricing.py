"""The price when somebody else comes: theirs where it is lower, never more than the customer agreed to.

It counts once they accept: then the total falls, and what was paid beyond it goes back. A total never rises again.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.changes import Changes, Timer
from core.entity import NewId
from core.ledger.postings import REFUND_OWED
from core.ledger.service import Facts, post
from core.orders.model import Order


def base_lines(*, order: Order) -> dict[int, int]:
    """Which lines are a provider's price: place of the line → its service. The other lines are options."""
    first: dict[int, int] = {}
    for place, line in enumerate(order.lines):
        first.setdefault(int(line.get("service_id", order.service_id)), place)
    return {place: service for service, place in first.items()}


def service_ids(*, order: Order) -> list[int]:
    """The services of the visit, the main one first: whoever comes must do all of them."""
    return [task.service_id for task in order.tasks]


def options_total(*, order: Order) -> int:
    """What the options cost: the same whoever comes."""
    places = base_lines(order=order)
    return sum(line["amount"] for place, line in enumerate(order.lines) if place not in places)


def at_prices(*, order: Order, prices: Mapping[int, int]) -> dict[str, Any]:
    """The order's money with these prices per service: lines, discount, total, and by how much it ever fell."""
    places = base_lines(order=order)
    lines = [
        line | {"amount": prices[places[place]]} if place in places else line
        for place, line in enumerate(order.lines)
    ]
    gross = sum(line["amount"] for line in lines)
    discount = min(order.discount, gross)
    total = gross - discount
    return {
        "lines": lines, "discount": discount, "total": total,
        "lowered": order.lowered + order.total - total,
    }  # fmt: skip


def affordable(*, order: Order, prices: Mapping[int, int]) -> bool:
    """Whether a visit at these prices costs no more than it does now."""
    return bool(at_prices(order=order, prices=prices)["total"] <= order.total)


def kept(*, prices: Mapping[int, int]) -> dict[str, int]:
    """Prices per service as they are stored (JSON has no numbers as keys)."""
    return {str(service): price for service, price in prices.items()}


def taken(*, order: Order, prices: Mapping[str, int]) -> dict[str, Any]:
    """The order's money once somebody at these kept prices accepts; what was paid beyond the total goes back."""
    if not prices:
        return {}
    fresh = at_prices(order=order, prices={int(key): price for key, price in prices.items()})
    back = max(0, order.paid - order.refund_due - fresh["total"])
    return fresh | {"refund_due": order.refund_due + back, "asking": {}}


def give_back(*, order: Order, amount: int, facts: Facts, now: datetime, new_id: NewId) -> Changes:
    """Posts that so much goes back and has it sent; the order's `refund_due` says so in the same set."""
    changes = Changes()
    if amount:
        transaction = post(
            id=new_id(), event=REFUND_OWED, facts=facts, figures={"amount": amount}, at=now,
            actor="matching", part=f"lower:{order.version}",
        )  # fmt: skip
        key = f"order.refund:{order.id}:{order.version}"
        changes.post(transaction).add(Timer("order.refund", order.id, now, key))
    return changes
