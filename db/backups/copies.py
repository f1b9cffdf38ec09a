"""What both databases can do with copies, and what is asked of a copy before anybody trusts it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from core.rules import RULES
from db.invariants import questions

Told = Callable[[int], None]
"""Hears how far it is, in per cent."""

# A copy may be of a time when the rule allowed more.
_HOLDS = RULES["holds_per_customer"].high
# Written anew at each start, or by the copying itself.
APART = frozenset({"alembic_version"})


@dataclass(frozen=True, slots=True)
class Taken:
    """What a copy holds: the tables' revision, rows per table, and the files its rows speak of (path, SHA-256)."""

    revision: str
    rows: dict[str, int]
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A copy that was loaded beside the platform: where, and what is wrong with it (nothing: sound)."""

    url: str
    files: tuple[tuple[str, str], ...]
    found: tuple[str, ...]


class Copies(ABC):
    """`folder` holds one copy, in the database's own way."""

    dialect: ClassVar[str]

    @abstractmethod
    async def take(self, folder: Path, told: Told) -> Taken:
        """All of one moment, while everybody goes on working."""

    @abstractmethod
    def loaded(
        self, folder: Path, *, revision: str, rows: Mapping[str, int], at: datetime
    ) -> AbstractAsyncContextManager[Tried]:
        """The copy as a database of its own, brought up to date and looked at all over; gone afterwards, unless it
        was put in its place.
        """

    @abstractmethod
    def alone(self) -> AbstractAsyncContextManager[None]:
        """Nobody else works where it would go. Raises DatabaseInUse."""

    @abstractmethod
    async def lived_in(self) -> bool:
        """Whether there is anything where it would go."""

    @abstractmethod
    async def put(self, tried: Tried, *, aside: Path) -> None:
        """The loaded copy takes the platform's place in one step; what was there goes `aside`."""


def differing(kept: Mapping[str, int], said: Mapping[str, int]) -> list[str]:
    """Tables with another number of rows than the label says."""
    return [
        f"rows:{table}"
        for table in sorted(kept.keys() | said.keys())
        if kept.get(table, 0) != said.get(table, 0)
    ]


def asked(*, dialect: str, at: datetime) -> dict[str, str]:
    """The invariants, as of the moment the copy is of."""
    return questions(dialect=dialect, now=at, holds=_HOLDS)
