"""The figures of some days as a picture: turnover, orders and active users of several spans side by side."""

from collections.abc import Sequence

from bot.adapters.drawing import FAINT, INK, Colour, Sheet
from bot.adapters.plot import Plot, Scale, band, names_below, scale
from bot.admin.stats.names import MEASURE_NAMES, written
from bot.i18n import Words
from bot.screen import File
from bot.spans import short_name, span_name
from core.figures.spans import Unit
from core.money import exponent
from core.platform.measures import MEASURES, Measure, Whole
from core.platform.service import Look

_WIDTH, _HEIGHT = 880, 920
_MONEY, _ORDERS, _PEOPLE = (214, 366), (478, 616), (728, 846)
_HEAD = 84
"""How far above its plot a heading stands."""
_GREEN, _PALE_GREEN = (47, 158, 68), (163, 218, 172)
_BLUE, _PALE_BLUE = (28, 126, 214), (165, 206, 242)
_RED, _PALE_RED = (224, 49, 49), (247, 190, 190)
_VIOLET = (112, 72, 232)


def chart(look: Look, words: Words) -> File:
    sheet = Sheet(_WIDTH, _HEIGHT)
    amount, orders = (value(look.now, m) for m in (Measure.AMOUNT, Measure.ORDERS))
    placed = words.plain_plural("{n} order", "{n} orders", int(orders))
    told = sheet.words(
        840, 38, f"{words.money(int(amount))} · {placed}", 30, FAINT, within=430, to_right=True
    )
    sheet.words(40, 24, span_name(look.span, words), 44, within=780 - told)
    if look.span.unit is not Unit.DAYS:
        band(sheet, len(look.row), _MONEY[0] - 36, _HEIGHT - 16)
    _money(sheet, look, words)
    _orders(sheet, look, words)
    _people(sheet, look, words)
    names = [short_name(facts.span, words) for facts in look.row]
    names_below(sheet, names, _PEOPLE[1] + 20, last=look.span.unit is not Unit.DAYS)
    return File(name=f"{look.span.first}.png", mime="image/png", content=sheet.png())


def value(facts: Whole, measure: Measure) -> float:
    return MEASURES[measure].of(facts) or 0


def _strong(look: Look, slot: int) -> bool:
    """The span that is looked at; where the row are its parts, all of them."""
    return look.span.unit is Unit.DAYS or slot == len(look.row) - 1


def _heads(
    sheet: Sheet, top: int, named: Sequence[tuple[Colour | None, Measure]], words: Words
) -> None:
    at = 40
    for colour, measure in named:
        if colour:
            sheet.box(at, top + 11, at + 24, top + 35, colour, round_=5)
            at += 34
        name = words.plain(MEASURE_NAMES[measure])
        at += sheet.words(at, top, name, 30, INK, within=340) + 32


def _over(plot: Plot, look: Look, at: float, measure: Measure, words: Words) -> None:
    """The number of the span that is looked at, above its bar."""
    if look.span.unit is not Unit.DAYS:
        text = written(measure, value(look.row[-1], measure), words)
        plot.over(len(look.row) - 1, at, text)


def _money(sheet: Sheet, look: Look, words: Words) -> None:
    _heads(sheet, _MONEY[0] - _HEAD, [(None, Measure.AMOUNT)], words)
    sums = [round(value(facts, Measure.AMOUNT)) for facts in look.row]
    unit = 10 ** exponent(currency=words.currency)
    plot = Plot(sheet, *_MONEY, len(sums), scale(sums, least=10 * unit))
    plot.marks(words.money)
    for slot, amount in enumerate(sums):
        plot.bar(slot, 0, amount, _GREEN if _strong(look, slot) else _PALE_GREEN)
    _over(plot, look, sums[-1], Measure.AMOUNT, words)


def _orders(sheet: Sheet, look: Look, words: Words) -> None:
    named = [(_BLUE, Measure.DONE), (_RED, Measure.CANCELLED)]
    _heads(sheet, _ORDERS[0] - _HEAD, named, words)
    done = [round(value(facts, Measure.DONE)) for facts in look.row]
    lost = [round(value(facts, Measure.CANCELLED)) for facts in look.row]
    both = [one + other for one, other in zip(done, lost, strict=True)]
    plot = Plot(sheet, *_ORDERS, len(both), scale(both, least=1))
    plot.marks(words.number)
    for slot, (low, high) in enumerate(zip(done, both, strict=True)):
        strong = _strong(look, slot)
        plot.bar(slot, 0, low, _BLUE if strong else _PALE_BLUE)
        plot.bar(slot, low, high, _RED if strong else _PALE_RED)
    _over(plot, look, both[-1], Measure.DONE, words)


def _people(sheet: Sheet, look: Look, words: Words) -> None:
    _heads(sheet, _PEOPLE[0] - _HEAD, [(None, Measure.ACTIVE)], words)
    counts = [round(value(facts, Measure.ACTIVE)) for facts in look.row]
    by: Scale = scale(counts, least=1)
    plot = Plot(sheet, *_PEOPLE, len(counts), by)
    plot.marks(words.number)
    points = [(plot.x(slot), plot.y(count)) for slot, count in enumerate(counts)]
    if len(points) > 1:
        sheet.line(points, _VIOLET)
    for x, y in points:
        sheet.dot(x, y, 9, _VIOLET)
    _over(plot, look, counts[-1], Measure.ACTIVE, words)
