"""Offered starts against a reference that looks at every minute through the wall clock."""

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.availability.cells import cells_of
from core.availability.masks import (
    FULL,
    day_mask,
    first_cell,
    fits,
    loaded,
    quarter_from,
    starting_between,
    stored,
    without,
)  # fmt: skip
from core.availability.slots import (
    QUARTER_CELLS,
    DayPart,
    Need,
    Shift,
    Week,
    bookable_days,
    earliest_cell,
    free,
    nearest,
    starts,
    working,
)  # fmt: skip
from core.errors import Invalid

SHANGHAI = "Asia/Shanghai"
MINUTE = timedelta(minutes=1)
QUARTERS = st.integers(24, 87)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@st.composite
def shifts(draw: st.DrawFn) -> Shift:
    opens = draw(QUARTERS)
    return Shift(draw(st.integers(0, 6)), opens * 15, draw(st.integers(opens + 1, 88)) * 15)


@st.composite
def weeks(
    draw: st.DrawFn, zones: tuple[str, ...] = (SHANGHAI, "Europe/Berlin", "Asia/Kathmandu")
) -> Week:
    return Week(
        zone=draw(st.sampled_from(zones)),
        hours=tuple(draw(st.lists(shifts(), max_size=12))),
        breaks=tuple(draw(st.lists(shifts(), max_size=3))),
    )


NEEDS = st.builds(
    Need,
    minutes=st.integers(1, 48).map(lambda n: n * 5),
    buffer=st.integers(0, 6).map(lambda n: n * 5),
)


def reads(week: Week, moment: datetime, which: Iterable[Shift]) -> bool:
    wall = moment.astimezone(ZoneInfo(week.zone))
    minute = wall.hour * 60 + wall.minute
    return any(
        s.weekday == wall.weekday() and s.opens <= minute < s.closes for s in which
    )  # fmt: skip


def works(week: Week, moment: datetime) -> bool:
    return (
        moment.astimezone(ZoneInfo(week.zone)).date() not in week.days_off
        and reads(week, moment, week.hours)
        and not reads(week, moment, week.breaks)
    )


def naive_starts(
    week: Week, need: Need, day: date, claimed: set[int], now: datetime
) -> list[datetime]:
    """Each quarter of three days, minute by minute."""
    first = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)
    found = []
    for quarter in range(3 * 96):
        start = first + quarter * 15 * MINUTE
        if start.astimezone(ZoneInfo(week.zone)).date() != day or start < now:
            continue
        length = need.cells * 5
        on_duty = all(works(week, start + m * MINUTE) for m in range(0, length, 5))
        if on_duty and claimed.isdisjoint(cells_of(start, length)):
            found.append(start)
    return found


@settings(max_examples=150)
@given(weeks(), NEEDS, DAYS, st.data())
def test_offered_starts_are_those_of_the_naive_reference(
    week: Week, need: Need, day: date, data: st.DataObject
) -> None:
    base = first_cell(zone=week.zone, day=day)
    jobs = data.draw(st.lists(st.tuples(st.integers(0, 63), st.integers(1, 24)), max_size=5))
    claimed = {base + q * 3 + i for q, cells in jobs for i in range(cells)}
    now = datetime(day.year, day.month, day.day, data.draw(st.integers(0, 23)), 7, tzinfo=UTC)
    today = now.astimezone(ZoneInfo(week.zone)).date()
    offered = starts(week=week, need=need, day=day, claimed=claimed, now=now, notice=timedelta(0))
    assert offered == (naive_starts(week, need, day, claimed, now) if day >= today else [])


