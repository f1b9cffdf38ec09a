"""How days, weeks and months are called."""

from datetime import date

from babel.dates import format_skeleton

from bot.i18n import Words, mark
from core.figures.spans import Span, Unit

UNITS = {Unit.DAY: mark("By day"), Unit.WEEK: mark("By week"), Unit.MONTH: mark("By month")}
BEFORE = {
    Unit.DAY: mark("in brackets: the day before"),
    Unit.WEEK: mark("in brackets: the week before"),
    Unit.MONTH: mark("in brackets: the month before"),
    Unit.DAYS: mark("in brackets: as many days before"),
}
TURNS = {Unit.WEEK: Unit.MONTH, Unit.MONTH: Unit.DAY, Unit.DAY: Unit.WEEK, Unit.DAYS: Unit.WEEK}
"""What one tap turns to."""


def month_name(month: date, words: Words) -> str:
    """November 2026, 2026年11月"""
    return str(format_skeleton("yMMMM", month, locale=words.language))


def span_name(span: Span, words: Words) -> str:
    """Fri, Nov 27; Nov 23 – Nov 29; November 2026"""
    if span.unit is Unit.DAY or span.days == 1:
        return words.weekday_date(span.first)
    if span.unit is Unit.MONTH:
        return month_name(span.first, words)
    return f"{words.month_day(span.first)} – {words.month_day(span.last)}"


def short_name(span: Span, words: Words) -> str:
    """Below a chart: 27; 11/23, Nov 23; Nov"""
    if span.unit is Unit.DAY:
        return str(span.first.day)
    if span.unit is Unit.WEEK:
        return words.brief_date(span.first)
    return str(format_skeleton("MMM", span.first, locale=words.language))
