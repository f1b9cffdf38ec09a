"""The hours of a night as people say them: 22-7, 晚上十点到早上七点, from 11 pm until half past six."""

import re

from core.when.numbers import HOUR_WORDS, NUMBER, number
from core.when.spelling import spelled

_DAY = 24 * 60
_EVENING = 6  # the first hour that is one of the evening where it may be either
_LATE = "晚上|晚间|今晚|傍晚|夜晚|晚|tonight|evening|night"
_SMALL = "凌晨|半夜|深夜|夜里|夜间"
_EARLY = "早上|早晨|清晨|上午|次日早上|第二天早上|早|morning"
_AFTER = "下午|中午|午后|afternoon"
_PART = f"{_LATE}|{_SMALL}|{_EARLY}|{_AFTER}"
_NAMED = {
    "midnight": "0:00", "午夜": "0:00", "零点": "0:00", "midday": "12:00pm", "noon": "12:00pm",
}  # fmt: skip
_RUN_ON = re.compile(r"(?<!\d)([012]\d)([0-5]\d)(?!\d)")
_HALF_PAST = re.compile(rf"half past ({HOUR_WORDS}|\d{{1,2}})(?![\da-z])")
_TIME = re.compile(
    rf"(?:(?P<before>{_PART})的?\s*)?(?<![\d:.])(?P<hour>{NUMBER}|(?<![a-z])(?:{HOUR_WORDS})(?![a-z]))"
    rf"(?:\s*(?:[:.：h]|点钟?|时)\s*(?P<rest>半|一刻|三刻|\d{{2}}(?!\d)|{NUMBER}分)?)?"
    rf"\s*(?P<half>am|pm)?(?:\s*(?:oclock|点钟|点|时))?"
    rf"(?:\s*(?:in the |at )(?P<behind>morning|evening|night|afternoon))?(?!\d)"
)
_MINUTES = {"半": 30, "一刻": 15, "三刻": 45}


def read_night(text: str) -> tuple[int, int] | None:
    """Local minutes of the day, from and to; None where that isn't two different times."""
    said = spelled(text[:200])
    for name, clock in _NAMED.items():
        said = re.sub(rf"(?<![a-z]){name}(?![a-z])", clock, said)
    said = _RUN_ON.sub(r"\1:\2", _HALF_PAST.sub(r"\1:30", said))
    times = list(_TIME.finditer(said))
    by_24 = any(12 < number(match["hour"]) < 24 for match in times[1:])
    found = [_minute(match, late=not n and not by_24) for n, match in enumerate(times)]
    if len(found) != 2 or None in found or found[0] == found[1]:
        return None
    start, end = found
    return (start, end) if start is not None and end is not None else None


def _minute(match: re.Match[str], *, late: bool) -> int | None:
    rest, hour = match["rest"] or "", number(match["hour"])
    minute = _MINUTES[rest] if rest in _MINUTES else number(rest.rstrip("分")) if rest else 0
    if hour > 24 or minute > 59:
        return None
    part = match["before"] or match["behind"] or ""
    known = hour > 12 or match["hour"].startswith("0")
    hour = hour if known else _hour(hour, part, match["half"] or "", late=late)
    return (hour * 60 + minute) % _DAY


def _hour(hour: int, part: str, half: str, *, late: bool) -> int:
    """One to twelve with what says, or does not say, which half of the day is meant; `late`: then it is the evening."""
    if half:
        return hour % 12 + (12 if half == "pm" else 0)
    if re.fullmatch(_LATE, part) or re.fullmatch(_SMALL, part):
        return hour + 12 if _EVENING <= hour < 12 else hour % 12
    if re.fullmatch(_AFTER, part):
        return hour % 12 + 12
    if re.fullmatch(_EARLY, part):
        return hour
    if late:
        return hour + 12 if _EVENING <= hour < 12 else hour % 12
    return hour
