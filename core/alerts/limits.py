"""The table of what can be wrong with one order: since when it has been so, and how long that is all right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.alerts.model import Kind
from core.orders.advance import reached_at
from core.orders.contact import silent
from core.orders.late import AWAITED
from core.orders.model import Order, State, Step
from core.rules import Rules

UNPROMISED: Final = frozenset({State.OFFERED, State.SEARCHING, State.CHOOSING})
_AFTER_HOLD = timedelta(minutes=10)
"""So long a payment may take to be heard of when its time is over."""

Began = Callable[[Order, Sequence[Step]], datetime | None]
Limit = Callable[[Order, datetime, Rules], datetime]


@dataclass(frozen=True, slots=True)
class Watch:
    """In which states an order can hang so. `began` is None where nothing is wrong."""

    kind: Kind
    states: frozenset[State]
    began: Began
    limit: Limit


def _unpromised_since(order: Order, steps: Sequence[Step]) -> datetime:
    """When it was placed, paid, or lost by whoever had promised it."""
    states = {state.value for state in UNPROMISED}
    entered = [
        step.at for step in steps if step.to_state in states and step.from_state not in states
    ]
    return entered[-1] if entered else order.created_at


def _unaccepted(order: Order, began: datetime, rules: Rules) -> datetime:
    """Of a near visit, half of the time until then."""
    patience = timedelta(minutes=rules.number("alert_unaccepted_minutes"))
    return began + max(min(patience, (order.starts_at - began) / 2), timedelta(0))


def _silent_since(order: Order, _steps: Sequence[Step]) -> datetime | None:
    return order.contact_by if silent(order=order) else None


def _expected(order: Order, _steps: Sequence[Step]) -> datetime | None:
    return order.expected_at if order.running_late else None


def _late(_order: Order, began: datetime, rules: Rules) -> datetime:
    return began + timedelta(minutes=rules.number("late_minutes"))


def _entered(order: Order, _steps: Sequence[Step]) -> datetime | None:
    return reached_at(order=order, state=order.state)


def _unfinished(order: Order, began: datetime, rules: Rules) -> datetime:
    """At the door nothing of the visit has begun; at work all of it is still to be done."""
    work = order.minutes + order.extra_min if order.state is State.WORKING else 0
    return max(began, order.starts_at) + timedelta(
        minutes=work + rules.number("alert_unfinished_minutes")
    )


def _owed_since(order: Order, _steps: Sequence[Step]) -> datetime | None:
    """The hold of an unpaid one, or the end of the work whose money nobody has named."""
    if order.state is State.UNPAID:
        return order.asked_until
    open_ = order.cash_stated is None and order.to_pay_on_site > 0
    return reached_at(order=order, state=State.FINISHED) if open_ else None


def _unpaid(order: Order, began: datetime, rules: Rules) -> datetime:
    if order.state is State.UNPAID:
        return began + _AFTER_HOLD
    return began + timedelta(hours=rules.number("alert_unpaid_hours"))


def _at_once(_order: Order, began: datetime, _rules: Rules) -> datetime:
    return began


WATCHES: Final = (
    Watch(Kind.UNACCEPTED, UNPROMISED, _unpromised_since, _unaccepted),
    Watch(Kind.UNCONTACTED, frozenset({State.ACCEPTED}), _silent_since, _at_once),
    Watch(Kind.LATE, AWAITED, _expected, _late),
    Watch(Kind.UNFINISHED, frozenset({State.ARRIVED, State.WORKING}), _entered, _unfinished),
    Watch(Kind.UNPAID, frozenset({State.UNPAID, State.FINISHED}), _owed_since, _unpaid),
    Watch(Kind.DISPUTED, frozenset({State.DISPUTED}), _entered, _at_once),
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """`began` tells one time from another, whatever the rule is by then; `since` is when the limit was passed."""

    kind: Kind
    order: Order
    began: datetime
    since: datetime

    @property
    def about(self) -> str:
        return f"{self.kind}:{self.order.id}:{int(self.began.timestamp())}"


def wrong(*, order: Order, steps: Sequence[Step], rules: Rules, now: datetime) -> list[Wrong]:
    """All that is beyond its limit. `steps` are needed while nobody has promised to come."""
    found = []
    for watch in WATCHES:
        began = watch.began(order, steps) if order.state in watch.states else None
        if began is not None and (since := watch.limit(order, began, rules)) <= now:
            found.append(Wrong(watch.kind, order, began, since))
    return found
