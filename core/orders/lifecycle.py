"""The life of an order as one table: verb, from, to, who may. No other code decides what may happen to an order."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.errors import NotAllowedNow, Unknown
from core.orders.model import Order, State


class Actor(StrEnum):
    """Who causes a step. CLOCK: a deadline passed. MATCHING: the search for another provider. GATEWAY: money came."""

    CUSTOMER = "customer"
    PROVIDER = "provider"
    STAFF = "staff"
    CLOCK = "clock"
    MATCHING = "matching"
    GATEWAY = "gateway"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed step."""

    verb: str
    source: State
    target: State
    who: frozenset[Actor]


def _move(verb: str, source: State, target: State, *who: Actor) -> Move:
    return Move(verb, source, target, frozenset(who))


C, P, S = Actor.CUSTOMER, Actor.PROVIDER, Actor.STAFF
CLOCK, MATCHING, GATEWAY = Actor.CLOCK, Actor.MATCHING, Actor.GATEWAY

LIFECYCLE: Final = (
    _move("pay", State.UNPAID, State.OFFERED, GATEWAY, S),
    _move("expire", State.UNPAID, State.CANCELLED, CLOCK),
    _move("cancel", State.UNPAID, State.CANCELLED, C, S),
    _move("accept", State.OFFERED, State.ACCEPTED, P, S),
    _move("decline", State.OFFERED, State.SEARCHING, P),
    _move("time_out", State.OFFERED, State.SEARCHING, CLOCK),
    _move("unseen", State.OFFERED, State.SEARCHING, CLOCK),
    _move("cancel", State.OFFERED, State.CANCELLED, C, S),
    _move("reschedule", State.OFFERED, State.OFFERED, C, S),
    _move("offer", State.SEARCHING, State.OFFERED, MATCHING, S),
    _move("take", State.SEARCHING, State.ACCEPTED, P),
    _move("consult", State.SEARCHING, State.CHOOSING, MATCHING),
    _move("give_up", State.SEARCHING, State.CANCELLED, MATCHING),
    _move("cancel", State.SEARCHING, State.CANCELLED, C, S),
    _move("choose", State.CHOOSING, State.OFFERED, C),
    _move("offer", State.CHOOSING, State.OFFERED, S),
    _move("give_up", State.CHOOSING, State.CANCELLED, CLOCK),
    _move("cancel", State.CHOOSING, State.CANCELLED, C, S),
    _move("reschedule", State.ACCEPTED, State.ACCEPTED, C, P, S),
    _move("propose", State.ACCEPTED, State.ACCEPTED, C, P),
    _move("depart", State.ACCEPTED, State.ON_THE_WAY, P, S),
    _move("arrive", State.ACCEPTED, State.ARRIVED, P, S),
    _move("arrive", State.ON_THE_WAY, State.ARRIVED, P, S),
    _move("drop", State.ACCEPTED, State.SEARCHING, P),
    _move("drop", State.ON_THE_WAY, State.SEARCHING, P),
    _move("replace", State.ACCEPTED, State.SEARCHING, C, CLOCK),
    _move("replace", State.ON_THE_WAY, State.SEARCHING, C),
    _move("reassign", State.OFFERED, State.SEARCHING, S),
    _move("reassign", State.ACCEPTED, State.SEARCHING, S),
    _move("reassign", State.ON_THE_WAY, State.SEARCHING, S),
    _move("reassign", State.ARRIVED, State.SEARCHING, S),
    _move("cancel", State.ACCEPTED, State.CANCELLED, C, S),
    _move("cancel", State.ON_THE_WAY, State.CANCELLED, C, S),
    _move("cancel", State.ARRIVED, State.CANCELLED, S),
    _move("absent", State.ARRIVED, State.CANCELLED, P, S),
    _move("start", State.ARRIVED, State.WORKING, P, S),
    _move("finish", State.WORKING, State.FINISHED, P, S),
    _move("close", State.FINISHED, State.CLOSED, P, C, S, GATEWAY),
    _move("dispute", State.FINISHED, State.DISPUTED, C, CLOCK),
    _move("settle", State.DISPUTED, State.CLOSED, S),
)

START: Final = frozenset({State.UNPAID, State.OFFERED})
FINAL: Final = frozenset({State.CLOSED, State.CANCELLED})
OPEN: Final = frozenset(State) - FINAL
# The provider of an order in one of these may know the door, and has promised to come.
PROMISED: Final = frozenset(
    {State.ACCEPTED, State.ON_THE_WAY, State.ARRIVED, State.WORKING, State.FINISHED, State.DISPUTED}
)
# The provider's time is firmly taken (a hold is not firm, a search has given it back).
HOLDING: Final = PROMISED | {State.OFFERED}


def keeps_time(*, order: Order) -> bool:
    """Whether the provider's time is firmly taken for it, as that of an unpaid visit of a series is, too."""
    reserved = order.state is State.UNPAID and order.series_id is not None
    return reserved or order.state in HOLDING


# The provider is at the customer's door: extra work can be proposed, and falls when he is no longer there.
THERE: Final = frozenset({State.ARRIVED, State.WORKING})


@dataclass(frozen=True, slots=True)
class Deadline:
    """While an order is in `state` for the rule's time, the clock says `verb` (or only reminds)."""

    state: State
    rule: str
    verb: str


DEADLINES: Final = (
    Deadline(State.UNPAID, "hold_minutes", "expire"),
    Deadline(State.OFFERED, "accept_minutes", "time_out"),
    Deadline(State.CHOOSING, "choice_minutes", "give_up"),
)


def allowed(*, order: Order, actor: Actor) -> frozenset[str]:
    """The verbs open to `actor` in the order's present state."""
    return frozenset(m.verb for m in LIFECYCLE if m.source == order.state and actor in m.who)


def target(*, order: Order, verb: str, actor: Actor) -> State:
    """Where `verb` leads. Raises NotAllowedNow for no such step, Unknown for one this actor may not take."""
    for move in LIFECYCLE:
        if move.verb == verb and move.source == order.state:
            if actor not in move.who:
                raise Unknown("order")
            return move.target
    raise NotAllowedNow(verb=verb, state=order.state)
