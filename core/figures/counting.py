"""The figures of a time, each counted from records that can be looked at one by one."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from core.figures.model import Cause, Earned, Fate, Past
from core.figures.spans import Span
from core.money import BASIS


@dataclass(frozen=True, slots=True)
class Stars:
    """Means over so many reviews."""

    count: int
    mean: float
    quality: float
    attitude: float
    skill: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What the records of `span` add up to. Shares are basis points, None where there is nothing to take one of."""

    span: Span
    past: Past
    earned: Earned

    @property
    def done(self) -> int:
        return len(self.past.visits)

    @property
    def lost(self) -> Counter[Cause]:
        return Counter(one.cause for one in self.past.lost)

    @property
    def fates(self) -> Counter[Fate]:
        return Counter(one.fate for one in self.past.questions)

    @property
    def asked(self) -> int:
        return len(self.past.questions)

    @property
    def acceptance(self) -> int | None:
        """Of the questions that say something about him: not where it never reached him or others were faster."""
        said = sum(one.fate.counts for one in self.past.questions)
        return share(self.fates[Fate.ACCEPTED], said)

    @property
    def on_time(self) -> int | None:
        known = [one.on_time for one in self.past.visits if one.on_time is not None]
        return share(sum(known), len(known))

    @property
    def worked(self) -> timedelta:
        return sum((one.worked for one in self.past.visits), timedelta())

    @property
    def regulars(self) -> int:
        """Customers who came back."""
        return len({one.customer_id for one in self.past.visits if one.again})

    @property
    def stars(self) -> Stars | None:
        reviews = self.past.reviews
        if not reviews:
            return None
        quality, attitude, skill = (
            sum(getattr(one, name) for one in reviews) / len(reviews)
            for name in ("quality", "attitude", "skill")
        )
        mean = (quality + attitude + skill) / 3
        return Stars(len(reviews), mean, quality, attitude, skill)


def share(part: int, whole: int) -> int | None:
    return round(part * BASIS / whole) if whole else None


class Group(StrEnum):
    """A pile of orders behind a figure."""

    DONE = "done"
    AGAIN = "again"
    LOST = "lost"
    ASKED = "asked"
    EARNED = "earned"
    RATED = "rated"


BEHIND: Final[dict[Group, Callable[[Figures], Iterable[int]]]] = {
    Group.DONE: lambda f: (one.order_id for one in f.past.visits),
    Group.AGAIN: lambda f: (one.order_id for one in f.past.visits if one.again),
    Group.LOST: lambda f: (one.order_id for one in f.past.lost),
    Group.ASKED: lambda f: (one.order_id for one in f.past.questions),
    Group.EARNED: lambda f: (one.order_id for one in f.earned.booked),
    Group.RATED: lambda f: (one.order_id for one in f.past.reviews),
}


# A pile whose orders are each counted under one of several names: why a visit was lost, what became of an offer.
PARTS: Final[dict[Group, Callable[[Figures], Iterable[tuple[str, int]]]]] = {
    Group.LOST: lambda f: ((one.cause, one.order_id) for one in f.past.lost),
    Group.ASKED: lambda f: ((one.fate, one.order_id) for one in f.past.questions),
}

OF_RECORDS: Final = frozenset({Group.DONE, Group.AGAIN, Group.RATED})
"""Piles of visits that are all his records. The others hold more: an offer or a visit that is somebody else's by now,
and money by the day it was booked, not by the visit.
"""


def behind(*, figures: Figures, group: Group, part: str = "") -> list[int]:
    """The orders of a pile or of a part of it, the latest first, each once."""
    found = parts(figures=figures, group=group)[part] if part else list(BEHIND[group](figures))
    return list(dict.fromkeys(reversed(found)))


def parts(*, figures: Figures, group: Group) -> dict[str, list[int]]:
    """The parts of a pile by their names, in order of time; none of a pile that has no parts."""
    found: dict[str, list[int]] = defaultdict(list)
    for name, order_id in PARTS[group](figures) if group in PARTS else ():
        found[name].append(order_id)
    return found
