"""A week of working hours in words, for the provider and for the staff: days that are alike share a line."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from babel import Locale
from babel.dates import get_day_names
from markupsafe import Markup

from bot.i18n import Words
from core.people.model import Hours

Span = tuple[int, int]


def weekday(day: int, words: Words) -> str:
    """Mon, 周一 (Monday is 0)."""
    return str(get_day_names("abbreviated", locale=Locale.parse(words.language))[day])


def clock(minutes: int) -> str:
    """09:30 from minutes after midnight."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def stretches(spans: Iterable[Span], words: Words) -> str:
    """09:00–12:00, 13:00–18:00, or that it is a free day."""
    told = [f"{clock(opens)}–{clock(closes)}" for opens, closes in spans]
    return ", ".join(told) or words.plain("not working")


def weekdays(days: Sequence[int], words: Words) -> str:
    """Mon–Fri Sun: three or more in a row are told by the first and the last; `days` in order."""
    told: list[str] = []
    for _, run in groupby(enumerate(days), key=lambda place: place[1] - place[0]):
        names = [weekday(day, words) for _, day in run]
        if len(names) > 2:
            names = [words.plain("{first}–{last}", first=names[0], last=names[-1])]
        told += names
    return " ".join(told)


def week(hours: Sequence[Hours], words: Words) -> list[Markup]:
    """Mon–Fri 09:00–18:00: one line for each kind of day on which somebody works."""
    days: dict[int, list[Span]] = {}
    for one in hours:
        days.setdefault(one.weekday, []).append((one.start_min, one.end_min))
    return [
        Markup("{} {}").format(weekdays(same, words), stretches(sorted(spans), words))
        for same, spans in alike(days)
    ]


def alike(hours: Mapping[int, Sequence[Span]]) -> list[tuple[list[int], tuple[Span, ...]]]:
    """Weekdays with the same hours together: [Monday … Friday], 9 to 18."""
    same: dict[tuple[Span, ...], list[int]] = {}
    for day, spans in sorted(hours.items()):
        same.setdefault(tuple(spans), []).append(day)
    return [(days, spans) for spans, days in same.items()]
