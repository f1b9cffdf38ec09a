"""Time that counts for the desk: only while the hotline answers, so nobody is late at night. Pure."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.support.hours import DAY, Hours

_FARTHEST = 60
"""Days after which whoever computes with hours that are almost never open gives up."""


def _windows(start: datetime, hours: Hours, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """When the desk is open, from the window in which or before which `start` lies; aware instants."""
    first = start.astimezone(zone).date() - timedelta(days=1)
    length = (hours.end - hours.start) % DAY or DAY
    for n in range(_FARTHEST):
        midnight = datetime.combine(first + timedelta(days=n), time(), zone)
        opens = midnight + timedelta(minutes=hours.start)
        yield opens, opens + timedelta(minutes=length)


def after(*, start: datetime, minutes: int, hours: Hours | None, zone: str) -> datetime:
    """The moment by which the desk was open for so many minutes since `start`; at all times without hours."""
    if hours is None:
        return start + timedelta(minutes=minutes)
    left = timedelta(minutes=minutes)
    for opens, closes in _windows(start, hours, ZoneInfo(zone)):
        begins = max(start, opens)
        if begins < closes:
            if left <= closes - begins:
                return (begins + left).astimezone(start.tzinfo)
            left -= closes - begins
    return start + timedelta(days=_FARTHEST)


def between(*, start: datetime, end: datetime, hours: Hours | None, zone: str) -> int:
    """For how many whole minutes from `start` to `end` the desk was open."""
    if hours is None:
        return int((end - start) / timedelta(minutes=1))
    spent = timedelta()
    for opens, closes in _windows(start, hours, ZoneInfo(zone)):
        if opens >= end:
            break
        spent += max(timedelta(), min(end, closes) - max(start, opens))
    return int(spent / timedelta(minutes=1))
