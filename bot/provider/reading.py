"""Reads what providers type: whole numbers, days, codes; full-width digits are as good as any."""

import re
from datetime import date

from bot.amounts import folded


def number(text: str) -> int | None:
    """The first whole number in the text, e.g. of “5 years”."""
    found = re.search(r"\d{1,4}", folded(text))
    return int(found.group()) if found else None


def code(text: str) -> str:
    """Four digits, whatever stands around them; else nothing."""
    digits = re.sub(r"\D", "", folded(text))
    return digits if len(digits) == 4 and digits.isascii() else ""


_DAY = r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?"
_TO = r"\s*(?:-|–|—|~|到|至|to|until|,)\s*"
_DAYS = re.compile(rf"{_DAY}(?:{_TO}(?:{_DAY}|(\d{{1,2}})\s*[日号]?))?", re.IGNORECASE)


def days(text: str, *, today: date) -> tuple[date, date] | None:
    """2026-10-01 to 2026-10-07, 10.1-10.7, 10月1日到7日 or one day; without a year the next that comes."""
    found = _DAYS.fullmatch(folded(text))
    if found is None:
        return None
    year, month, number, to_year, to_month, to_number, only_day = found.groups()
    first = _next_day(year, month, number, not_before=today)
    if first is None or not (to_number or only_day):
        return (first, first) if first else None
    until = (to_year or year, to_month or month, to_number or only_day)
    last = _next_day(*until, not_before=first)
    return (first, last) if last else None


def _next_day(year: str | None, month: str, number: str, *, not_before: date) -> date | None:
    try:
        found = date(int(year or not_before.year), int(month), int(number))
        if year is None and found < not_before:
            found = found.replace(year=found.year + 1)
    except ValueError:
        return None
    return found


def day(text: str) -> date | None:
    """2028-05-31, 2028/5/31, 2028年5月31日 or 31.5.2028."""
    parts = [int(part) for part in re.findall(r"\d+", folded(text))[:3] if len(part) <= 4]
    if len(parts) != 3:
        return None
    year, month, last = parts if parts[0] > 31 else parts[::-1]
    try:
        return date(year, month, last)
    except ValueError:
        return None
