"""Which days a provider means who types “明天的单”, “jobs friday” or “AC next week”, and what is left to look for."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.when.model import Kind
from core.when.reading import read

# What says that jobs are meant, and what stands around it when nothing else is said.
_JOBS = re.compile(r"^'s\b|\b(?:jobs?|orders?|visits?)\b|的|订单|工单")
_FILL = re.compile(r"\b(?:my|the|all|show|list|me|on|for|in|work)\b"
                   r"|我|单子?|活儿?|有什么|有哪些|有没有|有|全部|所有|看看?|查|吗|[?？。.!！]")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """Local days, both included; `rest` is what else was said."""

    first: date
    last: date
    rest: str


def days(text: str, *, now: datetime, zone: str) -> Asked | None:
    """None where no day is named."""
    said = read(text, now=now, zone=zone)
    if said is None or said.kind is Kind.SOON:
        return None
    place = ZoneInfo(zone)
    first = said.start.astimezone(place).date()
    end = (said.end or said.start) - timedelta(minutes=said.kind is Kind.DAYS)
    last = max(first, end.astimezone(place).date())
    rest = " ".join(_JOBS.sub(" ", said.rest).split())
    return Asked(first, last, rest if _FILL.sub("", rest).strip() else "")


def whole(first: date, last: date, *, zone: str) -> tuple[datetime, datetime]:
    """From the beginning of the first day to the end of the last, by the clock of the place."""
    place = ZoneInfo(zone)
    end = last + timedelta(days=1)
    return datetime.combine(first, time(), place), datetime.combine(end, time(), place)
