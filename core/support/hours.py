"""When the hotline answers, read from the hours that staff typed, e.g. “08:00–22:00”."""

import re
from dataclasses import dataclass
from datetime import datetime, time

_HOURS = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~至到]+\s*(\d{1,2})[:：](\d{2})")
DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes of the local day; an end at or before the start lies on the next day."""

    start: int
    end: int

    def open(self, local: datetime) -> bool:
        minute = local.hour * 60 + local.minute
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    @property
    def opens(self) -> time:
        return time(self.start // 60, self.start % 60)

    @property
    def closes(self) -> time:
        return time(self.end // 60 % 24, self.end % 60)


def read_hours(text: str) -> Hours | None:
    """None for words that no clock understands; those are shown as they are."""
    found = _HOURS.search(text)
    if found is None:
        return None
    first, second, third, fourth = map(int, found.groups())
    start, end = first * 60 + second, third * 60 + fourth
    sound = second < 60 and fourth < 60 and start < DAY and end <= DAY
    return Hours(start, end) if sound else None
