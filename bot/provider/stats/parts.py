"""How spans are called."""

from bot.i18n import Words, mark
from bot.provider.income.statement import month_name
from core.figures.spans import Span, Unit

UNITS = {Unit.DAY: mark("By day"), Unit.WEEK: mark("By week"), Unit.MONTH: mark("By month")}
BEFORE = {
    Unit.DAY: mark("in brackets: the day before"),
    Unit.WEEK: mark("in brackets: the week before"),
    Unit.MONTH: mark("in brackets: the month before"),
}


def span_name(span: Span, words: Words) -> str:
    """Fri, Nov 27; Nov 23 – Nov 29; November 2026"""
    if span.unit is Unit.DAY:
        return words.weekday_date(span.first)
    if span.unit is Unit.MONTH:
        return month_name(span.first, words)
    return f"{words.month_day(span.first)} – {words.month_day(span.last)}"
