"""What a provider says about working: 周三请假, Mon–Fri 9–18, no jobs after 6pm today. Built on the grammar of time."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.when.clocks import Span
from core.when.model import Days
from core.when.pieces import Piece, heard
from core.when.reading import LONGEST
from core.when.spans import DAY, Minutes, others
from core.when.spelling import spelled
from core.when.statements import Statement, grouped
from core.when.verbs import Verb, idle

_QUARTER = 15
_LISTED = re.compile("(?<=[号日])(?:和|、|跟|与)")


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that is to be: HOURS and REST are about weekdays (none: those worked now), all else about dates.

    Without `spans` the whole days are meant. `weekly`: the same may be meant for all these weekdays instead. `work`:
    these hours are to be worked and the others off; `exact`, where both their ends were named.
    """

    verb: Verb
    weekdays: tuple[int, ...] = ()
    dates: tuple[Days, ...] = ()
    spans: tuple[Minutes, ...] = ()
    weekly: tuple[int, ...] = ()
    work: tuple[Minutes, ...] = ()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Working:
    """What was said; `sure` where it can hardly be about anything else, wherever it is said."""

    wishes: tuple[Wish, ...]
    sure: bool


def read_working(text: str, *, now: datetime, zone: str, off: bool = False) -> Working | None:
    """What a text wants of the plan; None where it can't be told. `off`: time off is being talked about."""
    local = now.astimezone(ZoneInfo(zone))
    pieces, rest = heard(_LISTED.sub("，", spelled(text[:LONGEST])), local.date())
    statements = grouped(pieces)
    weekly = any(one.sets and one.spans() and one.verb in (None, Verb.HOURS) for one in statements)
    wishes = [_Meaning(one, local, off, weekly).wish() for one in statements]
    if not wishes or any(wish is None for wish in wishes):
        return None
    asks = text.rstrip().endswith(("?", "？", "吗"))
    sure = not asks and _sure(pieces, statements, rest, weekly=weekly)
    return Working(tuple(wish for wish in wishes if wish), sure)


