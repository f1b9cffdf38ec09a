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


def clock(text: str) -> tuple[int, int] | None:
    """14:05, 14.05, 14点05分, 1405: (hour, minute)."""
    found = re.search(r"(\d{1,2})\s*[:：.点时h]\s*(\d{2})|\b(\d{2})(\d{2})\b", folded(text))
    if found is None:
        return None
    hour, minute = (int(part) for part in found.groups() if part)
    return (hour, minute) if hour < 24 and minute < 60 else None


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
