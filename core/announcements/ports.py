"""What announcements ask of the database: who is meant, and what became of their letters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.announcements.model import Audience, Heads
from core.people.choices import Kind


@dataclass(frozen=True, slots=True)
class Hearer:
    """Somebody who is to hear it in this bot; `mark` is the place in the order in which they come."""

    person_id: int
    bot: str
    mark: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Letters by what became of them; `due` may leave now, `waiting` only at `next_due`."""

    reached: int = 0
    blocked: int = 0
    muted: int = 0
    failed: int = 0
    due: int = 0
    waiting: int = 0
    next_due: datetime | None = None


class Crowd(Protocol):
    """People by audience, read in shares: never all of them at once."""

    async def count(self, *, audience: Audience, kind: Kind, now: datetime) -> Heads: ...

    async def after(
        self, *, audience: Audience, kind: Kind, mark: int, limit: int, now: datetime
    ) -> list[Hearer]:
        """The next ones who can be reached and want it."""


class Sent(Protocol):
    """The letters of announcements."""

    async def backlog(self, *, now: datetime) -> int:
        """How many of any announcement may leave and have not yet."""

    async def counted(self, *, announcement_id: int, turn: int, now: datetime) -> Counted:
        """What became of the letters of this correction; turn 0 is the announcement itself."""

    async def arrived(self, *, announcement_id: int, mark: int, limit: int) -> list[Hearer]:
        """The next ones who got it."""