def _sure(pieces: list[Piece], statements: list[Statement], rest: str, *, weekly: bool) -> bool:
    """A time with a word that decides, and nothing beside it; or a word that says it all."""
    timed = any(not isinstance(piece.value, Verb) for piece in pieces)
    decided = weekly or all(one.verb or one.sets for one in statements)
    free = any(one.free for one in statements) and any(piece.plain for piece in pieces)
    return timed and decided and (idle(rest) or free)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """From the pieces of one statement to what is wanted."""

    said: Statement
    local: datetime
    off: bool
    weekly: bool

    def wish(self) -> Wish | None:
        verb = self.said.verb or (Verb.OFF if self.off else Verb.HOURS)
        return _MEANINGS[verb](self)

    @property
    def today(self) -> date:
        return self.local.date()

    @property
    def every(self) -> tuple[int, ...]:
        """The weekdays of which all are meant."""
        if self.weekly and not self.said.sets:
            return tuple(day.first.weekday() for day in self.said.dates if day.again == "week")
        return tuple(d for one in self.said.sets if one.every or self.weekly for d in one.days)

    def dates(self) -> tuple[Days, ...]:
        """The dates, named or counted from the first."""
        named = [*self.said.dates, *(d for one in self.said.sets for d in one.dates(self.today))]
        if not self.said.count:
            return tuple(named)
        first = named[0].first if named else self.today
        return (Days(first, first + timedelta(days=self.said.count - 1)),)

    def free(self) -> Wish | None:
        spans = self.said.spans()
        if self.said.times and not spans:
            return None
        if self.every:
            return Wish(Verb.REST if spans else Verb.HOURS, self.every, spans=spans)
        if self.said.away is not None:
            return self._away(self.said.away)
        dates = self.dates() or self._near(spans)
        weekly = self._weekly()
        return Wish(Verb.OFF, dates=dates, spans=spans, weekly=weekly) if dates else None

    def _weekly(self) -> tuple[int, ...]:
        """A single coming weekday may mean all of them."""
        if any(one.ahead is not None for one in self.said.sets) or self.said.count:
            return ()
        single = [day.first.weekday() for day in self.said.dates if day.again == "week"]
        return tuple(single or (d for one in self.said.sets for d in one.days))

    def _near(self, spans: tuple[Minutes, ...]) -> tuple[Days, ...]:
        """No day is named: hours are today's, or tomorrow's where they are over."""
        if spans:
            over = spans[-1][1] <= self.local.hour * 60 + self.local.minute
            day = self.today + timedelta(days=over)
            return (Days(day, day),)
        return (Days(self.today, self.today),) if self.said.verb is Verb.SICK else ()

    def _away(self, away: timedelta) -> Wish:
        now = self.local.hour * 60 + self.local.minute
        first = now // _QUARTER * _QUARTER
        last = -(-(now + int(away.total_seconds()) // 60) // _QUARTER) * _QUARTER
        today = (Days(self.today, self.today),)
        return Wish(Verb.OFF, dates=today, spans=((first, min(last, DAY)),))

    def back(self) -> Wish | None:
        if self.every:
            return None
        dates = self.dates()
        return Wish(Verb.BACK, dates=dates, spans=self.said.spans()) if dates else None

    def rest(self) -> Wish | None:
        spans = self.said.spans()
        if not spans:
            return None
        if self.said.dates and not self.said.sets:
            return Wish(Verb.OFF, dates=self.dates(), spans=spans)
        return Wish(Verb.REST, tuple(d for one in self.said.sets for d in one.days), spans=spans)

    def only(self) -> Wish | None:
        """Work at these hours and no others."""
        spans = self.said.spans()
        if not spans:
            return None
        if self.said.sets:
            return Wish(
                Verb.HOURS, tuple(d for one in self.said.sets for d in one.days), spans=spans
            )
        dates = self.dates() or self._near(spans)
        exact = all(isinstance(piece.value, Span) for piece in self.said.times)
        return Wish(Verb.OFF, dates=dates, spans=others(spans), work=spans, exact=exact)

    def extra(self) -> Wish | None:
        """Hours beyond those of the week, or none of them any more."""
        spans = self.said.spans()
        if self.every or (self.said.times and not spans):
            return None
        verb = self.said.verb or Verb.EXTRA
        dates = self.dates() or (self._near(spans) if verb is Verb.EXTRA else ())
        return Wish(verb, dates=dates, spans=spans) if dates else None

    def quit(self) -> Wish | None:
        """Time off after the hour that was named."""
        spans = self.said.spans()
        dates = self.dates() or self._near(spans)
        once = bool(spans) and not self.said.sets
        return Wish(Verb.OFF, dates=dates, spans=spans) if once else None

    def hours(self) -> Wish | None:
        """Weekdays with their hours; a date with these hours and no others, or without any worked after all."""
        spans = self.said.spans()
        single = [day for day in self.said.dates if day.again == "week"]
        if not spans:
            return self.back() if self.said.dates and self.said.verb else None
        bounded = any(isinstance(piece.value, Span) for piece in self.said.times)
        if self.said.dates and not single:
            return self.only() if bounded or self.said.verb else None
        if not bounded or not (self.said.verb or self.said.sets or single):
            return None
        days = [d for one in self.said.sets for d in one.days]
        return Wish(Verb.HOURS, tuple(days or (day.first.weekday() for day in single)), spans=spans)


_MEANINGS = {
    Verb.OFF: _Meaning.free, Verb.SICK: _Meaning.free, Verb.BACK: _Meaning.back,
    Verb.EXTRA: _Meaning.extra, Verb.LESS: _Meaning.extra,
    Verb.REST: _Meaning.rest, Verb.ONLY: _Meaning.only, Verb.QUIT: _Meaning.quit,
    Verb.HOURS: _Meaning.hours,
}  # fmt: skip
