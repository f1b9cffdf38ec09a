"""Ten thousand random days filled with bookings from all over the town: each can be worked as it stands."""

import math
import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from core.availability.cells import cells_of
from core.availability.intervals import Spans
from core.availability.masks import day_mask, fits
from core.availability.slots import Need, Shift, Week, starts
from core.availability.stops import Stop, taken
from core.distance import Point
from core.orders.booking import Bookings
from core.people.amending import Amendment, Stretch
from core.people.model import Provider, ProviderState
from tests.builders import ZONE

pytestmark = pytest.mark.feature("P6")
DAYS = 10_000
FIRST = date(2026, 3, 2)
DAY = timedelta(days=1)
SHANGHAI = timedelta(hours=8)
BASE = (31.2304, 121.4737)


@dataclass(frozen=True)
class Visit:
    """By the clock, in minutes; and where."""

    start: int
    minutes: int
    at: Point = BASE


@dataclass(frozen=True)
class Town:
    """One provider's rules of one random day: he goes `km` far, and so fast is the city."""

    day: date
    week: Week
    hours: tuple[tuple[int, int], ...]
    off: tuple[tuple[int, int], ...]
    buffer: int
    most: int
    km: int = 8
    kmh: int = 18
    more: tuple[tuple[int, int], ...] = ()

    @property
    def worked(self) -> Spans[int]:
        """By the clock: the hours of the week and the extra ones."""
        return Spans.of((*self.hours, *self.more))

    def reaches(self, at: Point) -> bool:
        provider = Provider(
            id=1, person_id=1, state=ProviderState.APPROVED, name="Wang", lat=BASE[0], lon=BASE[1],
            place="Base", radius_m=self.km * 1000, created_at=datetime(2026, 1, 1, tzinfo=UTC),
        )  # fmt: skip
        return Bookings.reaches(provider=provider, lat=at[0], lon=at[1])


def some_day(rng: random.Random) -> Town:
    day = FIRST + timedelta(days=rng.randrange(365))
    # Every fourth day is free by the week.
    edges = sorted(rng.sample(range(24, 89), rng.choice((0, 2, 4, 6))))
    hours = tuple((a * 15, b * 15) for a, b in zip(edges[::2], edges[1::2], strict=True))
    off = []
    for _ in range(rng.choice((0, 0, 1, 2))):
        opens, closes = sorted(rng.sample(range(97), 2))
        off.append((opens * 15, closes * 15) if rng.random() < 0.9 else (0, 1440))
    others = tuple(Shift((day.weekday() + 1) % 7, 360, 1320) for _ in range(1))
    bare = Week(ZONE, (*(Shift(day.weekday(), *span) for span in hours), *others))
    more = []
    for _ in range(rng.choice((0, 1, 2)) if hours else 2):
        opens, closes = sorted(rng.sample(range(24, 89), 2))
        more.append((opens * 15, closes * 15))
    extra = tuple(Stretch(day, day, *span) for span in more)
    week = Amendment(extra=extra).of(week=bare)
    if rng.random() < 0.3:  # thought better of
        week, more = Amendment(less=extra).of(week=week), []
    taken = Amendment(off=tuple(Stretch(day, day, *span) for span in off))
    return Town(
        day, taken.of(week=week), hours, tuple(off), rng.choice((0, 15, 30, 45, 60, 90)),
        rng.randint(1, 10), rng.choice((2, 5, 8, 15, 30)), rng.choice((5, 18, 18, 40)), tuple(more),
    )  # fmt: skip


def somewhere(town: Town, rng: random.Random) -> Point:
    """Half of the people live too far away."""
    wide = town.km / 80
    return BASE[0] + rng.uniform(-wide, wide), BASE[1] + rng.uniform(-wide, wide)


