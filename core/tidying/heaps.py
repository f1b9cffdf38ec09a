"""The heaps that grow, and for how long what lies on each is needed: by a rule of the platform, or always so long.

What is about money, or is the history of an order, lies on none of them. A table of its own
(docs/what-is-kept.md) says of each kind of row how long it lasts.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Final


class Heap(StrEnum):
    UPDATES = "updates"  # worked: remembered as long as Telegram may repeat them, twice over
    PARKED = "parked"  # updates set aside for people to look at
    LETTERS = "letters"  # sent, or closed for good
    UNITS = "units"  # by what a commit that was not answered is known, and what it gave back
    ONCE = "once"  # keys of things done once
    TALKS = "talks"  # where a talk stands with somebody who is away
    TIMES = "times"  # the provider's taken time of visits that are over
    TRACES = "traces"  # what visitors looked for
    ACTIVE = "active"  # who came on which day


LASTS: Final[dict[Heap, str | timedelta]] = {
    Heap.UPDATES: timedelta(days=2),
    Heap.PARKED: "parked_keep_days",
    Heap.LETTERS: "letter_keep_days",
    Heap.UNITS: timedelta(minutes=10),
    Heap.ONCE: timedelta(days=180),
    Heap.TALKS: "talk_keep_days",
    Heap.TIMES: "time_keep_days",
    Heap.TRACES: "trace_keep_days",
    Heap.ACTIVE: "activity_keep_days",
}
"""A rule's name, in days, or how long."""

PASSING: Final = (Heap.UNITS,)
"""Copies of what stands elsewhere, which an erasure does not look through: they go within minutes."""
