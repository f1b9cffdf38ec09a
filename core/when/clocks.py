"""Which time of the day is meant: 下午三点半, 3-5pm, half past four, the afternoon, after work."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from core.when.model import Clock, Part
from core.when.numbers import HOUR, HOUR_WORDS, NUMBER, number

H = 60
NOON, DAY = 12 * H, 24 * H
MORNING = Part(8 * H, 12 * H)
EVENING = Part(18 * H, 22 * H)
_PARTS = {
    "清晨": Part(6 * H, 9 * H), "大清早": Part(6 * H, 9 * H), "一大早": Part(6 * H, 9 * H),
    "大早上": Part(6 * H, 9 * H), "凌晨": Part(0, 6 * H), "半夜": Part(22 * H, DAY),
    "深夜": Part(22 * H, DAY), "早上": Part(7 * H, 11 * H), "早晨": Part(7 * H, 11 * H),
    "上午": MORNING, "中午前": MORNING, "中午": Part(11 * H, 13 * H), "午后": Part(12 * H, 15 * H),
    "午饭后": Part(13 * H, 15 * H), "下午": Part(13 * H, 18 * H), "傍晚": Part(17 * H, 19 * H),
    "下班以?后": EVENING, "晚饭后": Part(19 * H, 22 * H), "晚间": EVENING, "夜里": EVENING,
    "晚上": EVENING, "上班前": Part(6 * H, 9 * H),
    "early (?:in the )?morning": Part(6 * H, 9 * H), "morning": MORNING, "before work": Part(6 * H, 9 * H),
    "lunch ?time": Part(11 * H, 13 * H), "after lunch": Part(13 * H, 15 * H),
    "early afternoon": Part(12 * H, 15 * H), "late afternoon": Part(16 * H, 18 * H),
    "afternoon": Part(13 * H, 18 * H), "after work": EVENING, "evening": EVENING,
    "after dinner": Part(19 * H, 22 * H), "tonight": EVENING, "night": EVENING,
}  # fmt: skip
_ZH_PART = "|".join(sorted((p for p in _PARTS if not p.isascii()), key=len, reverse=True))
_EN_PART = "|".join(sorted((p for p in _PARTS if p.isascii()), key=len, reverse=True))
_PAST = {"一刻": 15, "三刻": 45, "半": 30}
_TO = r"\s*(?:-|–|—|~|到|至|to|until|till?|and)\s*"
_NOT_MUCH = r"(?<![宜快早晚好少多大小高低轻慢短长近远有差])"


@dataclass(frozen=True, slots=True)
class Span:
    """From one time by the clock to another; `said` is how the first was named before it took its half of the day."""

    first: Clock
    last: Clock
    said: Clock


@dataclass(frozen=True, slots=True)
class Bound:
    """Not before a time, or not after it."""

    clock: Clock
    after: bool


Spoken = Clock | Span | Bound | Part
Reader = Callable[[re.Match[str]], Spoken | None]


def _within(hour: int, minute: int, part: Part | None, *, sure: bool) -> Clock | None:
    """An hour as a part of the day means it: 下午三点 is 15:00, 中午十一点 is 11:00."""
    if hour > 24 or minute > 59:
        return None
    if part is not None:
        return Clock(_fitting(hour, part) * H + minute, True)
    return Clock((hour % 24) * H + minute, sure or hour > 12 or hour == 0)


def _fitting(hour: int, part: Part) -> int:
    middle = (part.opens + part.closes) / 2
    return (
        min((hour % 12, hour % 12 + 12), key=lambda h: abs(h * H + 30 - middle))
        if hour <= 12
        else hour
    )


def in_part(clock: Clock, part: Part) -> Clock:
    """A time that was not sure, now that the part of the day is known."""
    return (
        clock
        if clock.sure
        else Clock(_fitting(clock.minute // H, part) * H + clock.minute % H, True)
    )


def part_named(text: str) -> Part | None:
    return next((part for name, part in _PARTS.items() if re.fullmatch(name, text)), None)


_ZH_CLOCK = (
    rf"(?:({_ZH_PART})的?\s*)?(?<![\d.一二三四五六七八九十]){_NOT_MUCH}({NUMBER})"
    r"(?:\s*点钟?(?!要求|建议|问题|心|都|儿)|时(?![候间])|:(?=\d\d(?!\d)))"
    rf"\s*(半|一刻钟?|三刻钟?|(?:{NUMBER})分?(?![\d到至点小天个台间人]))?\s*(am|pm)?"
)
_EN_CLOCK = rf"(?<![\d.:/a-z])({HOUR}|noon|midday)(?:[:.h](\d\d))?\s*(am|pm|h|oclock)?(?![a-z\d:])"


def _zh(match: re.Match[str], at: int = 0) -> Clock | None:
    part, hour, rest, half = (match[at + n] for n in range(1, 5))
    minute = 0
    if rest:
        minute = next((m for sign, m in _PAST.items() if rest.startswith(sign)), -1)
        minute = number(rest.rstrip("分")) if minute < 0 else minute
    clear = hour.startswith("0")
    if half:
        return _meridiem(number(hour), minute, half)
    return _within(number(hour), minute, part_named(part) if part else None, sure=clear)


def _meridiem(hour: int, minute: int, half: str) -> Clock | None:
    if hour > 23 or minute > 59:
        return None
    late = 12 if half == "pm" and hour < 12 else 0
    return Clock((0 if half == "am" and hour == 12 else hour + late) * H + minute, True)


def _en(match: re.Match[str], at: int = 0) -> Clock | None:
    hour, minute, half = (match[at + n] for n in range(1, 4))
    if hour in ("noon", "midday"):
        return Clock(NOON, True)
    if half in ("am", "pm"):
        return _meridiem(number(hour), int(minute or 0), half)
    return _within(number(hour), int(minute or 0), None, sure=half == "h" or hour.startswith("0"))


def _clock_only(match: re.Match[str]) -> Clock | None:
    """An hour needs something that makes it one: minutes, am, o'clock, or "at" before it."""
    marked = any(match[n] for n in (3, 4)) or match[1] or match[2] in ("noon", "midday")
    return _en(match, 1) if marked else None