@settings(max_examples=200)
@given(weeks(), NEEDS, DAYS, st.data())
def test_the_mask_offers_exactly_what_the_slots_offer(
    week: Week, need: Need, day: date, data: st.DataObject
) -> None:
    base = first_cell(zone=week.zone, day=day)
    jobs = data.draw(st.lists(st.tuples(st.integers(0, 63), st.integers(1, 24)), max_size=5))
    claimed = {base + q * 3 + i for q, cells in jobs for i in range(cells)}
    mask = day_mask(week=week, day=day, claimed=claimed)
    now = datetime(
        day.year, day.month, day.day, data.draw(st.integers(0, 23)), 7, tzinfo=UTC
    ) - timedelta(days=1)
    notice = timedelta(hours=data.draw(st.integers(0, 30)))
    first = quarter_from(cell=earliest_cell(now=now, notice=notice), base=base)
    wanted = starting_between(first=first, last=63)
    by_mask = [q for q in fits(mask=mask, quarters=need.quarters) if wanted >> q & 1]
    by_slots = starts(week=week, need=need, day=day, claimed=claimed, now=now, notice=notice)
    assert [(base + q * QUARTER_CELLS) * 300 for q in by_mask] == [
        int(start.timestamp()) for start in by_slots
    ]  # fmt: skip
    assert loaded(stored(mask)) == mask
    assert without(mask=day_mask(week=week, day=day, claimed=()), base=base, cells=claimed) == mask


@settings(max_examples=100)
@given(weeks(), NEEDS, DAYS, st.randoms(use_true_random=False))
def test_what_is_offered_can_be_claimed_until_nothing_is_left(
    week: Week, need: Need, day: date, rng: random.Random
) -> None:
    now = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=2)
    claimed: set[int] = set()
    while offered := starts(
        week=week, need=need, day=day, claimed=claimed, now=now, notice=timedelta(hours=2)
    ):
        cells = set(cells_of(rng.choice(offered), need.minutes + need.buffer))
        assert claimed.isdisjoint(cells)
        assert all(cell in working(week=week, day=day) for cell in cells)
        claimed |= cells
    assert all(
        end - start < need.cells + 2 for start, end in free(week=week, day=day, claimed=claimed)
    )


@settings(max_examples=40)
@given(weeks(), NEEDS, DAYS, st.sets(st.integers(0, 1500)))
def test_the_calendar_has_exactly_the_days_with_a_start(
    week: Week, need: Need, day: date, taken: set[int]
) -> None:
    now = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    claimed = {first_cell(zone=week.zone, day=day) + cell for cell in taken}
    asked = {
        "week": week,
        "need": need,
        "claimed": claimed,
        "now": now,
        "notice": timedelta(hours=3),
    }
    today = now.astimezone(ZoneInfo(week.zone)).date()
    days = [today + timedelta(days=ahead) for ahead in range(-1, 12)]
    with_a_start = [d for d in days if starts(day=d, horizon_days=9, **asked)]
    assert bookable_days(horizon_days=9, **asked) == with_a_start


def clock_changes(zone: str, year: int) -> list[date]:
    """The local dates on which the offset of the zone changes, and their neighbours."""
    tz, found = ZoneInfo(zone), set()
    for number in range(366):
        noon = datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(days=number)
        if noon.astimezone(tz).utcoffset() != (noon + timedelta(days=1)).astimezone(tz).utcoffset():
            found |= {noon.astimezone(tz).date() + timedelta(days=d) for d in (-1, 0, 1, 2)}
    return sorted(found)


def test_no_zone_shifts_loses_or_invents_a_slot_when_its_clocks_change() -> None:
    seed = 20260329
    rng = random.Random(seed)
    print(f"seed {seed}")
    zones = sorted(available_timezones() - {"localtime", "Factory"})
    hours = tuple(Shift(d, 6 * 60, 22 * 60) for d in range(7))
    breaks = tuple(Shift(d, 12 * 60, 13 * 60) for d in range(7))
    checked = 0
    for zone in zones:
        week = Week(zone=zone, hours=hours, breaks=breaks)
        changing = clock_changes(zone, 2026)
        days = rng.sample(changing, min(2, len(changing))) or [date(2026, 7, 1)]
        for day in days:
            now = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=3)
            need = Need(minutes=rng.choice((30, 45, 90)), buffer=15)
            found = starts(week=week, need=need, day=day, claimed=(), now=now, notice=timedelta(0))
            assert found == naive_starts(week, need, day, set(), now), (seed, zone, day)
            mask = day_mask(week=week, day=day, claimed=())
            base = first_cell(zone=zone, day=day)
            in_mask = [
                (base + q * QUARTER_CELLS) * 300 for q in fits(mask=mask, quarters=need.quarters)
            ]
            assert in_mask == [int(start.timestamp()) for start in found], (seed, zone, day)
            checked += 1
    print(f"{len(zones)} zones, {checked} days")
    assert checked >= len(zones)


