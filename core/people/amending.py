"""A change of a provider's plan as data: first looked at (what would it touch?), then saved, the same both times."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from core.availability.intervals import Spans
from core.availability.slots import DAY, DAY_CLOSES, DAY_OPENS, QUARTER, DayPart, Shift, Week
from core.errors import Invalid

LONGEST_HOLIDAY = 60
MOST_STRETCHES = 4

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The same minutes of each day from `first` to `last`; without them the whole days."""

    first: date
    last: date
    opens: int = 0
    closes: int = DAY

    @property
    def whole(self) -> bool:
        return self.opens <= 0 and self.closes >= DAY

    def days(self) -> list[date]:
        """All of them. Raises Invalid("day", "too_many") for none or for more than a holiday has."""
        count = (self.last - self.first).days + 1
        if not 1 <= count <= LONGEST_HOLIDAY:
            raise Invalid("day", "too_many", {"most": LONGEST_HOLIDAY})
        return [self.first + timedelta(days=ahead) for ahead in range(count)]


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is to be different: the hours of weekdays, time taken off, time worked after all (in this order); `extra`
    hours of single days beyond those of the week, and those that are not to be (`less`).
    """

    hours: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    off: tuple[Stretch, ...] = ()
    back: tuple[Stretch, ...] = ()
    extra: tuple[Stretch, ...] = ()
    less: tuple[Stretch, ...] = ()

    def check(self, *, today: date, minute: int) -> None:
        """Raises Invalid("hours", "outside_day" | "not_on_quarter" | "overlap" | "too_many" | "over"),
        ("day", "over" | …). Extra hours that ended before this minute of today are nobody's any more.
        """
        for weekday, spans in self.hours.items():
            _check_hours(weekday, spans)
        for stretch in self.dated:
            if stretch.first < today:
                raise Invalid("day", "over")
            stretch.days()
            if not 0 <= stretch.opens < stretch.closes <= DAY:
                raise Invalid("hours", "overlap")
            if stretch.opens % QUARTER or stretch.closes % QUARTER:
                raise Invalid("hours", "not_on_quarter", {"quarter": QUARTER})
        if any(one.opens < DAY_OPENS or one.closes > DAY_CLOSES for one in self.extra):
            raise Invalid("hours", "outside_day", {"opens": DAY_OPENS, "closes": DAY_CLOSES})
        if any(one.last == today and one.closes <= minute for one in self.extra):
            raise Invalid("hours", "over")

    @property
    def dated(self) -> tuple[Stretch, ...]:
        """All that is about single days."""
        return (*self.off, *self.back, *self.extra, *self.less)

    @property
    def days(self) -> list[date]:
        """The single days it is about, in order."""
        return sorted({day for stretch in self.dated for day in stretch.days()})

    def of(self, *, week: Week) -> Week:
        """The week as it would be."""
        kept = [shift for shift in week.hours if shift.weekday not in self.hours]
        new = [Shift(day, *span) for day, spans in sorted(self.hours.items()) for span in spans]
        off = self._changed(week.off, self.off, (*self.back, *self.extra))
        more = self._changed(week.more, self.extra, self.less)
        return replace(week, hours=(*kept, *new), off=off, more=more)

    def _changed(
        self, former: frozenset[DayPart], added: Iterable[Stretch], taken: Iterable[Stretch]
    ) -> frozenset[DayPart]:
        """Parts of days with what is `added`, and then without what is `taken` from them."""
        added, taken, days = tuple(added), tuple(taken), self.days
        parts = {one for one in former if one.day not in days}
        for day in days:
            known = Spans.of((one.opens, one.closes) for one in former if one.day == day)
            spans = (known | _minutes(added, day)) - _minutes(taken, day)
            parts |= {DayPart(day, *span) for span in spans}
        return frozenset(parts)


def _minutes(stretches: Iterable[Stretch], day: date) -> Spans[int]:
    return Spans.of((s.opens, s.closes) for s in stretches if s.first <= day <= s.last)


def _check_hours(weekday: int, spans: Sequence[Span]) -> None:
    for opens, closes in spans:
        Shift(weekday, opens, closes)
    if any(one[1] > other[0] for one, other in pairwise(sorted(spans))):
        raise Invalid("hours", "overlap")
    if len(spans) > MOST_STRETCHES:
        raise Invalid("hours", "too_many")
