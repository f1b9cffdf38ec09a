"""What cancelling an order costs, as a table of tiers over the rules that were in force when it was placed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from core.money import share
from core.orders.lifecycle import PROMISED, Actor
from core.orders.model import Order, State
from core.rules import RULES, Rules

# The rules an order keeps as they were: what staff change later counts for later orders.
TERM_RULES: Final = (
    "free_cancel_hours", "late_cancel_bp", "last_cancel_hours", "last_cancel_bp", "way_cancel_bp",
    "cancel_grace_minutes", "cancel_to_provider_bp", "absent_fee_bp",
)  # fmt: skip


class Why(StrEnum):
    """Why cancelling costs what it costs; the first five are free."""

    OPEN = "open"  # nobody has promised to come
    ASKED = "asked"  # the provider asks for another time
    DELAYED = "delayed"  # the provider is late
    FRESH = "fresh"  # booked just now
    EARLY = "early"
    LATE = "late"
    LAST = "last"
    ON_THE_WAY = "on_the_way"
    MOVED = "moved"  # it was inside the window when it was moved, and that still counts


@dataclass(frozen=True, slots=True)
class CancelTerms:
    """What cancelling now would cost: the fee is what will be charged, to the fen.

    `bp` is the share of the price that is due; the fee is less where less was paid, and nothing where nothing was.
    """

    fee: int
    refund: int
    free_until: datetime
    bp: int = 0
    why: Why = Why.EARLY


@dataclass(frozen=True, slots=True)
class Tier:
    """While it `applies`, the share of the price named by the rule is kept; of several the dearest counts."""

    why: Why
    rule: str
    applies: Callable[[Order, datetime], bool]


def in_force(*, rules: Rules) -> dict[str, int]:
    """The terms of an order placed now."""
    return {name: rules.number(name) for name in TERM_RULES}


def term(*, order: Order, rule: str) -> int:
    """A rule as the order keeps it."""
    return _kept(order.terms, rule)


def _kept(terms: Mapping[str, int], rule: str) -> int:
    return terms.get(rule, int(RULES[rule].default))


def deadline(*, start: datetime, placed_at: datetime, terms: Mapping[str, int]) -> datetime:
    """The last moment at which cancelling is free: early enough before the visit, or right after booking."""
    early = start - timedelta(hours=_kept(terms, "free_cancel_hours"))
    return max(early, placed_at + timedelta(minutes=_kept(terms, "cancel_grace_minutes")))


def free_until(*, order: Order) -> datetime:
    """The same for an order; until then moving it needs nobody's consent, too."""
    return deadline(start=order.starts_at, placed_at=order.created_at, terms=order.terms)


def _inside(order: Order, now: datetime) -> bool:
    return now > free_until(order=order)


def _last(order: Order, now: datetime) -> bool:
    last = order.starts_at - timedelta(hours=term(order=order, rule="last_cancel_hours"))
    return _inside(order, now) and now > last


def _moved(order: Order, now: datetime) -> bool:
    """Frozen by a late move, for as long as the same provider has promised to come."""
    return order.terms.get(MOVED_WITH) == order.provider_id


# Beside the rules the terms keep what a late move froze: the share of the price, and whose time it was.
MOVED_BP, MOVED_WITH = "moved_bp", "moved_with"

TIERS: Final = (
    Tier(Why.LATE, "late_cancel_bp", _inside),
    Tier(Why.LAST, "last_cancel_bp", _last),
    Tier(Why.ON_THE_WAY, "way_cancel_bp", lambda order, now: order.state is not State.ACCEPTED),
    Tier(Why.MOVED, MOVED_BP, _moved),
)


def _share(order: Order, tier: Tier) -> int:
    if tier.rule == MOVED_BP:
        return order.terms.get(MOVED_BP, 0)
    return term(order=order, rule=tier.rule)


def rate(*, order: Order, now: datetime) -> tuple[int, Why]:
    """(hundredths of a percent of the price, why): free before somebody has promised to come, and early enough."""
    if order.state not in PROMISED:
        return 0, Why.OPEN
    if order.running_late:
        return 0, Why.DELAYED
    proposal = order.proposal
    if proposal and proposal.by == Actor.PROVIDER and now < proposal.until:
        return 0, Why.ASKED
    due = [(_share(order, tier), tier.why) for tier in TIERS if tier.applies(order, now)]
    dearest = max(due, key=lambda each: each[0], default=(0, Why.EARLY))
    if dearest[0]:
        return dearest
    early = order.starts_at - timedelta(hours=term(order=order, rule="free_cancel_hours"))
    return 0, Why.EARLY if now <= early else Why.FRESH


def cancel_terms(*, order: Order, now: datetime) -> CancelTerms:
    """A share of the price by the order's own terms, never more than what was paid.

    The price is the one that was booked: extra work approved at the door is never done, so it costs nothing.
    """
    bp, why = rate(order=order, now=now)
    return _costs(order, bp, why)


def absent_terms(*, order: Order) -> CancelTerms:
    """The call-out fee when nobody opens: nothing where the provider was late himself, never more than was paid."""
    if order.running_late:
        return _costs(order, 0, Why.DELAYED)
    return _costs(order, term(order=order, rule="absent_fee_bp"), Why.ON_THE_WAY)


def _costs(order: Order, bp: int, why: Why) -> CancelTerms:
    held = order.paid - order.refund_due
    fee = min(share(amount=order.total - order.extra_total, rate_bp=bp), held)
    return CancelTerms(
        fee=fee, refund=held - fee, free_until=free_until(order=order), bp=bp, why=why
    )


def after_move(*, order: Order, bp: int) -> dict[str, int]:
    """The terms after a move that was wished for when cancelling cost `bp`: it costs no less from now on."""
    known = order.terms.get(MOVED_BP, 0) if _moved(order, order.created_at) else 0
    if bp <= known:
        return order.terms
    return order.terms | {MOVED_BP: bp, MOVED_WITH: order.provider_id}
