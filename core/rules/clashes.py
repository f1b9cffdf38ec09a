"""Rules that can't stand together: a change that would make two of them contradict each other is refused."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from core.errors import RulesClash

Value = Callable[[str], int]

_LEVELS = ("bronze", "silver", "gold")
_CLIMBING = ("jobs", "rating", "on_time_bp", "accepted_bp", "off_bp", "rank")

AT_MOST: Final[tuple[tuple[str, str], ...]] = (
    ("last_cancel_hours", "free_cancel_hours"),
    ("late_cancel_bp", "last_cancel_bp"),
    ("last_cancel_bp", "way_cancel_bp"),
    ("payout_least", "payout_day_most"),
    ("late_minutes", "late_replace_minutes"),
    ("talk_keep_days", "activity_keep_days"),
    *((f"{low}_{mark}", f"{high}_{mark}")
      for low, high in pairwise(_LEVELS) for mark in _CLIMBING),
    *((f"{high}_dropped_bp", f"{low}_dropped_bp")
      for low, high in pairwise(_LEVELS)),
)  # fmt: skip
"""The first is never more than the second."""

NEEDS: Final[tuple[tuple[str, str], ...]] = (("waitlist_open", "bookings_open"),)
"""The first is on only while the second is: who is told of a free time must be able to take it."""


def check(*, name: str, value: Value, paid_online: bool) -> None:
    """Raises RulesClash where `name` contradicts another rule; `value` tells every rule as it would be.

    `paid_online`: whether any method of paying online is set up; without one, paying at the door can't be off.
    """
    for low, high in AT_MOST:
        if name in (low, high) and value(low) > value(high):
            raise RulesClash(rule=name, other=high if name == low else low)
    for on, base in NEEDS:
        if name in (on, base) and value(on) and not value(base):
            raise RulesClash(rule=name, other=base if name == on else on)
    if name == "on_site_open" and not value(name) and not paid_online:
        raise RulesClash(rule=name, other="")
