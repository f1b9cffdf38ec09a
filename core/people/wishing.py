"""From what a provider said about working to the change of the plan that it means, given the plan as it is."""

from collections.abc import Iterable, Sequence

from core.availability.intervals import Spans
from core.availability.slots import QUARTER
from core.people.amending import Amendment, Span, Stretch
from core.people.beyond import worked
from core.people.schedule import Plan
from core.when.verbs import Verb
from core.when.working import Wish

_USUAL = tuple(range(5))


def meant(*, wishes: Sequence[Wish], plan: Plan, weekly: bool = False) -> Amendment:
    """`weekly`: where a coming weekday was named, all of them are meant."""
    hours: dict[int, Sequence[Span]] = {}
    off: list[Stretch] = []
    back: list[Stretch] = []
    extra: list[Stretch] = []
    less: list[Stretch] = []
    for wish in wishes:
        if wish.verb in (Verb.BACK, Verb.EXTRA):
            more, again = worked(dates=wish.dates, spans=_quarters(wish.spans), plan=plan)
            extra += more
            back += again
        elif wish.verb is Verb.LESS:
            less += _stretches(wish)
        elif wish.verb is Verb.OFF and not (weekly and wish.weekly):
            extra += _beyond(wish, plan)
            off += () if _free(wish, plan) else _stretches(wish)
        else:
            hours |= _hours(wish, plan)
    return Amendment(hours, tuple(off), tuple(back), tuple(extra), tuple(less))


def _beyond(wish: Wish, plan: Plan) -> Iterable[Stretch]:
    """Work at these hours only: on a date that is free else, or where both ends were named, beyond the week's."""
    named = [
        days for days in wish.dates
        if wish.exact or _free(wish, plan)
    ]  # fmt: skip
    return worked(dates=named, spans=_quarters(wish.work), plan=plan)[0] if wish.work else ()


def _free(wish: Wish, plan: Plan) -> bool:
    """Work is wanted on dates that have no hours by the week: there is nothing to take off."""
    days = [day for one in wish.dates for day in one.each()]
    return bool(wish.work) and not any(plan.hours(weekday=day.weekday()) for day in days)


def _quarters(spans: Iterable[Span]) -> tuple[Span, ...]:
    """To the quarter, and rather a little more than was said."""
    return tuple((a // QUARTER * QUARTER, -(-b // QUARTER) * QUARTER) for a, b in spans)


def _stretches(wish: Wish) -> Iterable[Stretch]:
    for days in wish.dates:
        if not wish.spans:
            yield Stretch(days.first, days.last)
        for span in _quarters(wish.spans):
            yield Stretch(days.first, days.last, *span)


def _hours(wish: Wish, plan: Plan) -> dict[int, Sequence[Span]]:
    """The hours themselves, or those of now without the break that was named."""
    if wish.verb is Verb.HOURS:
        return dict.fromkeys(wish.weekdays or _worked(plan), wish.spans)
    taken = Spans.of(wish.spans)
    days = wish.weekdays or wish.weekly or _worked(plan)
    if wish.verb is Verb.OFF and not wish.spans:
        return dict.fromkeys(days, ())
    return {day: tuple(Spans.of(plan.hours(weekday=day)) - taken) for day in days}


def _worked(plan: Plan) -> tuple[int, ...]:
    return tuple(sorted({shift.weekday for shift in plan.week.hours})) or _USUAL
