"""Which days are meant: today, Saturday, next week, 12月5号, the end of the month."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from core.when.almanac import (
    LAST_DAYS,
    made,
    monday_of,
    month_ahead,
    of_month,
    of_week,
    of_year,
    single,
    stretch,
)
from core.when.model import Days
from core.when.numbers import HOUR_WORDS, NUMBER, number

Reader = Callable[[re.Match[str], date], Days | None]

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ZH_WEEK = "(?:周|星期|礼拜)"
ZH_DAY = "[一二三四五六日天]"
EN_DAY = (
    r"(?:mon(?:day)?|tue(?:s|sday)?|weds?|wednesday|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)s?(?![a-z])"
)
EN_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th)?"
_NOT_A_HOUSE = "(?!线|楼|院|门|室|口|机|店|桌|车|栋|幢|单元|弄|房)"
_TO = r"\s*(?:-|–|—|~|到|至|或者?|和|、|to|until|or|and)\s*"
_NEAR = {"今天": 0, "今日": 0, "今儿": 0, "today": 0, "tonight": 0, "明天": 1, "明日": 1, "明儿": 1,
         "tomorrow": 1, "后天": 2, "后日": 2, "大后天": 3, "day after tomorrow": 2}  # fmt: skip
_FEASTS = {
    "元旦": (1, 1), "new year's day": (1, 1), "劳动节": (5, 1), "国庆节?": (10, 1), "平安夜": (12, 24),
    "christmas eve": (12, 24), "圣诞节?": (12, 25), "christmas(?: day)?": (12, 25),
    "new year's eve": (12, 31), "跨年夜?": (12, 31),
}  # fmt: skip
_THIRDS = {
    "初": (1, 5),
    "上旬": (1, 10),
    "中旬?": (11, 20),
    "下旬": (21, 31),
    "底": LAST_DAYS,
    "末": LAST_DAYS,
}
_EN_THIRDS = {"beginning": (1, 5), "start": (1, 5), "middle": (11, 20), "end": LAST_DAYS}


def _near(match: re.Match[str], today: date) -> Days:
    return single(today + timedelta(days=_NEAR[match[1]]), "day")


def _both(_: re.Match[str], today: date) -> Days:
    return Days(today, today + timedelta(days=1))


def _zh_weekday(match: re.Match[str], today: date) -> Days | None:
    return (
        None
        if match[1] and match[1].startswith("上")
        else of_week(today, zh_index(match[2]), match[1] or "")
    )


def zh_index(sign: str) -> int:
    return 6 if sign in "日天" else "一二三四五六".index(sign)


def _en_weekday(match: re.Match[str], today: date) -> Days:
    which = " ".join(filter(None, (match[1], match[3])))
    return of_week(today, WEEKDAYS.index(match[2][:3]), "next" if "next" in which else which)


def _weekdays(match: re.Match[str], today: date) -> Days:
    """Saturday or Sunday."""
    first = of_week(today, WEEKDAYS.index(match[1][:3]), "").first
    last = of_week(first, WEEKDAYS.index(match[2][:3]), "").first
    return Days(first, last)


def _zh_weekdays(match: re.Match[str], today: date) -> Days:
    first = of_week(today, zh_index(match[2]), match[1] or "").first
    return Days(first, of_week(first, zh_index(match[3]), "").first)


def _weekend(match: re.Match[str], today: date) -> Days:
    """The coming one; on a Sunday that is not today's any more."""
    which = match[1] or ""
    weeks = which.count("下") or int(which.startswith("next") or today.weekday() == 6)
    saturday = monday_of(today, weeks) + timedelta(days=5)
    return Days(max(saturday, today), saturday + timedelta(days=1))


def _week(match: re.Match[str], today: date) -> Days:
    monday = monday_of(today, match[1].count("下") or int(match[1] == "next"))
    return Days(max(monday, today), monday + timedelta(days=6))


def _week_ahead(match: re.Match[str], today: date) -> Days:
    """The Saturday in two weeks."""
    monday = monday_of(today, number(match[1]))
    return single(monday + timedelta(days=zh_index(match[2])))


