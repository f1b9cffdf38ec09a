"""What pictures of days share: hours from top to bottom, visits side by side where they overlap, colours, words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.adapters.drawing import FAINT, PAPER, WHITE, Colour, Sheet
from bot.i18n import Words
from bot.provider.parts import title
from core.orders.lifecycle import PROMISED
from core.orders.model import State
from core.people.days import Day, Visit

_FIRST_HOUR, _LAST_HOUR = 9, 18
_SHORTEST = timedelta(minutes=25)
"""A visit takes at least as much room as this."""
TIGHT: Final = (224, 49, 49)
_ASKED: Final = ((255, 243, 191), (240, 140, 0))
_PROMISED: Final = ((211, 249, 216), (47, 158, 68))
DONE: Final = ((233, 236, 239), (134, 142, 150))
UNDERWAY: Final = ((208, 235, 255), (28, 126, 214))
COLOURS: dict[State, tuple[Colour, Colour]] = {
    State.OFFERED: _ASKED, State.ACCEPTED: _PROMISED, State.ON_THE_WAY: UNDERWAY,
    State.ARRIVED: UNDERWAY, State.WORKING: UNDERWAY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grid:
    """The hours from top to bottom."""

    sheet: Sheet
    words: Words
    first: int
    last: int
    top: int
    hour: int

    def y(self, minute: int) -> int:
        return self.top + (minute - self.first * 60) * self.hour // 60

    def minute(self, moment: datetime, day: Day) -> int:
        """By the clock, in minutes of that day; what goes over midnight ends with it."""
        local = self.words.local(moment)
        ahead = (local.date() - day.day).days
        return min(max(local.hour * 60 + local.minute + ahead * 1440, 0), 1440)

    def rules(self, left: int, right: int) -> None:
        for hour in range(self.first, self.last + 1):
            self.sheet.rule(left, self.y(hour * 60), right, self.y(hour * 60))

    def hours(self, right: int, size: int) -> None:
        for hour in range(self.first, self.last + 1):
            at = self.y(hour * 60) - size * 2 // 3
            self.sheet.words(right, at, f"{hour:02d}:00", size, FAINT, to_right=True)

    def work(self, day: Day, left: int, right: int) -> None:
        """What is not worked stays grey."""
        bottom = self.y(self.last * 60)
        self.sheet.box(left, self.top, right, bottom, PAPER)
        for opens, closes in day.spans:
            self.sheet.box(
                left, self.y(self.minute(opens, day)), right, self.y(self.minute(closes, day)),
                WHITE,
            )  # fmt: skip


def ends(grid: Grid, day: Day, visit: Visit) -> tuple[int, int]:
    return grid.y(grid.minute(visit.order.starts_at, day)), grid.y(grid.minute(_end(visit), day))


def _end(visit: Visit) -> datetime:
    return visit.order.starts_at + max(timedelta(minutes=visit.order.minutes), _SHORTEST)


def lanes(visits: Sequence[Visit]) -> Iterator[tuple[Visit, int, int]]:
    """(visit, its lane, how many lanes): visits at one time stand side by side."""
    together: list[Visit] = []
    end = None
    for visit in visits:
        if end is not None and visit.order.starts_at >= end:
            yield from _spread(together)
            together, end = [], None
        together.append(visit)
        end = _end(visit) if end is None else max(end, _end(visit))
    yield from _spread(together)


def _spread(together: Sequence[Visit]) -> Iterator[tuple[Visit, int, int]]:
    for lane, visit in enumerate(together):
        yield visit, lane, len(together)


def hours(days: Iterable[Day], words: Words) -> tuple[int, int]:
    """From the first hour in which something is to the last."""
    firsts, lasts = [], []
    for day in days:
        visits = [
            (v.order.starts_at, v.order.starts_at + timedelta(minutes=v.order.minutes))
            for v in day.visits
        ]
        for start, end in (*day.spans, *visits):
            local, closing = words.local(start), words.local(end - timedelta(minutes=1))
            firsts.append(local.hour)
            lasts.append(closing.hour + 1 if closing.date() == day.day else 24)
    return (min(firsts), max(lasts)) if firsts else (_FIRST_HOUR, _LAST_HOUR)


def summary(days: Sequence[Day], words: Words) -> str:
    visits = [visit for day in days for visit in day.visits]
    if not visits:
        off = len(days) == 1 and days[0].off
        return words.plain("day off") if off else words.plain("No visits.")
    way = sum(visit.way for visit in visits)
    jobs = words.plain_plural("{n} job", "{n} jobs", len(visits))
    if not way:
        return jobs
    return words.plain("{jobs} · {minutes} on the way", jobs=jobs, minutes=words.minutes(way))


def times(visit: Visit, words: Words) -> str:
    start = visit.order.starts_at
    end = start + timedelta(minutes=visit.order.minutes)
    return f"{words.time(start)}–{words.time(end)}"


def name(visit: Visit, words: Words) -> str:
    return title(visit.order, words).partition(" ")[2] or title(visit.order, words)


def place(visit: Visit, words: Words) -> str:
    promised = visit.order.state in PROMISED | {State.CLOSED}
    asked = "" if promised else words.plain("waiting for your answer") + " · "
    return asked + words.place(visit.order.place)
