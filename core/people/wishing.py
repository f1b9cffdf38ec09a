"""From what a provider said about working to the change of the plan that it means, given the plan as it is."""

from collections.abc import Iterable, Sequence

from core.availability.intervals import Spans
from core.availability.slots import QUARTER
from core.people.amending import Amendment, Span, Stretch
from core.people.schedule import Plan
from core.when.verbs import Verb
from core.when.working import Wish

_USUAL = tuple(range(5))


def meant(*, wishes: Sequence[Wish], plan: Plan, weekly: bool = False) -> Amendment:
    """`weekly`: where a coming weekday was named, all of them are meant."""
    hours: dict[int, Sequence[Span]] = {}
    off: list[Stretch] = []
    back: list[Stretch] = []
    for wish in wishes:
        if wish.verb is Verb.BACK:
            back += _stretches(wish)
        elif wish.verb is Verb.OFF and not (weekly and wish.weekly):
            off += _stretches(wish)
        else:
            hours |= _hours(wish, plan)
    return Amendment(hours, tuple(off), tuple(back))


def _stretches(wish: Wish) -> Iterable[Stretch]:
    """To the quarter, and rather a little more than was said."""
    for days in wish.dates:
        if not wish.spans:
            yield Stretch(days.first, days.last)
        for opens, closes in wish.spans:
            yield Stretch(
                days.first, days.last, opens // QUARTER * QUARTER, -(-closes // QUARTER) * QUARTER
            )


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