def _span(first: Clock | None, last: Clock | None) -> Span | None:
    """The first takes the half of the day from the last: 3-5pm; 10-2pm begins in the morning."""
    if first is None or last is None:
        return None
    if last.sure and not first.sure:
        halves = [m for m in (first.minute % NOON, first.minute % NOON + NOON) if m < last.minute]
        return Span(Clock(max(halves), True), last, first) if halves else None
    return Span(first, last, first)


def _zh_span(match: re.Match[str]) -> Span | None:
    first, last = _zh(match), _zh(match, 4)
    if match[1] and not match[5] and first and last and last.minute < first.minute:
        last = Clock(last.minute + NOON, True)
    return _span(first, last)


def _mixed_span(match: re.Match[str]) -> Span | None:
    """下午3-5点."""
    part = part_named(match[1]) if match[1] else None
    first = _within(number(match[2]), 0, part, sure=False)
    last = _within(number(match[3]), 0, part, sure=False)
    return _span(first, last)


def _en_span(match: re.Match[str]) -> Span | None:
    return _span(_en(match), _en(match, 3))


_EN_MINUTES = "five|ten|quarter|a quarter|twenty|twenty[- ]five|\\d{1,2}(?: minutes?)"


def _past(match: re.Match[str]) -> Clock | None:
    words, way, hour, half = match[1], match[2], number(match[3]), match[4]
    minutes = 15 if "quarter" in words else number(words.removesuffix("s").removesuffix(" minute"))
    total = hour * H + (minutes if way == "past" else -minutes)
    found = Clock(total % NOON if total % NOON else NOON, False)
    return _meridiem(found.minute // H, found.minute % H, half) if half else found


def _half(match: re.Match[str]) -> Clock | None:
    hour, half = number(match[1]), match[2]
    return _meridiem(hour, 30, half) if half else _within(hour, 30, None, sure=False)


def _after(match: re.Match[str]) -> Bound | None:
    clock = _zh(match)
    return Bound(clock, match[5] in ("以后", "之后", "后", "开始", "起")) if clock else None


def _en_bound(match: re.Match[str]) -> Bound | None:
    clock = _en(match, 1)
    return Bound(clock, match[1] in ("after", "from", "not before")) if clock else None


def _part(match: re.Match[str]) -> Part | None:
    return part_named(match[1])


_NO_COUNT = (
    r"(?![\d个台间人张位只月/.-]| ?(?:people|persons?|rooms?|bed|units?|hours?|times?|piece))"
)
# Tried in this order; what one has read the next ones do not see.
RULES: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"{_ZH_CLOCK}{_TO}{_ZH_CLOCK}", _zh_span),
        (rf"(?:({_ZH_PART})的?\s*)?(?<![\d.])({NUMBER})\s*(?:-|~|到|至)\s*({NUMBER})\s*点钟?", _mixed_span),
        (rf"{_EN_CLOCK}{_TO}(?<!\d){_EN_CLOCK}{_NO_COUNT}", _en_span),
        (rf"{_ZH_CLOCK}\s*(以后|之后|后|开始|起|以前|之前|前)", _after),
        (rf"(?<![a-z])(after|from|not before|before|by|until) {_EN_CLOCK}", _en_bound),
        (rf"(?<![a-z])({_EN_MINUTES}) (past|to) ({HOUR})\s*(am|pm)?", _past),
        (rf"(?<![a-z])half (?:past )?({HOUR})\s*(am|pm)?(?!\s*(?:day|hour))", _half),
        (rf"(?<![a-z])({HOUR_WORDS}) (thirty|fifteen|forty[- ]five|twenty|ten)\s*(am|pm)?(?![a-z])",
         lambda m: _meridiem(number(m[1]), number(m[2].replace("-", " ")), m[3]) if m[3]
         else _within(number(m[1]), number(m[2].replace("-", " ")), None, sure=False)),
        (_ZH_CLOCK, _zh),
        (rf"(?<![a-z])((?:at|@|around|about|by) ?)?{_EN_CLOCK}{_NO_COUNT}", _clock_only),
        (rf"(?<![a-z])({_EN_PART})s?(?![a-z])", _part),
        (rf"({_ZH_PART})", _part),
    )
)  # fmt: skip
# What a whole text may be where nothing but a time is asked for.
BARE = re.compile(rf"({NUMBER}|{HOUR_WORDS})")
