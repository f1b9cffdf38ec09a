"""The time that a sentence names: the one way in."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.when import ahead
from core.when.hearing import Bare, Heard, hear_bare, hear_clocks, hear_days
from core.when.instants import Moments
from core.when.model import Days, Kind, Said
from core.when.spelling import spelled

LONGEST = 300


def read(
    text: str, *, now: datetime, zone: str, on: date | None = None, bare: Bare | None = None
) -> Said | None:
    """The time a text names, after `now`, by the clocks of `zone`; None where it names none.

    `on` is the day that is meant where none is named.
    """
    heard = Heard(spelled(text[:LONGEST]))
    near = _from_now(heard, now)
    if near is not None:
        return near
    local = now.astimezone(ZoneInfo(zone))
    hear_days(heard, local.date())
    hear_clocks(heard)
    if bare and not (heard.days or heard.clocks or heard.parts):
        hear_bare(heard, bare, local.date())
    if on and (heard.clocks or heard.parts) and not heard.days:
        heard.days.append(Days(on, on))
    said = Moments(now, zone).said(heard)
    if said is None and (soon := ahead.SOON.search(heard.text)):
        heard.take(soon)
        said = Said(Kind.SOON, now)
    return said and replace(said, rest=heard.rest)


def _from_now(heard: Heard, now: datetime) -> Said | None:
    for look, kind in ((ahead.within, Kind.WINDOW), (ahead.after, Kind.MOMENT)):
        if found := look(heard.text):
            match, away = found
            heard.take(match)
            whole = now.replace(second=0, microsecond=0) + timedelta(minutes=now.second > 0)
            until = whole + away
            if kind is Kind.WINDOW:
                return Said(kind, whole, until, rest=heard.rest)
            return Said(kind, until, rest=heard.rest)
    return None
