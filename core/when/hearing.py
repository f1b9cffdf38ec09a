"""Hears the pieces of a sentence that are about time, one after the other; what is left is what is wanted."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from core.when import almanac, clocks, days
from core.when.clocks import Bound, Span
from core.when.model import Clock, Days, Part
from core.when.numbers import number

_GONE = "\x00"
_AROUND = re.compile(
    r"(?:(?:(?<![a-z])(?:at|on|for|by|around|about|from|between|in the|the|this|early|or|and)(?![a-z])"
    r"|大概|大约|左右|的时候|那天|之间|钟|的|在|于|从|[，,、。;/~-])\s*)*"
    rf"{_GONE}[{_GONE}\s，,、-]*"
    r"(?:(?:左右|之前|以前|的时候|那天|之间|钟头?|的(?=[^话])|(?<![a-z])(?:or so|please)(?![a-z]))\s*)*"
)  # fmt: skip


class Bare(StrEnum):
    """What a number alone is, where nothing but a time was asked for."""

    HOUR = "hour"
    DAY = "day"


@dataclass(slots=True)
class Heard:
    """The pieces of one sentence."""

    text: str
    days: list[Days] = field(default_factory=list)
    clocks: list[Clock | Span | Bound] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def take(self, match: re.Match[str]) -> None:
        """Nobody reads it twice."""
        self.text = self.text[: match.start()] + _GONE * len(match[0]) + self.text[match.end() :]

    @property
    def rest(self) -> str:
        return " ".join(_AROUND.sub(" ", self.text).split())


def hear_days(heard: Heard, today: date) -> None:
    """Which days are named."""
    for pattern, reader in days.RULES:
        for match in pattern.finditer(heard.text):
            found = reader(match, today)
            if found is not None:
                heard.days.append(found)
            # "Tonight" is a part of the day, too.
            if match[0] != "tonight" and (found is not None or reader is days.habit):
                heard.take(match)


def hear_clocks(heard: Heard) -> None:
    """Which times and parts of a day are named."""
    for pattern, reader in clocks.RULES:
        for match in pattern.finditer(heard.text):
            found = reader(match)
            if found is None or not _allowed(heard, match, found):
                continue
            heard.take(match)
            if isinstance(found, Part):
                heard.parts.append(found)
            else:
                heard.clocks.append(found)


def _allowed(heard: Heard, match: re.Match[str], found: object) -> bool:
    """Two numbers with a dash are times only beside a day or with a sign of the clock."""
    if not isinstance(found, Span) or re.search("[a-z:点时]", match[0].replace("to", "")):
        return True
    before, after = heard.text[: match.start()], heard.text[match.end() :]
    beside = re.search(rf"{_GONE}[\s,]*(?:at|on|from|between)?\s*$", before)
    return bool(
        beside or re.search(r"(?:from|between)\s*$", before) or re.match(rf"\s*{_GONE}", after)
    )


def hear_bare(heard: Heard, bare: Bare, today: date) -> None:
    """A number that is the whole answer."""
    match = clocks.BARE.fullmatch(heard.text.strip())
    if match is None:
        return
    value = number(match[1])
    if bare is Bare.HOUR and value < 24:
        heard.clocks.append(Clock(value * 60, value > 12 or value == 0))
    elif bare is Bare.DAY and (found := almanac.of_month(today, value)):
        heard.days.append(found)
