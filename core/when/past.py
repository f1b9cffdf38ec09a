"""Which days gone by are meant: yesterday, last week, 上个月, 3月, the last 7 days, Nov 3 to Nov 9."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from core.when.almanac import made, monday_of, month_ahead
from core.when.days import EN_DAY, EN_MONTH, MONTHS, WEEKDAYS, ZH_DAY, ZH_WEEK, zh_index
from core.when.model import Days
from core.when.numbers import HOUR_WORDS, NUMBER, number
from core.when.reading import LONGEST
from core.when.spelling import spelled

Reader = Callable[[re.Match[str], date], Days | None]
_GONE = "\x00"
_NEAR: Final = {
    "大前天": 3, "前天": 2, "day before yesterday": 2, "昨天": 1, "昨日": 1, "昨儿": 1, "昨晚": 1, "yesterday": 1,
    "今天": 0, "今日": 0, "今儿": 0, "today": 0, "tonight": 0,
}  # fmt: skip
_BETWEEN = re.compile(r"\s*(?:-|–|—|~|到|至|to|until|till?|through|and)\s*")
_TO = r"\s*(?:-|–|~|到|至)\s*"
_SMALL: Final = {"week": 7, "周": 7, "星期": 7, "礼拜": 7, "day": 1, "天": 1, "日": 1}


def _days(first: date, last: date) -> Days:
    return Days(first, last)


def month(year: int, number_: int) -> Days:
    return Days(date(year, number_, 1), date(year, number_, monthrange(year, number_)[1]))


def _near(match: re.Match[str], today: date) -> Days:
    day = today - timedelta(days=_NEAR[match[1]])
    return _days(day, day)


def _weeks_back(which: str) -> int:
    """上 is one back; last and previous as well."""
    return which.count("上") or int(which.startswith(("last", "previous", "past")))


def _week(match: re.Match[str], today: date) -> Days:
    which = match[1] or ""
    weeks = 2 if "before" in which else _weeks_back(which)
    monday = monday_of(today, -weeks)
    return _days(monday, monday + timedelta(days=6))


def _weekend(match: re.Match[str], today: date) -> Days:
    """The last one that has begun."""
    weeks = _weeks_back((match[1] or "").strip())
    saturday = monday_of(today, -weeks) + timedelta(days=5)
    if saturday > today:
        saturday -= timedelta(days=7)
    return _days(saturday, saturday + timedelta(days=1))


def _month(match: re.Match[str], today: date) -> Days:
    which = match[1] or ""
    return month(*month_ahead(today, -2 if "before" in which else -_weeks_back(which)))


def _quarter(match: re.Match[str], today: date) -> Days:
    back = _weeks_back(match[1] or "")
    year, first = month_ahead(today.replace(month=(today.month - 1) // 3 * 3 + 1), -3 * back)
    return _days(date(year, first, 1), month(year, first + 2).last)


def _year(match: re.Match[str], today: date) -> Days:
    year = today.year - (match[0].startswith(("去", "last")))
    return _days(date(year, 1, 1), date(year, 12, 31))


def _that_year(match: re.Match[str], _: date) -> Days:
    return _days(date(int(match[1]), 1, 1), date(int(match[1]), 12, 31))


def _lately(match: re.Match[str], today: date) -> Days:
    """So many days with today as the last; a month counts as the same day of an earlier one."""
    amount, unit = number(match[1] or "1"), match[2]
    if unit in ("月", "month"):
        year, back = month_ahead(today, -amount)
        first = date(year, back, min(today.day, monthrange(year, back)[1])) + timedelta(days=1)
        return _days(first, today)
    return _days(today - timedelta(days=amount * _SMALL[unit] - 1), today)


def _ago(match: re.Match[str], today: date) -> Days:
    day = today - timedelta(days=number(match[1]) * _SMALL[match[2]])
    return _days(day, day)


def _dated(match: re.Match[str], _: date) -> Days | None:
    return _single(made(int(match[1]), number(match[2]), number(match[3])))


def _in_year(match: re.Match[str], today: date) -> Days | None:
    return _latest(today, number(match[1]), number(match[2]))


def _in_month(match: re.Match[str], today: date) -> Days | None:
    """3月5日, or 3月5日到9日."""
    first = _in_year(match, today)
    last = (
        made(first.first.year, first.first.month, number(match[3])) if first and match[3] else None
    )
    return _days(first.first, last) if first and last and last > first.first else first


def _month_first(match: re.Match[str], today: date) -> Days | None:
    return _named(today, match[1], int(match[2]), match[3])


def _day_first(match: re.Match[str], today: date) -> Days | None:
    return _named(today, match[2], int(match[1]), match[3])


def _named(today: date, name: str, day: int, year: str | None) -> Days | None:
    which = MONTHS.index(name[:3]) + 1
    return _single(made(int(year), which, day)) if year else _latest(today, which, day)


def _latest(today: date, number_: int, day: int) -> Days | None:
    """The last such date; Feb 29 may lie some years back."""
    found = (made(today.year - back, number_, day) for back in range(5))
    return _single(next((one for one in found if one and one <= today), None))


def _single(day: date | None) -> Days | None:
    return _days(day, day) if day else None


def _year_month(match: re.Match[str], _: date) -> Days | None:
    which = number(match[2])
    return month(int(match[1]), which) if 1 <= which <= 12 else None


def _zh_month(match: re.Match[str], today: date) -> Days | None:
    which = number(match[2])
    return _whole(today, which, last_year=bool(match[1])) if 1 <= which <= 12 else None


def _en_month(match: re.Match[str], today: date) -> Days | None:
    """May alone is a month only where nothing else is said."""
    if match[2].rstrip(".") == "may" and not (
        match[1] or match[3] or match.string.strip() == "may"
    ):
        return None
    which = MONTHS.index(match[2][:3]) + 1
    if match[3]:
        return month(int(match[3]), which)
    return _whole(today, which, last_year=False)


def _whole(today: date, which: int, *, last_year: bool) -> Days:
    """The last month of this name that has begun."""
    year = today.year - (last_year or which > today.month)
    return month(year, which)


def _weekday(match: re.Match[str], today: date) -> Days:
    return _of_week(today, zh_index(match[2]), match[1] or "")


def _en_weekday(match: re.Match[str], today: date) -> Days:
    return _of_week(today, WEEKDAYS.index(match[2][:3]), match[1] or "")


def _of_week(today: date, weekday: int, which: str) -> Days:
    """上周五 is in the week before; Friday alone, and last Friday, is the latest there was."""
    if weeks := which.count("上"):
        day = monday_of(today, -weeks) + timedelta(days=weekday)
    else:
        before = today - timedelta(days=1) if which.startswith("last") else today
        day = before - timedelta(days=(before.weekday() - weekday) % 7)
    return _days(day, day)


_LAST = r"(?:last|previous|past)"
_AMOUNT = rf"(?:\d{{1,3}}|a couple of|a few|{HOUR_WORDS})"
# Tried in this order; what one has read the next ones do not see.
RULES: Final[tuple[tuple[re.Pattern[str], Reader], ...]] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"(?<!\d)(20\d\d)\s*[-/.年]\s*(\d{1,2}|" + NUMBER + r")\s*[-/.月]\s*(\d{1,2}|" + NUMBER
         + r")\s*[日号]?(?!\d)", _dated),
        (rf"(?<!\d)(20\d\d)\s*[-/.年]\s*({NUMBER})(?:月份?)?(?!\d)", _year_month),
        (rf"(?<![\d一二三四五六七八九十])({NUMBER})\s*月\s*({NUMBER})\s*[日号]?(?!\d)"
         rf"(?:{_TO}({NUMBER})\s*[日号])?", _in_month),
        (rf"(去年的?|今年的?)?(?<![\d个一二三四五六七八九十])({NUMBER})\s*月份?", _zh_month),
        (rf"(?<![a-z])({EN_MONTH})\s*(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s*(20\d\d))?", _month_first),
        (rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of )?({EN_MONTH})(?:,?\s*(20\d\d))?", _day_first),
        (rf"(?<![a-z])((?:in|of|during|for) )?({EN_MONTH})(?:,?\s*(20\d\d))?", _en_month),
        (r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])", _in_year),
        (r"(?:过去|最近|近|这)的?\s*(\d{1,3}|[一两二三四五六七八九十]{1,3})\s*个?(天|日|周|星期|礼拜|月)", _lately),
        (rf"(?<![a-z])(?:in |over |for |during )?(?:the )?{_LAST} ({_AMOUNT}) (day|week|month)s?(?![a-z])", _lately),
        (rf"(?<![a-z])({_AMOUNT}) (day|week)s? ago(?![a-z])", _ago),
        (rf"({NUMBER})\s*(天|周)[之以]?前", _ago),
        (rf"(上上个?|上个?|这个?|本)?{ZH_WEEK}末", _weekend),
        (r"(?<![a-z])(last |this |past |previous |the |at the )?weekends?(?![a-z])", _weekend),
        (rf"(上上个?|上个?|这个?|本)?{ZH_WEEK}({ZH_DAY})", _weekday),
        (rf"(?<![a-z])(last |this |on )?({EN_DAY})", _en_weekday),
        (rf"(上上个?|上一?个?|这一?个?|本|当){ZH_WEEK}", _week),
        (rf"(?<![a-z])(?:the )?(week before last|{_LAST} week|this week)(?:'s)?(?![a-z])", _week),
        (r"(上上个?|上一?个?|这一?个?|本|当)月份?", _month),
        (rf"(?<![a-z])(?:the )?(month before last|{_LAST} month|this month)(?:'s)?(?![a-z])", _month),
        (r"(上一?个?|这一?个?|本)季度?", _quarter),
        (rf"(?<![a-z])({_LAST} quarter|this quarter)(?:'s)?(?![a-z])", _quarter),
        (r"今年|去年|(?<![a-z])(?:this|last) year(?:'s)?(?![a-z])", _year),
        (r"(?<!\d)(20\d\d)\s*年?(?!\d)", _that_year),
        (rf"({'|'.join(sorted(_NEAR, key=len, reverse=True))})(?:'s)?(?![a-z])", _near),
    )
)  # fmt: skip


def read_past(text: str, *, today: date) -> tuple[Days | None, str]:
    """The days a text names, none of which begins after today, and the text without them."""
    left, found = spelled(text[:LONGEST]), list[tuple[int, int, Days]]()
    for pattern, reader in RULES:
        for match in pattern.finditer(left):
            days = reader(match, today)
            if days is not None and days.first <= today:
                found.append((match.start(), match.end(), days))
                left = left[: match.start()] + _GONE * len(match[0]) + left[match.end() :]
    return _joined(sorted(found, key=lambda one: one[:2]), left), _rest(left)


def _joined(found: list[tuple[int, int, Days]], left: str) -> Days | None:
    """From a day to a day where two stand together, else what was said first."""
    if not found:
        return None
    _, end, days = found[0]
    if len(found) > 1:
        start, _, other = found[1]
        if _BETWEEN.fullmatch(left[end:start]) and other.last >= days.first:
            return _days(days.first, other.last)
    return days


def _rest(left: str) -> str:
    return " ".join(left.replace(_GONE, " ").split())
