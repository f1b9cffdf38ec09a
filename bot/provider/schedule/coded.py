"""A change of the plan in few letters, small enough for a button: nothing is remembered between two taps."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from bot.provider.schedule.shape import QUARTER, mask, weekdays
from bot.week import alike
from core.availability.slots import DAY
from core.errors import Invalid
from core.people.amending import Amendment, Span, Stretch

MOST: Final = 50  # letters of a change in callback data, beside its verb and a few ids
SIGNS: Final = {"o": "off", "b": "back", "e": "extra", "x": "less"}
_BEGIN: Final = date(2020, 1, 1).toordinal()
_HOURS = re.compile(r"h(\d{1,3})((?:\.\d{1,2}-\d{1,2}){0,4})")
_STRETCH = re.compile(r"([obex])(\d{1,5})\.(\d{1,2})(?:\.(\d{1,2})-(\d{1,2}))?")


def coded(amendment: Amendment) -> str:
    """Raises Invalid("plan", "too_long") for more than a button can carry."""
    parts = list(_hours(amendment))
    for sign, name in SIGNS.items():
        parts += _stretches(sign, getattr(amendment, name))
    code = "_".join(parts)
    if len(code) > MOST:
        raise Invalid("plan", "too_long")
    return code


def _hours(amendment: Amendment) -> Iterable[str]:
    for days, spans in alike(amendment.hours):
        yield f"h{mask(*days)}" + "".join(f".{a // QUARTER}-{b // QUARTER}" for a, b in spans)


def _stretches(sign: str, stretches: Iterable[Stretch]) -> Iterable[str]:
    for one in stretches:
        days = f"{sign}{one.first.toordinal() - _BEGIN}.{(one.last - one.first).days}"
        part = f".{one.opens // QUARTER}-{one.closes // QUARTER}"
        yield days if one.whole else days + part


def amendment_of(code: str) -> Amendment:
    """Raises Invalid for what is no change of a plan."""
    hours: dict[int, tuple[Span, ...]] = {}
    stretches: dict[str, list[Stretch]] = {name: [] for name in SIGNS.values()}
    for part in code.split("_"):
        if found := _HOURS.fullmatch(part):
            spans = [span.split("-") for span in found[2].split(".")[1:]]
            same = tuple((int(a) * QUARTER, int(b) * QUARTER) for a, b in spans)
            hours |= dict.fromkeys(weekdays(int(found[1])), same)
        elif found := _STRETCH.fullmatch(part):
            stretches[SIGNS[found[1]]].append(_stretch(found))
        else:
            raise Invalid("plan", "unknown")
    return Amendment(hours, **{name: tuple(found) for name, found in stretches.items()})


def _stretch(found: re.Match[str]) -> Stretch:
    first = date.fromordinal(_BEGIN + int(found[2]))
    last = first + timedelta(days=int(found[3]))
    if found[4] is None:
        return Stretch(first, last)
    return Stretch(first, last, int(found[4]) * QUARTER, min(int(found[5]) * QUARTER, DAY))
