"""One step of an order's life as changes: compare-and-set of the state, a line of the timeline, the event."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from core.alerts.raising import TELLING, look_after
from core.changes import Changes, Insert, Release, Update
from core.entity import NewId
from core.events import Event
from core.extras.model import Extra, ExtraState
from core.orders.lifecycle import THERE, Actor, target
from core.orders.model import Late, Order, State, Step


@dataclass(frozen=True, slots=True)
class By:
    """Who acts: the part they play and their id (a person's, a provider's or a member of staff's)."""

    actor: Actor
    id: int = 0


# What an order looks like when no question about another time is open.
NO_PROPOSAL: Final[dict[str, Any]] = {
    "proposed_by": "", "proposed_start": None, "proposed_until": None, "proposed_bp": 0,
    "away": False,
}  # fmt: skip

# What an order looks like when nobody is late for it.
ON_TIME: Final[dict[str, Any]] = {"late": Late.NOT, "late_until": None, "coming_at": None}


def advance(
    *, order: Order, verb: str, by: By, now: datetime, new_id: NewId, people: dict[str, int],
    facts: dict[str, Any] | None = None, **values: Any,
) -> Changes:  # fmt: skip
    """Takes one step and sets `values` with it; `order` itself is brought up to date, too.

    `people` says who may have to be told. Extra work that still waits for the customer's word falls with the visit,
    and a step that leads on closes an open question about another time and gives back what was held for it.
    Raises NotAllowedNow or Unknown where the lifecycle forbids the step.
    """
    source, goal = order.state, target(order=order, verb=verb, actor=by.actor)
    version = order.version
    values = {"state": goal, "version": version + 1, **values}
    if goal is not source:
        values["reached"] = order.reached | {goal.value: now.isoformat()}
    unanswered = order.proposal if goal is not source else None
    if unanswered is not None:
        values |= NO_PROPOSAL
        facts = (facts or {}) | {"unanswered": unanswered.by}
    step = Step(
        id=new_id(), order_id=order.id, provider_id=values.get("provider_id", order.provider_id),
        version=version + 1, verb=verb, from_state=source.value, to_state=goal.value,
        actor=by.actor.value, actor_id=by.id, at=now, facts=facts or {},
    )  # fmt: skip
    changes = Changes()
    if order.extra_id is not None and goal not in THERE:
        values["extra_id"] = None
        changes.add(_fallen(order.extra_id, now))
    changes.add(Update(Order, order.id, values, expect={"version": version}), Insert(step))
    if unanswered is not None:
        changes.add(Release(order.id, holds=True))
    if verb in TELLING:
        changes.add(look_after(order_id=order.id, cause=str(version + 1), now=now))
    for name, value in values.items():
        setattr(order, name, value)
    return changes.tell(event(order=order, verb=verb, people=people, facts=facts))


def _fallen(extra_id: int, now: datetime) -> Update:
    values = {"state": ExtraState.WITHDRAWN, "answered_at": now}
    return Update(Extra, extra_id, values, expect={"state": ExtraState.OPEN})


def note(
    *, order: Order, verb: str, by: By, now: datetime, new_id: NewId, people: dict[str, int],
    facts: dict[str, Any] | None = None, **values: Any,
) -> Changes:  # fmt: skip
    """Something that happens to an order without moving it (money came, a wrong code): same guard, same timeline."""
    version = order.version
    values = {"version": version + 1, **values}
    step = Step(
        id=new_id(), order_id=order.id, provider_id=order.provider_id, version=version + 1,
        verb=verb, from_state=order.state.value, to_state=order.state.value,
        actor=by.actor.value, actor_id=by.id, at=now, facts=facts or {},
    )  # fmt: skip
    changes = Changes().add(
        Update(Order, order.id, values, expect={"version": version}), Insert(step)
    )
    for name, value in values.items():
        setattr(order, name, value)
    return changes.tell(event(order=order, verb=verb, people=people, facts=facts))


def event(
    *, order: Order, verb: str, people: dict[str, int], facts: dict[str, Any] | None = None
) -> Event:
    return Event(f"order.{verb}", order.id, order.version, people, facts or {})


def reached_at(*, order: Order, state: State) -> datetime | None:
    """When the order last entered a state."""
    text = order.reached.get(state.value)
    return datetime.fromisoformat(text) if text else None
