"""Another time for a visit, typed instead of tapped; both of its sides may type it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup

from bot.i18n import Words
from bot.starts import part_of
from bot.when import Others
from bot.why_not import why_no_day
from core.availability.reasons import Reasons
from core.availability.slots import on_quarter
from core.when.hearing import Bare
from core.when.model import Kind, Said
from core.when.reading import read


@dataclass(frozen=True, slots=True)
class Wish:
    """A start to look at, or a day whose starts to show (from this part on), or neither and why."""

    start: datetime | None = None
    day: date | None = None
    part: int | None = None
    why_not: Markup | None = None


def wish(text: str, *, shown: date | None, others: Others, words: Words) -> Wish:
    """What is meant while the starts of the `shown` day, or the days, stand on the screen."""
    said = read(
        text, now=others.now, zone=words.zone.key, on=shown, bare=Bare.HOUR if shown else Bare.DAY
    )
    if said is None and shown is not None:
        hint = words("Please tap a time, or type one, for example 15:00.")
        return Wish(day=shown, why_not=hint)
    if said is None or said.kind is Kind.SOON:
        return Wish(
            why_not=words("Please tap a day, or type one, for example “tomorrow” or 12-05.")
        )
    if said.kind is Kind.MOMENT:
        return Wish(start=_moment(said, others, words))
    return _span(said, others, words)


def _moment(said: Said, others: Others, words: Words) -> datetime:
    """Eight can be in the morning or at night: the one that can be had."""
    wanted = [on_quarter(moment) for moment in (said.start, said.other) if moment]
    free = [one for one in wanted if one in others.starts(words.local(one).date())]
    return next(iter(free), wanted[0])


def _span(said: Said, others: Others, words: Words) -> Wish:
    """The first of these days on which something is free."""
    assert said.end is not None
    first, last = (words.local(one).date() for one in (said.start, said.end - timedelta(seconds=1)))
    for one in (one for one in others.days() if first <= one <= last):
        if fit := [s for s in others.starts(one) if said.start <= s <= said.end]:
            part = part_of(fit[0], words) if said.kind is Kind.WINDOW else None
            return Wish(day=one, part=part)
    reasons = Reasons(others.availability, others.calendar, others.order.minutes, others.now)
    return Wish(why_not=why_no_day(reasons.on(first) if first == last else None, words))