def test_an_hour_the_clock_skips_offers_nothing_and_one_that_repeats_offers_itself_twice() -> None:
    from core.availability.zones import between

    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    assert not between(zone="Europe/Berlin", day=spring, opens=120, closes=180)
    assert (
        sum(b - a for a, b in between(zone="Europe/Berlin", day=autumn, opens=120, closes=180))
        == 24
    )
    assert (
        sum(b - a for a, b in between(zone="Europe/Berlin", day=spring, opens=0, closes=1440))
        == 23 * 12
    )
    assert not between(zone="Pacific/Apia", day=date(2011, 12, 30), opens=0, closes=1440)


WEEKDAYS = Week(zone=SHANGHAI, hours=tuple(Shift(d, 9 * 60, 18 * 60) for d in range(5)))
NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)  # Monday, 12:00 in Shanghai


def test_notice_horizon_and_days_off_bound_what_is_offered() -> None:
    def offered(day: date, week: Week = WEEKDAYS) -> list[datetime]:
        return starts(
            week=week, need=Need(60, 15), day=day, claimed=(), now=NOON, notice=timedelta(hours=2)
        )

    monday = offered(date(2026, 6, 1))
    assert monday[0] == datetime(2026, 6, 1, 6, 0, tzinfo=UTC)
    assert monday[-1] == datetime(2026, 6, 1, 8, 45, tzinfo=UTC)  # ends 17:45, buffer until 18:00
    assert offered(date(2026, 6, 6)) == []  # Saturday
    assert offered(date(2026, 5, 29)) == []  # past
    assert offered(date(2026, 7, 30))
    assert offered(date(2026, 7, 31)) == []  # sixty days from today
    away = Week(zone=SHANGHAI, hours=WEEKDAYS.hours, off=frozenset({DayPart(date(2026, 6, 2))}))
    assert offered(date(2026, 6, 2))
    assert offered(date(2026, 6, 2), away) == []


def test_the_calendar_shows_the_days_that_have_a_start() -> None:
    days = bookable_days(
        week=WEEKDAYS,
        need=Need(60),
        claimed=range(0),
        now=NOON,
        notice=timedelta(hours=2),
        horizon_days=8,
    )
    assert [day.day for day in days] == [1, 2, 3, 4, 5, 8]


def test_alternatives_are_the_nearest_starts_in_the_order_of_the_day() -> None:
    offered = [NOON + timedelta(hours=h) for h in (1, 2, 5, 6, 30)]
    assert nearest(offered=offered, wanted=NOON + timedelta(hours=4)) == offered[1:4]


def test_hours_off_the_quarter_or_outside_the_day_are_refused() -> None:
    for opens, closes in ((5 * 60, 600), (600, 22 * 60 + 15), (605, 700), (700, 700)):
        with pytest.raises(Invalid):
            Shift(0, opens, closes)


@given(st.integers(0, FULL), st.integers(1, 64))
def test_doubling_finds_every_run_of_free_quarters(mask: int, quarters: int) -> None:
    naive = [
        q for q in range(65 - quarters) if mask >> q & ((1 << quarters) - 1) == (1 << quarters) - 1
    ]
    assert fits(mask=mask, quarters=quarters) == naive
