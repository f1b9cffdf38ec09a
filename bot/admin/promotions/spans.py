"""From when until when, as people say it: 到月底, 两周, until Dec 31, 12月1日到12月12日."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.numerals import in_digits
from core.when.almanac import month_ahead
from core.when.model import Kind
from core.when.reading import read

Days = Callable[[date, int], date]
_MANY = r"(\d+|[一二两三四五六七八九十]+)"
_TO = re.compile(r"\s*(?:到|至|until|till|through|to|–|—|~|(?<=\d)\s*-\s*(?=\d{1,2}\b)(?!\d+-))\s*")
_FROM = re.compile(r"从|自|起|(?<![a-z])(?:from|starting|beginning|begins?|starts?)(?![a-z])")
_YEAR_END = re.compile(r"年底|年末|end of (?:the|this) year|end of year")


def _months(today: date, many: int) -> date:
    year, month = month_ahead(today, many)
    first_after = date(*month_ahead(date(year, month, 1), 1), 1)
    return min(
        first_after - timedelta(days=1), date(year, month, 1) + timedelta(days=today.day - 1)
    )


_LASTING: tuple[tuple[re.Pattern[str], Days], ...] = (
    (re.compile(rf"{_MANY}\s*(?:天|日(?!期)|days?(?![a-z]))"), lambda d, n: d + timedelta(days=n)),
    (re.compile(rf"{_MANY}\s*(?:个?(?:周|星期|礼拜)(?![一二三四五六日天末])|weeks?(?![a-z]))"),
     lambda d, n: d + timedelta(weeks=n)),
    (re.compile(rf"{_MANY}\s*(?:个月|months?(?![a-z]))"), _months),
)  # fmt: skip


def read_span(text: str, *, now: datetime, zone: str) -> dict[str, datetime]:
    """`starts_at` and `ends_at` (excluded) in UTC, as far as they are named."""
    there = ZoneInfo(zone)
    today = now.astimezone(there).date()
    if _YEAR_END.search(text):
        return {"ends_at": _midnight(date(today.year + 1, 1, 1), there)}
    if not re.search(r"\d\s*[月/.-]\s*\d", text):
        for pattern, ends in _LASTING:
            if found := pattern.search(text):
                return {"ends_at": _midnight(ends(today, int(in_digits(found[1]))), there)}
    return _dated(text, now, zone)


def _midnight(day: date, there: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), there).astimezone(ZoneInfo("UTC"))


def _dated(text: str, now: datetime, zone: str) -> dict[str, datetime]:
    """Two dates, or one that is the end unless it is said to be the beginning."""
    left, *right = _TO.split(text, maxsplit=1)
    begins = _whole(left, now, zone)
    ends = _whole(right[0], now, zone) if right else None
    if right and ends:
        return {"ends_at": ends[1]} | ({"starts_at": begins[0]} if begins else {})
    only = begins or ends
    if only is None:
        return {}
    return {"starts_at": only[0]} if _FROM.search(text) else {"ends_at": only[1]}


def _whole(text: str, now: datetime, zone: str) -> tuple[datetime, datetime] | None:
    """First moment and end of the days that are named."""
    said = read(text, now=now, zone=zone)
    if said is None or said.kind is not Kind.DAYS or said.end is None:
        return None
    return said.start, said.end