def _ahead(match: re.Match[str], today: date) -> Days:
    amount, unit = number(match[1]), match[2]
    if unit in ("月", "month"):
        year, month = month_ahead(today, amount)
        return single(date(year, month, min(today.day, monthrange(year, month)[1])))
    return single(today + timedelta(days=amount * (1 if unit in ("天", "日", "day") else 7)))


def _dated(match: re.Match[str], today: date) -> Days | None:
    """A date with its year."""
    found = made(int(match[1]), number(match[2]), number(match[3]))
    return single(found) if found else None


def _in_year(match: re.Match[str], today: date) -> Days | None:
    first = of_year(today, number(match[1]), number(match[2]))
    if first is None or match[3] is None:
        return first
    last = made(first.first.year, first.first.month, number(match[3]))
    return Days(first.first, last) if last and last > first.first else first


def _slashed(match: re.Match[str], today: date) -> Days | None:
    """Month/day, and day/month where only that can be."""
    one, two = int(match[1]), int(match[2])
    return of_year(today, two, one) if one > 12 else of_year(today, one, two)


def dashed(match: re.Match[str], today: date) -> Days | None:
    """10-01; beside another day it may be hours."""
    return _slashed(match, today)


def _month_first(match: re.Match[str], today: date) -> Days | None:
    return _named(today, match[1], match[2], match[3])


def _day_first(match: re.Match[str], today: date) -> Days | None:
    return _named(today, match[2], match[1], match[3])


def _named(today: date, name: str, day: str, year: str | None) -> Days | None:
    month = MONTHS.index(name[:3]) + 1
    if year is None:
        return of_year(today, month, int(day))
    found = made(int(year), month, int(day))
    return single(found) if found else None


def _numbered(match: re.Match[str], today: date) -> Days | None:
    """The 5th: of this month, or of the next that has one."""
    which, day = match[1] or "", number(match[2])
    for ahead in range(1 if which.startswith(("下", "next")) else 0, 4):
        found = made(*month_ahead(today, ahead), day)
        if found and found >= today:
            last = made(found.year, found.month, number(match[3])) if match[3] else None
            return Days(found, last, "") if last and last > found else single(found, "month")
    return None


def _en_numbered(match: re.Match[str], today: date) -> Days | None:
    return of_month(today, int(match[1]))


def _feast(match: re.Match[str], today: date) -> Days | None:
    month, day = next(at for name, at in _FEASTS.items() if re.fullmatch(name, match[1]))
    return of_year(today, month, day)


def _third(match: re.Match[str], today: date) -> Days | None:
    days = next(at for name, at in _THIRDS.items() if re.fullmatch(name, match[2]))
    which = match[1] or ""
    if which.startswith(("下", "这", "本")) or not which:
        return stretch(today, int(which.startswith("下")), 1, days)
    return stretch(today, (number(which.rstrip("月份")) - today.month) % 12, 12, days)


def _en_third(match: re.Match[str], today: date) -> Days | None:
    days, which = _EN_THIRDS[match[1]], match[2]
    if which.endswith("month"):
        return stretch(today, int(which.startswith("next")), 1, days)
    return stretch(today, (MONTHS.index(which[:3]) + 1 - today.month) % 12, 12, days)


def _whole_month(match: re.Match[str], today: date) -> Days:
    year, month = month_ahead(today, 1)
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def habit(_: re.Match[str], __: date) -> None:
    """Monday to Friday is when somebody works, not when to come."""


