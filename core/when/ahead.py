"""How far from now is meant: 半小时后, in 2 hours, within an hour; and the many ways to say "soon"."""

import re
from datetime import timedelta

from core.when.numbers import HOUR_WORDS, NUMBER, number

_EN_UNIT = r"(min(?:ute)?|hour|hr|h)s?(?![a-z])"
_EN_MANY = rf"\d{{1,2}}(?:\.5)?|half an?|a couple of|a few|an?|{HOUR_WORDS}"
_ZH_MANY = rf"半|{NUMBER}"
_AFTER = re.compile(
    rf"过?({_ZH_MANY})个?(半)?(分钟|刻钟?|小时|钟头|钟)(?:[之以]?后|过后)|过({_ZH_MANY})个?(半)?(分钟|刻钟?|小时|钟头|钟)"
)
_WITHIN = re.compile(rf"({_ZH_MANY})个?(半)?(分钟|刻钟?|小时|钟头|钟)[之以]?内")
_EN_AFTER = re.compile(
    rf"(?<![a-z])in (?:about )?({_EN_MANY}) {_EN_UNIT}( and a half)?"
    rf"|(?<![a-z\d])({_EN_MANY}) {_EN_UNIT}( and a half)? (?:from now|later)"
    r"|(?<![a-z])in (\d{1,2})(h|min)(?![a-z])()"
)
_EN_WITHIN = re.compile(
    rf"(?<![a-z])within (?:the next )?({_EN_MANY}) {_EN_UNIT}( and a half)?"
    rf"|(?<![a-z])in the next ({_EN_MANY}) {_EN_UNIT}( and a half)?"
)
_LASTING = re.compile(rf"({_ZH_MANY})个?(半)?(分钟?|刻钟?|小时|钟头)")
_EN_LASTING = re.compile(rf"(?<![a-z\d])({_EN_MANY}) ?{_EN_UNIT}( and a half)?")
_MINUTES = {"分钟": 1, "分": 1, "刻": 15, "刻钟": 15, "小时": 60, "钟头": 60, "钟": 60, "min": 1, "minute": 1,
            "hour": 60, "hr": 60, "h": 60}  # fmt: skip

SOON = re.compile(
    r"越快越好|尽快|尽早|马上|立刻|立即|赶快|赶紧|急用|加急|现在|随时|随便什么时候|什么时候都(?:行|可以)|何时都行"
    r"|(?<![a-z])(?:asap|as soon as possible|right (?:now|away)|immediately|urgent(?:ly)?|now"
    r"|any ?time|whenever|soonest|as early as possible|earliest)(?: is (?:fine|ok))?(?![a-z])"
)


def after(text: str) -> tuple[re.Match[str], timedelta] | None:
    """Where the text says how long from now, and how long."""
    return _first(text, _AFTER, _EN_AFTER)


def within(text: str) -> tuple[re.Match[str], timedelta] | None:
    """Where the text says by when from now, and how long that is."""
    return _first(text, _WITHIN, _EN_WITHIN)


def lasting(text: str) -> timedelta | None:
    """How long the time is that the text names, if it names one."""
    found = _first(text, _LASTING, _EN_LASTING)
    return found[1] if found else None


def _first(text: str, *patterns: re.Pattern[str]) -> tuple[re.Match[str], timedelta] | None:
    for pattern in patterns:
        if match := pattern.search(text):
            groups = [group for group in match.groups() if group is not None]
            many, unit = groups[0], next(group for group in groups[1:] if group in _MINUTES)
            more = 0.5 if any(group in ("半", " and a half") for group in groups[1:]) else 0.0
            return match, timedelta(minutes=(_amount(many) + more) * _MINUTES[unit])
    return None


def _amount(text: str) -> float:
    if text == "半" or text.startswith("half"):
        return 0.5
    return float(text) if "." in text else number(text)
