"""Pieces of a sentence that belong together: each statement has its days, its times and its words for work."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from core.when.clocks import Bound, Span
from core.when.model import Clock, Days, Part
from core.when.pieces import Piece
from core.when.spans import Minutes, around, minutes
from core.when.verbs import Verb
from core.when.weekdays import ALL, Weekdays


@dataclass(slots=True)
class Statement:
    """Pieces that belong together."""

    verbs: list[Verb] = field(default_factory=list)
    sets: list[Weekdays] = field(default_factory=list)
    dates: list[Days] = field(default_factory=list)
    times: list[Piece] = field(default_factory=list)
    count: int = 0
    away: timedelta | None = None
    begins: str = ""
    verb_first: bool = False

    @property
    def verb(self) -> Verb | None:
        """The one that decides: cancelled time off is work, “only” counts more than “work”."""
        if Verb.CANCEL in self.verbs and Verb.EXTRA in self.verbs:
            return Verb.LESS
        if Verb.CANCEL in self.verbs or Verb.BACK in self.verbs:
            return Verb.BACK
        return next((verb for verb in Verb if verb in self.verbs), None)

    @property
    def free(self) -> bool:
        return self.verb in (Verb.OFF, Verb.SICK, Verb.BACK)

    def spans(self) -> tuple[Minutes, ...]:
        found = (_span(piece, self.verb) for piece in self.times)
        return tuple(sorted(span for span in found if span))

    def closes_before(self, piece: Piece) -> bool:
        """Whether this piece begins the next statement: a second day after a time, a second time before its day."""
        dated = bool(self.sets or self.dates)
        if isinstance(piece.value, Weekdays | Days):
            return dated and (bool(self.times) or (self.free and not self.verb_first))
        if isinstance(piece.value, Clock | Span | Bound | Part):
            return dated and bool(self.times) and self.begins == "time"
        return False

    def add(self, piece: Piece) -> None:
        value = piece.value
        if isinstance(value, Verb):
            self.verb_first |= not self.begins
            self.verbs.append(value)
        elif isinstance(value, Weekdays):
            named = [one for one in (*self.sets, value) if one.days != ALL]
            self.sets = named or [value]  # Tuesday to Thursday daily
        elif isinstance(value, Days):
            self.dates.append(value)
        elif value is not None:
            self.times.append(piece)
        self.count, self.away = self.count or piece.count, self.away or piece.away
        if not self.begins and not isinstance(value, Verb):
            self.begins = "day" if isinstance(value, Weekdays | Days) else "time"


def grouped(pieces: Iterable[Piece]) -> list[Statement]:
    found = [Statement()]
    for piece in pieces:
        if found[-1].closes_before(piece):
            found.append(Statement())
        found[-1].add(piece)
    return found


def _span(piece: Piece, verb: Verb | None) -> Minutes | None:
    time = piece.value
    if isinstance(time, Clock):
        ends = {Verb.QUIT: True, Verb.HOURS: False}
        return around(time, after=ends[verb]) if verb in ends else None
    assert isinstance(time, Span | Bound | Part)
    return minutes(time, marked=piece.marked)
