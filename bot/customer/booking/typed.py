"""What people type where a button is expected: a time of day, a day, a door inside an address. Pure."""

import re
import unicodedata
from datetime import date, time, timedelta

_CLOCK = re.compile(
    r"(\d{1,2})\s*[:.点时h]\s*(\d{1,2}|半)?\s*(am|pm)?|(\d{1,2})\s*(am|pm)|^(\d{1,2})$"
)
_LATE = ("下午", "晚上", "傍晚", "afternoon", "evening")
_NEAR = {"今天": 0, "today": 0, "明天": 1, "tomorrow": 1, "后天": 2}
_DATE = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})")
_DAY = re.compile(r"^(\d{1,2})(?:号|日|st|nd|rd|th)?$")


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def read_time(text: str) -> time | None:
    """15:00, 3pm, 下午3点半 or a bare hour; None for anything else."""
    folded = _fold(text)
    found = _CLOCK.search(folded)
    if found is None:
        return None
    hour = int(found[1] or found[4] or found[6])
    minute = 30 if found[2] == "半" else int(found[2] or 0)
    half = found[3] or found[5] or ""
    late = half == "pm" or any(word in folded for word in _LATE)
    if late and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_day(text: str, *, today: date) -> date | None:
    """Tomorrow, 12-05, 12月5日 or a day of the month (the next that comes); None for anything else."""
    folded = _fold(text)
    for word, ahead in _NEAR.items():
        if word in folded:
            return today + timedelta(days=ahead)
    if found := _DATE.search(folded):
        year = int(found[1]) if found[1] else today.year
        day = _date(year, int(found[2]), int(found[3]))
        if day and day < today and not found[1]:
            return _date(year + 1, day.month, day.day)
        return day
    if found := _DAY.match(folded):
        wanted = int(found[1])
        days = (today + timedelta(days=n) for n in range(62))
        return next((day for day in days if day.day == wanted), None)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def names_door(text: str, place: str) -> bool:
    """Whether a typed address says more than the place: a number beyond the place's own name."""
    rest = _fold(text).replace(_fold(place), "")
    return len(rest) >= 3 and any(char.isdigit() for char in rest)


def is_door(text: str) -> bool:
    """A door has a number somewhere (三号楼 counts); a greeting hasn't."""
    return any(char.isnumeric() for char in text)
