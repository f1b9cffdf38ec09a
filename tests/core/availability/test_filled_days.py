"""Ten thousand random days filled with bookings to the brim: each can be worked as it stands."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from core.availability.cells import cells_of
from core.availability.masks import day_mask, fits
from core.availability.slots import Need, Shift, Week, starts
from core.people.amending import Amendment, Stretch
from tests.builders import ZONE

pytestmark = pytest.mark.feature("P6")
DAYS = 10_000
FIRST = date(2026, 3, 2)
DAY = timedelta(days=1)
SHANGHAI = timedelta(hours=8)


@dataclass(frozen=True)
class Town:
    """One provider's rules of one random day."""

    day: date
    week: Week
    hours: tuple[tuple[int, int], ...]
    off: tuple[tuple[int, int], ...]
    buffer: int
    most: int


def some_day(rng: random.Random) -> Town:
    day = FIRST + timedelta(days=rng.randrange(365))
    edges = sorted(rng.sample(range(24, 89), rng.choice((2, 4, 6))))
    hours = tuple((a * 15, b * 15) for a, b in zip(edges[::2], edges[1::2], strict=True))
    off = []
    for _ in range(rng.choice((0, 0, 1, 2))):
        opens, closes = sorted(rng.sample(range(97), 2))
        off.append((opens * 15, closes * 15) if rng.random() < 0.9 else (0, 1440))
    others = tuple(Shift((day.weekday() + 1) % 7, 360, 1320) for _ in range(1))
    bare = Week(ZONE, (*(Shift(day.weekday(), *span) for span in hours), *others))
    taken = Amendment(off=tuple(Stretch(day, day, *span) for span in off))
    return Town(
        day, taken.of(week=bare), hours, tuple(off), rng.choice((0, 15, 30, 45, 60, 90)),
        rng.randint(1, 10),
    )  # fmt: skip


def filled(town: Town, rng: random.Random) -> list[tuple[int, int]]:
    """Visits booked one by one, each at a start that is offered, until the maximum or nothing is left; as minutes."""
    now = datetime(town.day.year, town.day.month, town.day.day, tzinfo=UTC) - DAY
    claimed: set[int] = set()
    visits: list[tuple[int, int]] = []
    lengths = [30, 45, 60, 90, 120, 240]
    while len(visits) < town.most:
        need = Need(rng.choice(lengths), town.buffer)
        offered = starts(
            week=town.week, need=need, day=town.day, claimed=claimed, now=now, notice=timedelta(0)
        )
        mask = day_mask(week=town.week, day=town.day, claimed=claimed)
        assert bool(offered) == bool(fits(mask=mask, quarters=need.quarters))
        if not offered:
            lengths = [length for length in lengths if length < need.minutes]
            if not lengths:
                break
            continue
        start = rng.choice(offered)
        claimed |= set(cells_of(start, need.minutes + need.buffer))
        local = start + SHANGHAI
        assert local.date() == town.day
        visits.append((local.hour * 60 + local.minute, need.minutes))
    return sorted(visits)


def wrong(town: Town, visits: list[tuple[int, int]]) -> str:
    """What can't be worked about this day, judged by minutes alone."""
    if len(visits) > town.most:
        return "more than the daily maximum"
    for start, minutes in visits:
        end = start + minutes + town.buffer
        if not any(opens <= start and end <= closes for opens, closes in town.hours):
            return f"{start}–{end} outside the hours or into a break"
        if any(start < closes and opens < end for opens, closes in town.off):
            return f"{start}–{end} in time off"
    for (start, minutes), (after, _) in pairwise(visits):
        if start + minutes + town.buffer > after:
            return f"no time for the way from {start} to {after}"
    return ""


def test_every_day_that_bookings_fill_can_be_worked_with_its_ways_and_breaks() -> None:
    seed = 20261127
    rng = random.Random(seed)
    booked = empty = 0
    for turn in range(DAYS):
        town = some_day(rng)
        visits = filled(town, rng)
        assert not wrong(town, visits), (seed, turn, town, visits, wrong(town, visits))
        booked += len(visits)
        empty += not visits
    print(f"seed {seed}: {DAYS} days, {booked} visits, {empty} days without any")
    assert booked > DAYS * 3 / 2
    assert empty < DAYS / 3


def test_the_judge_of_days_knows_a_wrong_one() -> None:
    town = Town(FIRST, Week(ZONE, ()), ((540, 720), (780, 1080)), ((900, 960),), 30, 2)
    assert not wrong(town, [(540, 60), (780, 60)])
    assert "maximum" in wrong(town, [(540, 30), (600, 30), (660, 30)])
    assert "break" in wrong(town, [(660, 60)])
    assert "time off" in wrong(town, [(840, 60)])
    assert "way" in wrong(town, [(540, 60), (615, 30)])
