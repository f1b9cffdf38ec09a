"""The days and the starts that can be had, as rows of buttons; whoever shows them says where a tap leads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from babel import Locale, dates

from bot.i18n import Words
from bot.screen import Button, grid, press
from core.availability.service import Availability, Calendar
from core.orders.model import Order

MORNING, AFTERNOON, EVENING = range(3)
PARTS = ((0, 12), (12, 18), (18, 24))
MOST_STARTS = 12

Rows = list[list[Button]]


@dataclass(frozen=True, slots=True)
class Leads:
    """Callback data of each kind of tap: another month, no day, a day, a part of a day, a start."""

    month: Callable[[int, int], str]
    no_day: str
    day: Callable[[int], str]
    part: Callable[[int, int], str]
    start: Callable[[datetime], str]


def minutes_of(start: datetime) -> int:
    """How a button names a start: minutes since the epoch."""
    return int(start.timestamp()) // 60


def move_leads(order_id: int) -> Leads:
    """Another time for a visit, asked for by either of its two sides."""
    return Leads(
        month=lambda year, month: press("mvmon", order_id, year, month),
        no_day=press("mvnone", order_id),
        day=lambda ordinal: press("mvday", order_id, ordinal),
        part=lambda ordinal, part: press("mvpart", order_id, ordinal, part),
        start=lambda start: press("mvat", order_id, minutes_of(start)),
    )


def month_shown(days: Sequence[date], wanted: Sequence[int], today: date) -> tuple[int, int]:
    """The wanted month if it has a day, else the first that has one."""
    near = days[0] if days else today
    known = {(day.year, day.month) for day in days}
    asked = (wanted[0], wanted[1]) if len(wanted) == 2 else (0, 0)
    return asked if asked in known else (near.year, near.month)


def soon_rows(days: Sequence[date], leads: Leads, now: datetime, words: Words) -> Rows:
    """Today and tomorrow by name, where they can be had."""
    today = words.local(now).date()
    names = {today: words.plain("Today"), today + timedelta(days=1): words.plain("Tomorrow")}
    buttons = [
        Button(f"⚡ {name}", leads.day(day.toordinal()))
        for day, name in names.items()
        if day in days
    ]
    return [buttons] if buttons else []


def title(month: tuple[int, int], words: Words) -> str:
    return dates.format_skeleton("yMMMM", date(*month, 1), locale=Locale.parse(words.language))


def month_rows(
    days: Sequence[date], month: tuple[int, int], leads: Leads, words: Words
) -> Rows:  # fmt: skip
    """One month, only bookable days carry a number; below it the ways to the other months. No rows without a day."""
    if not days:
        return []
    locale = Locale.parse(words.language)
    months = sorted({(day.year, day.month) for day in days})
    turns = [
        Button(("◀ " if other < month else "") + _month(other, locale)
               + (" ▶" if other > month else ""), leads.month(*other))
        for other in months if other != month
    ]  # fmt: skip
    names = [Button(name, leads.no_day) for name in _weekdays(locale)]
    weeks = _weeks(leads, [day for day in days if (day.year, day.month) == month])
    return [names, *weeks, *([turns] if turns else [])]


def _month(month: tuple[int, int], locale: Locale) -> str:
    return dates.format_skeleton("MMM", date(*month, 1), locale=locale)


def _weekdays(locale: Locale) -> list[str]:
    names = locale.days["stand-alone"]["narrow"]
    return [names[index] for index in range(7)]


def _weeks(leads: Leads, days: Sequence[date]) -> Rows:
    """Rows of seven from the first bookable week to the last; a day without a number can't be had."""
    if not days:
        return []
    free = set(days)
    begin = min(days).toordinal() - min(days).weekday()
    rows = []
    for monday in range(begin, max(days).toordinal() + 1, 7):
        week = [date.fromordinal(monday + n) for n in range(7)]
        rows.append([_day(leads, day, day in free) for day in week])
    return rows


def _day(leads: Leads, day: date, free: bool) -> Button:
    if free:
        return Button(str(day.day), leads.day(day.toordinal()))
    return Button("·", leads.no_day)


def part_of(start: datetime, words: Words) -> int:
    """Morning, afternoon or evening by the wall clock."""
    hour = words.local(start).hour
    return next(n for n, (opens, closes) in enumerate(PARTS) if opens <= hour < closes)


def start_rows(
    day: date, starts: Sequence[datetime], part: int | None, leads: Leads, words: Words
) -> Rows:
    """The starts of one part of a day; parts without any aren't offered."""
    parts = sorted({part_of(start, words) for start in starts})
    shown = part if part in parts else next(iter(parts), MORNING)
    names = (words.plain("Morning"), words.plain("Afternoon"), words.plain("Evening"))
    tabs = [
        Button(("• " if n == shown else "") + names[n], leads.part(day.toordinal(), n))
        for n in parts
    ]
    times = [
        Button(words.time(start), leads.start(start))
        for start in _few([start for start in starts if part_of(start, words) == shown])
    ]
    return [*([tabs] if len(tabs) > 1 else []), *grid(times, columns=4)]


def _few(starts: Sequence[datetime]) -> Sequence[datetime]:
    """Many starts are thinned out to the half hours and those that have none near; the others can be typed."""
    if len(starts) <= MOST_STARTS:
        return starts
    half = timedelta(minutes=30)
    kept = [start for start in starts if start.minute % 30 == 0]
    return [s for s in starts if s in kept or all(abs(s - other) >= half for other in kept)]


def near_rows(near: Sequence[datetime], leads: Leads, now: datetime, words: Words) -> Rows:
    """At most three starts instead of one that is gone."""
    return [
        [Button(f"🕒 {words.moment(start, now=now)}", leads.start(start))] for start in near[:3]
    ]


def day_of(ordinal: int) -> date:
    """The day a button names; an altered one names a day nobody offers."""
    return date.fromordinal(min(max(ordinal, date.min.toordinal() + 2), date.max.toordinal() - 2))


def instant(minutes: int) -> datetime:
    """The start a button names; an altered one names a time nobody offers."""
    return datetime.fromtimestamp(min(max(minutes, 0), 10**8) * 60, UTC)


@dataclass(frozen=True, slots=True)
class Others:
    """The times to which an order could move: whatever is free, but not the one it has."""

    availability: Availability
    calendar: Calendar
    order: Order
    now: datetime

    def starts(self, day: date) -> list[datetime]:
        offered = self.availability.starts(
            calendar=self.calendar, minutes=self.order.minutes, day=day, now=self.now
        )
        return [start for start in offered if start != self.order.starts_at]

    def days(self) -> list[date]:
        found = self.availability.days(
            calendar=self.calendar, minutes=self.order.minutes, now=self.now
        )
        own = date.fromordinal(self.availability.day_of(moment=self.order.starts_at))
        return [day for day in found if day != own or self.starts(day)]