_AMOUNT = rf"(?:\d{{1,2}}|a couple of|couple of|a few|an?|{HOUR_WORDS})"
# Tried in this order; what one has read the next ones do not see.
RULES: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"{ZH_WEEK}{ZH_DAY}\s*(?:-|~|到|至)\s*{ZH_WEEK}?{ZH_DAY}(?![a-z])", habit),
        (rf"(?<![a-z]){EN_DAY}\s*(?:-|to|till?)\s*{EN_DAY}", habit),
        (r"(?<!\d)(20\d\d)\s*[-/.年]\s*(\d{1,2}|" + NUMBER + r")\s*[-/.月]\s*(\d{1,2}|" + NUMBER
         + r")\s*[日号]?(?!\d)", _dated),
        (rf"(?<![\d一二三四五六七八九十])({NUMBER})\s*月\s*({NUMBER})\s*(?:[日号]|(?![\d个点]))(?:{_TO}({NUMBER})\s*[日号])?",
         _in_year),
        (rf"(?<![a-z])({EN_MONTH})\s*(?:the )?{_ORDINAL}(?![\d:]|\s*[ap]m)(?:,?\s*(20\d\d))?", _month_first),
        (rf"(?<![\d:]){_ORDINAL}\s*(?:of )?({EN_MONTH})(?:,?\s*(20\d\d))?", _day_first),
        (r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])", _slashed),
        (r"(?<![\d-])(\d{1,2})-(0\d|[12]\d|3[01])(?![\d:-]|\s*(?:点|am|pm))", dashed),
        (r"(?<![\d.])(\d{1,2})\.(\d{1,2})(?=\s*(?:上午|下午|早|晚|中午|日|号|\d{1,2}[:点]))", _slashed),
        (rf"({NUMBER})个?{ZH_WEEK}(?:[之以]?后)的?{ZH_WEEK}({ZH_DAY})", _week_ahead),
        (rf"({NUMBER})\s*个?(天|日|周|星期|礼拜|月)(?:[之以]?后)", _ahead),
        (rf"(?<![a-z])in ({_AMOUNT}) (day|week|month)s?(?:'? time)?(?![a-z])", _ahead),
        (rf"(?<![a-z])({_AMOUNT}) (day|week|month)s?(?: from (?:today|now)| later)", _ahead),
        (rf"(下个?月|这个?月|本月)?的?({NUMBER})\s*[号日]{_NOT_A_HOUSE}(?:{_TO}({NUMBER})\s*[号日])?",
         _numbered),
        (r"(?<![a-z])(?:on )?the (\d{1,2})(?:st|nd|rd|th)(?! floor)(?![a-z])", _en_numbered),
        (rf"({'|'.join(sorted(_FEASTS, key=len, reverse=True))})", _feast),
        (rf"((?:{NUMBER}月份?)|下个?月|这个?月|本月)?月?({'|'.join(_THIRDS)})(?<=月初|月底|月末|月中|.旬)", _third),
        (rf"(?:the )?(beginning|start|middle|end) of (?:the |this )?(next month|month|{EN_MONTH})",
         _en_third),
        (rf"(这个?|本|下下个?|下个?)?{ZH_WEEK}({ZH_DAY})(?:{_TO}|还是)?(?:{ZH_WEEK})({ZH_DAY})", _zh_weekdays),
        (rf"(?<![一两二三四五六七八九十\d])(这个?|本|下下个?|下个?|上个?)?{ZH_WEEK}({ZH_DAY})(?![次个回])",
         _zh_weekday),
        (rf"(?<![a-z])({EN_DAY})\s*(?:or|and|/|&)\s*({EN_DAY})", _weekdays),
        (rf"(?<![a-z])(this week|next week|this|next|coming|every)?(?:,? on)?\s*(?<![a-z])({EN_DAY})"
         r"(?: (next week|this week))?", _en_weekday),
        (rf"(这个?|本|下下个?|下个?)?{ZH_WEEK}末", _weekend),
        (r"(?<![a-z])(this |next |the |at the |on the )?(?:coming )?weekends?(?![a-z])", _weekend),
        (rf"(?<![上每])(这个?|本|下下个?|下个?){ZH_WEEK}(?!末)", _week),
        (r"(?<![a-z])(this|next) week(?![a-z])", _week),
        (r"(?<![a-z])next month(?![a-z])|下个?月", _whole_month),
        ("今明两天|今天或明天|今天明天|today or tomorrow", _both),
        (rf"({'|'.join(sorted(_NEAR, key=len, reverse=True))})(?![a-z])", _near),
    )
)  # fmt: skip
