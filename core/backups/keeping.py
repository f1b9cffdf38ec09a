"""Which backups stay: all of the last day, then the last one of each day, and never fewer than three."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LEAST: Final = 3


def to_drop(
    *, taken: Mapping[str, datetime], now: datetime, keep_days: int, zone: ZoneInfo,
    tried: str = "",
) -> list[str]:  # fmt: skip
    """Names of those that may go; the one that was `tried` last stays."""
    latest_first = sorted(taken, key=lambda name: taken[name], reverse=True)
    stay, days = {*latest_first[:LEAST], tried}, set()
    for name in latest_first:
        age, day = now - taken[name], taken[name].astimezone(zone).date()
        last_of_its_day = day not in days
        days.add(day)
        if age < timedelta(days=1) or (last_of_its_day and age < timedelta(days=keep_days)):
            stay.add(name)
    return [name for name in latest_first if name not in stay]
