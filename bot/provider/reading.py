"""Reads what providers type: years, distances, days, codes; full-width digits and Chinese numerals are as good."""

import re
from calendar import monthrange
from datetime import date

from bot.amounts import folded
from bot.numerals import in_digits
from core.when.numbers import EN_VALUES

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = sorted((word for word in EN_VALUES if len(word) > 2), key=len, reverse=True)
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b")
_ENDLESS = re.compile(
    r"长期|永久|终身|无期|没有(?:期限|到期)|不过期"
    r"|\b(?:permanent|lifetime|for life|forever|never|no (?:end|expiry|date)|unlimited|indefinite)"
)
_LENGTHS = {
    "km": 1000, "公里": 1000, "千米": 1000, "k": 1000, "里": 500, "m": 1, "米": 1, "mi": 1609,
    "mile": 1609, "miles": 1609, "英里": 1609,
}  # fmt: skip
_LENGTH = re.compile(
    rf"(\d{{1,6}}(?:\.\d{{1,3}})?)\s*({'|'.join(sorted(_LENGTHS, key=len, reverse=True))})?"
)
MOST_KM = 500  # what is more was meant in metres


def _plain(text: str) -> str:
    """Lower case, with every spelled number in digits."""
    digits = in_digits(folded(text)[:200]).casefold()
    return _WORD.sub(lambda found: str(EN_VALUES[found[1]]), digits)


def years(text: str, *, this_year: int) -> int | None:
    """5, 五年, ten years, since 2015; less than one is 0."""
    said = _plain(text)
    if re.search(r"半年|个月|half a year|month", said):
        return 0
    found = re.search(r"\d{1,4}", said)
    if found is None:
        return None
    count = int(found[0])
    return this_year - count if 1950 <= count <= this_year else count


def metres(text: str) -> int | None:
    """8, 8.5 km, 八公里, 5000 m, 3 miles."""
    found = _LENGTH.search(_plain(text))
    if found is None:
        return None
    value, unit = float(found[1]), found[2]
    return round(value * (_LENGTHS[unit] if unit else 1 if value >= MOST_KM else 1000))


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


def endless(text: str) -> bool:
    """Says that there is no last day."""
    return bool(_ENDLESS.search(folded(text).casefold()))


def day(text: str) -> date | None:
    """2028-05-31, 20280531, 2028年5月31日, 31.5.2028, 5/31/2028, May 31, 2028; a month alone is its last day."""
    said = re.sub(r"\b(\d{4})(\d{2})(\d{2})\b", r"\1-\2-\3", _plain(text))
    named = re.search(rf"(?<![a-z])({'|'.join(_MONTHS)})[a-z]*", said)
    parts = [int(part) for part in re.findall(r"\d+", said) if len(part) <= 4]
    year = next((part for part in parts if 1900 < part < 2200), None)
    if year is None or len(parts) > 3:
        return None
    first = parts[0] == year
    parts.remove(year)
    if named:
        return _date(year, _MONTHS.index(named[1]) + 1, *parts[:1]) if len(parts) < 2 else None
    if len(parts) == 1:
        return _date(year, parts[0])
    if len(parts) != 2:
        return None
    month, last = parts if first else parts[::-1]
    return _date(year, month, last) or (None if first else _date(year, last, month))


def _date(year: int, month: int, last: int = 0) -> date | None:
    try:
        return date(year, month, last or monthrange(year, month)[1])
    except ValueError:
        return None
