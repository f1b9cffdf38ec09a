"""One plot of a chart: a scale with round steps, a slot for each span, bars or a line in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.adapters.drawing import FAINT, INK, Colour, Sheet

LEFT, RIGHT = 140, 850
BAND: Final[Colour] = (231, 245, 255)
_NAME = 24
_NICE: Final = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """What lies between the lowest and the highest mark, in equal steps."""

    low: int
    high: int
    step: int

    @property
    def marks(self) -> range:
        return range(self.low, self.high + 1, self.step)


def scale(values: Sequence[int], *, least: int) -> Scale:
    """About two steps up to the largest value, and down where something is below nothing; none below `least`."""
    most = max((abs(value) for value in values), default=0)
    step = max(_nice(-(-most // 2)), least)
    down = -(-max(0, -min(values, default=0)) // step) * step
    up = max(-(-max(0, *values) // step) * step, step)
    return Scale(-down, up, step)


def _nice(value: int) -> int:
    """1, 2 or 5 with as many noughts as it takes."""
    tens = int(10 ** (len(str(max(value, 1))) - 1))
    return min(one * tens for one in _NICE if one * tens >= value)


@dataclass(frozen=True, slots=True)
class Plot:
    """From `top` to `bottom`; the last of `slots` is the span that is looked at."""

    sheet: Sheet
    top: int
    bottom: int
    slots: int
    scale: Scale

    def y(self, value: float) -> int:
        part = (value - self.scale.low) / (self.scale.high - self.scale.low)
        return round(self.bottom - part * (self.bottom - self.top))

    @property
    def wide(self) -> int:
        return (RIGHT - LEFT) // self.slots

    def x(self, slot: int) -> int:
        """The middle of a slot."""
        return LEFT + slot * self.wide + self.wide // 2

    def marks(self, label: Callable[[int], str]) -> None:
        for mark in self.scale.marks:
            self.sheet.rule(LEFT, self.y(mark), LEFT + self.slots * self.wide, self.y(mark))
            self.sheet.words(
                LEFT - 14,
                self.y(mark) - 18,
                label(mark),
                24,
                FAINT,
                within=LEFT - 20,
                to_right=True,
            )

    def bar(self, slot: int, low: float, high: float, colour: Colour) -> None:
        """From one value to another; nothing leaves no mark."""
        if low == high:
            return
        half = max(self.wide * 3 // 10, 4)
        top, bottom = sorted((self.y(low), self.y(high)))
        middle = self.x(slot)
        self.sheet.box(middle - half, min(top, bottom - 3), middle + half, bottom, colour, round_=5)

    def over(self, slot: int, value: float, text: str) -> None:
        """A number above what it is about, and within the sheet."""
        wide = self.sheet.width_of(text, 24)
        left = min(self.x(slot) - wide // 2, self.sheet.width - wide - 12)
        self.sheet.words(left, max(self.y(max(value, 0)) - 37, self.top - 38), text, 24, INK)


def band(sheet: Sheet, slots: int, top: int, bottom: int) -> None:
    """The span that is looked at, the last one, stands on a band through all plots."""
    wide = (RIGHT - LEFT) // slots
    left = LEFT + (slots - 1) * wide
    sheet.box(left, top, left + wide, bottom, BAND, round_=10)


def names_below(sheet: Sheet, names: Sequence[str], top: int, *, last: bool = True) -> None:
    """As many as there is room for, the last one always; `last`: in strong ink."""
    wide = (RIGHT - LEFT) // len(names)
    widest = max(sheet.width_of(name, _NAME) for name in names)
    every = -(-(widest + 8) // wide)
    for slot, name in enumerate(names):
        if (len(names) - 1 - slot) % every:
            continue
        own = sheet.width_of(name, _NAME)
        left = max(LEFT + slot * wide + (wide - own) // 2, 6)
        strong = last and slot == len(names) - 1
        sheet.words(min(left, sheet.width - own - 6), top, name, _NAME, INK if strong else FAINT)
