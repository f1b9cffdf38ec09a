"""Where and when the work is: the hours of the day across, districts down, one block for each large category."""

from collections.abc import Sequence
from typing import Final

from bot.adapters.drawing import FAINT, INK, PAPER, WHITE, Colour, Sheet
from bot.admin.stats.names import MEASURE_NAMES, Keys
from bot.i18n import Words
from bot.screen import File
from bot.spans import span_name
from core.platform.facts import Facts
from core.platform.measures import Dimension, Key, Measure, ranked, split

_WIDTH: Final = 880
_LEFT, _RIGHT = 176, 850
_TOP, _BLOCK, _ROW, _GAP = 132, 46, 34, 14
CATEGORIES, DISTRICTS = 4, 6
DAY: Final = (8, 20)
"""Hours that are shown even where nothing happens in them."""
_LOW: Final[Colour] = (255, 236, 217)
_HIGH: Final[Colour] = (217, 72, 15)


def heat_map(facts: Facts, keys: Keys, words: Words, measure: Measure = Measure.ORDERS) -> File:
    categories = _largest(facts, measure, Dimension.CATEGORY, CATEGORIES)
    districts = _largest(facts, measure, Dimension.DISTRICT, DISTRICTS)
    by = (Dimension.CATEGORY, Dimension.DISTRICT, Dimension.HOUR)
    cells = split(measure=measure, facts=facts, by=by)
    hours = _hours([int(key[2]) for key in cells])
    block = _BLOCK + len(districts) * _ROW + _GAP
    sheet = Sheet(_WIDTH, _TOP + max(len(categories), 1) * block)
    sheet.words(40, 20, span_name(facts.span, words), 40, within=480)
    sheet.words(840, 32, words.plain(MEASURE_NAMES[measure]), 28, FAINT, within=300, to_right=True)
    wide = (_RIGHT - _LEFT) // len(hours)
    for place, hour in enumerate(hours):
        name = str(hour)
        sheet.words(
            _LEFT + place * wide + (wide - sheet.width_of(name, 20)) // 2, 88, name, 20, FAINT
        )
    most = max((value or 0 for value in cells.values()), default=0) or 1
    for number, category in enumerate(categories):
        top = _TOP + number * block
        sheet.words(40, top, keys.name(Dimension.CATEGORY, category), 28, INK, within=760)
        for line, district in enumerate(districts):
            y = top + _BLOCK + line * _ROW
            name = keys.name(Dimension.DISTRICT, district)
            sheet.words(_LEFT - 12, y + 2, name, 22, FAINT, within=_LEFT - 24, to_right=True)
            for place, hour in enumerate(hours):
                count = cells.get((category, district, hour)) or 0
                _cell(sheet, _LEFT + place * wide, y, wide, count, count / most, words)
    return File(name=f"{facts.span.first}-map.png", mime="image/png", content=sheet.png())


def _largest(facts: Facts, measure: Measure, by: Dimension, most: int) -> list[Key]:
    return [key for key, _ in ranked(measure=measure, facts=facts, by=by)[:most]]


def _hours(found: Sequence[int]) -> range:
    return range(min(DAY[0], *found, DAY[0]), max(DAY[1], *found, DAY[1]) + 1)


def _cell(
    sheet: Sheet, left: int, top: int, wide: int, count: float, part: float, words: Words
) -> None:
    colour = _between(part) if count else PAPER
    sheet.box(left + 1, top + 1, left + wide - 2, top + _ROW - 3, colour, round_=4)
    if count:
        text = words.number(count)
        at = left + (wide - sheet.width_of(text, 20)) // 2
        sheet.words(at, top + 3, text, 20, WHITE if part > 0.6 else INK, within=wide)


def _between(part: float) -> Colour:
    """From pale to strong."""
    mixed = [round(low + (high - low) * part) for low, high in zip(_LOW, _HIGH, strict=True)]
    return mixed[0], mixed[1], mixed[2]
