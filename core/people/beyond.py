"""Hours somebody wants to work on single dates: what of them lies beyond the week's, and what is only given back."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from core.availability.intervals import Spans
from core.availability.slots import DAY_CLOSES, DAY_OPENS
from core.people.amending import Span, Stretch
from core.people.schedule import Plan
from core.when.model import Days

_USUAL: tuple[Span, ...] = ((9 * 60, 18 * 60),)


def usual(*, plan: Plan) -> Sequence[Span]:
    """The hours most of the worked days have."""
    days = (tuple(plan.hours(weekday=weekday)) for weekday in range(7))
    found = Counter(spans for spans in days if spans).most_common(1)
    return found[0][0] if found else _USUAL


def worked(
    *, dates: Iterable[Days], spans: Sequence[Span], plan: Plan
) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """(extra hours, time given back) for work at these hours; without any, as the week or usual days have them."""
    extra: list[tuple[date, Span]] = []
    back: list[tuple[date, Span]] = []
    for day in (day for one in dates for day in one.each()):
        hours = plan.hours(weekday=day.weekday())
        week, around = Spans.of(hours), hours or usual(plan=plan)
        # The morning begins with the first hour of work, not at midnight.
        wanted = Spans.of(bounded(span, around) for span in spans or around)
        beyond = wanted - week
        extra += [(day, span) for span in beyond]
        back += [(day, span) for span in wanted & week if not beyond or _off(plan, day)]
    return tuple(_runs(extra)), tuple(_runs(back))


def bounded(span: Span, hours: Sequence[Span]) -> Span:
    """An open end is where the hours end, or the day of the platform."""
    opens, closes = span
    if opens < DAY_OPENS:
        opens = hours[0][0] if hours[0][0] < closes else DAY_OPENS
    if closes > DAY_CLOSES:
        closes = hours[-1][1] if hours[-1][1] > opens else DAY_CLOSES
    return opens, closes


def _off(plan: Plan, day: date) -> bool:
    return any(off.day == day for off in plan.off)


def _runs(found: Iterable[tuple[date, Span]]) -> Iterable[Stretch]:
    """The same hours on days in a row are one stretch."""
    by_span: dict[Span, list[date]] = {}
    for day, span in found:
        by_span.setdefault(span, []).append(day)
    for span, days in by_span.items():
        first = days[0]
        for day, after in zip(days, [*days[1:], None], strict=True):
            if after != day + timedelta(days=1):
                yield Stretch(first, day, *span)
                first = after or first