def filled(town: Town, rng: random.Random) -> tuple[list[Visit], int]:
    """Visits booked one by one, each at a start that is offered, until nothing is left; how many lived too far."""
    now = datetime(town.day.year, town.day.month, town.day.day, tzinfo=UTC) - DAY
    stops: list[Stop] = []
    visits: list[Visit] = []
    lengths, far = [30, 45, 60, 90, 120, 240], 0
    while len(visits) < town.most and lengths:
        at = somewhere(town, rng)
        if not town.reaches(at):
            far += 1
            continue
        need = Need(rng.choice(lengths), town.buffer)
        seen = taken(stops=stops, place=at, buffer=town.buffer, kmh=town.kmh)
        offered = starts(
            week=town.week, need=need, day=town.day, claimed=seen, now=now, notice=timedelta(0)
        )
        mask = day_mask(week=town.week, day=town.day, claimed=taken_anywhere(stops))
        # The mask looks at the buffer alone: it never hides a start that can be had.
        assert not offered or fits(mask=mask, quarters=need.quarters)
        if not offered:
            lengths = [length for length in lengths if length < need.minutes]
            continue
        start = rng.choice(offered)
        cells = cells_of(start, need.minutes + need.buffer)
        stops.append(Stop(len(stops), 0, cells.start, cells.stop, at, town.buffer))
        local = start + SHANGHAI
        assert local.date() == town.day
        visits.append(Visit(local.hour * 60 + local.minute, need.minutes, at))
    return sorted(visits, key=lambda visit: visit.start), far


def taken_anywhere(stops: list[Stop]) -> Spans[int]:
    return taken(stops=stops, place=None, buffer=0, kmh=1)


def way(town: Town, one: Visit, other: Visit) -> float:
    """Minutes, as a map would say it: along a great circle, and three to the door of another house."""
    (lat, lon), (lat2, lon2) = one.at, other.at
    rad = math.radians
    cosine = math.sin(rad(lat)) * math.sin(rad(lat2))
    cosine += math.cos(rad(lat)) * math.cos(rad(lat2)) * math.cos(rad(lon - lon2))
    km = 6371 * math.acos(min(1, cosine))
    return km / town.kmh * 60 + 3 if km > 0.06 else 0


def wrong(town: Town, visits: list[Visit]) -> str:
    """What can't be worked about this day, judged by minutes and kilometres alone."""
    if len(visits) > town.most:
        return "more than the daily maximum"
    for visit in visits:
        start, end = visit.start, visit.start + visit.minutes + town.buffer
        if not any(opens <= start and end <= closes for opens, closes in town.worked):
            return f"{start}–{end} outside the hours or into a break"
        if any(start < closes and opens < end for opens, closes in town.off):
            return f"{start}–{end} in time off"
        if way(replace(town, kmh=60), Visit(0, 0), visit) > town.km * 1.001 + 3:
            return f"{visit.at} outside the area"
    for one, after in pairwise(visits):
        if one.start + one.minutes + max(town.buffer, way(town, one, after)) > after.start:
            return f"no time for the way from {one.start} to {after.start}"
    return ""


def test_every_day_that_bookings_fill_can_be_worked_with_its_ways_and_breaks() -> None:
    seed = 20261127
    rng = random.Random(seed)
    booked = empty = ways = too_far = beyond = 0
    for turn in range(DAYS):
        town = some_day(rng)
        visits, far = filled(town, rng)
        assert not wrong(town, visits), (seed, turn, town, visits, wrong(town, visits))
        booked += len(visits)
        empty += not visits
        too_far += far
        week = Spans.of(town.hours)
        beyond += sum(bool(Spans.of([(v.start, v.start + v.minutes)]) - week) for v in visits)
        ways += sum(way(town, *pair) > town.buffer for pair in pairwise(visits))
    print(
        f"seed {seed}: {DAYS} days, {booked} visits, {empty} days without any, {ways} ways longer than the buffer,"
        f" {too_far} too far away, {beyond} visits in extra hours"
    )
    assert beyond > DAYS / 2
    assert booked > DAYS * 3 / 2
    assert ways > DAYS / 4
    assert too_far > DAYS
    assert empty < DAYS / 3


def test_the_judge_of_days_knows_a_wrong_one() -> None:
    town = Town(FIRST, Week(ZONE, ()), ((540, 720), (780, 1080)), ((900, 960),), 30, 2)
    north = (BASE[0] + 0.063, BASE[1])  # 7 km, 27 minutes

    def judged(*visits: tuple[int, int], at: Point = BASE) -> str:
        places = [BASE, *[at] * len(visits)]
        return wrong(town, [Visit(*one, place) for one, place in zip(visits, places, strict=False)])

    assert not judged((540, 60), (780, 60))
    assert "maximum" in judged((540, 30), (600, 30), (660, 30))
    assert "break" in judged((660, 60))
    assert "time off" in judged((840, 60))
    assert "way" in judged((540, 60), (615, 30))
    assert not judged((540, 60), (630, 30), at=north)
    assert "way" in wrong(replace(town, buffer=15), [Visit(540, 60), Visit(615, 30, north)])
    assert "area" in wrong(town, [Visit(540, 60, (BASE[0] + 0.08, BASE[1]))])
