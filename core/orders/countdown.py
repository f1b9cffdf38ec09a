"""How much time is left: to answer, shorter as the start comes near so that a few rounds always fit; to come at all."""

from datetime import datetime, timedelta

from core.availability.slots import QUARTER
from core.changes import Timer
from core.orders.advance import reached_at
from core.orders.model import Order, State
from core.orders.night import counts_from
from core.rules import Rules

LEAST = timedelta(minutes=2)
"""Nobody can answer faster; what is nearer than that has begun."""
LEAD = timedelta(minutes=15)
"""Who is asked after the start was missed needs some time to come."""
_ROUNDS = 4


def answer_by(*, start: datetime, now: datetime, rules: Rules, zone: str) -> datetime:
    """Until when a provider who is asked now may answer: the rule's time, near the start a quarter of what is left.

    Of a visit that can wait so long it is counted from the end of the night (core/orders/night.py).
    """
    begins = counts_from(start=start, now=now, rules=rules, zone=zone)
    share = timedelta(minutes=(start - begins) // timedelta(minutes=1) // _ROUNDS)
    rule = timedelta(minutes=rules.number("accept_minutes"))
    return begins + max(LEAST, min(rule, share))


def reminded_at(*, by: datetime, now: datetime, rules: Rules, rule: str) -> datetime:
    """When whoever is to answer `by` then hears of it again: half of the rule's time before, never in the night."""
    return by - min(by - now, timedelta(minutes=rules.number(rule))) / 2


def answer_timers(
    *, order: Order, by: datetime, now: datetime, rules: Rules, version: int
) -> list[Timer]:
    """The end of the time of whoever is asked now, and a reminder before it; `version` is the order's from then on."""
    remind = reminded_at(by=by, now=now, rules=rules, rule="accept_minutes")
    due = {"order.time_out": by, "order.remind": remind}
    return [Timer(kind, order.id, at, f"{kind}:{order.id}:{version}") for kind, at in due.items()]


def pay_by(*, order: Order, now: datetime, rules: Rules) -> datetime:
    """Until when an order may be paid: the rule's minutes; a visit of a series, until half of its days are over."""
    hold = now + timedelta(minutes=rules.number("hold_minutes"))
    if order.series_id is None:
        return hold
    return max(hold, order.starts_at - timedelta(days=rules.number("series_pay_days") // 2))


def start_for(
    *, order: Order, now: datetime, rules: Rules, failed: datetime | None = None
) -> datetime | None:
    """When somebody who steps in now would begin, or None where it is too late for that.

    That is the start as booked; only where the provider failed after it, the next quarter that can be reached.
    `failed` is when that was, if the search has not begun.
    """
    if order.starts_at - now >= LEAST:
        return order.starts_at
    failed = failed or reached_at(order=order, state=State.SEARCHING)
    if failed is None or order.starts_at - failed >= LEAST:
        return None
    soon = next_quarter(moment=now + LEAD)
    most = timedelta(minutes=rules.number("late_replace_minutes"))
    return soon if soon - order.starts_at <= most else None


def next_quarter(*, moment: datetime) -> datetime:
    """The first quarter of an hour at or after this moment."""
    quarter = QUARTER * 60
    return datetime.fromtimestamp(-(-moment.timestamp() // quarter) * quarter, moment.tzinfo)


def late_timer(*, order: Order, due: datetime | None = None) -> Timer:
    """At the start, or when it is `due`, somebody looks whether the provider is there (core/orders/late.py)."""
    return Timer("order.late", order.id, due or order.starts_at, f"order.late:{order.id}")
