"""The pipeline from a provider's week to the starts a customer may tap; nothing else computes time.

weekly hours − breaks + extra hours − time off − claims → free cells → starts on the quarter, after the notice,
before the horizon.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.availability.cells import CELL_MINUTES, cell_count, cell_of, instant_of, spans_of
from core.availability.intervals import Spans
from core.availability.zones import between, local_date
from core.errors import Invalid

QUARTER = 15
QUARTER_CELLS = QUARTER // CELL_MINUTES
DAY_OPENS, DAY_CLOSES, DAY = 6 * 60, 22 * 60, 24 * 60
HORIZON_DAYS = 60


@dataclass(frozen=True, slots=True)
class Shift:
    """One stretch of a weekday (Monday is 0) by the wall clock, in minutes after midnight."""

    weekday: int
    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6 or not DAY_OPENS <= self.opens < self.closes <= DAY_CLOSES:
            raise Invalid("hours", "outside_day", {"opens": DAY_OPENS, "closes": DAY_CLOSES})
        if self.opens % QUARTER or self.closes % QUARTER:
            raise Invalid("hours", "not_on_quarter", {"quarter": QUARTER})


@dataclass(frozen=True, slots=True, order=True)
class DayPart:
    """A local date from one minute of the day to another; without them the whole day."""

    day: date
    opens: int = 0
    closes: int = DAY

    @property
    def whole(self) -> bool:
        return self.opens <= 0 and self.closes >= DAY


@dataclass(frozen=True, slots=True)
class Week:
    """When a provider works: weekly hours and breaks, what is taken off of single days, `more` hours of others, and
    the zone of them all.
    """

    zone: str
    hours: tuple[Shift, ...]
    breaks: tuple[Shift, ...] = ()
    off: frozenset[DayPart] = frozenset()
    more: frozenset[DayPart] = frozenset()

    @property
    def days_off(self) -> frozenset[date]:
        """The days that are off from midnight to midnight."""
        return frozenset(off.day for off in self.off if off.whole)

    def alike(self, other: "Week") -> bool:
        """Whether the same is worked in both."""
        mine, theirs = (
            (set(self.hours), self.off, self.more),
            (set(other.hours), other.off, other.more),
        )
        return mine == theirs


@dataclass(frozen=True, slots=True)
class Need:
    """What an order takes out of the day: the service itself and the way to the next one."""

    minutes: int
    buffer: int = 0

    @property
    def cells(self) -> int:
        """Cells to be claimed, service and buffer together."""
        return cell_count(self.minutes + self.buffer)

    @property
    def quarters(self) -> int:
        """Quarters that must be free in a day mask."""
        return -(-self.cells // QUARTER_CELLS)


def working(*, week: Week, day: date) -> Spans[int]:
    """The cells in which the provider works on that local date, claims aside."""
    hours = _stretches(week.zone, week.hours, day) - _stretches(week.zone, week.breaks, day)
    return (hours | _dated(week.zone, week.more, day)) - _dated(week.zone, week.off, day)


def free(*, week: Week, day: date, claimed: Iterable[int] | Spans[int]) -> Spans[int]:
    """The cells of that local date nobody has claimed yet."""
    return working(week=week, day=day) - spans_of(claimed)


def starts(
    *, week: Week, need: Need, day: date, claimed: Iterable[int] | Spans[int], now: datetime, notice: timedelta,
    horizon_days: int = HORIZON_DAYS,
) -> list[datetime]:  # fmt: skip
    """Every start on that local date which can be offered now; each of them can be claimed."""
    if not 0 <= (day - local_date(zone=week.zone, moment=now)).days < horizon_days:
        return []
    earliest = earliest_cell(now=now, notice=notice)
    return [instant_of(cell) for cell in _on_grid(week, need, day, spans_of(claimed), earliest)]


def earliest_cell(*, now: datetime, notice: timedelta) -> int:
    """The first cell that begins at or after the notice has passed."""
    soonest = now + notice
    cell = cell_of(soonest)
    return cell if instant_of(cell) >= soonest else cell + 1


def on_quarter(moment: datetime) -> datetime:
    """The first moment from this one on at which a visit may begin."""
    return instant_of(-(-int(moment.timestamp()) // (QUARTER * 60)) * QUARTER_CELLS)


def bookable_days(
    *, week: Week, need: Need, claimed: Iterable[int] | Spans[int], now: datetime, notice: timedelta,
    horizon_days: int = HORIZON_DAYS,
) -> list[date]:  # fmt: skip
    """The local dates with at least one start: what can be tapped in the calendar."""
    today = local_date(zone=week.zone, moment=now)
    taken, earliest = spans_of(claimed), earliest_cell(now=now, notice=notice)
    days = (today + timedelta(days=ahead) for ahead in range(horizon_days))
    return [day for day in days if any(True for _ in _on_grid(week, need, day, taken, earliest))]


def first_start(
    *, week: Week, need: Need, claimed: Spans[int], now: datetime, notice: timedelta, days: Iterable[date]
) -> datetime | None:  # fmt: skip
    """The first of the starts on these local dates, given in order, or None."""
    earliest = earliest_cell(now=now, notice=notice)
    for day in days:
        for cell in _on_grid(week, need, day, claimed, earliest):
            return instant_of(cell)
    return None


def days_between(first: date, last: date) -> Iterator[date]:
    """Every date from the first to the last, both included."""
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def nearest(*, offered: Iterable[datetime], wanted: datetime, count: int = 3) -> list[datetime]:
    """The starts closest to the one that was taken, in the order of the day."""
    closest = sorted(offered, key=lambda start: (abs(start - wanted), start))[:count]
    return sorted(closest)


def _stretches(zone: str, shifts: tuple[Shift, ...], day: date) -> Spans[int]:
    return Spans.of(
        pair
        for shift in shifts
        if shift.weekday == day.weekday()
        for pair in between(zone=zone, day=day, opens=shift.opens, closes=shift.closes)
    )


def _dated(zone: str, parts: frozenset[DayPart], day: date) -> Spans[int]:
    return Spans.of(
        pair
        for part in parts
        if part.day == day
        for pair in between(zone=zone, day=day, opens=part.opens, closes=part.closes)
    )


def _on_grid(week: Week, need: Need, day: date, taken: Spans[int], earliest: int) -> Iterator[int]:
    """The cells at which a job may begin: on the quarter, all of it free."""
    for start, end in working(week=week, day=day) - taken:
        first = -(-max(start, earliest) // QUARTER_CELLS) * QUARTER_CELLS
        yield from range(first, end - need.cells + 1, QUARTER_CELLS)
