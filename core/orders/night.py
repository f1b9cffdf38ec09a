"""The platform's quiet hours by the clock of the place: nobody is reminded in them, and nobody has to answer."""

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.rules import Rules

# How long before the night a reminder is given that would fall into it.
BEFORE_NIGHT: Final = timedelta(minutes=30)


def is_night(moment: datetime, rules: Rules) -> bool:
    """Whether this local time lies in them."""
    begins, ends = rules.number("quiet_from_clock"), rules.number("quiet_until_clock")
    return not ends <= moment.hour < begins


def not_at_night(moment: datetime, rules: Rules) -> datetime:
    """The moment itself, or the evening before where it falls into the night."""
    if not is_night(moment, rules):
        return moment
    begins = rules.number("quiet_from_clock")
    evening = moment.date() if moment.hour >= begins else moment.date() - timedelta(days=1)
    return datetime.combine(evening, time(begins), moment.tzinfo) - BEFORE_NIGHT


def awake(moment: datetime, rules: Rules) -> datetime:
    """The moment itself, or the end of the night it falls into; local time, as given."""
    if not is_night(moment, rules):
        return moment
    ends = rules.number("quiet_until_clock")
    day = moment.date() + timedelta(days=moment.hour >= ends)
    return datetime.combine(day, time(ends), moment.tzinfo)


def counts_from(*, start: datetime, now: datetime, rules: Rules, zone: str) -> datetime:
    """From when the time to answer something about a visit runs: now, or after the night somebody sleeps through.

    A visit that is near by the end of the night (`together_minutes`) can't wait so long.
    """
    morning = awake(now.astimezone(ZoneInfo(zone)), rules).astimezone(now.tzinfo)
    near = timedelta(minutes=rules.number("together_minutes"))
    return morning if start - morning >= near else now
