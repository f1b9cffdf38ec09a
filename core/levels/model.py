"""What a provider may know of levels: the own record beside what is asked for, and what it is worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.levels.table import Criterion, Values
from core.people.model import Level


@dataclass(frozen=True, slots=True)
class Step:
    """A level with what it asks for and what it brings; `worth` is what it would have brought in the time looked at."""

    level: Level
    needs: Mapping[Criterion, int]
    off_bp: int
    worth: int

    def missing(self, values: Values) -> list[Criterion]:
        return [each for each, need in self.needs.items() if not each.met(values[each], need)]


@dataclass(frozen=True, slots=True)
class Standing:
    """The own level and the next one, `ahead` None at the top; `falls_at` is when the own one is lost, `to` which."""

    mine: Step
    ahead: Step | None
    values: Values
    days: int
    falls_at: datetime | None = None
    to: Level = Level.STARTER
