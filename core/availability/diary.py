"""What a provider's calendar is made of, as it is read in one go: hours, single days, the time that is taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from core.availability.slots import DayPart, Shift, Week
from core.availability.stops import Stop

Stretch = tuple[int, int, int]  # weekday (Monday is 0), from and to in minutes of the day
Dated = tuple[date, int, int, bool]  # which day, from and to, whether worked beyond the week


@dataclass(frozen=True, slots=True)
class Diary:
    """One provider's; see core.people.model.Hours and DayHours."""

    hours: tuple[Stretch, ...] = ()
    dated: tuple[Dated, ...] = ()
    stops: tuple[Stop, ...] = ()


def week_of(*, zone: str, hours: Iterable[Stretch], dated: Iterable[Dated]) -> Week:
    """One provider's rows as a week."""
    parts: dict[bool, set[DayPart]] = {False: set(), True: set()}
    for day, opens, closes, works in dated:
        parts[works].add(DayPart(day, opens, closes))
    return Week(
        zone=zone, hours=_shifts(tuple(hours)), off=frozenset(parts[False]),
        more=frozenset(parts[True]),
    )  # fmt: skip


@lru_cache(maxsize=4096)  # everybody works the same few weeks
def _shifts(hours: tuple[Stretch, ...]) -> tuple[Shift, ...]:
    return tuple(Shift(*one) for one in hours)
