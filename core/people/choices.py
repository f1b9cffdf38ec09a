"""What people decided about what reaches them: per kind with sound, silently or not at all, and hours of silence.

News of the own orders is not among the kinds: it always comes.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final


class Kind(StrEnum):
    REMINDERS = "reminders"
    REVIEWS = "reviews"  # being asked for one
    NEWS = "news"
    OFFERS = "offers"


class Manner(StrEnum):
    """In the order in which taps go through them."""

    ON = "on"
    SILENT = "silent"
    OFF = "off"


# Local minutes of the day, from and to; over midnight where the end is before the start.
QUIET: Final = ((22 * 60, 8 * 60), (23 * 60, 7 * 60), (0, 9 * 60))


@dataclass(frozen=True, slots=True)
class Choices:
    """A reading of `Person.choices`; what was never chosen is on."""

    kept: dict[str, Any]

    def manner(self, kind: Kind) -> Manner:
        value = self.kept.get(kind)
        return Manner(value) if value in list(Manner) else Manner.ON

    @property
    def quiet(self) -> tuple[int, int] | None:
        found = tuple(self.kept.get("quiet") or ())
        return found if found in QUIET else None

    def quiet_at(self, *, local: datetime) -> bool:
        """Whether this local time lies in the hours of silence."""
        if self.quiet is None:
            return False
        (start, end), minute = self.quiet, local.hour * 60 + local.minute
        return start <= minute < end if start < end else minute >= start or minute < end

    def with_manner(self, kind: Kind, manner: Manner) -> dict[str, Any]:
        return self.kept | {kind.value: manner.value}

    def with_quiet(self, hours: tuple[int, int] | None) -> dict[str, Any]:
        return self.kept | {"quiet": list(hours or ())}
