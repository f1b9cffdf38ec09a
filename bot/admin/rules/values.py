"""Values of rules in words, and out of what people type: 20 %, 1 h 30, 18:00, ¥50, 4.5 stars."""

import re
from collections.abc import Callable
from decimal import Decimal

from bot.amounts import folded, read_amount
from bot.i18n import Words, mark
from bot.numerals import in_digits
from bot.week import weekday
from core.rules import Rule

ON_OFF = (mark("off"), mark("on"))
_MINUTES = {"min": 1, "h": 60, "days": 24 * 60}
_SAID = {
    "min": ("min", "mins", "minute", "minutes", "m", "分", "分钟"),
    "h": ("h", "hr", "hour", "hours", "小时", "个小时", "钟头", "时"),
    "days": ("d", "day", "days", "天", "日"),
}
_UNITS = {said: unit for unit, words in _SAID.items() for said in words}
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_PIECE = re.compile(r"(\d+(?:\.\d+)?)\s*([^\d\s.]*)")
_CLOCK = re.compile(r"(\d{1,2})(?:[:：]00|点|时|\s*(am|pm))?")

SAYS: dict[str, Callable[[Words, int], str]] = {
    "bp": lambda w, n: w.percent(n),
    "min": lambda w, n: w.minutes(n),
    "h": lambda w, n: w.plain_plural("{n} hour", "{n} hours", n),
    "days": lambda w, n: w.plain_plural("{n} day", "{n} days", n),
    "clock": lambda w, n: f"{n:02d}:00",
    "money": lambda w, n: w.money(n),
    "km/h": lambda w, n: w.plain("{n} km/h", n=w.number(n)),
    "stars": lambda w, n: w.plain("{n} ★", n=w.number(n / 100)),
    "weekday": lambda w, n: weekday(n - 1, w),
    "switch": lambda w, n: w.plain(ON_OFF[n]),
}


def value(words: Words, rule: Rule, number: int | str) -> str:
    """The value with its unit, as people say it."""
    if isinstance(number, str):
        return number
    say = SAYS.get(rule.unit)
    return say(words, number) if say else words.number(number)


def kept(words: Words, rule: Rule, text: str) -> int | str:
    """A value as it is kept, whole again; what isn't readable any more stays as it was written."""
    return int(text) if isinstance(rule.default, int) and re.fullmatch(r"-?\d+", text) else text


def typed(words: Words, rule: Rule, text: str) -> str:
    """What was meant, in the smallest unit, as core takes it; unclear words stay as they are and are refused there."""
    if isinstance(rule.default, str):
        return text
    said = _THOUSANDS.sub("", in_digits(folded(text).lower().replace("百分之", "%")))
    meant = _READS.get(rule.unit, _whole)(said, rule, words)
    return text if meant is None else str(meant)


def _whole(said: str, rule: Rule, words: Words) -> int | None:
    found = re.fullmatch(r"(\d+)\s*(?:km/h|公里/小时|个|次|人|张)?", said)
    return int(found[1]) if found else None


def _hundredths(said: str, rule: Rule, words: Words) -> int | None:
    found = re.fullmatch(r"%?(\d+(?:[.,]\d+)?)\s*(?:%|★|星|stars?|per ?cent)?", said)
    exact = Decimal(found[1].replace(",", ".")) * 100 if found else None
    return int(exact) if exact is not None and exact == int(exact) else None


def _money(said: str, rule: Rule, words: Words) -> int | None:
    return read_amount(said, words.currency)


def _clock(said: str, rule: Rule, words: Words) -> int | None:
    found = _CLOCK.fullmatch(said)
    if not found:
        return None
    hour = int(found[1])
    return hour % 12 + 12 * (found[2] == "pm") if found[2] else hour


def _span(said: str, rule: Rule, words: Words) -> int | None:
    """1 h 30 is ninety minutes; a number alone is in the rule's own unit, behind hours in minutes."""
    if _PIECE.sub("", said).strip():
        return None
    total, last = Decimal(0), ""
    for number, name in _PIECE.findall(said):
        unit = _UNITS.get(name) if name else ("min" if last == "h" else rule.unit)
        if unit is None:
            return None
        total, last = total + Decimal(number) * _MINUTES[unit], unit
    exact = total / _MINUTES[rule.unit]
    return int(exact) if last and exact == int(exact) else None


_READS: dict[str, Callable[[str, Rule, Words], int | None]] = {
    "bp": _hundredths, "stars": _hundredths, "money": _money, "clock": _clock,
    "min": _span, "h": _span, "days": _span,
}  # fmt: skip
